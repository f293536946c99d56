import * as vscode from "vscode";
import { gitAttributes } from "../../core/issue/fileName";
import type { CommandEnd, DeskTools } from "./command";
import { starterDesk } from "./create/starterDesk";
import { writeMissing } from "./create/writeMissing";
import { showFile } from "./input/showFile";

/** Writes a first desk.yml and a few runbooks after a person agreed; files that are there already stay as they are. */
export async function run({ session, working }: DeskTools): Promise<CommandEnd> {
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
  const chosen = await vscode.window.showInformationMessage(
    t("Create a desk in “{0}”?", session.folder.name),
    { modal: true, detail: t("This writes {0}. They are ordinary files of your repository; change them as you like. A file that is there already stays as it is.", files.map((file) => file.path).join(", ")) },
    create,
  );
  if (chosen !== create) return undefined;
  const written = await working(t("Creating the desk…"), writeMissing(session.files, files));
  if (written?.kind !== "ok") return written;
  return showFile(session.folder, files[0]?.path ?? "");
}
