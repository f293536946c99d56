import type { IssueRef } from "../core/issue/issueRef";
import type { Postmortem, PostmortemInstant } from "../core/postmortem/postmortem";
import type { PostmortemEdit } from "../core/postmortem/postmortemEdit";

/** What a post-mortem is opened from: the issue it is about. */
export interface PostmortemSubject {
  readonly ref: IssueRef;
}

export type PostmortemToHost =
  /** Edits are numbered from 1 in each life of a page; the host says how many it has taken. */
  | { readonly kind: "edit"; readonly number: number; readonly edit: PostmortemEdit }
  /** What the page remembers and the host may not know; numbered as one more edit. */
  | { readonly kind: "resume"; readonly number: number; readonly unsaved: UnsavedPostmortem }
  | { readonly kind: "addEvents" }
  | { readonly kind: "accept"; readonly id: string }
  | { readonly kind: "resolve"; readonly choice: "mine" | "theirs" }
  | { readonly kind: "compare" }
  | { readonly kind: "retry" }
  | { readonly kind: "writeAgain" }
  | { readonly kind: "openFile" }
  | { readonly kind: "openIssue"; readonly ref: IssueRef }
  | { readonly kind: "openEvidence"; readonly text: string }
  | { readonly kind: "trust" };

/** Nothing is asked with an answer: what comes of a message is seen in the next state. */
export type PostmortemReply = { readonly kind: "done" };

/** What a person wrote, kept by the page until the file has it. */
export interface UnsavedPostmortem {
  /** Which life of the host's editor it was for. */
  readonly life: string;
  /** The file as it was when all of this began. */
  readonly base: string;
  /** What the host had made of it with the edits it had taken. */
  readonly mine: Postmortem;
  /** The edits it had not. */
  readonly edits: readonly NumberedEdit[];
}

export interface NumberedEdit {
  readonly number: number;
  readonly edit: PostmortemEdit;
}

export interface PostmortemState {
  readonly language: string;
  readonly words: PostmortemWords;
  readonly readonly: boolean;
  readonly content: PostmortemContent;
}

export type PostmortemContent =
  | { readonly kind: "loading" }
  | { readonly kind: "unavailable"; readonly title: string; readonly text: string; readonly buttons: readonly PostmortemButton[] }
  | PostmortemView;

export interface PostmortemButton {
  readonly label: string;
  readonly message: PostmortemToHost;
}

export interface PostmortemView {
  readonly kind: "document";
  readonly life: string;
  /** How many of the page's edits are in `postmortem`. */
  readonly taken: number;
  readonly saving: "saved" | "saving" | "draft" | "trouble";
  readonly trouble?: { readonly text: string; readonly buttons: readonly PostmortemButton[] };
  /** The file as it was last read or written. */
  readonly base: string;
  readonly postmortem: Postmortem;
  readonly path: string;
  readonly timezone: string;
  readonly incident: IssueChip;
  /** Times by the id of the row: on the desk's wall as a form field takes it, and in UTC. */
  readonly times: Readonly<Record<string, ShownTime>>;
  readonly instants: Readonly<Partial<Record<PostmortemInstant, ShownTime>>>;
  readonly people: readonly PersonChoice[];
  readonly priorities: readonly string[];
  /** How many events of the issue the timeline was not offered yet. */
  readonly newEvents: number;
  /** Issues of accepted actions, by the id of the action. */
  readonly issues: Readonly<Record<string, IssueChip>>;
  /** Actions that are becoming issues. */
  readonly accepting: readonly string[];
  /** Headings of sections that a person added to the file. */
  readonly ownSections: readonly string[];
}

export interface ShownTime {
  readonly local: string;
  readonly utc: string;
}

export interface PersonChoice {
  readonly login: string;
  readonly name: string;
}

export interface IssueChip {
  readonly ref: IssueRef;
  readonly reference: string;
  readonly title: string;
  readonly state: "open" | "closed" | "unknown";
}

/** Every word the post-mortem uses. Places `{0}`, `{1}` are filled by `fill`. */
export type PostmortemWords = Readonly<Record<PostmortemWord, string>>;
export type PostmortemWord = (typeof postmortemWordNames)[number];

/** The names of all words, so that a page can be checked to have each. */
export const postmortemWordNames = [
  "heading", "title", "titleHint", "incident", "openIncident", "saved", "saving", "draft", "notSaved", "openFile", "loading", "untrusted", "trust",
  "details", "status", "severity", "severityHint", "priority", "lead", "owner", "review", "none", "times", "timesIn", "started", "detected", "acknowledged", "mitigated", "resolved",
  "statusDraft", "statusInReview", "statusReviewed", "statusClosed",
  "summary", "impact", "detection", "timeline", "factors", "trigger", "resolution", "wentWell", "wentWrong", "lucky", "actions", "communications", "supporting",
  "summaryHint", "impactHint", "detectionHint", "factorsHint", "triggerHint", "resolutionHint", "wentWellHint", "wentWrongHint", "luckyHint", "communicationsHint", "supportingHint",
  "timelineHint", "noEntries", "time", "timeWords", "event", "evidence", "evidenceHint", "openEvidence", "row", "addEntry", "sortEntries", "removeEntry", "newEvent", "newEvents", "addEvents",
  "actionsHint", "noActions", "action", "actionHint", "type", "due", "state", "actionOwner", "addAction", "removeAction", "accept", "acceptAction", "accepting", "decline", "declineAction", "propose", "proposeAction",
  "prevent", "mitigate", "detect", "process", "proposed", "accepted", "done", "declined", "openIssue", "needsWords",
  "removed", "undo", "also", "open", "closed", "unknown",
] as const;
