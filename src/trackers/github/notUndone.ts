import { compareInstants } from "../../core/issue/compareInstants";
import { notOverruled, type LoggedEvent } from "../../core/issue/eventLog";
import { isInBody, type IssueChange } from "../../core/issue/issueChange";
import type { Issue } from "../../core/issue/issue";
import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import type { TimelineEvent } from "../../core/incident/timelineEvent";
import { hasName } from "../../core/sameName";
import { assertNever, ok, type Result } from "../../core/result";
import { getIssue } from "./readIssue";
import { githubTimeline } from "./githubTimeline";
import type { Tries } from "./tries";
import type { Reader } from "./wholeIssue";

export interface UndoneParts extends Reader {
  readonly tries: Tries;
}

/**
 * The part of a change that is still to be made. Where an earlier try may have come through, what somebody undid since
 * then is not done again; `undefined` when nothing is left.
 */
export async function notUndone(parts: UndoneParts, ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<IssueChange | undefined>> {
  if (isInBody(change)) return ok(change);
  const before = await parts.tries.known(tryOf(key));
  if (before.kind === "failed") return before;
  const seen = before.value?.seen;
  if (seen === undefined) return ok(change);
  const issue = await getIssue(parts, ref);
  if (issue.kind === "failed") return issue;
  const events = await githubTimeline(parts, issue.value);
  if (events.kind === "failed") return events;
  return ok(notOverruled(change, key, asLog(events.value.filter(({ at }) => compareInstants(at, seen) >= 0), change, key)));
}

/** Remembers how an issue was found before a change that somebody may undo is first written to it. */
export async function noteTry(tries: Tries, found: Issue, change: IssueChange, key: OperationKey): Promise<Result<unknown>> {
  // Marks and links say in the text itself when they were made, and merge.
  return !isInBody(change) ? tries.begin(tryOf(key), found.updatedAt) : ok(undefined);
}

function tryOf(key: OperationKey): string {
  return `${key}/edit`;
}

/** The first event that the change makes may be the earlier try's own; every other one was somebody's wish. */
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
      return false;
    default:
      return assertNever(event);
  }
}
