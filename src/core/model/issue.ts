import type { IssueRef, Repository } from "./issueRef";

/**
 * Why a stored issue cannot be read. `sameNumber`: an older issue has its number, as after merging branches. `mergeConflict`:
 * it contains a Git conflict that cannot be merged automatically.
 */
export type BrokenReason = "unreadable" | "noFrontMatter" | "toml" | "badYaml" | "tooLarge" | "badFields" | "badRegion" | "sameNumber" | "mergeConflict";

/** An instant in UTC, ISO 8601, such as `2026-11-20T16:02:11Z`. */
export type Instant = string;

/** Where a person can open the issue: a file of the workspace (path from its root) or a web page. */
export type IssueLocation =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "web"; readonly url: string };

/** Why an issue was closed. `notPlanned`: nothing was done, for example because it was not an incident. */
export type CloseReason = "completed" | "notPlanned" | "duplicate";

/** An issue as it is stored. Kind, priority, stage and services are labels; see `issueFacts`. */
export interface Issue {
  readonly ref: IssueRef;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly author: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt?: Instant;
  /** Why it was closed, if the issue storage itself records that; see `closeReasonOf`. */
  readonly closeReason?: CloseReason;
  /** The last reopening of an open issue, if the issue storage records it. */
  readonly reopening?: Reopening;
  readonly location: IssueLocation;
  /** The native issue type, such as `Bug`, if the issue storage has types. */
  readonly type?: string;
  /** Links that the issue storage itself records, if any. */
  readonly native?: NativeLinks;
  /** Marks that are ignored because their author has no write access. The body shows them as text. */
  readonly ignoredMarks?: readonly IgnoredMarks[];
}

/** When an issue was reopened, and when it had been closed before that. */
export interface Reopening {
  readonly at: Instant;
  readonly closed: Instant;
}

/** Ignored marks of one person in an issue's text, or in a comment that imitates the desk's own comment. */
export interface IgnoredMarks {
  readonly by: string;
  /** Names of the marks, such as `clock` and `run`. */
  readonly marks: readonly string[];
}

/** The native parent, and the number of other native links. `blockers` counts the open issues that block this one. */
export interface NativeLinks {
  readonly parent?: IssueRef;
  readonly children: number;
  readonly blockedBy: number;
  readonly blockers: number;
  readonly blocks: number;
}

/** The clock marks of an issue. Each field is absent until it is known. */
export interface ClockMark {
  /** When the issue was reported, if that was before it was filed. */
  readonly reported?: Instant;
  readonly acknowledged?: Instant;
  /** Login of the person who acknowledged it. */
  readonly by?: string;
  /** Later acknowledgements in order. The first of them counts if the earlier ones are withdrawn. */
  readonly later?: readonly Acknowledgement[];
  /** When an acknowledgement was last withdrawn. Earlier acknowledgements do not count. */
  readonly withdrawn?: Instant;
  /** When affected people were last updated. */
  readonly updated?: Instant;
  readonly resolved?: Instant;
}

export interface Acknowledgement {
  readonly at: Instant;
  readonly by?: string;
}

/** An issue that a person's edit made unreadable. It is listed and never overwritten. */
interface BrokenIssue {
  readonly path: string;
  readonly reason: BrokenReason;
}

/** All issues of a query at one instant. */
export interface IssueSnapshot {
  readonly at: Instant;
  readonly issues: readonly Issue[];
  readonly broken: readonly BrokenIssue[];
}

export interface IssueQuery {
  readonly state: "open" | "closed" | "all";
}

/** The input to create an issue. `title` and `labels` are final: prefix and kind label are included. */
export interface IssueDraft {
  readonly repository: Repository;
  /** The desk's name of the kind, such as `incident`. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** The native issue type. Omitted if the issue storage has no types. */
  readonly type?: string;
}

/**
 * How two issues are related. A child was created from its parent, `related` has no direction, and an issue waits for the one
 * that it is `blockedBy`. An issue that `hasDuplicate` is the one that stays; the other reports the same.
 */
export type Relation = "child" | "related" | "blockedBy" | "hasDuplicate";

/** The kinds of issue that stand for a project, and for an idea that can become one. */
export const recordKind = "record";

export const opportunityKind = "opportunity";

/** Name and label of the built-in kind for a role's checklist of one day. No desk can define it. */
export const checklistKind = "checklist";

/** Name and label of the built-in kind for the handoff of a shift. No desk can define it. */
export const handoffKind = "handoff";

/** The built-in kinds. They organize the team's work and are not work items themselves. */
export const ownKinds: readonly string[] = [checklistKind, handoffKind];

/** Whether an issue of this kind is a work item, not a checklist or handoff. */
export function isWork(kind: string | undefined): boolean {
  return kind === undefined || !ownKinds.includes(kind);
}

/** The label of issues that take half a day at most. */
export const lowHangingLabel = "low-hanging fruit";

/** Whether an open issue has the low-hanging label. */
export function isLowHanging({ state, labels }: Issue): boolean {
  return state === "open" && labels.some((label) => label.toLowerCase() === lowHangingLabel);
}

/** Issues to choose from: open ones before closed ones, work before checklists and handoffs, the latest first. */
export function orderedForChoice(issues: readonly Issue[], kindOf: (issue: Issue) => string | undefined): readonly Issue[] {
  const rank = (issue: Issue): number => 2 * Number(issue.state === "closed") + Number(!isWork(kindOf(issue)));
  return issues
    .map((issue) => ({ issue, rank: rank(issue) }))
    .sort((a, b) => a.rank - b.rank || (a.issue.createdAt < b.issue.createdAt ? 1 : -1))
    .map(({ issue }) => issue);
}
