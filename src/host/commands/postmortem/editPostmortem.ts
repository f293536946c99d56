import * as vscode from "vscode";
import { contended, isContended } from "../../../core/model/failure";
import { failed, ok, type Result } from "../../../core/model/result";
import { parsePostmortem } from "../../../core/postmortem/document/parsePostmortem";
import { applyEdit, type PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import { readEntryTime } from "../../../core/postmortem/postmortemTime";
import { renderPostmortem, unwrittenEdits } from "../../../core/postmortem/document/renderPostmortem";
import type { DeskSession } from "../../app/session";
import { type PostmortemFile, readPostmortem, unsavedDocument } from "./postmortemTarget";

const maxAttempts = 5;

/**
 * Applies edits to the current text of a post-mortem and saves it. A page that shows it merges the change. If it is open with unsaved
 * changes, these are saved with the edits.
 */
export async function editPostmortem(session: DeskSession, path: string, edits: readonly PostmortemEdit[]): Promise<Result<PostmortemFile>> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const file = await readPostmortem(session, path);
    if (file.kind === "failed") return file;
    const { timezone } = session.desk.config();
    const { document } = file.value;
    const edited = edits.reduce((postmortem, edit) => applyEdit(postmortem, edit, (text) => readEntryTime(text, timezone)), document.postmortem);
    if (unwrittenEdits(edited, document).length > 0) return failed({ kind: "broken", path, reason: document.problem ?? "badFields" });
    const text = renderPostmortem(edited, timezone, document);
    const written = text === document.text ? ok(undefined) : await write(session, path, text, document.text);
    if (written.kind === "failed" && isContended(written.failure)) continue;
    if (written.kind === "failed") return written;
    return ok({ path, document: parsePostmortem(text, timezone) });
  }
  return failed({ kind: "unwritable", path, reason: contended });
}

async function write(session: DeskSession, path: string, text: string, before: string): Promise<Result<void>> {
  const open = unsavedDocument(session, path);
  if (open === undefined) return session.files.write(path, text, before);
  if (open.getText() !== before) return failed({ kind: "unwritable", path, reason: contended });
  const change = new vscode.WorkspaceEdit();
  change.replace(open.uri, new vscode.Range(open.positionAt(0), open.positionAt(before.length)), text);
  const saved = (await vscode.workspace.applyEdit(change)) && (await open.save());
  return saved ? ok(undefined) : failed({ kind: "unwritable", path, reason: contended });
}
