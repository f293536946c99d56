import { appendEvents, eventsOf, type LoggedEvent, notOverruled, readEvents } from "../../core/markup/eventLog";
import { updateIssueFile } from "../../core/markup/issueFile";
import { contended, isContended } from "../../core/model/failure";
import type { Instant, Issue } from "../../core/model/issue";
import type { IssueChange } from "../../core/model/issueChange";
import type { IssueRef } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { failed, ok, type Result } from "../../core/model/result";
import { applyChange } from "../../core/sync/applyChange";
import { type ConfirmedChange, type DeskFiles, maxAttempts } from "./deskFiles";
import type { IssueLog, StoredIssue } from "./issueFolder";
import { separateIssues } from "./separateIssues";

/** In files, empty lines separate the steps of a new checklist, so that Git can merge them. */
const options = { spaced: true } as const;

/**
 * Applies the change to the issue's file, and again to a fresh copy while another window's write overwrites it. The events are
 * logged first, so that a repeated change can tell that it was already made, and whether somebody undid it since.
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
    const wanted = applyChange(issue, change, at, { ...options, writtenAt: at });
    if (wanted.kind === "failed") return wanted;
    if (wanted.value === issue && expected === undefined) return ok(folder.timed(found.value));

    const log = isLogged(change) ? await folder.readLog(found.value) : undefined;
    if (log?.kind === "failed") return log;
    const logged = log === undefined ? [] : readEvents(log.value.text);
    const known = logged.some(({ id }) => id.startsWith(`${key}/`));
    expected ??= known || log === undefined ? [] : eventsOf(issue, wanted.value, change, key, me(), at);
    const missing = expected.filter(({ id }) => !logged.some((event) => event.id === id));
    const left = notOverruled(change, key, logged);
    const edited = left === undefined ? ok(issue) : applyChange(issue, left, at, { ...options, writtenAt: at });
    if (edited.kind === "failed") return edited;
    if (missing.length === 0 && edited.value === issue) {
      if (attempt > 0) desk.confirmed(confirmedEdit(desk, found.value, ref, change, key, at), desk.elapsed() - startedAt);
      return ok(folder.timed(found.value));
    }

    // The file is changed only after the log has been confirmed, so that no change remains unlogged if the window closes in between.
    await desk.prepare();
    const written =
      log !== undefined && missing.length > 0
        ? await writeLog(desk, log.value, appendEvents(log.value.text, missing))
        : await files.write(found.value.path, updateIssueFile(text, issue, edited.value), found.value.raw);
    if (written.kind === "failed" && !isContended(written.failure)) return written;
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

/** Adds a comment to the issue's log. Repeating it with the same key has no effect. */
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
    const written = await writeLog(desk, log.value, appendEvents(log.value.text, [comment]));
    if (written.kind === "failed" && !isContended(written.failure)) return written;
    await clock.wait(desk.pause(desk.elapsed() - startedAt));
  }
  return failed({ kind: "unwritable", path: refPath(ref), reason: contended });
}

async function writeLog({ files, folder }: DeskFiles, { path, text: before }: IssueLog, text: string): Promise<Result<void>> {
  const written = await files.write(path, text, before);
  if (written.kind === "ok") folder.noteLog(path, text);
  return written;
}

/** Whether the change is logged. Changes of checklists, handoffs and clocks are not, because the body records them. */
function isLogged({ kind }: IssueChange): boolean {
  const inBody: readonly IssueChange["kind"][] = ["startRun", "markStep", "choose", "setValues", "linkStep", "giveStep", "showEvidence", "reopenSection", "takeOver", "noteClock", "setFields", "acceptHandoff"];
  return !inBody.includes(kind);
}

function refPath(ref: IssueRef): string {
  return `#${ref.number}`;
}
