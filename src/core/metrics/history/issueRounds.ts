import { readClock } from "../../markup/clockRegion";
import { readFields } from "../../markup/fieldRegion";
import { markedInstant } from "../../markup/hiddenMark";
import { readMilestone } from "../../markup/milestone";
import { isInstant, millisecondsOf } from "../../model/instant";
import type { Instant, Issue } from "../../model/issue";
import { fieldNamed } from "../../model/issueField";
import { firstWhere } from "../../model/sorting";
import type { TimelineEvent } from "../../model/timelineEvent";

/** Something in a history that is missing or contradicts the rest, so that a reader should know how it was counted. */
export type HistoryRemark =
  /** A time before the report counts as the time of the report. */
  | "acknowledgedBeforeReport"
  | "mitigatedBeforeReport"
  | "resolvedBeforeReport"
  | "closedBeforeReport"
  /** It was resolved after it was closed: the closing counts. */
  | "resolvedAfterClosing"
  /** It was mitigated after it was resolved: the resolution counts. */
  | "mitigatedAfterResolution"
  /** It is closed, but nothing says when. Nothing that needs that time is counted. */
  | "noClosingTime"
  /** It was reopened, but nothing says when it had been closed. That reopening is not counted. */
  | "reopenedWithoutClosing"
  /** It is open again, but nothing says since when. It counts as reopened when it was closed. */
  | "noReopeningTime"
  /** It was acknowledged only after it was closed or reopened. */
  | "acknowledgedLater"
  /** Events in the future are ignored. */
  | "future"
  /** Events are older than the issue, as from a clock that was wrong. They count as having happened when it was reported. */
  | "eventsBeforeCreation"
  /** A label or an assignee is there now but nothing says since when, or the other way around. */
  | "missingEvents"
  /** A label was renamed on the server. It counts as one label. */
  | "renamedLabel"
  /** A stage is in no version of desk.yml. It is listed under its own name. */
  | "unknownStage"
  /** Its history could not be read completely. */
  | "incomplete"
  /** It was entered after it was over. No goal applies. */
  | "backfilled";

/** The time from the report or a reopening of an issue to its closing. Times are in milliseconds since the epoch. */
export interface IssueRound {
  readonly from: number;
  /** When it was closed. Absent if it is open, or if that is not known. */
  readonly closed?: number;
  readonly acknowledged?: { readonly at: number; readonly by: string };
  readonly mitigated?: number;
  /** When it was resolved: the milestone, or the closing if there is none. */
  readonly resolved?: number;
  /** Whether it was cancelled in this round, because it was not an incident. */
  readonly isCancelled: boolean;
}

interface Rounds {
  /** In order, at least one. */
  readonly rounds: readonly [IssueRound, ...IssueRound[]];
  /** When the impact began, if somebody recorded that. */
  readonly started?: number;
  /** Whether it is closed but nothing says when. */
  readonly isEndUnknown: boolean;
  readonly remarks: readonly HistoryRemark[];
}

/** A milestone as it was recorded. Of several in one round, the one that was recorded last counts. */
interface MilestoneRecord {
  readonly name: string;
  readonly at: number;
  readonly recorded: number;
  readonly by: string;
}

/** When an issue was reported: the reported time of its clock, otherwise when it was created. */
function reportedTime(issue: Issue): number {
  return millisecondsOf(readClock(issue.body).reported ?? issue.createdAt);
}

/** Reads the rounds of an issue from its text and its events in any order. Only events up to `now` count. */
export function readRounds(issue: Issue, events: readonly TimelineEvent[], now: number): Rounds {
  const remarks = new Set<HistoryRemark>();
  const reported = reportedTime(issue);
  const { bounds, isEndUnknown } = readBounds(issue, events, { reported, now }, remarks);
  const records = readRecords(issue, events).filter(({ at, recorded }) => {
    if (at <= now && recorded <= now) return true;
    remarks.add("future");
    return false;
  });
  const own = bounds.map((): MilestoneRecord[] => []);
  for (const record of records) own[Math.max(0, firstWhere(bounds, ({ from }) => from > record.recorded) - 1)]?.push(record);
  const rounds = bounds.map((bound, index) => readRound(bound, own[index] ?? [], remarks));
  const [first = { from: reported, isCancelled: false }, ...others] = rounds;
  if (first.acknowledged === undefined && others.some(({ acknowledged }) => acknowledged !== undefined)) remarks.add("acknowledgedLater");
  const started = last(records, "started");
  return { rounds: [first, ...others], isEndUnknown, remarks: [...remarks], ...(started === undefined ? {} : { started: started.at }) };
}

interface Bound {
  readonly from: number;
  readonly closed?: number;
}

/** When the issue was open. Duplicate events change nothing; what the events do not say is taken from the text, or remarked on. */
function readBounds(issue: Issue, events: readonly TimelineEvent[], { reported, now }: { readonly reported: number; readonly now: number }, remarks: Set<HistoryRemark>): { readonly bounds: readonly Bound[]; readonly isEndUnknown: boolean } {
  const fields = readFields(issue.body);
  const times = (...instants: readonly (Instant | undefined)[]): readonly number[] => instants.flatMap((at) => (at === undefined || !isInstant(at) ? [] : [millisecondsOf(at)])).toSorted((a, b) => a - b);
  const closings = times(fieldNamed(fields, "closed")?.at, issue.closedAt, issue.reopening?.closed);
  const reopenings = times(fieldNamed(fields, "reopened")?.at, issue.reopening?.at);
  const changes = events.flatMap(({ kind, at }) => (kind === "closed" || kind === "reopened" ? [{ kind, at: millisecondsOf(at) }] : [])).toSorted((a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === "closed" ? -1 : 1));
  const known = changes.filter(({ at, kind }, index) => at <= now && !(changes[index - 1]?.at === at && changes[index - 1]?.kind === kind));
  const isCut = changes.some(({ at }) => at > now) || closings.some((at) => at > now);
  if (isCut) remarks.add("future");

  const bounds: Bound[] = [];
  let from = reported;
  let closed: number | undefined;
  const clamp = (at: number): number => {
    if (at < from && bounds.length === 0 && at < reported) remarks.add("closedBeforeReport");
    return Math.max(at, from);
  };
  const reopen = (at: number): void => {
    if (closed === undefined) return;
    bounds.push({ from, closed });
    from = Math.max(at, closed);
    closed = undefined;
  };
  let wasClosed = false;
  /** Of a closing and a reopening at the same time, the closing was the last if that fits what is known of the time after. */
  const isLast = (closing: number): boolean => {
    const [one, other, next] = [known[closing], known[closing + 1], known[closing + 2]];
    if (one === undefined || one.kind !== "closed" || other?.at !== one.at) return false;
    return next === undefined ? !isCut && issue.state === "closed" && (closings.at(-1) ?? (wasClosed ? one.at : Infinity)) <= one.at : next.kind === "reopened";
  };
  for (const [index, { kind, at }] of known.entries()) {
    if (kind === "closed") {
      wasClosed = closed !== undefined;
      if (closed !== undefined && at - closed > duplicateWithin && !isLast(index)) remarks.add("missingEvents");
      closed ??= clamp(at);
    } else {
      if (closed === undefined) {
        const missing = closings.findLast((each) => each > from && each <= at);
        if (missing === undefined) remarks.add("reopenedWithoutClosing");
        else closed = missing;
      }
      reopen(at);
      if (isLast(index - 1)) closed = Math.max(at, from);
    }
  }
  // The file of an issue that a person opened again by hand can still say when it was closed.
  if (!isCut && issue.state === "open" && closed === undefined) {
    const at = times(issue.closedAt).find((each) => each > from && each > (known.at(-1)?.at ?? -Infinity));
    if (at !== undefined) closed = at;
  }
  if (!isCut && issue.state === "open" && closed !== undefined) {
    const since = closed;
    const at = reopenings.findLast((each) => each >= since && each <= now);
    if (at === undefined) remarks.add("noReopeningTime");
    reopen(at ?? since);
  }
  // A file of a person who closed it by hand says when it was closed, but has no event.
  if (!isCut && issue.state === "closed" && closed === undefined) {
    const at = closings.findLast((each) => each <= now && (each > from || bounds.length === 0));
    if (at !== undefined) closed = clamp(at);
  }
  const isEndUnknown = !isCut && issue.state === "closed" && closed === undefined;
  if (isEndUnknown) remarks.add("noClosingTime");
  bounds.push({ from, ...(closed === undefined ? {} : { closed }) });
  return { bounds, isEndUnknown };
}

/** Two closings within this time are one that was reported twice. Of two others, the first counts as well, but a reopening is missing. */
const duplicateWithin = 60_000;

function readRound({ from, closed }: Bound, records: readonly MilestoneRecord[], remarks: Set<HistoryRemark>): IssueRound {
  const withdrawn = records.reduce((last, { name, at }) => (name === "unacknowledged" ? Math.max(last, at) : last), -Infinity);
  const standing = records.filter(({ name, at }) => name === "acknowledged" && at > withdrawn).toSorted((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1));
  const acknowledged = standing.find(({ at }) => at <= (closed ?? Infinity));
  if (acknowledged === undefined && standing.length > 0) remarks.add("acknowledgedLater");
  const mitigated = last(records, "mitigated")?.at;
  const milestone = last(records, "resolved")?.at ?? last(records, "clock")?.at;
  if (acknowledged !== undefined && acknowledged.at < from) remarks.add("acknowledgedBeforeReport");
  if (mitigated !== undefined && mitigated < from) remarks.add("mitigatedBeforeReport");
  if (milestone !== undefined && milestone < from) remarks.add("resolvedBeforeReport");
  if (milestone !== undefined && closed !== undefined && milestone > closed) remarks.add("resolvedAfterClosing");
  const mitigation = mitigated === undefined ? undefined : Math.max(from, mitigated);
  const resolved = milestone === undefined ? closed : Math.max(from, Math.min(milestone, closed ?? milestone));
  if (mitigation !== undefined && resolved !== undefined && mitigation > resolved) remarks.add("mitigatedAfterResolution");
  return {
    from,
    isCancelled: last(records, "cancelled") !== undefined,
    ...(closed === undefined ? {} : { closed }),
    ...(acknowledged === undefined ? {} : { acknowledged: { at: acknowledged.at, by: acknowledged.by } }),
    ...(mitigation === undefined ? {} : { mitigated: Math.min(mitigation, resolved ?? mitigation) }),
    ...(resolved === undefined ? {} : { resolved }),
  };
}

/** The record of a milestone that counts: the one recorded last, because that is a correction. */
function last(records: readonly MilestoneRecord[], name: string): MilestoneRecord | undefined {
  return records.filter((record) => record.name === name).toSorted((a, b) => a.recorded - b.recorded || a.at - b.at).at(-1);
}

const fieldNames = ["started", "mitigated", "resolved", "cancelled"] as const;

/** All milestones that comments, fields and the clock say. `clock` is a resolution that only the clock knows, as in version 0.1. */
function readRecords(issue: Issue, events: readonly TimelineEvent[]): readonly MilestoneRecord[] {
  const said = events.flatMap((event): readonly MilestoneRecord[] => {
    const comment = event.kind === "commented" ? readMilestone(event.markdown) : undefined;
    if (comment === undefined) return [];
    const recorded = millisecondsOf(event.at);
    return [{ name: comment.milestone, at: comment.at === undefined ? recorded : millisecondsOf(comment.at), recorded, by: event.by }];
  });
  const fields = readFields(issue.body);
  const written = fieldNames.flatMap((name): readonly MilestoneRecord[] => {
    const field = fieldNamed(fields, name);
    const at = markedInstant(field?.value);
    return field === undefined || at === undefined ? [] : [{ name, at: millisecondsOf(at), recorded: millisecondsOf(field.at), by: field.by }];
  });
  const clock = readClock(issue.body);
  const isSaid = (name: string, at: number): boolean => said.some((record) => record.name === name && record.at === at);
  const marked = [...(clock.acknowledged === undefined ? [] : [{ at: clock.acknowledged, by: clock.by ?? "" }]), ...(clock.later ?? [])].map(({ at, by = "" }) => ({ at: millisecondsOf(at), by }));
  const noted: readonly MilestoneRecord[] = [
    ...marked.filter(({ at }) => !isSaid("acknowledged", at)).map((one) => ({ name: "acknowledged", recorded: one.at, ...one })),
    ...[clock.withdrawn].flatMap((at) => (at === undefined ? [] : [{ name: "unacknowledged", at: millisecondsOf(at), recorded: millisecondsOf(at), by: "" }])),
    ...[clock.resolved].flatMap((at) => (at === undefined ? [] : [{ name: "clock", at: millisecondsOf(at), recorded: millisecondsOf(at), by: "" }])),
  ];
  return [...said, ...written, ...noted];
}
