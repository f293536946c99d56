import { decisionOf, findStep } from "../checklist/checklistSteps";
import { passStarts } from "../checklist/passes";
import { changeOfMilestone } from "../incident/timeline";
import { readChecklists } from "../markup/checklistRegion";
import { readClock } from "../markup/clockRegion";
import { readFields } from "../markup/fieldRegion";
import { compareInstants, isFarAhead, justAfter, latest } from "../model/instant";
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
  if (part.kind === "edit" && part.change.kind === "markStep") return stepStamps(find(part.ref), part.change.run, part.change.step);
  if (part.kind === "edit" && part.change.kind === "choose") return stepStamps(find(part.ref), part.change.run, part.change.option);
  const change = part.kind === "comment" ? changeOfMilestone(part.markdown, { at: "", by: "" }) : part.change;
  const names = change === undefined ? undefined : namesIn(change);
  const issue = names === undefined ? undefined : find(part.ref);
  if (names === undefined || issue === undefined) return [];
  const fields = readFields(issue.body);
  return [...[...names, "closed", "reopened"].map((name) => fieldNamed(fields, name)?.at), readClock(issue.body).withdrawn].filter((at) => at !== undefined);
}

/** The stamps of a step's mark, and when its pass began. Those of a decision count for its options. */
function stepStamps(issue: Issue | undefined, run: string, id: string): readonly Instant[] {
  const checklist = issue === undefined ? undefined : readChecklists(issue.body, issue.ref.repository).find((each) => each.id === run);
  const step = checklist && findStep(checklist, id);
  if (checklist === undefined || step === undefined) return [];
  const starts = passStarts(checklist);
  const decision = step.part === "option" ? decisionOf(checklist, step) : undefined;
  return [step, ...(decision === undefined ? [] : [decision])].flatMap((each) => [each.mark.at, each.own?.at, each.overrode, starts.get(each.id)]).filter((at) => at !== undefined);
}

/** The fields that the change sets. Returns `undefined` for changes without times that are compared. */
function namesIn(change: IssueChange): readonly string[] | undefined {
  if (change.kind === "setFields") return change.fields.map(({ name }) => name);
  return change.kind === "noteClock" ? [] : undefined;
}
