import * as v from "valibot";
import { compareInstants, instantInUtc, isInstant } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import type { IssueChange } from "../model/issueChange";
import type { OperationKey } from "../model/operation";
import { parseJson } from "../model/parseData";
import type { TimelineEvent } from "../model/timelineEvent";
import { carriesLink, linkSchema as link } from "./linkRegion";
import { isConflictMarker } from "./mergeConflict";
import { joinLines, splitLines } from "./textLines";

/** An event as a line of an issue's log. Its id starts with the key of the operation that made it. */
export interface LoggedEvent {
  readonly id: string;
  readonly event: TimelineEvent;
}

const common = {
  // Logs that a person or another tool wrote can have numbers as ids, or none, and no person.
  id: v.pipe(v.nullish(v.union([v.string(), v.number()]), ""), v.transform(String)),
  at: v.pipe(v.string(), v.check(isInstant), v.transform(instantInUtc)),
  by: v.nullish(v.string(), ""),
};

const line = v.variant("kind", [
  v.object({ ...common, kind: v.literal("opened") }),
  v.object({ ...common, kind: v.literal("commented"), markdown: v.string() }),
  v.object({ ...common, kind: v.literal("labeled"), label: v.string() }),
  v.object({ ...common, kind: v.literal("unlabeled"), label: v.string() }),
  v.object({ ...common, kind: v.literal("assigned"), login: v.string() }),
  v.object({ ...common, kind: v.literal("unassigned"), login: v.string() }),
  v.object({ ...common, kind: v.literal("retitled"), from: v.string(), to: v.string() }),
  v.object({ ...common, kind: v.literal("linked"), link }),
  v.object({ ...common, kind: v.literal("closed") }),
  v.object({ ...common, kind: v.literal("reopened") }),
]);

/**
 * Parses the events of a log in chronological order, without duplicates: after a merge, the lines of one branch follow those
 * of the other. Different events are not duplicates, even if somebody gave them the same id. Invalid lines are ignored.
 */
export function readEvents(log: string): readonly LoggedEvent[] {
  return readLog(log).events;
}

/** The same, and whether the log contains lines that are ignored because they are not valid events, such as those of a later version or of a person. */
export function readLog(log: string): { readonly events: readonly LoggedEvent[]; readonly hasInvalidLines: boolean } {
  const all: LoggedEvent[] = [];
  let hasInvalidLines = false;
  for (const { text } of splitLines(log)) {
    // Some editors write a byte order mark in front of the first line, and JSON allows none.
    const read = parseJson(line, text.trim());
    if (read === undefined) hasInvalidLines ||= text.trim() !== "" && text !== "=======" && !isConflictMarker(text);
    if (read === undefined) continue;
    const { id, ...event } = read;
    all.push({ id, event });
  }
  return { events: withoutDuplicates(all).sort((a, b) => compareInstants(a.event.at, b.event.at)), hasInvalidLines };
}

/** An event that two branches logged has one id and one content, but can have two times. An id of several contents identifies nothing. */
function withoutDuplicates(all: readonly LoggedEvent[]): LoggedEvent[] {
  const contents = new Map<string, string>();
  const shared = new Set<string>([""]);
  for (const { id, event: { at: _at, by: _by, ...rest } } of all) {
    const content = JSON.stringify(rest);
    if ((contents.get(id) ?? content) === content) contents.set(id, content);
    else shared.add(id);
  }
  const found = new Map<string, LoggedEvent>();
  for (const one of all) {
    const name = shared.has(one.id) ? JSON.stringify(one) : one.id;
    if (!found.has(name)) found.set(name, one);
  }
  return [...found.values()];
}

/** Appends events to the log. Existing lines keep every byte, except for conflict markers, which are removed. */
export function appendEvents(before: string, events: readonly LoggedEvent[]): string {
  const log = before.includes("<<<<<<<") ? joinLines(splitLines(before).filter(({ text }) => !isConflictMarker(text) && text !== "=======")) : before;
  const start = log === "" || /[\r\n]$/.test(log) ? log : `${log}\n`;
  return start + events.map(({ id, event }) => `${JSON.stringify({ id, ...event })}\n`).join("");
}

/** The events that a change causes. Step marks and checklists cause none, because the body records them. */
export function eventsOf(before: Issue, after: Issue, change: IssueChange, key: OperationKey, by: string, at: Instant): readonly LoggedEvent[] {
  const stamp = { at, by };
  const added = (now: readonly string[], old: readonly string[]): readonly string[] => now.filter((name) => !old.includes(name));
  const events: readonly TimelineEvent[] = [
    ...(before.title === after.title ? [] : [{ ...stamp, kind: "retitled" as const, from: before.title, to: after.title }]),
    ...added(after.labels, before.labels).map((label) => ({ ...stamp, kind: "labeled" as const, label })),
    ...added(before.labels, after.labels).map((label) => ({ ...stamp, kind: "unlabeled" as const, label })),
    ...added(after.assignees, before.assignees).map((login) => ({ ...stamp, kind: "assigned" as const, login })),
    ...added(before.assignees, after.assignees).map((login) => ({ ...stamp, kind: "unassigned" as const, login })),
    ...(change.kind === "addLink" && !carriesLink(before, change.link) && before.body !== after.body ? [{ ...stamp, kind: "linked" as const, link: change.link }] : []),
    ...(before.state === after.state ? [] : [{ ...stamp, kind: after.state === "closed" ? ("closed" as const) : ("reopened" as const) }]),
  ];
  return events.map((event, index) => ({ id: `${key}/${index}`, event }));
}

/** The part of a change that was not overridden since its key was logged. Returns `undefined` when nothing of it is left. */
export function notOverruled(change: IssueChange, key: OperationKey, log: readonly LoggedEvent[]): IssueChange | undefined {
  const overruled = (mine: (event: TimelineEvent) => boolean, theirs: (event: TimelineEvent) => boolean): boolean => {
    const own = log.findIndex(({ id, event }) => id.startsWith(`${key}/`) && mine(event));
    return own >= 0 && log.slice(own + 1).some(({ id, event }) => !id.startsWith(`${key}/`) && theirs(event));
  };
  switch (change.kind) {
    case "close":
      return overruled(is("closed"), is("reopened")) ? undefined : change;
    case "reopen":
      return overruled(is("reopened"), is("closed")) ? undefined : change;
    case "retitle":
      return overruled(is("retitled"), is("retitled")) ? undefined : change;
    case "label":
      return {
        ...change,
        add: change.add.filter((label) => !overruled(names("labeled", label), names("unlabeled", label))),
        remove: change.remove.filter((label) => !overruled(names("unlabeled", label), names("labeled", label))),
      };
    case "assign":
      return {
        ...change,
        add: change.add.filter((login) => !overruled(names("assigned", login), names("unassigned", login))),
        remove: change.remove.filter((login) => !overruled(names("unassigned", login), names("assigned", login))),
      };
    case "startRun":
    case "markStep":
    case "choose":
    case "setValues":
    case "linkStep":
    case "giveStep":
    case "showEvidence":
    case "reopenSection":
    case "takeOver":
    case "noteClock":
    case "setFields":
    case "acceptHandoff":
    case "addLink":
    case "relink":
      return change;
  }
}

function is(kind: TimelineEvent["kind"]): (event: TimelineEvent) => boolean {
  return (event) => event.kind === kind;
}

function names(kind: TimelineEvent["kind"], name: string): (event: TimelineEvent) => boolean {
  return (event) => {
    const named = "label" in event ? event.label : "login" in event ? event.login : undefined;
    return event.kind === kind && named?.toLowerCase() === name.toLowerCase();
  };
}
