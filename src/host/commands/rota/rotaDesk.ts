import * as vscode from "vscode";
import type { Desk } from "../../../core/desk/desk";
import { parseDesk } from "../../../core/desk/parseDesk";
import { rotationsOf } from "../../../core/desk/roles";
import { uriIn } from "../../platform/folderPaths";
import type { DeskSession } from "../../app/session";
import { tellRotaFailure } from "./rotaFailureWords";

/** The `desk.yml` of a team in the editor, with what a person has not saved yet. */
export interface RotaDesk {
  readonly document: vscode.TextDocument;
  readonly desk: Desk;
}

/** Opens `desk.yml` to read and change its rotations; where there is none, or nothing in it can be understood, says so and gives nothing. */
export async function rotaDesk(session: DeskSession): Promise<RotaDesk | undefined> {
  const t = vscode.l10n.t;
  const { path } = session.desk.now();
  const uri = path === undefined ? undefined : uriIn(session.folder.uri, path);
  if (uri === undefined) {
    const create = t("Create a Desk");
    const chosen = await vscode.window.showInformationMessage(t("This folder has no desk.yml, and a rotation is written there. Create a desk first."), create);
    if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const { desk } = parseDesk(document.getText());
  if (desk !== undefined && rotationsOf(desk).length > 0) return { document, desk };
  await tellRotaFailure({ kind: desk === undefined ? "brokenDesk" : "noRotation" });
  return undefined;
}
