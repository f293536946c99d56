import { applyChange } from "../../core/issue/applyChange";
import { appendEvents, eventsOf, notOverruled, readEvents, type LoggedEvent } from "../../core/issue/eventLog";
import { eventsPath } from "../../core/issue/fileName";
import type { Issue } from "../../core/issue/issue";
import type { IssueChange } from "../../core/issue/issueChange";
import { updateIssueFile } from "../../core/issue/issueFile";
import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import { failed, ok, type Result } from "../../core/result";
import { contended } from "../../core/failure";
import { mostAttempts, type DeskFiles } from "./deskFiles";

/**
 * Applies the change to the issue's file, and again to a fresh copy as long as another window's write undid it. What it
 * will have done is logged first: from the log a repeated or overtaken change knows that it was made, and that a person
 * undid it since.
 */
export async function editIssue(desk: DeskFiles, ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<Issue>> {
  const { files, folder, clock, me, pause } = desk;
  const at = clock.now();
  let expected: readonly LoggedEvent[] | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await folder.find(ref);
    if (found.kind === "failed") return found;
    const { issue, path, text } = found.value;
    const wanted = applyChange(issue, change, at);
    if (wanted.kind === "failed") return wanted;
    if (wanted.value === issue && expected === undefined) return ok(issue);

    const log = isLogged(change) ? await readLog(desk, path) : ok("");
    if (log.kind === "failed") return log;
    const logged = readEvents(log.value);
    const known = logged.some(({ id }) => id.startsWith(`${key}/`));
    expected ??= known || !isLogged(change) ? [] : eventsOf(issue, wanted.value, change, key, me(), at);
    const missing = expected.filter(({ id }) => !logged.some((event) => event.id === id));
    const left = notOverruled(change, key, logged);
    const edited = left === undefined ? ok(issue) : applyChange(issue, left, at);
    if (edited.kind === "failed") return edited;
    if (missing.length === 0 && edited.value === issue) return ok(issue);

    // The file changes only after the log has stood the pause: a window that dies between the two leaves no change untold.
    const written =
      missing.length > 0
        ? await files.write(eventsPath(path), appendEvents(log.value, missing))
        : await files.write(path, updateIssueFile(text, issue, edited.value));
    if (written.kind === "failed") return written;
    await clock.wait(pause);
  }
  return failed({ kind: "unwritable", path: refPath(ref), reason: contended });
}

/** Adds a comment to the issue's log, once for each key. */
export async function addComment(desk: DeskFiles, ref: IssueRef, markdown: string, key: OperationKey): Promise<Result<void>> {
  const { files, folder, clock, me, pause } = desk;
  const at = clock.now();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await folder.find(ref);
    if (found.kind === "failed") return found;
    const log = await readLog(desk, found.value.path);
    if (log.kind === "failed") return log;
    const id = `${key}/0`;
    if (readEvents(log.value).some((event) => event.id === id)) return ok(undefined);
    const comment: LoggedEvent = { id, event: { kind: "commented", at, by: me(), markdown } };
    const written = await files.write(eventsPath(found.value.path), appendEvents(log.value, [comment]));
    if (written.kind === "failed") return written;
    await clock.wait(pause);
  }
  return failed({ kind: "unwritable", path: refPath(ref), reason: contended });
}

/** The text of the log beside an issue's file; empty when nothing was logged yet. */
export async function readLog({ files }: DeskFiles, issueFile: string): Promise<Result<string>> {
  const log = await files.read(eventsPath(issueFile));
  return log.kind === "failed" && log.failure.kind === "missing" ? ok("") : log;
}

/** What is done at a run, a hand-off or to the clock is told by the body itself; the rest by the log. */
function isLogged({ kind }: IssueChange): boolean {
  const inBody: readonly IssueChange["kind"][] = ["startRun", "markStep", "choose", "linkStep", "giveStep", "showEvidence", "reopenSection", "takeOver", "noteClock", "acceptHandoff"];
  return !inBody.includes(kind);
}

function refPath(ref: IssueRef): string {
  return `#${ref.number}`;
}
