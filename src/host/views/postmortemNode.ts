import type { BrokenReason } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import type { ActionState, LostIssue } from "../../core/postmortem/library/actionState";
import type { PostmortemStatus } from "../../core/postmortem/postmortem";

/** The rows of the Post-mortems view, besides its groups. */
export type LibraryNode = PostmortemNode | ActionNode | UnreadablePostmortemNode;

/** A post-mortem, with its action items below it. */
export interface PostmortemNode {
  readonly kind: "postmortem";
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly ref?: IssueRef;
  /** Formatted. */
  readonly date?: string;
  readonly status: PostmortemStatus;
  readonly severity?: string;
  readonly services: readonly string[];
  readonly factors: readonly string[];
  readonly owner?: string;
  /** The date of the review meeting, formatted, until the review is done. */
  readonly review?: string;
  /** Why its fields cannot be read. */
  readonly problem?: BrokenReason;
  readonly open: number;
  readonly overdue: number;
  readonly children: readonly ActionNode[];
}

/** An action item of a post-mortem. */
export interface ActionNode {
  readonly kind: "action";
  readonly id: string;
  /** The path of its post-mortem, and its title. */
  readonly path: string;
  readonly postmortem: string;
  readonly incident?: IssueRef;
  readonly title: string;
  readonly state: ActionState;
  /** The date is first in the row, because in a narrow side bar its end is cut off. */
  readonly due?: string;
  readonly overdue: boolean;
  readonly owner: string;
  readonly ref?: IssueRef;
  readonly lost?: LostIssue;
}

/** A file in the folder of post-mortems that cannot be read as one. */
interface UnreadablePostmortemNode {
  readonly kind: "unreadablePostmortem";
  readonly id: string;
  readonly path: string;
  readonly reason: BrokenReason;
}
