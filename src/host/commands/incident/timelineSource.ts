import * as vscode from "vscode";
import { evidencePath, isBinary, maxEvidence, maxSourceText, type NoteSource } from "../../../core/incident/timelineNote";
import type { IssueRef } from "../../../core/model/issueRef";
import { linkOnPath } from "../../../core/model/paths";
import { failed, ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { maskFound } from "../../platform/commandOutput";
import { isLink, uriIn } from "../../platform/folderFiles";
import { plainLabel } from "../../ui/safeText";

/** Where the text or file of a timeline entry comes from. Text is read when the question opens, a file when the entry is added. */
export type NoteOrigin = Exclude<NoteSource, { readonly kind: "file" }> | { readonly kind: "file"; readonly uri: vscode.Uri };

/** The selected text of the active editor; `undefined` if nothing is selected. */
export function editorSelection(session: DeskSession): NoteOrigin | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { document, selection } = editor;
  const text = document.getText(selection);
  // A selection that ends at the start of a line does not include that line.
  const last = selection.end.character === 0 && selection.end.line > selection.start.line ? selection.end.line : selection.end.line + 1;
  const path = session.paths.pathOf(document.uri) ?? document.uri.path.split("/").at(-1) ?? "";
  return text.trim() === "" ? undefined : { kind: "selection", text, path, language: document.languageId, from: selection.start.line + 1, to: last };
}

/** The text on the clipboard; `undefined` if there is none. */
export async function clipboardText(): Promise<NoteOrigin | undefined> {
  const text = await readClipboard();
  return text.trim() === "" ? undefined : { kind: "clipboard", text };
}

/** The selected text of the active terminal; `undefined` if nothing is selected. */
export async function terminalSelection(): Promise<NoteOrigin | undefined> {
  const text = vscode.window.activeTerminal === undefined ? undefined : await copiedBy("workbench.action.terminal.copySelection");
  return text === undefined ? undefined : { kind: "terminal", text };
}

/** The file that is selected in the Explorer, the first one of several; `undefined` if there is none. */
export async function explorerSelection({ folder }: DeskSession): Promise<NoteOrigin | undefined> {
  const [path = ""] = (await copiedBy("copyRelativeFilePath"))?.split(/\r?\n/) ?? [];
  const folders = [folder.uri, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  for (const uri of folders.flatMap((root) => [path, path.replaceAll("\\", "/")].flatMap((each) => uriIn(root, each) ?? []))) {
    if (path !== "" && (await vscode.workspace.fs.stat(uri).then(() => true, () => false))) return { kind: "file", uri };
  }
  return undefined;
}

/**
 * What a command of the editor copies; `undefined` if it copies nothing. No API returns these selections. The text that was on the
 * clipboard is put back; a picture cannot be read, and is lost.
 */
async function copiedBy(command: string): Promise<string | undefined> {
  const before = await readClipboard();
  // Tells a selection with the text that is on the clipboard from no selection.
  const empty = " ";
  if (before !== "") await vscode.env.clipboard.writeText(empty);
  try {
    await vscode.commands.executeCommand(command);
    const text = await readClipboard();
    return text.trim() === "" ? undefined : text;
  } finally {
    if (before !== "") await vscode.env.clipboard.writeText(before);
  }
}

async function readClipboard(): Promise<string> {
  return vscode.env.clipboard.readText().then((text) => text, () => "");
}

/** Asks for a file or picture. */
export async function pickFile(session: DeskSession): Promise<NoteOrigin | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ defaultUri: session.folder.uri, title: vscode.l10n.t("Select the evidence"), openLabel: vscode.l10n.t("Add to Timeline") })) ?? [];
  return uri === undefined ? undefined : { kind: "file", uri };
}

/** The origin in one line, for lists. */
export function describeOrigin(session: DeskSession, origin: NoteOrigin): string {
  const t = vscode.l10n.t;
  switch (origin.kind) {
    case "selection":
      return t("with the selection in {0}", plainLabel(origin.path.split("/").at(-1) ?? origin.path));
    case "terminal":
      return t("with the selection in the terminal");
    case "clipboard":
      return t("with the clipboard text");
    case "file":
      return t("with the file {0}", plainLabel(session.paths.pathOf(origin.uri) ?? origin.uri.path.split("/").at(-1) ?? ""));
  }
}

/**
 * Prepares the origin for the comment: masks secrets in text, and copies a file from outside the workspace to the evidence of the
 * issue. Fails with a message.
 */
export async function readSource(session: DeskSession, ref: IssueRef, origin: NoteOrigin): Promise<Result<{ readonly source: NoteSource; readonly copied?: string }, string>> {
  if (origin.kind !== "file") {
    const { length } = origin.text;
    if (length > maxSourceText) return failed(vscode.l10n.t("The text has {0} characters. The maximum is {1}. Save it as a file, then add the file.", length, maxSourceText));
    if (isBinary(origin.text)) return failed(vscode.l10n.t("The text contains binary data and cannot be added to the timeline. Save it as a file, then add the file."));
    return ok({ source: { ...origin, text: await maskFound(origin.text) } });
  }
  const known = session.paths.pathOf(origin.uri);
  if (known !== undefined) return (await isFile(origin.uri)) ? ok({ source: fileSource(session, known) }) : failed(notFile(origin.uri));
  const copied = await copyEvidence(session, ref, origin.uri);
  return copied.kind === "failed" ? copied : ok({ source: fileSource(session, copied.value), copied: copied.value });
}

function fileSource(session: DeskSession, path: string): NoteSource {
  const url = session.runbooks.urlOf(path);
  return { kind: "file", path, ...(url === undefined ? {} : { url }) };
}

/** Copies the file under the first free name, and never over another file. */
async function copyEvidence(session: DeskSession, ref: IssueRef, from: vscode.Uri): Promise<Result<string, string>> {
  const t = vscode.l10n.t;
  const stat = await vscode.workspace.fs.stat(from).then((found) => found, () => undefined);
  if (stat === undefined || (stat.type & vscode.FileType.File) === 0) return failed(notFile(from));
  const name = from.path.split("/").at(-1) ?? "";
  // The copy of a link would be a link, which leads nowhere for everybody else.
  if ((stat.type & vscode.FileType.SymbolicLink) !== 0) return failed(t("{0} is a symbolic link. Select the file that it leads to.", plainLabel(name)));
  if (stat.size > maxEvidence) {
    return failed(t("{0} has {1} MB. The maximum size of a copied file is {2} MB. Save the part that matters, or add a link to the file as a note.", plainLabel(name), Math.ceil(stat.size / 1024 / 1024), maxEvidence / 1024 / 1024));
  }
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const path = evidencePath(session.desk.config().postmortem.folder, ref, name, attempt);
    const to = uriIn(session.folder.uri, path);
    if (to === undefined) return failed(t("The file cannot be stored as {0}, because this path leads out of the folder of the desk.", plainLabel(path)));
    const link = await linkOnPath(path, async (part) => isLink(vscode.Uri.joinPath(session.folder.uri, ...part.split("/"))));
    if (link !== undefined) return failed(t("The file cannot be stored as {0}, because {1} is a symbolic link.", plainLabel(path), plainLabel(link)));
    try {
      await vscode.workspace.fs.copy(from, to, { overwrite: false });
      return ok(path);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === "FileExists") continue;
      return failed(t("The file could not be copied to {0}: {1}", plainLabel(path), plainLabel(error instanceof Error ? error.message : String(error))));
    }
  }
  return failed(t("The file could not be copied, because the evidence of the issue has {0} files of this name already.", maxAttempts));
}

const maxAttempts = 99;

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(({ type }) => (type & vscode.FileType.File) !== 0, () => false);
}

function notFile(uri: vscode.Uri): string {
  return vscode.l10n.t("{0} is not a file that can be read. Select a file or a picture.", plainLabel(uri.path.split("/").at(-1) ?? ""));
}
