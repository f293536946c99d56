import * as vscode from "vscode";
import type { FormFlaw, FormReason } from "../../../core/forms/issueForm";

/** Why a form cannot be used, and on which line. */
export function sayFlaw({ reason, line }: FormFlaw): string {
  const t = vscode.l10n.t;
  const words: Readonly<Record<FormReason, string>> = {
    unreadable: t("its text cannot be read"),
    badYaml: t("it is not valid YAML"),
    noName: t("it has no name"),
    noField: t("it asks for nothing"),
    badField: t("it has a field of an unknown type"),
    noLabel: t("it has a field without a label"),
    noOptions: t("it has a choice without options"),
  };
  return line === undefined ? words[reason] : t("{0} (line {1})", words[reason], line + 1);
}
