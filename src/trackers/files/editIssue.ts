import { appendEvents, eventsOf, type LoggedEvent, notOverruled, readEvents } from "../../core/markup/eventLog";
import { updateIssueFile } from "../../core/markup/issueFile";
import { contended } from "../../core/model/failure";
import type { Instant, Issue } from "../../core/model/issue";
import type { IssueChange } from "../../core/model/issueChange";
import type { IssueRef } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { failed, ok, type Result } from "../../core/model/result";
import { applyChange } from "../../core/sync/applyChange";
import { type ConfirmedChange, type DeskFiles, maxAttempts } from "./deskFiles";
import type { StoredIssue } from "./issueFolder";
import { separateIssues } from "./separateIssues";

/** A new run in a file that Git merges has room between its steps. */
const options = { spaced: true } as const;

/**
 * Applies the change to the issue's file, and again to a fresh copy as long as another window's write undid it. What it
 * will have done is logged first: from the log a repeated or overtaken change knows that it was made, and that a person
 * undid it since.
 */
export async function editIssue(desk: DeskFiles, ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<Issue>> {
  const { files, folder, clock, me } = desk;
  const at = clock.now();
  let expected: readonly LoggedEvent[] | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const startedAt = desk.elapsed();
    const found = await folder.find(ref);
    if (found.kind === "failed") return found;
    if (found.value.younger !== undefined) {
      const separated = await separateIssues(desk, found.value);
      if (separated.kind === "failed") return separated;
      continue;
    }
    const { issue, text } = found.value;
    const wanted = applyChange(issue, change, at, options);
    if (wanted.kind === "failed") return wanted;
    if (wanted.value === issue && expected === undefined) return ok(folder.timed(found.value));

    const log = isLogged(change) ? await folder.readLog(found.value) : undefined;
    if (log?.kind === "failed") return log;
    const logged = log === undefined ? [] : readEvents(log.value.text);
    const known = logged.some(({ id }) => id.startsWith(`${key}/`));
    expected ??= known || log === undefined ? [] : eventsOf(issue, wanted.value, change, key, me(), at);
    const missing = expected.filter(({ id }) => !logged.some((event) => event.id === id));
    const left = notOverruled(change, key, logged);
    const edited = left === undefined ? ok(issue) : applyChange(issue, left, at, options);
    if (edited.kind === "failed") return edited;
    if (missing.length === 0 && edited.value === issue) {
      if (attempt > 0) desk.confirmed(confirmedEdit(desk, found.value, ref, change, key, at), desk.elapsed() - startedAt);
      return ok(folder.timed(found.value));
    }

    // The file changes only after the log has stood the pause: a window that dies between the two leaves no change untold.
    await desk.prepare();
    const written =
      log !== undefined && missing.length > 0
        ? await writeLog(desk, log.value.path, appendEvents(log.value.text, missing))
        : await files.write(found.value.path, updateIssueFile(text, issue, edited.value));
    if (written.kind === "failed") return written;
    await clock.wait(desk.pause(desk.elapsed() - startedAt));
  }
  return failed({ kind: "unwritable", path: refPath(ref), reason: contended });
}

function confirmedEdit(desk: DeskFiles, { path }: StoredIssue, ref: IssueRef, change: IssueChange, key: OperationKey, at: Instant): ConfirmedChange {
  return {
    path,
    async isLost() {
      const now = desk.folder.known(path);
      if (now === undefined || now === "broken") return false;
      const wanted = applyChange(now.issue, change, at, options);
      return wanted.kind === "ok" && wanted.value !== now.issue;
    },
    again: () => editIssue(desk, ref, change, key),
  };
}

/** Adds a comment to the issue's log, once for each key. */
export async function addComment(desk: DeskFiles, ref: IssueRef, markdown: string, key: OperationKey): Promise<Result<void>> {
  const { folder, clock, me } = desk;
  const at = clock.now();
  const id = `${key}/0`;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const startedAt = desk.elapsed();
    const found = await folder.find(ref);
    if (found.kind === "failed") return found;
    const log = await folder.readLog(found.value);
    if (log.kind === "failed") return log;
    const has = (text: string): boolean => readEvents(text).some((event) => event.id === id);
    if (has(log.value.text)) {
      const { path } = log.value;
      const isLost = async (): Promise<boolean> => {
        const now = await desk.files.read(path);
        return now.kind === "ok" && !has(now.value);
      };
      if (attempt > 0) desk.confirmed({ path, isLost, again: () => addComment(desk, ref, markdown, key) }, desk.elapsed() - startedAt);
      return ok(undefined);
    }
    const comment: LoggedEvent = { id, event: { kind: "commented", at, by: me(), markdown } };
    await desk.prepare();
    const written = await writeLog(desk, log.value.path, appendEvents(log.value.text, [comment]));
    if (written.kind === "failed") return written;
    await clock.wait(desk.pause(desk.elapsed() - startedAt));
  }
  return failed({ kind: "unwritable", path: refPath(ref), reason: contended });
}

async function writeLog({ files, folder }: DeskFiles, path: string, text: string): Promise<Result<void>> {
  const written = await files.write(path, text);
  if (written.kind === "ok") folder.noteLog(path, text);
  return written;
}

/** What is done at a run, a hand-off or to the clock is told by the body itself; the rest by the log. */
function isLogged({ kind }: IssueChange): boolean {
  const inBody: readonly IssueChange["kind"][] = ["startRun", "markStep", "choose", "linkStep", "giveStep", "showEvidence", "reopenSection", "takeOver", "noteClock", "acceptHandoff"];
  return !inBody.includes(kind);
}

function refPath(ref: IssueRef): string {
  return `#${ref.number}`;
}
