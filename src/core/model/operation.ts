import type { StepRef } from "./checklist";
import type { Instant, IssueDraft, Relation } from "./issue";
import type { IssueChange } from "./issueChange";
import type { IssueRef } from "./issueRef";

/** Unique name of one intended write; the same key twice has the effect of once. */
export type OperationKey = string;

/** What a person asked to be written, whole: it is stored before it is tried, and tried until it is done. */
export type Operation = SingleOperation | Batch;

/** What one command changes in several places: stored, shown, taken back and retried as one, done part by part in this order. */
interface Batch {
  readonly kind: "batch";
  readonly operations: readonly SingleOperation[];
}

/** An operation that is not made of others. */
export type SingleOperation =
  | { readonly kind: "create"; readonly draft: IssueDraft; readonly under?: LinkTarget }
  | { readonly kind: "link"; readonly child: IssueRef; readonly under: LinkTarget }
  | { readonly kind: "edit"; readonly ref: IssueRef; readonly change: IssueChange }
  | { readonly kind: "comment"; readonly ref: IssueRef; readonly markdown: string }
  | { readonly kind: "close"; readonly ref: IssueRef; readonly resolution: string }
  | RejectSection
  | HandoffOperation
  | AcceptHandoff;

/** A gate is not passed: the named section of the run is done again, as of `at`, for the reason that everybody can read. */
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

/** A turn is handed over: an issue that says so, and on each issue handed over a comment with what is to be done next. */
export interface HandoffOperation {
  readonly kind: "handOff";
  readonly draft: IssueDraft;
  readonly outgoing: string;
  readonly incoming: string;
  readonly items: readonly { readonly ref: IssueRef; readonly next: string }[];
}

/** Whoever asks for it takes a turn over: the hand-off says so and is closed, and the issues are theirs instead of the outgoing person's. */
export interface AcceptHandoff {
  readonly kind: "acceptHandoff";
  readonly ref: IssueRef;
  readonly outgoing: string;
  readonly items: readonly IssueRef[];
  readonly at: Instant;
}

/** The issue (and step) that a created or existing issue is linked to. */
export interface LinkTarget {
  readonly parent: IssueRef;
  readonly relation: Relation;
  readonly step?: StepRef;
}

/** Several changes of one command as one operation. */
export function batchOf(operations: readonly SingleOperation[]): Operation {
  const [only, ...others] = operations;
  return only !== undefined && others.length === 0 ? only : { kind: "batch", operations };
}

/** The operations that this one consists of, each as it waits: under a key made from the whole's key and its place. */
export function partsOf(pending: PendingOperation): readonly PendingPart[] {
  const { key, at, by, operation } = pending;
  if (operation.kind !== "batch") return [{ key, at, by, operation }];
  return operation.operations.map((part, index) => ({ key: `${key}:${index}`, at, by, operation: part }));
}

/** One operation as it waits, alone or as a part of a batch. */
export type PendingPart = Pick<PendingOperation, "key" | "at" | "by"> & { readonly operation: SingleOperation };

export interface PendingOperation {
  readonly key: OperationKey;
  readonly at: Instant;
  readonly by: string;
  readonly operation: Operation;
  /** It is not sent before, so that it can be taken back. */
  readonly notBefore?: Instant;
}
