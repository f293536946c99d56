import { withoutInertMarks } from "../../markup/inertText";
import { milestoneNames } from "../../markup/milestone";
import { compareInstants } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { type Postmortem, type PostmortemEntry, type PostmortemInstant, postmortemInstants } from "../postmortem";

/** What a row of the timeline says in the form of `formatTimelineEntry`. A row in other words is `other`. */
export type RowEvent =
  | { readonly kind: "milestone"; readonly milestone: PostmortemInstant }
  | { readonly kind: "opened" | "closed" | "reopened" | "other" }
  | { readonly kind: "skipped"; readonly step: string; readonly reason: string }
  | { readonly kind: "rejected"; readonly gate: string };

/** A row with a time, and what it says. */
export interface TimedRow {
  readonly row: PostmortemEntry;
  readonly at: Instant;
  readonly event: RowEvent;
}

/** The rows with a time, in the order of the table. */
export function timedRows({ timeline }: Pick<Postmortem, "timeline">): readonly TimedRow[] {
  return timeline.flatMap((row) => (row.time.kind === "instant" ? [{ row, at: row.time.at, event: rowEvent(row) }] : []));
}

/** The rows of a milestone, the earliest first. */
export function milestoneRows(rows: readonly TimedRow[], milestone: PostmortemInstant): readonly TimedRow[] {
  return rows.filter(({ event }) => event.kind === "milestone" && event.milestone === milestone).toSorted((a, b) => compareInstants(a.at, b.at));
}

/** Which of a milestone's rows, the earliest first, it is counted from: the first start, detection and acknowledgement, and the last end. */
export function countedRow(milestone: PostmortemInstant, own: readonly TimedRow[]): TimedRow | undefined {
  return isEnd(milestone) ? own.at(-1) : own[0];
}

/** Whether the time `counts` replaces a milestone's time `at` because the incident was reopened between an earlier start and this one, or between this end and a later one. */
export function isOutdated(milestone: PostmortemInstant, at: Instant, counts: Instant, opened: readonly Instant[]): boolean {
  const [first, last] = [opened[0], opened.at(-1)];
  if (first === undefined) return false;
  if (milestone === "started") return compareInstants(at, first) >= 0 && compareInstants(counts, first) < 0;
  return isEnd(milestone) && compareInstants(at, last) < 0 && compareInstants(counts, last) > 0;
}

function isEnd(milestone: PostmortemInstant): boolean {
  return milestone === "mitigated" || milestone === "resolved";
}

/** When the incident was reopened, the earliest first. */
export function reopenings(rows: readonly TimedRow[]): readonly Instant[] {
  return timesOf(rows, "reopened");
}

/** The times of the rows that say the same, the earliest first. */
export function timesOf(rows: readonly TimedRow[], kind: "opened" | "closed" | "reopened"): readonly Instant[] {
  return rows.flatMap(({ at, event }) => (event.kind === kind ? [at] : [])).toSorted(compareInstants);
}

// Rows are compared with each other many times while somebody types.
const known = new WeakMap<PostmortemEntry, RowEvent>();

/** What a row says. */
export function rowEvent(row: PostmortemEntry): RowEvent {
  const before = known.get(row);
  if (before !== undefined) return before;
  const event = readEvent(withoutInertMarks(row.event).trim());
  known.set(row, event);
  return event;
}

function readEvent(text: string): RowEvent {
  const [first = ""] = text.split("\n", 1);
  const milestone = postmortemInstants.find((name) => isMilestone(first, milestoneNames[name]));
  if (milestone !== undefined) return { kind: "milestone", milestone };
  const change = /^(Opened|Closed|Reopened) by \S/.exec(first)?.[1];
  if (change !== undefined) return { kind: change === "Opened" ? "opened" : change === "Closed" ? "closed" : "reopened" };
  const skipped = skippedStep(text);
  if (skipped !== undefined) return { kind: "skipped", ...skipped };
  const gate = /^[^:\n]{1,80}: \*\*Sent back\*\* from “([^”\n]*)”/.exec(first)?.[1];
  return gate === undefined ? { kind: "other" } : { kind: "rejected", gate };
}

/** `Mitigated` and `Mitigated (ana): …`, but not `Mitigated the cache: …`, which can be about a part of the incident only. */
function isMilestone(line: string, name: string): boolean {
  return line.startsWith(name) && /^(?:\.?$| \([^()]*\)(?:$|:))/.test(line.slice(name.length));
}

/** `Skipped by ana: the step (the reason)`. Both can contain brackets. */
function skippedStep(text: string): { readonly step: string; readonly reason: string } | undefined {
  const [intro] = /^Skipped by [^:\n]{1,80}: /.exec(text) ?? [];
  if (intro === undefined || !text.endsWith(")")) return undefined;
  let depth = 0;
  for (let index = text.length - 1; index > intro.length; index -= 1) {
    depth += text[index] === ")" ? 1 : text[index] === "(" ? -1 : 0;
    if (depth === 0) return text[index - 1] === " " ? { step: text.slice(intro.length, index).trim(), reason: text.slice(index + 1, -1) } : undefined;
  }
  return undefined;
}
