import * as v from "valibot";
import { finiteNumber, type Infer } from "../model/parseData";
import { assertNever } from "../model/result";
import {
  actionStates,
  actionTypes,
  type EntryTime,
  type Postmortem,
  type PostmortemAction,
  postmortemAction,
  type PostmortemEntry,
  postmortemEntry,
  type PostmortemInstant,
  postmortemInstants,
  postmortemStatuses,
  postmortemTexts,
  readIssue,
} from "./postmortem";

const fields = ["title", "status", "severity", "priority", "lead", "owner", "review"] as const;

const entryColumns = ["time", "event", "evidence"] as const;

const actionColumns = ["action", "type", "owner", "priority", "due", "issue", "state"] as const;

export type PostmortemField = (typeof fields)[number];

export type EntryColumn = (typeof entryColumns)[number];

export type ActionColumn = (typeof actionColumns)[number];

/** The schema of `PostmortemEdit`. */
export const postmortemEdit = v.variant("kind", [
  v.object({ kind: v.literal("field"), field: v.picklist(fields), value: v.string() }),
  v.object({ kind: v.literal("instant"), instant: v.picklist(postmortemInstants), value: v.string() }),
  v.object({ kind: v.literal("eventsUntil"), value: v.string() }),
  v.object({ kind: v.literal("text"), text: v.picklist(postmortemTexts), value: v.string() }),
  v.object({ kind: v.literal("entry"), id: v.string(), column: v.picklist(entryColumns), value: v.string() }),
  v.object({ kind: v.literal("insertEntry"), entry: postmortemEntry, index: finiteNumber }),
  v.object({ kind: v.literal("removeEntry"), id: v.string() }),
  v.object({ kind: v.literal("sortEntries") }),
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
    case "eventsUntil":
      return { ...postmortem, eventsUntil: edit.value };
    case "text":
      return { ...postmortem, texts: { ...postmortem.texts, [edit.text]: edit.value } };
    case "entry":
      return { ...postmortem, timeline: postmortem.timeline.map((entry) => (entry.id === edit.id ? applyCell(entry, edit.column, edit.value, readTime) : entry)) };
    case "insertEntry":
      return { ...postmortem, timeline: insertRow(postmortem.timeline, edit.entry, edit.index) };
    case "removeEntry":
      return { ...postmortem, timeline: postmortem.timeline.filter((entry) => entry.id !== edit.id) };
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
      const issue = readIssue(value, postmortem.issue.repository);
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
  return keyed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ entry }) => entry);
}

/** Whether the entries are in the order of `sortEntries`. */
export function isSorted(entries: readonly PostmortemEntry[]): boolean {
  return sortEntries(entries).every((entry, index) => entry === entries[index]);
}
