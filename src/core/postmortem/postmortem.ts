import type { Instant } from "../issue/issue";
import type { IssueRef } from "../issue/issueRef";

/** A blameless post-mortem as data. Every text is Markdown a person wrote or may rewrite. */
export interface Postmortem {
  readonly issue: IssueRef;
  readonly title: string;
  readonly status: PostmortemStatus;
  readonly severity?: string;
  readonly priority?: string;
  readonly lead?: string;
  readonly owner?: string;
  /** ISO date of the review meeting. */
  readonly review?: string;
  readonly instants: Readonly<Partial<Record<PostmortemInstant, Instant>>>;
  /** The issue's last event that the timeline was offered; what came later is new. */
  readonly eventsUntil?: Instant;
  readonly texts: Readonly<Record<PostmortemText, string>>;
  readonly timeline: readonly PostmortemEntry[];
  readonly actions: readonly PostmortemAction[];
}

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

/** A row of the timeline. Ids of rows hold as long as the document is in memory; the file does not know them. */
export interface PostmortemEntry {
  readonly id: string;
  readonly time: EntryTime;
  readonly event: string;
  readonly evidence: string;
  /** Cells of columns that a person added, in the order of the table, as the file has them. */
  readonly others: readonly string[];
}

/** When it happened: to the second, or in the words of a person who did not know better. */
export type EntryTime =
  | { readonly kind: "instant"; readonly at: Instant }
  | { readonly kind: "words"; readonly words: string };

/** An improvement. It begins as proposed; accepted, it is an issue of its own. */
export interface PostmortemAction {
  readonly id: string;
  readonly action: string;
  readonly type?: ActionType;
  readonly owner: string;
  readonly priority: string;
  /** ISO date. */
  readonly due?: string;
  readonly issue?: IssueRef;
  readonly state: ActionState;
  /** As in `PostmortemEntry`. */
  readonly others: readonly string[];
}

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
