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
  readonly instants: Readonly<Partial<Record<PostmortemInstant, Instant>>>;
  readonly texts: Readonly<Record<PostmortemText, string>>;
  readonly timeline: readonly PostmortemEntry[];
  readonly actions: readonly PostmortemAction[];
}

export type PostmortemStatus = "Draft" | "In review" | "Reviewed" | "Closed";
export type PostmortemInstant = "started" | "detected" | "acknowledged" | "mitigated" | "resolved";
export type PostmortemText =
  | "summary"
  | "impact"
  | "detection"
  | "factors"
  | "trigger"
  | "resolution"
  | "wentWell"
  | "wentWrong"
  | "lucky"
  | "communications"
  | "supporting";

export interface PostmortemEntry {
  readonly at: Instant;
  readonly event: string;
  readonly evidence?: string;
}

/** An improvement. It begins as proposed; accepted, it is an issue of its own. */
export interface PostmortemAction {
  /** Stable within the document. */
  readonly id: string;
  readonly action: string;
  readonly type: ActionType;
  readonly owner?: string;
  readonly priority?: string;
  /** ISO date. */
  readonly due?: string;
  readonly issue?: IssueRef;
  readonly state: "proposed" | "accepted" | "done" | "declined";
}

export type ActionType = "prevent" | "mitigate" | "detect" | "process";
