import { type IssueFacts, issueFacts } from "../../issue/issueFacts";
import { readServices, readStage } from "../../markup/labels";
import { impactWeights } from "../../model/desk";
import { isInstant, millisecondsOf } from "../../model/instant";
import type { Instant, Issue } from "../../model/issue";
import { distinctLogins, distinctNames, groupByName, sameName } from "../../model/names";
import { firstWhere, lowerBound, unionOf } from "../../model/sorting";
import type { TimelineEvent } from "../../model/timelineEvent";
import type { DeskHistory } from "./deskHistory";
import { type DeskReading, deskReading } from "./deskReading";
import { type HistoryRemark, type IssueRound, readRounds } from "./issueRounds";
import { changesOf, clipped, type Held, heldValues, latestSpan, type NameChange, nameLookup, namesAt, type NameHistory, type NameSpan, nameSpans } from "./nameSpans";
import { hasUnreadableMarks } from "./unreadableMarks";
import { isKindLabel, joinRenamed, type LabelSpan, meaningOf } from "./renamedLabels";

/** What is known about an issue: as it is stored now, and its events in any order, with duplicates and gaps. */
export interface IssueRecord {
  readonly issue: Issue;
  readonly events: readonly TimelineEvent[];
  /** When it was moved on the project board that has its stages. They count until it has a stage label for the first time. */
  readonly moves?: readonly BoardMove[];
  /** Whether some of its events could not be read. */
  readonly isIncomplete?: boolean;
}

/** A move on a project board to a stage. */
export interface BoardMove {
  readonly at: Instant;
  /** Empty if it has no status any more. */
  readonly stage: string;
  /** The stage before, if the board says so. */
  readonly before?: string;
}

/** Times in milliseconds since the epoch, between which something had impact on a service. */
export interface Impact extends Held<string> {
  readonly weight: ImpactWeight;
}

/** How bad an impact was, as a part of an outage: 0 to 1. */
type ImpactWeight = number;

/** What held when in the life of an issue, from its report to its last closing, or to now. Times are in milliseconds since the epoch. */
export interface IssueHistory {
  readonly issue: Issue;
  /** What its labels and text mean now. Its kind is in `kinds`. */
  readonly facts: Omit<IssueFacts, "kind">;
  readonly reported: number;
  /** The end of its last round, or now. Absent if it is closed and nothing says when. */
  readonly end?: number;
  readonly rounds: readonly [IssueRound, ...IssueRound[]];
  readonly stages: readonly Held<string>[];
  /** From its report to now, as what follows. */
  readonly kinds: readonly Held<string | undefined>[];
  readonly priorities: readonly Held<string | undefined>[];
  readonly severities: readonly Held<string | undefined>[];
  readonly services: readonly NameSpan[];
  readonly assignees: readonly NameSpan[];
  readonly impacts: readonly Impact[];
  readonly remarks: readonly HistoryRemark[];
}

/** Reads the history of an issue. The order of its events does not matter. What happened after `now` is ignored. */
export function issueHistory(record: IssueRecord, desks: DeskHistory, now: number): IssueHistory {
  const { issue, moves } = record;
  const dated = record.events.filter(({ at }) => isInstant(at));
  const events = dated.filter(({ at }) => millisecondsOf(at) <= now);
  const { rounds, started, isEndUnknown, remarks: found } = readRounds(issue, dated, now);
  const reported = rounds[0].from;
  const remarks = new Set<HistoryRemark>([...found, ...(record.isIncomplete === true || hasUnreadableMarks(issue.body, dated) || dated.length < record.events.length ? ["incomplete" as const] : [])]);
  const labels = joinRenamed(knownAt(now, nameSpans(issue.labels, changesIn(dated, "labeled", "unlabeled", "label"))), desks);
  const assignees = knownAt(now, nameSpans(issue.assignees, changesIn(dated, "assigned", "unassigned", "login")));
  if (events.some(({ at, kind }) => kind !== "opened" && millisecondsOf(at) < Math.min(reported, millisecondsOf(issue.createdAt)) - clockSkew)) remarks.add("eventsBeforeCreation");
  if (events.length < dated.length) remarks.add("future");
  if (labels.isRenamed) remarks.add("renamedLabel");
  if (labels.unexplained.some((label) => counts(label, desks)) || assignees.unexplained.length > 0) remarks.add("missingEvents");
  const last = rounds.at(-1);
  const end = isEndUnknown ? undefined : Math.max(reported, last?.closed ?? now);
  const until = end ?? reported;
  const { names } = desks;
  const counted = withFormer(labels.spans.filter(({ name }) => counts(name, desks)));
  const read = deskReading(desks, issue);
  const heldUntilNow = (valueAt: (at: number, labels: readonly string[]) => string | undefined, isRead: (label: string) => boolean): readonly Held<string | undefined>[] => {
    const own = counted.filter(({ name }) => isRead(name));
    const labelsAt = nameLookup(own);
    const to = Math.max(until, now + 1);
    return heldValues(reported, to, [...changesOf(own), ...desks.changes(reported, to)], (at) => valueAt(at, labelsAt(at)));
  };
  const kinds = heldUntilNow(read.kind, (label) => isKindLabel(label, names));
  const priorities = heldUntilNow(read.priority, (label) => names.newestWith("priorityLabels", [label]) !== undefined);
  const severities = heldUntilNow(read.severity, (label) => names.newestWith("severities", [label]) !== undefined);
  const services = serviceSpans(labels.spans);
  const board = sortMoves(moves, now);
  if (board.some(({ before }, index) => index > 0 && before !== undefined && !sameName(before, board[index - 1]?.stage ?? ""))) remarks.add("missingEvents");
  const stages = stagesOf({ labels: labels.spans, moves: board, rounds, desks, read, from: reported, to: until });
  if (stages.some(({ value }) => names.newestWith("stages", [value]) === undefined)) remarks.add("unknownStage");
  const { kind: _kind, ...facts } = issueFacts(issue, desks.current.desk);
  const impacts = lastHeld(kinds, end ?? now) !== incidentKind ? [] : impactsOf({ labels: counted, services, rounds, desks, read, now, isEndUnknown, ...(started === undefined ? {} : { started }) });
  return {
    issue, facts, reported, rounds, stages, kinds, priorities, severities, services, impacts,
    assignees: assignees.spans, remarks: [...remarks],
    ...(end === undefined ? {} : { end }),
  };
}

/** Milliseconds by which an event can seem to precede its issue although nothing is wrong. */
const clockSkew = 60_000;

/** The kind of issue that has impact on services. */
export const incidentKind = "incident";

function changesIn(events: readonly TimelineEvent[], added: "labeled" | "assigned", removed: "unlabeled" | "unassigned", field: "label" | "login"): readonly NameChange[] {
  return events.flatMap((event): readonly NameChange[] => {
    if (event.kind !== added && event.kind !== removed) return [];
    const name = field === "label" && "label" in event ? event.label : "login" in event ? event.login : "";
    return name === "" ? [] : [{ at: millisecondsOf(event.at), name, isAdded: event.kind === added }];
  });
}

/** Whether figures depend on a label. */
function counts(label: string, desks: DeskHistory): boolean {
  return impactOf([label]) !== undefined || meaningOf(label, desks) !== undefined;
}

/** What happens after `now` explains what is in a list, but does not count. */
function knownAt(now: number, { spans, unexplained }: NameHistory): NameHistory {
  return { spans: spans.filter(({ from }) => from <= now), unexplained };
}

/** Labels under all their names. */
function withFormer(spans: readonly LabelSpan[]): readonly NameSpan[] {
  return spans.flatMap(({ name, former, ...span }) => [...(former === undefined ? [] : [{ ...span, name: former }]), { ...span, name }]);
}

function serviceSpans(labels: readonly NameSpan[]): readonly NameSpan[] {
  return labels.flatMap(({ name: label, from, to }) => readServices([label]).map((name) => ({ name, from, to })));
}

interface StageInput {
  readonly labels: readonly LabelSpan[];
  /** In order of time. */
  readonly moves: readonly BoardMove[];
  readonly rounds: readonly IssueRound[];
  readonly desks: DeskHistory;
  readonly read: DeskReading;
  readonly from: number;
  readonly to: number;
}

/** A stage label that is removed is replaced within this time, or not at all. */
const replacedWithin = 60_000;

/**
 * The stages of an issue. As on screen, it is in the first stage without a label, and in the last while it is closed. Of several
 * stage labels, the one that was added last counts, because the others are about to be removed. A project board counts until there
 * is the first label: from then on, no label means the first stage.
 */
function stagesOf({ labels, moves, rounds, desks, read, from, to }: StageInput): readonly Held<string>[] {
  const own = labels.filter(({ name }) => readStage([name]) !== undefined);
  const labeled = own.reduce((first, span) => Math.min(first, span.from), Infinity);
  const board = spansOfMoves(moves).flatMap((span) => (span.from < labeled ? [{ ...span, to: Math.min(span.to, labeled) }] : []));
  const spans: readonly LabelSpan[] = [...board, ...withoutGaps(own)];
  const closedAt = latestSpan(rounds.flatMap(({ closed }, index) => (closed === undefined ? [] : [{ from: closed, to: rounds[index + 1]?.from ?? Infinity }])));
  const labelAt = latestSpan(spans);
  const stageAt = (at: number): string => {
    const { stages } = desks.at(at).desk;
    if (closedAt(at) !== undefined) return stages.at(-1) ?? "";
    const label = labelAt(at);
    return label === undefined ? (stages[0] ?? "") : (read.stage(at, label.former === undefined ? [label.name] : [label.name, label.former]) ?? readStage([label.name]) ?? "");
  };
  return heldValues(from, to, [...changesOf(spans), ...desks.changes(from, to), ...rounds.flatMap((round) => [round.from, round.closed ?? round.from])], stageAt);
}

/** In order of time, without those after `now`. Moves in the same second are ordered by the status that each came from, and those that are reported twice count once. */
function sortMoves(moves: readonly BoardMove[] = [], now: number): readonly BoardMove[] {
  const timed = moves.flatMap((move) => (isInstant(move.at) ? [{ move, time: millisecondsOf(move.at) }] : []));
  const known = timed.filter(({ time }) => time <= now).toSorted((a, b) => a.time - b.time || (a.move.stage < b.move.stage ? -1 : 1));
  const sorted: BoardMove[] = [];
  for (let start = 0; start < known.length;) {
    const next = firstWhere(known, ({ time }) => time > (known[start]?.time ?? 0));
    const together = known.slice(start, next).map(({ move }) => move);
    const placed: BoardMove[] = [];
    while (together.length > 0) {
      const stage = (placed.at(-1) ?? sorted.at(-1))?.stage ?? "";
      const follower = together.findIndex(({ before }) => sameName(before ?? "", stage));
      const [move] = together.splice(Math.max(0, follower), 1);
      const isRepeated = follower < 0 && placed.some((one) => one.stage === move?.stage && one.before === move.before);
      if (move !== undefined && !isRepeated) placed.push(move);
    }
    sorted.push(...placed);
    start = next;
  }
  return sorted;
}

/** Before its first known move, an issue was where the move came from. */
function spansOfMoves(moves: readonly BoardMove[]): readonly NameSpan[] {
  const [first] = moves;
  const spans = moves.map(({ at, stage }, index) => {
    const next = moves[index + 1]?.at;
    return { stage, from: millisecondsOf(at), to: next === undefined ? Infinity : millisecondsOf(next) };
  });
  const before = first?.before === undefined ? [] : [{ stage: first.before, from: -Infinity, to: millisecondsOf(first.at) }];
  return [...before, ...spans].flatMap(({ stage, from, to }) => (stage.trim() !== "" && from < to ? [{ name: `stage: ${stage.trim()}`, from, to }] : []));
}

/** A label that is removed shortly before the next one is added is replaced by it: nobody moved the issue to the first stage in between. */
function withoutGaps(spans: readonly LabelSpan[]): readonly LabelSpan[] {
  const starts = spans.map(({ from }) => from).toSorted((a, b) => a - b);
  return spans.map((span) => {
    const next = starts[lowerBound(starts, span.to)];
    return next !== undefined && next - span.to <= replacedWithin ? { ...span, to: next } : span;
  });
}

const impactLabel = /^impact:\s*(major|partial|none)$/i;

const weights: Readonly<Record<string, ImpactWeight>> = impactWeights;

/** The worst impact that labels name. */
function impactOf(labels: readonly string[]): ImpactWeight | undefined {
  const named = labels.flatMap((label) => weights[impactLabel.exec(label)?.[1]?.toLowerCase() ?? ""] ?? []);
  return named.length === 0 ? undefined : Math.max(...named);
}

interface ImpactInput {
  readonly labels: readonly NameSpan[];
  readonly services: readonly NameSpan[];
  readonly rounds: readonly IssueRound[];
  readonly desks: DeskHistory;
  readonly read: DeskReading;
  readonly now: number;
  readonly isEndUnknown: boolean;
  readonly started?: number;
}

/**
 * In each round, the impact lasts from its start until it is mitigated, otherwise until it is resolved or closed. Labels are added
 * after an incident began, so the services and the severity that it gets first count from its start.
 */
function impactsOf({ labels, services, rounds, desks, read, now, isEndUnknown, started }: ImpactInput): readonly Impact[] {
  const rated = labels.filter(({ name }) => impactOf([name]) !== undefined || desks.names.newestWith("severities", [name]) !== undefined);
  const byService = groupByName(services, ({ name }) => [name]).map(({ name, all }) => ({ name, spans: unionOf(all) }));
  return rounds.flatMap(({ from, mitigated, resolved }, index) => {
    const end = Math.min(now, mitigated ?? Infinity, resolved ?? Infinity);
    const start = index === 0 && started !== undefined && started < end ? started : from;
    const isUnknown = isEndUnknown && index === rounds.length - 1 && mitigated === undefined && resolved === undefined;
    if (isUnknown || start >= end || byService.length === 0) return [];
    const [named, first] = [firstFrom(services, start), firstFrom(rated, start)];
    const labelsAt = nameLookup(rated);
    const held = heldValues(start, end, [...changesOf(rated), ...desks.changes(start, end), first], (at) => {
      const names = labelsAt(Math.max(at, first));
      return impactOf(names) ?? read.weight(at, names) ?? impactWeights.major;
    });
    return byService.flatMap(({ name, spans }) => spans.flatMap((span) => {
      const since = span.from <= named && named < span.to ? start : Math.max(span.from, named);
      return clipped(held, since, span.to).flatMap(({ value: weight, ...part }) => (weight === 0 ? [] : [{ ...part, value: name, weight }]));
    }));
  });
}

/** When the first of the labels was there, from `start` on. The start itself if there is none. */
function firstFrom(spans: readonly NameSpan[], start: number): number {
  const first = spans.reduce((earliest, { from, to }) => (to > start ? Math.min(earliest, Math.max(start, from)) : earliest), Infinity);
  return Number.isFinite(first) ? first : start;
}

/** The services at the end of an issue. If it has none then, those that it got first afterwards. */
export function lastServices({ services, end }: Pick<IssueHistory, "services" | "end">): readonly string[] {
  // Those that it has now, if nobody knows when it ended.
  if (end === undefined) return distinctNames(services.flatMap(({ name, to }) => (to === Infinity ? [name] : [])));
  const found = namesAt(services, end);
  return distinctNames(found.length > 0 ? found : namesAt(services, firstFrom(services, end)));
}

/** Everybody who was ever assigned, without duplicates. */
export function everAssigned({ assignees, reported }: IssueHistory): readonly string[] {
  return distinctLogins(assignees.flatMap(({ name, to }) => (to > reported ? [name] : [])));
}

/** The last value until a time, otherwise the first one after it. */
export function lastHeld<T>(held: readonly Held<T | undefined>[], at: number): T | undefined {
  return (held.findLast(({ from, value }) => from <= at && value !== undefined) ?? held.find(({ value }) => value !== undefined))?.value;
}

/** What held at a time, or at the nearest time in the life of the issue. */
export function heldAt<T>(held: readonly Held<T>[], at: number): T | undefined {
  return (held.findLast(({ from }) => from <= at) ?? held[0])?.value;
}
