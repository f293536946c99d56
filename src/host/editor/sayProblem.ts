import * as vscode from "vscode";
import { plainLabel } from "../views/plainLabel";

/** The sentences about problems in the editor's language; what a person wrote stands in them as plain text. */
export function sayProblem(sentence: string, ...values: readonly string[]): string {
  return vscode.l10n.t(sentence, ...values.map(plainLabel));
}
