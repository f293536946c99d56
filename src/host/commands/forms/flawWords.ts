import * as vscode from "vscode";
import type { FormFlaw, FormReason } from "../../../core/forms/issueForm";
import { assertNever } from "../../../core/result";

/** Why a form cannot be used, and on which line. */
export function sayFlaw({ reason, line }: FormFlaw): string {
  const why = words(reason);
  return line === undefined ? why : vscode.l10n.t("{0} (line {1})", why, line + 1);
}

function words(reason: FormReason): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case "unreadable":
      return t("its text cannot be read");
    case "badYaml":
      return t("it is not valid YAML");
    case "noName":
      return t("it has no name");
    case "noField":
      return t("it asks for nothing");
    case "badField":
      return t("it has a field of an unknown type");
    case "noLabel":
      return t("it has a field without a label");
    case "noOptions":
      return t("it has a choice without options");
    default:
      return assertNever(reason);
  }
}
