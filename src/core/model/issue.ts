import type { IssueRef, Repository } from "./issueRef";

/** Why a stored issue could not be understood; `sameNumber`: an older one has its number, as after merging branches; `mergeConflict`: what Git left of a merge cannot be merged here. */
export type BrokenReason = "unreadable" | "noFrontMatter" | "badYaml" | "tooLarge" | "badFields" | "badRegion" | "sameNumber" | "mergeConflict";

/** A moment in time in UTC, ISO 8601, as in `2026-11-20T16:02:11Z`. */
export type Instant = string;

/** Where a person can open the issue: a file of the workspace (path from its root) or a web page. */
export type IssueLocation =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "web"; readonly url: string };

/** An issue as its store has it. Kind, priority, stage and services are labels; see `issueFacts`. */
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
  readonly location: IssueLocation;
  /** The store's own name of what sort of issue it is, as in `Bug`, where it has such names. */
  readonly type?: string;
  /** Links that the store itself keeps, where it does and there are any. */
  readonly native?: NativeLinks;
  /** Marks of ours that do not count, because whoever wrote them may not write here; the body shows them as text. */
  readonly ignoredMarks?: readonly IgnoredMarks[];
}

/** Marks that one person wrote in the text of an issue, or in a comment that passes for the desk's own. */
export interface IgnoredMarks {
  readonly by: string;
  /** Their names, as in `clock` and `run`. */
  readonly marks: readonly string[];
}

/** The parent in a store's own terms, and how many issues are linked otherwise; of those that it is blocked by, `blockers` are open. */
export interface NativeLinks {
  readonly parent?: IssueRef;
  readonly children: number;
  readonly blockedBy: number;
  readonly blockers: number;
  readonly blocks: number;
}

/** A stored issue that a person broke: shown, never overwritten. */
interface BrokenIssue {
  readonly path: string;
  readonly reason: BrokenReason;
}

/** All issues of a query as they were at one instant. */
export interface IssueSnapshot {
  readonly at: Instant;
  readonly issues: readonly Issue[];
  readonly broken: readonly BrokenIssue[];
}

export interface IssueQuery {
  readonly state: "open" | "closed" | "all";
}

/** What is needed to create an issue. `title` and `labels` are final: prefix and kind label are already in. */
export interface IssueDraft {
  readonly repository: Repository;
  /** The desk's name of the kind, as in `incident`. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** The store's own name of what sort of issue it is to be; left out where the store has none. */
  readonly type?: string;
}

/** How two issues belong together. A child was raised from its parent, `related` has no direction, and the first waits for the one it is `blockedBy`. */
export type Relation = "child" | "related" | "blockedBy";

/** Name and label of the built-in kind of issue that holds a role's checklist of one day. No desk names it. */
export const checklistKind = "checklist";

/** Name and label of the built-in kind of issue that holds the hand-off of a turn. No desk names it. */
export const handoffKind = "handoff";

/** The kinds that are the product's own: they hold how a team works, not what it works on. */
export const ownKinds: readonly string[] = [checklistKind, handoffKind];

/** Whether an issue of the kind is one that the team works on, and no checklist or hand-off. */
export function isWork(kind: string | undefined): boolean {
  return kind === undefined || !ownKinds.includes(kind);
}

/** The label of issues that take at most half a day: work for time left over. */
export const lowHangingLabel = "low-hanging fruit";

/** Whether an open issue is marked so. */
export function isLowHanging({ state, labels }: Issue): boolean {
  return state === "open" && labels.some((label) => label.toLowerCase() === lowHangingLabel);
}
