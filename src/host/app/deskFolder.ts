import * as vscode from "vscode";
import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { readableText } from "../platform/fileText";
import { folderFiles, pathIn } from "../platform/folderFiles";
import { walkFiles } from "../platform/walkFiles";
import { plainLabel } from "../ui/safeText";
import { nearestDesk } from "./deskFile";

const chosenKey = "responseDesk.deskFolder";

/**
 * The workspace folder whose desk this window uses: the one that the user chose, else the one with a `desk.yml`, else the first.
 * If several have one and `inUse` is none of them, asks the user and remembers the answer; without an answer, uses the first of
 * them.
 */
export async function deskFolder(memento: vscode.Memento, inUse: vscode.WorkspaceFolder | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (folders.length < 2) return first;
  const chosen = folders.find(({ uri }) => uri.toString() === memento.get(chosenKey));
  if (chosen !== undefined) return chosen;
  const desks = (await folderDesks(folders)).filter(({ path }) => path !== undefined);
  const [desk, another] = desks;
  if (another === undefined) return desk?.folder ?? folders.find((each) => isSame(each, inUse)) ?? first;
  const used = desks.find(({ folder }) => isSame(folder, inUse));
  return used?.folder ?? (await askFolder(memento, desks, inUse)) ?? desk?.folder;
}

/** Lets the user choose one of the window's folders and remembers it; `undefined` when dismissed. */
export async function chooseDeskFolder(memento: vscode.Memento, inUse: vscode.WorkspaceFolder | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  return askFolder(memento, await folderDesks(vscode.workspace.workspaceFolders ?? []), inUse);
}

interface FolderDesk {
  readonly folder: vscode.WorkspaceFolder;
  /** The path of its `desk.yml`, if it has one. */
  readonly path: string | undefined;
}

async function folderDesks(folders: readonly vscode.WorkspaceFolder[]): Promise<readonly FolderDesk[]> {
  return Promise.all(folders.map(async (folder) => {
    const found = await findDesk(folder, folderFiles(folder.uri, () => false, readableText));
    return { folder, path: found.kind === "ok" ? found.value : undefined };
  }));
}

async function askFolder(memento: vscode.Memento, desks: readonly FolderDesk[], inUse: vscode.WorkspaceFolder | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const t = vscode.l10n.t;
  const picked = await vscode.window.showQuickPick(
    desks.map(({ folder, path }) => ({
      label: plainLabel(folder.name),
      description: [path === undefined ? t("no desk.yml") : plainLabel(path), ...(isSame(folder, inUse) ? [t("in use")] : [])].join(" · "),
      folder,
    })),
    { title: t("Desk folder"), placeHolder: t("Which folder's desk do you want to use in this workspace?"), ignoreFocusOut: true },
  );
  if (picked !== undefined) await memento.update(chosenKey, picked.folder.uri.toString());
  return picked?.folder;
}

function isSame(folder: vscode.WorkspaceFolder, other: vscode.WorkspaceFolder | undefined): boolean {
  return folder.uri.toString() === other?.uri.toString();
}

/**
 * The path of the `desk.yml` of a workspace folder: at its top, in `runbooks`, or else the one nearest to the top. Ignores hidden
 * folders, `node_modules` and folders in `files.exclude`.
 */
export async function findDesk(folder: vscode.WorkspaceFolder, files: Pick<Files, "list">): Promise<Result<string | undefined>> {
  for (const usual of ["", "runbooks"]) {
    const entries = await files.list(usual);
    if (entries.kind === "failed") return entries;
    if (entries.value.some(({ name, kind }) => kind === "file" && name === "desk.yml")) return ok(usual === "" ? "desk.yml" : `${usual}/desk.yml`);
  }
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "**/desk.yml"), leftOut, maxDesks);
  const nearest = nearestDesk(found.flatMap((uri) => pathIn(folder, uri) ?? []));
  if (nearest !== undefined || isSearched(folder.uri)) return ok(nearest);
  const walked = await walkFiles(files, "", (name) => name === "desk.yml");
  return walked.kind === "failed" ? walked : ok(nearestDesk(walked.value));
}

const leftOut = "**/{node_modules,.*}/**";

const maxDesks = 1000;

/** Whether `findFiles` works there. VS Code cannot search every virtual file system. */
function isSearched({ scheme }: vscode.Uri): boolean {
  return scheme === "file" || scheme === "vscode-remote";
}
