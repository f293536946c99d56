import * as vscode from "vscode";
import { gitAttributes } from "../../../core/markup/issueFile";
import { chooseDeskFolder } from "../../app/deskFolder";
import { showDialog } from "../../ui/dialog";
import type { BareTools, CommandEnd, DeskTools } from "../input/command";
import { showFile } from "../input/show";
import { starterDesk, writeMissing } from "./starterDesk";

/** Creates desk.yml and a few runbooks after confirmation. Existing files are not changed. */
export async function createDesk({ session, working }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const { path } = session.desk.now();
  if (path !== undefined) {
    return showFile(session.folder, path);
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const starter = starterDesk({ team: session.folder.name, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, me, today: session.clock.now().slice(0, 10) });
  const files = session.store.now().kind === "files" ? [...starter, gitAttributes] : starter;
  const create = t("Create");
  const chosen = await showDialog(
    "information",
    t("Create a desk in “{0}”?", session.folder.name),
    t("This creates {0}. You can edit these files like any other file. Existing files are not changed.", files.map((file) => file.path).join(", ")),
    create,
  );
  if (chosen !== create) return undefined;
  const written = await working(t("Creating the desk…"), writeMissing(session.files, files));
  if (written?.kind !== "ok") return written;
  return showFile(session.folder, files[0]?.path ?? "");
}

/** Opens desk.yml, or offers to create it. */
export async function openDesk({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { path } = session.desk.now();
  if (path !== undefined) {
    const line = typeof argument === "object" && argument !== null && "line" in argument && typeof argument.line === "number" ? argument.line : undefined;
    return showFile(session.folder, path, line);
  }
  const create = vscode.l10n.t("Create Desk");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("This folder has no desk.yml. The defaults are used."), create);
  if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
  return undefined;
}

/** Lets the user select the workspace folder whose desk is used, and opens that desk. */
export async function chooseFolder({ open, context }: BareTools): Promise<CommandEnd> {
  const opened = await open();
  if (opened.kind === "failed") return opened;
  const chosen = await chooseDeskFolder(context.workspaceState, opened.value.folder);
  if (chosen !== undefined) await vscode.commands.executeCommand("responseDesk._desk.reconsider");
  return undefined;
}
