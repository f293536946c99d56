import { compareTexts } from "../model/sorting";
import * as v from "valibot";
import { refSchema } from "../markup/linkRegion";
import { finiteNumber, type Infer } from "../model/parseData";
import { assertNever } from "../model/result";
import {
  actionStates,
  actionTypes,
  entryOrigin,
  type EntryTime,
  impactRow,
  type Postmortem,
  type PostmortemAction,
  postmortemAction,
  type PostmortemEntry,
  postmortemEntry,
  type PostmortemInstant,
  postmortemInstants,
  postmortemLists,
  postmortemStatuses,
  postmortemTexts,
  readIssue,
} from "./postmortem";

const fields = ["title", "status", "severity", "priority", "lead", "owner", "review", "reviewed"] as const;

const entryColumns = ["time", "event", "evidence", "source"] as const;

const entryFlags = ["inferred", "internal"] as const;

const impactColumns = ["measure", "amount"] as const;

const actionColumns = ["action", "type", "owner", "priority", "due", "issue", "state"] as const;

export type PostmortemField = (typeof fields)[number];

export type EntryColumn = (typeof entryColumns)[number];

export type EntryFlag = (typeof entryFlags)[number];

export type ImpactColumn = (typeof impactColumns)[number];

export type ActionColumn = (typeof actionColumns)[number];

/** The schema of `PostmortemEdit`. */
export const postmortemEdit = v.variant("kind", [
  v.object({ kind: v.literal("field"), field: v.picklist(fields), value: v.string() }),
  /** The issue of the incident has another reference, as after it was transferred. */
  v.object({ kind: v.literal("issue"), issue: refSchema }),
  v.object({ kind: v.literal("instant"), instant: v.picklist(postmortemInstants), value: v.string() }),
  v.object({ kind: v.literal("eventsUntil"), value: v.string() }),
  v.object({ kind: v.literal("text"), text: v.picklist(postmortemTexts), value: v.string() }),
  v.object({ kind: v.literal("entry"), id: v.string(), column: v.picklist(entryColumns), value: v.string() }),
  v.object({ kind: v.literal("insertEntry"), entry: postmortemEntry, index: finiteNumber }),
  v.object({ kind: v.literal("removeEntry"), id: v.string() }),
  /** Removes a row. If it came from the incident, it is remembered and not added again. */
  v.object({ kind: v.literal("hideEntry"), id: v.string() }),
  /** Adds an event that was hidden as a row again. */
  v.object({ kind: v.literal("showEntry"), entry: postmortemEntry, index: finiteNumber }),
  v.object({ kind: v.literal("entryFlag"), id: v.string(), flag: v.picklist(entryFlags), value: v.boolean() }),
  /** `hash`: the row now reflects the event's current text. `event`: the new text of the row, if it changes. */
  v.object({ kind: v.literal("entryOrigin"), id: v.string(), hash: v.string(), event: v.exactOptional(v.string()) }),
  /** Rows without an origin get the one of their event. Other events that the person removed are hidden. */
  v.object({ kind: v.literal("adoptEvents"), rows: v.array(v.object({ id: v.string(), source: v.string(), origin: entryOrigin })), hidden: v.array(v.string()) }),
  v.object({ kind: v.literal("moveEntry"), id: v.string(), index: finiteNumber }),
  v.object({ kind: v.literal("sortEntries") }),
  v.object({ kind: v.literal("list"), list: v.picklist(postmortemLists), value: v.array(v.string()) }),
  v.object({ kind: v.literal("own"), id: v.string(), value: v.string() }),
  v.object({ kind: v.literal("impact"), id: v.string(), column: v.picklist(impactColumns), value: v.string() }),
  v.object({ kind: v.literal("insertImpact"), row: impactRow, index: finiteNumber }),
  v.object({ kind: v.literal("removeImpact"), id: v.string() }),
  v.object({ kind: v.literal("action"), id: v.string(), column: v.picklist(actionColumns), value: v.string() }),
  v.object({ kind: v.literal("insertAction"), action: postmortemAction, index: finiteNumber }),
  v.object({ kind: v.literal("removeAction"), id: v.string() }),
]);

/** One edit of a post-mortem. Applying it twice has the same effect as once. An edit of a removed row has no effect. */
export type PostmortemEdit = Infer<typeof postmortemEdit>;

/** Parses a time that a person typed. `undefined` keeps the old one. */
type ReadTime = (text: string) => EntryTime | undefined;

/** Applies an edit. Invalid values have no effect. */
export function applyEdit(postmortem: Postmortem, edit: PostmortemEdit, readTime: ReadTime): Postmortem {
  switch (edit.kind) {
    case "field":
      return applyField(postmortem, edit.field, edit.value);
    case "instant":
      return applyInstant(postmortem, edit.instant, edit.value, readTime);
    case "issue":
      return { ...postmortem, issue: edit.issue };
    case "eventsUntil":
      return { ...postmortem, eventsUntil: edit.value };
    case "text":
      return { ...postmortem, texts: { ...postmortem.texts, [edit.text]: edit.value } };
    case "entry":
      return mapEntry(postmortem, edit.id, (entry) => applyCell(entry, edit.column, edit.value, readTime));
    case "insertEntry":
      return { ...postmortem, timeline: insertRow(postmortem.timeline, edit.entry, edit.index) };
    case "removeEntry":
      return { ...postmortem, timeline: postmortem.timeline.filter((entry) => entry.id !== edit.id) };
    case "hideEntry":
      return hideEntry(postmortem, edit.id);
    case "showEntry":
      return {
        ...postmortem,
        hidden: postmortem.hidden.filter((key) => key !== edit.entry.origin?.key),
        timeline: insertRow(postmortem.timeline, edit.entry, edit.index),
      };
    case "entryFlag":
      return mapEntry(postmortem, edit.id, ({ [edit.flag]: _old, ...entry }) => (edit.value ? { ...entry, [edit.flag]: true } : entry));
    case "entryOrigin":
      return mapEntry(postmortem, edit.id, (entry) => (entry.origin === undefined ? entry : { ...entry, event: edit.event ?? entry.event, origin: { ...entry.origin, hash: edit.hash } }));
    case "adoptEvents":
      return adoptEvents(postmortem, edit);
    case "moveEntry": {
      const moved = postmortem.timeline.find(({ id }) => id === edit.id);
      return moved === undefined ? postmortem : { ...postmortem, timeline: insertRow(postmortem.timeline.filter((entry) => entry !== moved), moved, edit.index) };
    }
    case "list":
      return { ...postmortem, [edit.list]: edit.value };
    case "own":
      return { ...postmortem, own: postmortem.own.map((section) => (section.id === edit.id ? { ...section, text: edit.value } : section)) };
    case "impact":
      return { ...postmortem, impact: postmortem.impact.map((row) => (row.id === edit.id ? { ...row, [edit.column]: edit.value } : row)) };
    case "insertImpact":
      return { ...postmortem, impact: insertRow(postmortem.impact, edit.row, edit.index) };
    case "removeImpact":
      return { ...postmortem, impact: postmortem.impact.filter(({ id }) => id !== edit.id) };
    case "sortEntries":
      return { ...postmortem, timeline: sortEntries(postmortem.timeline) };
    case "action":
      return { ...postmortem, actions: postmortem.actions.map((action) => (action.id === edit.id ? applyActionCell(action, edit.column, edit.value, postmortem) : action)) };
    case "insertAction":
      return { ...postmortem, actions: insertRow(postmortem.actions, edit.action, edit.index) };
    case "removeAction":
      return { ...postmortem, actions: postmortem.actions.filter((action) => action.id !== edit.id) };
    default:
      return assertNever(edit);
  }
}

function mapEntry(postmortem: Postmortem, id: string, change: (entry: PostmortemEntry) => PostmortemEntry): Postmortem {
  return { ...postmortem, timeline: postmortem.timeline.map((entry) => (entry.id === id ? change(entry) : entry)) };
}

function hideEntry(postmortem: Postmortem, id: string): Postmortem {
  const key = postmortem.timeline.find((entry) => entry.id === id)?.origin?.key;
  const hidden = key === undefined || postmortem.hidden.includes(key) ? postmortem.hidden : [...postmortem.hidden, key];
  return { ...postmortem, hidden, timeline: postmortem.timeline.filter((entry) => entry.id !== id) };
}

function adoptEvents(postmortem: Postmortem, { rows, hidden }: Extract<PostmortemEdit, { readonly kind: "adoptEvents" }>): Postmortem {
  const adopted = new Map(rows.map((row) => [row.id, row]));
  const timeline = postmortem.timeline.map((entry): PostmortemEntry => {
    const row = entry.origin === undefined ? adopted.get(entry.id) : undefined;
    return row === undefined ? entry : { ...entry, source: entry.source === "" ? row.source : entry.source, origin: row.origin };
  });
  return { ...postmortem, timeline, hidden: [...new Set([...postmortem.hidden, ...hidden])] };
}

function applyField(postmortem: Postmortem, field: PostmortemField, value: string): Postmortem {
  if (field === "title") return { ...postmortem, title: value };
  if (field === "status") return { ...postmortem, status: postmortemStatuses.find((status) => status === value) ?? postmortem.status };
  const { [field]: _old, ...rest } = postmortem;
  return value === "" ? rest : { ...rest, [field]: value };
}

function applyInstant(postmortem: Postmortem, name: PostmortemInstant, value: string, readTime: ReadTime): Postmortem {
  const { [name]: _old, ...rest } = postmortem.instants;
  if (value === "") return { ...postmortem, instants: rest };
  const time = readTime(value);
  return time?.kind === "instant" ? { ...postmortem, instants: { ...rest, [name]: time.at } } : postmortem;
}

function applyCell(entry: PostmortemEntry, column: EntryColumn, value: string, readTime: ReadTime): PostmortemEntry {
  switch (column) {
    case "time":
      return { ...entry, time: readTime(value) ?? entry.time };
    case "event":
      return { ...entry, event: value };
    case "evidence":
      return { ...entry, evidence: value };
    case "source":
      return { ...entry, source: value };
    default:
      return assertNever(column);
  }
}

function applyActionCell(action: PostmortemAction, column: ActionColumn, value: string, postmortem: Postmortem): PostmortemAction {
  switch (column) {
    case "action":
      return { ...action, action: value };
    case "owner":
      return { ...action, owner: value };
    case "priority":
      return { ...action, priority: value };
    case "type": {
      const { type: _old, ...rest } = action;
      const type = actionTypes.find((one) => one === value);
      return type === undefined ? rest : { ...rest, type };
    }
    case "due": {
      const { due: _old, ...rest } = action;
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { ...rest, due: value } : rest;
    }
    case "issue": {
      const { issue: _old, ...rest } = action;
      const issue = readIssue(value, postmortem.issue?.repository);
      return issue === undefined ? rest : { ...rest, issue };
    }
    case "state":
      return { ...action, state: actionStates.find((state) => state === value) ?? action.state };
    default:
      return assertNever(column);
  }
}

function insertRow<Row extends { readonly id: string }>(rows: readonly Row[], row: Row, index: number): readonly Row[] {
  return rows.some((other) => other.id === row.id) ? rows : rows.toSpliced(Math.min(Math.max(0, index), rows.length), 0, row);
}

/** Sorts entries by time. An entry without a time stays after its predecessor. */
export function sortEntries(entries: readonly PostmortemEntry[]): readonly PostmortemEntry[] {
  let last = "";
  const keyed = entries.map((entry) => ({ entry, at: (last = entry.time.kind === "instant" ? entry.time.at : last) }));
  return keyed.toSorted((a, b) => compareTexts(a.at, b.at)).map(({ entry }) => entry);
}

/** Whether the entries are in the order of `sortEntries`. */
export function isSorted(entries: readonly PostmortemEntry[]): boolean {
  return sortEntries(entries).every((entry, index) => entry === entries[index]);
}
