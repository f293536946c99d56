import type { CalendarProblem } from "../../core/calendar/holidays";
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

/** The views of the sidebar, without `responseDesk.`. */
export type ViewName = "onCall" | "incidents" | "requests" | "records" | "runbooks" | "pending";

/** A line of a tree as data. `id` is unique in its view and stays the same for the same thing. */
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
  | FolderNode
  | RunbookNode
  | StepNode;

/** Issues that share a stage, a priority, an assignee or a kind; or the checklists of the day. */
export interface GroupNode {
  readonly kind: "group";
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly children: readonly DeskNode[];
  /** Holds no issues but lines about the rotation, and is closed at first. */
  readonly schedule?: boolean;
}

export interface IssueNode {
  readonly kind: "issue";
  readonly id: string;
  readonly ref: IssueRef;
  /** As what it stands below another issue: only what was raised from that shows what is below itself. */
  readonly relation: "own" | LinkKind;
  readonly title: string;
  readonly description: string;
  readonly state: "open" | "closed";
  readonly issueKind?: string;
  readonly stage: string;
  readonly priority?: string;
  /** 0 is the desk's first and so highest priority. */
  readonly priorityRank?: number;
  readonly assignees: readonly string[];
  readonly services: readonly string[];
  readonly createdAt: Instant;
  readonly progress?: ChecklistProgress;
  readonly type?: string;
  readonly ignoredMarks?: readonly IgnoredMarks[];
  /** Whether an open issue has it wait. */
  readonly blocked: boolean;
  /** Whether nobody has acknowledged it yet, where it has a response goal. */
  readonly unacknowledged: boolean;
  /** Whether somebody has, so that it can be taken back. */
  readonly acknowledged: boolean;
  /** Whether it is marked as taking at most half a day. */
  readonly lowHanging: boolean;
  /** What is due first. */
  readonly due?: { readonly state: Urgency["state"]; readonly at: Instant; readonly words: string };
  /** Its links are read when a person looks below it, and again where another value is looked at. */
  readonly asks?: string;
  readonly children: readonly DeskNode[];
}

/** A linked issue that this desk does not hold. */
interface UnknownNode {
  readonly kind: "unknown";
  readonly id: string;
  readonly ref: IssueRef;
  readonly relation: LinkKind;
  readonly title: string;
  readonly description: string;
  readonly state?: "open" | "closed";
}

/** A pull request that names the issue above. */
export interface PullNode {
  readonly kind: "pull";
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly state: LinkedPullRequest["state"];
  readonly url: string;
}

/** Says why there is nothing, or not everything, below an issue. */
interface NoteNode {
  readonly kind: "note";
  readonly id: string;
  readonly title: string;
}

/** A stored issue that a person broke. */
export interface BrokenNode {
  readonly kind: "broken";
  readonly id: string;
  readonly path: string;
  readonly reason: BrokenReason;
}

/** Who holds a role, until when; without `login` the role is a gap. */
export interface OnCallNode {
  readonly kind: "onCall";
  readonly id: string;
  readonly role: string;
  readonly login?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly isMine: boolean;
  /** The end of the turn in the desk's own time, as a person reads it. */
  readonly until: string;
}

interface NextShiftNode {
  readonly kind: "nextTurn";
  readonly id: string;
  readonly from: string;
  readonly holders: readonly { readonly role: string; readonly login: string }[];
}

/** A hand-off that nobody has accepted yet. */
interface HandoffNode {
  readonly kind: "handoff";
  readonly id: string;
  readonly ref: IssueRef;
  readonly outgoing: string;
  readonly incoming: string;
  /** Whether it waits for the person at the keyboard. */
  readonly isMine: boolean;
  readonly count: number;
}

/** My turn ends and is not handed off yet. */
interface HandoffDueNode {
  readonly kind: "handoffDue";
  readonly id: string;
  /** Who is next, if anybody. */
  readonly incoming?: string;
  readonly until: string;
}

interface HoursNode {
  readonly kind: "hours";
  readonly id: string;
  readonly open: boolean;
  readonly until?: string;
}

/** Stands where the people on duty would, on a desk that does not say who they are. */
interface NoRotationNode {
  readonly kind: "noRotation";
  readonly id: string;
  readonly hasDesk: boolean;
}

/** Who is at the keyboard, and where the issues are kept. */
export interface MeNode {
  readonly kind: "me";
  readonly id: string;
  readonly login?: string;
  readonly store: StoreNow;
}

/** A role checklist of today or of this turn. */
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

/** Writes that are stored here but not yet done. */
interface PendingNode {
  readonly kind: "pending";
  readonly id: string;
  readonly count: number;
}

/** One write that is stored here but not yet done. */
export interface PendingChangeNode {
  readonly kind: "pendingChange";
  readonly id: string;
  readonly key: OperationKey;
  readonly operation: Operation;
  /** The issue it writes to; absent while there is none. */
  readonly ref?: IssueRef;
  /** Words of the step that a mark is for. */
  readonly step?: string;
  readonly state: PendingChange["state"];
  readonly attempts: number;
  readonly failure?: Failure;
  readonly by: string;
  /** When it was asked for, and when it is tried again by itself, as a person reads it. */
  readonly since: string;
  readonly next?: string;
  /** It is held for a moment before it is first sent. */
  readonly undoable: boolean;
  readonly behind: boolean;
  readonly unsure: boolean;
  /** What the person wrote, for a look at it. */
  readonly text?: string;
  /** References are told without their repository where one repository holds everything. */
  readonly home: Repository;
}

/** Something stored among the pending changes that cannot be understood. */
export interface UnreadableNode {
  readonly kind: "unreadable";
  readonly id: string;
  /** Key under which it is stored. */
  readonly place: string;
  /** When it was asked for, as a person reads it, where that is known. */
  readonly since?: string;
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
  readonly problems: number;
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

/** What a node holds below it. */
export function childrenOf(node: DeskNode): readonly DeskNode[] {
  return "children" in node ? node.children : [];
}

/** What On Duty tells of the rotation besides who is on duty now and next. Times are as a person reads them. */
export type ScheduleNode = CalendarNode | FlawNode | AbsenceNode | OwnShiftNode;

/** A calendar that the desk names and that is not considered. */
export interface CalendarNode {
  readonly kind: "calendar";
  readonly id: string;
  readonly problem: CalendarProblem;
}

/** Nobody has a role for a while, or only somebody who is away. */
interface FlawNode {
  readonly kind: "flaw";
  readonly id: string;
  readonly flaw: Extract<ScheduleFlaw, { kind: "gap" | "away" }>;
  readonly from: string;
  readonly to: string;
  /** ISO date on which it begins. */
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

/** A stretch in which the person at the keyboard has a role. */
interface OwnShiftNode {
  readonly kind: "ownTurn";
  readonly id: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
}
