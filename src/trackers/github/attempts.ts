import * as v from "valibot";
import { type LoggedEvent, notOverruled } from "../../core/markup/eventLog";
import { readFields } from "../../core/markup/fieldRegion";
import { runInBackground } from "../../core/model/queues";
import { compareInstants, instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { isInBody, type IssueChange } from "../../core/model/issueChange";
import { fieldNamed } from "../../core/model/issueField";
import type { IssueRef } from "../../core/model/issueRef";
import { hasName } from "../../core/model/names";
import type { OperationKey } from "../../core/model/operation";
import { parseData } from "../../core/model/parseData";
import type { Clock, Log, Memory } from "../../core/model/ports";
import { assertNever, ok, type Result } from "../../core/model/result";
import { applyChange } from "../../core/sync/applyChange";
import type { TimelineEvent } from "../../core/model/timelineEvent";
import { githubTimeline } from "./githubTimeline";
import { getIssue } from "./readIssue";
import type { FullIssue, Reader } from "./fullIssue";

/** The first attempt of a write. */
interface Attempt {
  /** In the time of this machine. */
  readonly at: Instant;
  /** When the issue had last changed before the attempt, in the time of the server. */
  readonly seen?: Instant;
}

/** First attempts of writes that must happen once, shared by all windows of this machine. */
export interface Attempts {
  /** The first attempt, or `undefined` if there was none. */
  known(key: OperationKey): Promise<Result<Attempt | undefined>>;
  /** Whether this window made the first attempt, so that no other window can still be making it. */
  isOwn(key: OperationKey): boolean;
  /** Like `known`, and records the attempt if it is the first. */
  note(key: OperationKey, seen?: Instant): Promise<Result<Attempt | undefined>>;
}

const storedAttempt = v.object({ at: v.string(), seen: v.exactOptional(v.string()) });

const prefix = "tried/";

const days = 30;

/** Stores attempts for a month. Writes that are pending for longer have been discarded, or can no longer be found. */
export function rememberAttempts(memory: Memory, clock: Clock, log: Log): Attempts {
  const own = new Set<OperationKey>();
  let tidied = false;

  async function tidy(): Promise<void> {
    if (tidied) return;
    tidied = true;
    const keys = await memory.keys(prefix);
    const oldest = millisecondsOf(clock.now()) - days * 86_400_000;
    for (const key of keys.kind === "ok" ? keys.value : []) {
      const tried = readAttempt(await memory.read(key));
      if (tried !== undefined && millisecondsOf(tried.at) < oldest) await memory.remove(key);
    }
  }

  async function known(key: OperationKey): Promise<Result<Attempt | undefined>> {
    const read = await memory.read(prefix + key);
    return read.kind === "failed" ? read : ok(readAttempt(read));
  }

  return {
    known,
    isOwn: (key) => own.has(key),
    async note(key, seen) {
      const before = await known(key);
      if (before.kind === "failed" || before.value !== undefined) return before;
      const written = await memory.write(prefix + key, { at: clock.now(), ...(seen === undefined ? {} : { seen }) });
      own.add(key);
      runInBackground(tidy(), log);
      return written.kind === "failed" ? written : ok(undefined);
    },
  };
}

/** An instant slightly before another, because clocks of server and machine differ. */
export function shortlyBefore(at: Instant): Instant {
  return instantAt(Math.floor(millisecondsOf(at) / 1000) * 1000 - 120_000);
}

function readAttempt(read: Result<unknown>): Attempt | undefined {
  return read.kind === "failed" ? undefined : (parseData(storedAttempt, read.value) ?? parseData(v.omit(storedAttempt, ["seen"]), read.value));
}

interface UndoneParts extends Reader {
  readonly attempts: Attempts;
}

/**
 * The part of a change that still has to be made. If an earlier attempt may have succeeded, parts that somebody undid since are
 * not made again. Returns `undefined` when nothing is left.
 */
export async function notUndone(parts: UndoneParts, ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<IssueChange | undefined>> {
  if (isInBody(change)) return ok(change);
  const before = await parts.attempts.known(attemptOf(key));
  if (before.kind === "failed") return before;
  const seen = before.value?.seen;
  if (seen === undefined) return ok(change);
  const issue = await getIssue(parts, ref);
  if (issue.kind === "failed") return issue;
  if (isInText(issue.value, change)) return ok(change);
  const events = await githubTimeline(parts, issue.value);
  if (events.kind === "failed") return events;
  return ok(notOverruled(change, key, asLog(events.value.filter(({ at }) => compareInstants(at, seen) >= 0), change, key)));
}

/**
 * Whether the text of the issue shows if a change of its state was made, because both are written in one request. Its events do not,
 * where somebody made and undid the same change in the second of the attempt.
 */
function isInText(issue: FullIssue, change: IssueChange): boolean {
  if ((change.kind !== "close" && change.kind !== "reopen") || change.stamp === undefined || issue.elsewhere !== undefined) return false;
  const applied = applyChange(issue, change, change.stamp.at);
  const field = applied.kind === "ok" ? fieldNamed(readFields(applied.value.body), change.kind === "close" ? "closed" : "reopened") : undefined;
  return field !== undefined && compareInstants(field.at, change.stamp.at) >= 0;
}

/** Records the state of an issue before the first attempt of a change that somebody could undo. */
export async function noteAttempt(attempts: Attempts, found: Issue, change: IssueChange, key: OperationKey): Promise<Result<unknown>> {
  // Marks and links in the text contain their time and can be merged.
  return !isInBody(change) ? attempts.note(attemptOf(key), found.updatedAt) : ok(undefined);
}

function attemptOf(key: OperationKey): string {
  return `${key}/edit`;
}

/** The first matching event may be our own earlier attempt. All later ones were made by somebody else. */
function asLog(events: readonly TimelineEvent[], change: IssueChange, key: OperationKey): readonly LoggedEvent[] {
  const seen = new Set<string>();
  return events.map((event, index) => {
    const sort = JSON.stringify([event.kind, "label" in event ? event.label : "login" in event ? event.login : ""]);
    const own = makes(change, event) && !seen.has(sort);
    if (own) seen.add(sort);
    return { id: `${own ? key : "another"}/${index}`, event };
  });
}

function makes(change: IssueChange, event: TimelineEvent): boolean {
  switch (event.kind) {
    case "closed":
      return change.kind === "close";
    case "reopened":
      return change.kind === "reopen";
    case "retitled":
      return change.kind === "retitle" && change.title === event.to;
    case "labeled":
      return change.kind === "label" && hasName(change.add, event.label);
    case "unlabeled":
      return change.kind === "label" && hasName(change.remove, event.label);
    case "assigned":
      return change.kind === "assign" && hasName(change.add, event.login);
    case "unassigned":
      return change.kind === "assign" && hasName(change.remove, event.login);
    case "opened":
    case "commented":
    case "linked":
    case "referenced":
    case "mentioned":
      return false;
    default:
      return assertNever(event);
  }
}
