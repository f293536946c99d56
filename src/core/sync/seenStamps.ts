import { changeOfMilestone } from "../incident/timeline";
import { readClock } from "../markup/clockRegion";
import { readFields } from "../markup/fieldRegion";
import { isFarAhead } from "../model/instant";
import { compareInstants, justAfter, latest } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import type { IssueChange } from "../model/issueChange";
import { fieldNamed } from "../model/issueField";
import type { IssueRef } from "../model/issueRef";
import type { Operation, SingleOperation } from "../model/operation";

/**
 * When a person requests a change: `now`, or just after the latest stamp of what it replaces and they see, if the clock of their
 * machine is behind the one that wrote that. With the older time, the change would be lost, and nothing would say so.
 */
export function requestedAt(operation: Operation, now: Instant, find: (ref: IssueRef) => Issue | undefined): Instant {
  const parts = operation.kind === "batch" ? operation.operations : [operation];
  const seen = latest(parts.flatMap((part) => replacedStamps(part, find)).filter((at) => !isFarAhead(at, now)));
  return compareInstants(seen, now) >= 0 ? justAfter(seen) : now;
}

/** The stamps of what the operation replaces in its issue, and of the closing, reopening or withdrawal that it must follow. */
function replacedStamps(part: SingleOperation, find: (ref: IssueRef) => Issue | undefined): readonly Instant[] {
  if (part.kind !== "comment" && part.kind !== "edit") return [];
  const change = part.kind === "comment" ? changeOfMilestone(part.markdown, { at: "", by: "" }) : part.change;
  const names = change === undefined ? undefined : namesIn(change);
  const issue = names === undefined ? undefined : find(part.ref);
  if (names === undefined || issue === undefined) return [];
  const fields = readFields(issue.body);
  return [...[...names, "closed", "reopened"].map((name) => fieldNamed(fields, name)?.at), readClock(issue.body).withdrawn].filter((at) => at !== undefined);
}

/** The fields that the change sets. Returns `undefined` for changes without times that are compared. */
function namesIn(change: IssueChange): readonly string[] | undefined {
  if (change.kind === "setFields") return change.fields.map(({ name }) => name);
  return change.kind === "noteClock" ? [] : undefined;
}
