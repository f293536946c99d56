import type { CalendarProblem } from "../../core/calendar/holidays";
import type { Delivery } from "../../core/incident/delivery";
import type { WebhookFailure } from "../../core/incident/webhook";
import type { ChecklistProgress } from "../../core/model/checklist";
import type { Failure } from "../../core/model/failure";
import type { BrokenReason, IgnoredMarks, Instant } from "../../core/model/issue";
import type { LinkKind } from "../../core/model/issueChange";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import type { Operation, OperationKey } from "../../core/model/operation";
import type { LinkedPullRequest } from "../../core/model/relations";
import type { ChecklistTime } from "../../core/model/runbook";
import type { ScheduleFlaw } from "../../core/oncall/scheduleQuality";
import type { Urgency } from "../../core/response/urgency";
import type { PendingChange } from "../../core/sync/pendingOperation";
import type { StoreNow } from "../app/store/store";
import type { LibraryNode } from "./postmortemNode";

/** The views of the sidebar, without the prefix `responseDesk.`. */
export type ViewName = "onCall" | "incidents" | "requests" | "records" | "runbooks" | "postmortems" | "pending";

/** A row of a tree as data. `id` is unique in its view and stable for the same item. */
export type DeskNode =
  | GroupNode
  | IssueNode
  | UnknownNode
  | PullNode
  | NoteNode
  | BrokenNode
  | OnCallNode
  | NextShiftNode
  | HandoffNode
  | HandoffDueNode
  | ScheduleNode
  | HoursNode
  | NoRotationNode
  | MeNode
  | ChecklistNode
  | DeskProblemNode
  | PendingNode
  | PendingChangeNode
  | UnreadableNode
  | DeliveryNode
  | FolderNode
  | RunbookNode
  | SectionNode
  | StepNode
  | LibraryNode;

/** Issues with the same stage, priority, assignee or kind; the checklists of the day; or post-mortems and their action items. */
export interface GroupNode {
  readonly kind: "group";
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly children: readonly DeskNode[];
  /** The group contains rows about the schedule instead of issues, and is collapsed at first. */
  readonly schedule?: boolean;
  /** Whether it is collapsed at first for another reason. */
  readonly collapsed?: boolean;
}

export interface IssueNode {
  readonly kind: "issue";
  readonly id: string;
  readonly ref: IssueRef;
  /** The relation to the issue above. Only issues that were raised from it show their own children. */
  readonly relation: "own" | LinkKind;
  readonly title: string;
  /** What is due soon or overdue, the number and the title: in a narrow side bar the end of a row is cut off. */
  readonly label: string;
  readonly description: string;
  readonly state: "open" | "closed";
  readonly issueKind?: string;
  readonly stage: string;
  readonly priority?: string;
  /** 0 is the highest priority of the desk. */
  readonly priorityRank?: number;
  readonly assignees: readonly string[];
  readonly services: readonly string[];
  /** The code repositories of a record. */
  readonly repositories: readonly string[];
  readonly createdAt: Instant;
  readonly progress?: ChecklistProgress;
  readonly type?: string;
  readonly ignoredMarks?: readonly IgnoredMarks[];
  /** Whether an open issue blocks it. */
  readonly blocked: boolean;
  /** Whether it has a response goal and is not acknowledged. */
  readonly unacknowledged: boolean;
  /** Whether it is acknowledged, so that this can be undone. */
  readonly acknowledged: boolean;
  /** Whether it is marked as taking at most half a day. */
  readonly lowHanging: boolean;
  /** Whether it is marked as an exercise. */
  readonly isTest: boolean;
  /** What is due first. */
  readonly due?: { readonly state: Urgency["state"]; readonly at: Instant; readonly words: string };
  /** Links are loaded when the row is expanded, and again when this value changes. */
  readonly asks?: string;
  readonly children: readonly DeskNode[];
}

/** A linked issue that is not on this desk. */
interface UnknownNode {
  readonly kind: "unknown";
  readonly id: string;
  readonly ref: IssueRef;
  readonly relation: LinkKind;
  readonly title: string;
  readonly description: string;
  readonly state?: "open" | "closed";
}

/** A pull request that mentions the issue above. */
export interface PullNode {
  readonly kind: "pull";
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly state: LinkedPullRequest["state"];
  readonly url: string;
}

/** Why nothing, or not everything, is shown below an issue. */
interface NoteNode {
  readonly kind: "note";
  readonly id: string;
  readonly title: string;
}

/** A stored issue whose file cannot be read. */
export interface BrokenNode {
  readonly kind: "broken";
  readonly id: string;
  readonly path: string;
  readonly reason: BrokenReason;
}

/** Who has a role, and until when. Without `login`, the role is a gap. */
export interface OnCallNode {
  readonly kind: "onCall";
  readonly id: string;
  readonly role: string;
  readonly login?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly isMine: boolean;
  /** The end of the shift in the desk's time zone, formatted. */
  readonly until: string;
}

interface NextShiftNode {
  readonly kind: "nextShift";
  readonly id: string;
  readonly from: string;
  readonly holders: readonly { readonly role: string; readonly login: string }[];
}

/** A handoff that is not accepted yet. */
interface HandoffNode {
  readonly kind: "handoff";
  readonly id: string;
  readonly ref: IssueRef;
  readonly outgoing: string;
  readonly incoming: string;
  /** Whether the current user is to accept it. */
  readonly isMine: boolean;
  readonly count: number;
}

/** The shift of the current user ends soon and is not handed off yet. */
interface HandoffDueNode {
  readonly kind: "handoffDue";
  readonly id: string;
  /** Who is next, if anyone. */
  readonly incoming?: string;
  readonly until: string;
}

interface HoursNode {
  readonly kind: "hours";
  readonly id: string;
  readonly open: boolean;
  readonly until?: string;
}

/** Replaces the on-call rows on a desk without a rotation. */
interface NoRotationNode {
  readonly kind: "noRotation";
  readonly id: string;
  readonly hasDesk: boolean;
}

/** The current user, and where issues are stored. */
export interface MeNode {
  readonly kind: "me";
  readonly id: string;
  readonly login?: string;
  readonly store: StoreNow;
}

/** A role checklist of today or of the current shift. */
export interface ChecklistNode {
  readonly kind: "checklist";
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly when: ChecklistTime;
  readonly role?: string;
  readonly progress?: ChecklistProgress;
  readonly ref?: IssueRef;
}

interface DeskProblemNode {
  readonly kind: "problem";
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly stale: boolean;
  readonly count: number;
}

/** How many changes are pending. */
interface PendingNode {
  readonly kind: "pending";
  readonly id: string;
  readonly count: number;
}

/** One pending change. */
export interface PendingChangeNode {
  readonly kind: "pendingChange";
  readonly id: string;
  readonly key: OperationKey;
  readonly operation: Operation;
  /** The issue that the change writes to; absent until it exists. */
  readonly ref?: IssueRef;
  /** Text of the step that the change marks. */
  readonly step?: string;
  readonly state: PendingChange["state"];
  readonly attempts: number;
  readonly failure?: Failure;
  readonly by: string;
  /** When the change was made, and when it is retried automatically; both formatted. */
  readonly since: string;
  readonly next?: string;
  /** The change is delayed so that it can be undone. */
  readonly undoable: boolean;
  readonly behind: boolean;
  readonly unsure: boolean;
  /** What the user wrote, for the tooltip. */
  readonly text?: string;
  /** References are shown without their repository where one repository contains all issues. */
  readonly home: Repository;
}

/** A stored change that this version cannot read. */
export interface UnreadableNode {
  readonly kind: "unreadable";
  readonly id: string;
  /** Key under which it is stored. */
  readonly place: string;
  /** When the change was made, formatted, if known. */
  readonly since?: string;
}

/** An update that a webhook did not confirm, or whose comment is missing. */
export interface DeliveryNode {
  readonly kind: "delivery";
  readonly id: string;
  readonly key: OperationKey;
  readonly ref: IssueRef;
  readonly audience: string;
  readonly state: Delivery["state"];
  readonly failure?: WebhookFailure;
  readonly text: string;
  readonly by: string;
  /** When it was sent, and from when the webhook accepts messages again; both formatted. */
  readonly since: string;
  readonly until?: string;
  readonly home: Repository;
}

interface FolderNode {
  readonly kind: "folder";
  readonly id: string;
  readonly title: string;
  readonly children: readonly DeskNode[];
}

export interface RunbookNode {
  readonly kind: "runbook";
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly issueKind?: string;
  readonly when?: ChecklistTime;
  readonly steps: number;
  /** The number of its procedures, if it is a handbook. */
  readonly procedures?: number;
  readonly problems: number;
  readonly children: readonly DeskNode[];
}

/** A section of a runbook that contains steps. */
export interface SectionNode {
  readonly kind: "section";
  readonly id: string;
  /** The procedure's path. */
  readonly path: string;
  readonly title: string;
  /** The titles of the sections around it. */
  readonly above: readonly string[];
  readonly gate: boolean;
  /** The role checklist that `desk.yml` makes of it. */
  readonly when?: ChecklistTime;
  readonly role?: string;
  readonly steps: number;
  readonly children: readonly DeskNode[];
}

export interface StepNode {
  readonly kind: "step";
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly section?: string;
  readonly part: "step" | "decision" | "option";
  readonly children: readonly DeskNode[];
}

/** The child nodes of a node. */
export function childrenOf(node: DeskNode): readonly DeskNode[] {
  return "children" in node ? node.children : [];
}

/** Rows of the On Call view about the schedule, besides who is on call now and next. Times are formatted. */
export type ScheduleNode = CalendarNode | FlawNode | AbsenceNode | OwnShiftNode;

/** A calendar of the desk that is not applied. */
export interface CalendarNode {
  readonly kind: "calendar";
  readonly id: string;
  readonly problem: CalendarProblem;
}

/** A role that is not covered for some time, or only by someone who is away. */
interface FlawNode {
  readonly kind: "flaw";
  readonly id: string;
  readonly flaw: Extract<ScheduleFlaw, { kind: "gap" | "away" }>;
  readonly from: string;
  readonly to: string;
  /** ISO date on which it starts. */
  readonly day: string;
}

interface AbsenceNode {
  readonly kind: "absence";
  readonly id: string;
  readonly name: string;
  /** ISO dates of the first and the last day. */
  readonly from: string;
  readonly to: string;
  readonly now: boolean;
}

/** A shift of the current user. */
interface OwnShiftNode {
  readonly kind: "ownShift";
  readonly id: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
}
