import * as vscode from "vscode";
import type { RotationEdit } from "../../../core/duty/edit/rotationEdit";
import { failed, ok } from "../../../core/result";
import type { CommandEnd } from "../command";
import type { RotaDesk } from "./rotaDesk";
import { tellRotaFailure } from "./rotaFailureWords";
import { runInBackground } from "../../platform/background";

/** Changes `desk.yml` in its editor and leaves it unsaved there for a person to review, save and commit; undo takes it back. */
export async function writeRota({ document }: RotaDesk, edit: (text: string) => RotationEdit, told: string): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const edits = edit(document.getText());
  if (edits.kind === "failed") {
    await tellRotaFailure(edits.failure);
    return undefined;
  }
  const [first] = edits.value.toSorted((a, b) => a.from - b.from);
  if (first === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("desk.yml says so already. {0}", told)));
    return undefined;
  }
  const whole = new vscode.WorkspaceEdit();
  for (const { from, to, newText } of edits.value) whole.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), newText);
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  if (!(await vscode.workspace.applyEdit(whole))) return failed({ kind: "unwritable", path: "desk.yml", reason: t("the editor refused the change") });
  const place = document.positionAt(first.from + (/^\s*/.exec(first.newText)?.[0].length ?? 0));
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  const savesItself = vscode.workspace.getConfiguration("files", document.uri).get("autoSave") !== "off";
  runInBackground(vscode.window.showInformationMessage(
    savesItself
      ? t("{0} It is written into desk.yml: review it and commit it, and it holds for everybody. Undo takes it back.", told)
      : t("{0} It is written into desk.yml but not saved: review it, save it and commit it, and it holds for everybody. Undo takes it back.", told),
  ));
  return ok(undefined);
}
