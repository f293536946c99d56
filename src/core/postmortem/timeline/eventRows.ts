import { inertText, withoutInertMarks } from "../../markup/inertText";
import { instantAt, millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { type IssueRef, refKey } from "../../model/issueRef";
import { compareTexts } from "../../model/sorting";
import { withFile } from "./evidence";
import type { IncidentEvent } from "./origins";
import { type Postmortem, type PostmortemEntry, writeIssue } from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";
import { publication } from "../review/publication";
import { isReviewRequest } from "../review/review";
import { normalCell } from "../document/table";
import { formatTimelineEntry, formerTimelineText, isShortened } from "./timelineText";

/** Converts an event to a row of the timeline. A text that is shortened has its comment, or `issue`, as evidence. */
export function eventRow({ entry, origin, source }: IncidentEvent, id: string, issue?: IssueRef): PostmortemEntry {
  return { id, time: { kind: "instant", at: toSecond(entry.at) }, event: formatTimelineEntry(entry), evidence: evidenceOf(entry, issue), source, origin, others: [] };
}

function evidenceOf(entry: IncidentEvent["entry"], issue: IssueRef | undefined): string {
  switch (entry.kind) {
    case "linked":
      return entry.link.kind === "postmortem" ? "" : writeIssue(entry.link.other);
    case "mentioned":
      return entry.isPullRequest ? entry.url : writeIssue(entry.ref);
    case "referenced":
      return entry.url ?? entry.sha;
    case "commented":
    case "milestone":
      return isShortened(entry) ? (entry.url ?? (issue === undefined ? "" : writeIssue(issue))) : "";
    case "stepDone":
    case "stepSkipped":
    case "decided":
      return (entry.evidence ?? []).reduce((cell, { kind, value }) => (kind === "file" ? withFile(cell, value) : `${cell} ${inertText(value)}`.trim()), "");
    default:
      return "";
  }
}

/** Rounds an instant to the second, as stored in files. A log that was edited by hand can contain any form of an instant. */
export function toSecond(at: Instant): Instant {
  return instantAt(Math.floor(millisecondsOf(at) / 1000) * 1000);
}

/**
 * Events that are neither in the timeline nor hidden, whenever they happened. Links made by the post-mortem itself are ignored. In
 * a file of version 0.1, which does not identify events, they are those since the last import.
 */
export function newEntries(postmortem: Postmortem, events: readonly IncidentEvent[]): readonly IncidentEvent[] {
  const isOwn = ownLinks(postmortem);
  const isKnown = identifiesEvents(postmortem) ? knownEvents(postmortem) : importedEvents(postmortem, events);
  return events.filter((event) => !isOwn(event) && !isKnown(event));
}

function identifiesEvents({ timeline, hidden }: Postmortem): boolean {
  return hidden.length > 0 || timeline.some(({ origin }) => origin !== undefined);
}

/** What the post-mortem itself caused: links, the comment that requests its review, and the pull request that publishes it. */
function ownLinks(postmortem: Postmortem): (event: IncidentEvent) => boolean {
  const created = new Set(postmortem.actions.flatMap(({ issue }) => (issue === undefined ? [] : [refKey(issue)])));
  const { title } = publication(postmortem, "");
  return ({ entry }) => {
    if (entry.kind === "commented") return isReviewRequest(entry.text);
    if (entry.kind === "mentioned") return entry.isPullRequest && entry.title === title;
    return entry.kind === "linked" && (entry.link.kind === "postmortem" || created.has(refKey(entry.link.other)));
  };
}

/** Rows whose mark was removed by hand, or that version 0.1 added, are recognized by time and text. */
function knownEvents({ timeline, hidden }: Postmortem): (event: IncidentEvent) => boolean {
  const keys = new Set([...hidden, ...timeline.flatMap(({ origin }) => (origin === undefined ? [] : [origin.key]))]);
  const unmarked = new Set(timeline.flatMap((row) => (row.origin === undefined ? namesOfRow(row) : [])));
  return ({ entry, origin }) => keys.has(origin.key) || (unmarked.size > 0 && namesOf(entry).some((name) => unmarked.has(name)));
}

/** In the second of the last import, as many events are known as there are rows, because a person can have reworded them. */
function importedEvents({ timeline, eventsUntil = "" }: Postmortem, events: readonly IncidentEvent[]): (event: IncidentEvent) => boolean {
  const rows = matchRows(timeline, events, ({ entry }) => toSecond(entry.at) === eventsUntil);
  return (event) => toSecond(event.entry.at) < eventsUntil || rows.has(event);
}

/** The rows of events by time and text and, where `isLenient`, other rows of the same second. */
function matchRows(timeline: Postmortem["timeline"], events: readonly IncidentEvent[], isLenient: (event: IncidentEvent) => boolean): ReadonlyMap<IncidentEvent, PostmortemEntry> {
  const rows = new Map<string, PostmortemEntry[]>();
  for (const row of timeline) {
    for (const name of [...namesOfRow(row), timeOf(row)]) rows.set(name, rows.get(name) ?? []).get(name)?.push(row);
  }
  const taken = new Set<PostmortemEntry>();
  const found = new Map<IncidentEvent, PostmortemEntry>();
  const take = (event: IncidentEvent, names: readonly string[]): void => {
    const row = names.flatMap((name) => rows.get(name) ?? []).find((each) => !taken.has(each));
    if (row === undefined) return;
    taken.add(row);
    found.set(event, row);
  };
  for (const event of events) take(event, namesOf(event.entry));
  for (const event of events) if (!found.has(event) && isLenient(event)) take(event, [toSecond(event.entry.at)]);
  return found;
}

function namesOfRow({ time, event }: PostmortemEntry): readonly string[] {
  return time.kind === "instant" ? [`${time.at} ${plainCell(event)}`] : [];
}

function namesOf(entry: IncidentEvent["entry"]): readonly string[] {
  return [formatTimelineEntry(entry), formerTimelineText(entry)].map((text) => `${toSecond(entry.at)} ${plainCell(text)}`);
}

/** A cell as version 0.1 wrote it, so that both are equal. */
function plainCell(text: string): string {
  return normalCell(withoutInertMarks(text));
}

/** Events that a person removed from the timeline, and can add again. */
export function hiddenEntries({ hidden, timeline }: Postmortem, events: readonly IncidentEvent[]): readonly IncidentEvent[] {
  // One person can hide a row that another keeps.
  const shown = new Set(timeline.map(({ origin }) => origin?.key));
  const keys = new Set(hidden.filter((key) => !shown.has(key)));
  return events.filter(({ origin }) => keys.has(origin.key));
}

/** A row, and its event as it is now. */
export interface ChangedEntry {
  readonly row: PostmortemEntry;
  readonly event: IncidentEvent;
}

/** Rows whose event has another text than when they were added or last compared. What a person wrote in them does not matter. */
export function changedEntries({ timeline }: Postmortem, events: readonly IncidentEvent[]): readonly ChangedEntry[] {
  const byKey = eventsByKey(events);
  return timeline.flatMap((row) => {
    const event = byKey.get(row.origin?.key ?? "");
    return event === undefined || row.origin === undefined || row.origin.hash === "" || row.origin.hash === event.origin.hash ? [] : [{ row, event }];
  });
}

/** Rows whose event no longer exists, as after a comment was deleted. `events` must be complete. */
export function goneEntries({ timeline }: Postmortem, events: readonly IncidentEvent[]): readonly PostmortemEntry[] {
  const byKey = eventsByKey(events);
  return timeline.filter(({ origin }) => origin !== undefined && !byKey.has(origin.key));
}

function eventsByKey(events: readonly IncidentEvent[]): ReadonlyMap<string, IncidentEvent> {
  return new Map(events.map((event) => [event.origin.key, event]));
}

/** Rows of events that several rows show, as after two branches were merged that both added them. */
export interface RepeatedEntries {
  /** Rows that differ in nothing from an earlier one. */
  readonly equal: readonly PostmortemEntry[];
  /** All rows of events whose rows differ, in order. */
  readonly different: readonly PostmortemEntry[];
}

/** Finds rows of the same event. */
export function repeatedEntries({ timeline }: Postmortem): RepeatedEntries {
  const groups = new Map<string, PostmortemEntry[]>();
  for (const row of timeline) {
    if (row.origin === undefined) continue;
    const group = groups.get(row.origin.key);
    if (group === undefined) groups.set(row.origin.key, [row]);
    else group.push(row);
  }
  const equal = new Set<PostmortemEntry>();
  const different = new Set<PostmortemEntry>();
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const contents = new Set<string>();
    const rest = group.filter((row) => !contents.has(contentOf(row)) && contents.add(contentOf(row)));
    for (const row of group) {
      if (!rest.includes(row)) equal.add(row);
      else if (rest.length > 1) different.add(row);
    }
  }
  return { equal: timeline.filter((row) => equal.has(row)), different: timeline.filter((row) => different.has(row)) };
}

function contentOf({ time, event, evidence, source, inferred, internal, origin, others }: PostmortemEntry): string {
  return JSON.stringify([time, event, evidence, source, inferred, internal, origin?.hash, others]);
}

/**
 * The edits that add events as rows, each at its time. Existing rows stay as and where they are. `events` are all of the incident
 * in order of time, `added` some of `newEntries`.
 */
export function addingEdits(postmortem: Postmortem, events: readonly IncidentEvent[], added: readonly IncidentEvent[], fresh: () => string): readonly PostmortemEdit[] {
  if (added.length === 0) return [];
  const adoption = adoptionOf(postmortem, events);
  const last = events.at(-1);
  const isAll = newEntries(postmortem, events).length === added.length;
  return [
    ...(adoption === undefined ? [] : [adoption]),
    ...insertions(postmortem, added.map((event) => eventRow(event, fresh(), postmortem.issue))),
    ...(isAll && last !== undefined ? [{ kind: "eventsUntil" as const, value: toSecond(last.entry.at) }] : []),
  ];
}

/** The edits that insert rows before the first one of a later time. Rows without an exact time stay after their predecessor. */
function insertions({ timeline }: Postmortem, rows: readonly PostmortemEntry[]): readonly PostmortemEdit[] {
  const sorted = rows.toSorted((a, b) => compareTexts(timeOf(a), timeOf(b)));
  let index = 0;
  return sorted.map((entry, count) => {
    while (index < timeline.length && !isLater(timeline[index], entry)) index += 1;
    return { kind: "insertEntry", entry, index: index + count };
  });
}

function isLater(row: PostmortemEntry | undefined, than: PostmortemEntry): boolean {
  return row?.time.kind === "instant" && row.time.at > timeOf(than);
}

function timeOf({ time }: PostmortemEntry): string {
  return time.kind === "instant" ? time.at : "";
}

/**
 * The edit that identifies the events of a file of version 0.1 before the first ones are added by key: its rows get the events of
 * the same second, in the same words if possible, and all other events of its last import were removed by a person.
 */
function adoptionOf(postmortem: Postmortem, events: readonly IncidentEvent[]): PostmortemEdit | undefined {
  if (identifiesEvents(postmortem)) return undefined;
  const isNew = new Set(newEntries(postmortem, events));
  const isOwn = ownLinks(postmortem);
  const old = events.filter((event) => !isNew.has(event) && !isOwn(event));
  const rows = matchRows(postmortem.timeline, old, () => true);
  return {
    kind: "adoptEvents",
    rows: [...rows].map(([{ source, origin }, { id }]) => ({ id, source, origin })),
    hidden: old.filter((event) => !rows.has(event)).map(({ origin }) => origin.key),
  };
}

/** The edit that adds a hidden event as a row again, at its time. */
export function showingEdit(postmortem: Postmortem, event: IncidentEvent, id: string): PostmortemEdit {
  const entry = eventRow(event, id, postmortem.issue);
  const later = postmortem.timeline.findIndex((row) => isLater(row, entry));
  return { kind: "showEntry", entry, index: later === -1 ? postmortem.timeline.length : later };
}
