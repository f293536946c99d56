import type { StepRef } from "./checklist";
import type { CloseReason, Instant, IssueDraft, Relation } from "./issue";
import type { IssueChange } from "./issueChange";
import type { IssueRef } from "./issueRef";

/** Unique key of one intended write. Writing twice with the same key has the effect of writing once. */
export type OperationKey = string;

/** A complete write that a person requested. It is stored before the first attempt and retried until it is done. */
export type Operation = SingleOperation | Batch;

/** Several changes of one command. They are stored, shown, undone and retried together, and written part by part in order. */
interface Batch {
  readonly kind: "batch";
  readonly operations: readonly SingleOperation[];
}

/** An operation that is not a batch. */
export type SingleOperation =
  | CreateOperation
  | { readonly kind: "link"; readonly child: IssueRef; readonly under: LinkTarget }
  | { readonly kind: "edit"; readonly ref: IssueRef; readonly change: IssueChange }
  | CommentOperation
  | CloseOperation
  | RejectSection
  | HandoffOperation
  | AcceptHandoff;

/** Adds a comment. `optional`: it is omitted if the issue does not exist any more. */
interface CommentOperation {
  readonly kind: "comment";
  readonly ref: IssueRef;
  readonly markdown: string;
  readonly optional?: true;
}

/** Creates an issue, links it to its parent if it has one, then makes the first changes of it in order. */
export interface CreateOperation {
  readonly kind: "create";
  readonly draft: IssueDraft;
  readonly under?: LinkTarget;
  readonly then?: readonly FirstChange[];
}

/** A change of an issue that has no number yet. It is part of the operation that creates the issue. */
export type FirstChange = { readonly kind: "comment"; readonly markdown: string } | { readonly kind: "edit"; readonly change: IssueChange };

/** Closes an issue with its resolution, which also resolves it. */
export interface CloseOperation {
  readonly kind: "close";
  readonly ref: IssueRef;
  readonly resolution: string;
  readonly reason?: CloseReason;
  /** When the issue was last closed or reopened, as the person saw it. The clock of their machine may be behind. */
  readonly after?: Instant;
}

/** Rejects a gate: the steps of the named section are opened again as of `at`, with a reason for everybody. */
export interface RejectSection {
  readonly kind: "sendBack";
  readonly ref: IssueRef;
  readonly run: string;
  /** Title of the gate. */
  readonly gate: string;
  readonly section: { readonly id: string; readonly title: string };
  readonly reason: string;
  readonly at: Instant;
}

/** Hands off a shift: creates the handoff issue, and comments on each issue with its next action. */
export interface HandoffOperation {
  readonly kind: "handOff";
  readonly draft: IssueDraft;
  readonly outgoing: string;
  readonly incoming: string;
  readonly items: readonly { readonly ref: IssueRef; readonly next: string }[];
}

/** The requester accepts a handoff: the handoff is closed, and its issues are reassigned from the outgoing person to them. */
export interface AcceptHandoff {
  readonly kind: "acceptHandoff";
  readonly ref: IssueRef;
  readonly outgoing: string;
  readonly items: readonly IssueRef[];
  readonly at: Instant;
}

/** The issue, and the step if any, that a created or existing issue is linked to. */
export interface LinkTarget {
  readonly parent: IssueRef;
  readonly relation: Relation;
  readonly step?: StepRef;
}

/** Combines several changes of one command into one operation. */
export function batchOf(operations: readonly SingleOperation[]): Operation {
  const [only, ...others] = operations;
  return only !== undefined && others.length === 0 ? only : { kind: "batch", operations };
}

/** Splits a pending operation into its parts. Each part's key is the operation's key plus its position. */
export function partsOf(pending: PendingOperation): readonly PendingPart[] {
  const { key, at, by, operation } = pending;
  if (operation.kind !== "batch") return [{ key, at, by, operation }];
  return operation.operations.map((part, index) => ({ key: `${key}:${index}`, at, by, operation: part }));
}

/** One pending operation, alone or as a part of a batch. */
export type PendingPart = Pick<PendingOperation, "key" | "at" | "by"> & { readonly operation: SingleOperation };

export interface PendingOperation {
  readonly key: OperationKey;
  readonly at: Instant;
  readonly by: string;
  readonly operation: Operation;
  /** The operation is not sent before this instant, so that it can be undone. */
  readonly notBefore?: Instant;
}
