import * as v from "valibot";
import { refSchema } from "../issue/linkSchema";
import type { Infer } from "../parseData";

export type PostmortemStatus = (typeof postmortemStatuses)[number];
export type PostmortemInstant = (typeof postmortemInstants)[number];
export type PostmortemText = (typeof postmortemTexts)[number];
export type ActionType = (typeof actionTypes)[number];
export type ActionState = (typeof actionStates)[number];

export const postmortemStatuses = ["Draft", "In review", "Reviewed", "Closed"] as const;
export const postmortemInstants = ["started", "detected", "acknowledged", "mitigated", "resolved"] as const;
export const postmortemTexts = [
  "summary",
  "impact",
  "detection",
  "factors",
  "trigger",
  "resolution",
  "wentWell",
  "wentWrong",
  "lucky",
  "communications",
  "supporting",
] as const;
export const actionTypes = ["prevent", "mitigate", "detect", "process"] as const;
export const actionStates = ["proposed", "accepted", "done", "declined"] as const;

const entryTime = v.variant("kind", [v.object({ kind: v.literal("instant"), at: v.string() }), v.object({ kind: v.literal("words"), words: v.string() })]);
/** When it happened: to the second, or in the words of a person who did not know better. */
export type EntryTime = Infer<typeof entryTime>;

/** The schema of `PostmortemEntry`. */
export const postmortemEntry = v.object({
  id: v.string(),
  time: entryTime,
  event: v.string(),
  evidence: v.string(),
  /** Cells of columns that a person added, in the order of the table, as the file has them. */
  others: v.array(v.string()),
});
/** A row of the timeline. Ids of rows hold as long as the document is in memory; the file does not know them. */
export type PostmortemEntry = Infer<typeof postmortemEntry>;

/** The schema of `PostmortemAction`. */
export const postmortemAction = v.object({
  id: v.string(),
  action: v.string(),
  type: v.exactOptional(v.picklist(actionTypes)),
  owner: v.string(),
  priority: v.string(),
  /** ISO date. */
  due: v.exactOptional(v.string()),
  issue: v.exactOptional(refSchema),
  state: v.picklist(actionStates),
  /** As in `PostmortemEntry`. */
  others: v.array(v.string()),
});
/** An improvement. It begins as proposed; accepted, it is an issue of its own. */
export type PostmortemAction = Infer<typeof postmortemAction>;

/** The schema of `Postmortem`. */
export const postmortemSchema = v.object({
  issue: refSchema,
  title: v.string(),
  status: v.picklist(postmortemStatuses),
  severity: v.exactOptional(v.string()),
  priority: v.exactOptional(v.string()),
  lead: v.exactOptional(v.string()),
  owner: v.exactOptional(v.string()),
  /** ISO date of the review meeting. */
  review: v.exactOptional(v.string()),
  instants: v.strictObject(v.entriesFromList(postmortemInstants, v.exactOptional(v.string()))),
  /** The issue's last event that the timeline was offered; what came later is new. */
  eventsUntil: v.exactOptional(v.string()),
  texts: v.object(v.entriesFromList(postmortemTexts, v.string())),
  timeline: v.array(postmortemEntry),
  actions: v.array(postmortemAction),
});
/** A blameless post-mortem as data. Every text is Markdown a person wrote or may rewrite. */
export type Postmortem = Infer<typeof postmortemSchema>;

/** All texts empty. */
export const noTexts = {
  summary: "",
  impact: "",
  detection: "",
  factors: "",
  trigger: "",
  resolution: "",
  wentWell: "",
  wentWrong: "",
  lucky: "",
  communications: "",
  supporting: "",
} as const;
