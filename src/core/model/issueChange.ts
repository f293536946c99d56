import type { Checklist, Evidence, FieldValue, StepMark, StepRef } from "./checklist";
import type { ClockMark, CloseReason, Instant, Relation } from "./issue";
import type { IssueField } from "./issueField";
import type { IssueRef } from "./issueRef";

/** A change to one issue as data. It can be applied again to a fresh copy; applying it twice has the same effect as once. */
export type IssueChange =
  | CloseChange
  | ReopenChange
  | { readonly kind: "retitle"; readonly title: string }
  | { readonly kind: "assign"; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: "label"; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: "startRun"; readonly run: Checklist }
  | ({ readonly kind: "markStep"; readonly run: string; readonly step: string; readonly mark: StepMark } & StepAnswers)
  | ({ readonly kind: "choose"; readonly run: string; readonly option: string; readonly mark: StepMark } & StepAnswers)
  | { readonly kind: "setValues"; readonly run: string; readonly values: readonly FieldValue[] }
  | { readonly kind: "linkStep"; readonly run: string; readonly step: string; readonly child: IssueRef }
  | { readonly kind: "giveStep"; readonly run: string; readonly step: string; readonly login: string; readonly at: Instant }
  | { readonly kind: "showEvidence"; readonly run: string; readonly step: string; readonly add: readonly Evidence[]; readonly remove: readonly Evidence[] }
  | { readonly kind: "reopenSection"; readonly run: string; readonly section: string; readonly by: string; readonly at: Instant }
  | { readonly kind: "takeOver"; readonly fresh: Checklist }
  | { readonly kind: "noteClock"; readonly marks: ClockMark }
  | { readonly kind: "setFields"; readonly fields: readonly IssueField[]; readonly clock?: ClockMark }
  | { readonly kind: "acceptHandoff"; readonly by: string; readonly at: Instant }
  /** If `step` exists, the linked issue is also shown at the step. */
  | { readonly kind: "addLink"; readonly link: IssueLink; readonly step?: StepRef }
  | { readonly kind: "relink"; readonly from: IssueRef; readonly to: IssueRef };

/** What a person was asked for when they marked a step: values of fields, and a comment that is kept as evidence of the step. */
export interface StepAnswers {
  readonly values?: readonly FieldValue[];
  readonly comment?: string;
}

/** Closes an issue. With a stamp, the issue keeps when and why it was closed, and the fields and clock marks that belong to it. */
export interface CloseChange {
  readonly kind: "close";
  readonly reason?: CloseReason;
  readonly stamp?: ChangeStamp;
  readonly fields?: readonly IssueField[];
  readonly clock?: ClockMark;
}

/** Reopens an issue. With a stamp, the issue keeps when it was reopened, and its clock starts again. */
export interface ReopenChange {
  readonly kind: "reopen";
  readonly stamp?: ChangeStamp;
}

/** When a change was requested and by whom. Of two changes of the same thing, the later one counts, whichever is written first. */
export interface ChangeStamp {
  readonly at: Instant;
  readonly by: string;
}

/** A change and its issue. */
export interface IssueEdit {
  readonly ref: IssueRef;
  readonly change: IssueChange;
}

/** One end of a link, as recorded on the issue that contains it. */
export type IssueLink =
  | { readonly kind: "parent"; readonly other: IssueRef }
  | { readonly kind: "child"; readonly other: IssueRef }
  | { readonly kind: "related"; readonly other: IssueRef }
  | { readonly kind: "blockedBy"; readonly other: IssueRef }
  | { readonly kind: "blocks"; readonly other: IssueRef }
  | { readonly kind: "duplicateOf"; readonly other: IssueRef }
  | { readonly kind: "hasDuplicate"; readonly other: IssueRef }
  | { readonly kind: "postmortem"; readonly path: string };

/** Whether the change edits only the issue's body, which is always written as a whole. */
export function isInBody({ kind }: IssueChange): boolean {
  return kind !== "close" && kind !== "reopen" && kind !== "retitle" && kind !== "assign" && kind !== "label";
}

/** The kinds of links to another issue. */
export type LinkKind = Exclude<IssueLink["kind"], "postmortem">;

const otherEnd = { child: "parent", related: "related", blockedBy: "blocks", hasDuplicate: "duplicateOf" } as const;

/** The two ends of a link between `parent` and `child`. */
export function linkEnds(parent: IssueRef, child: IssueRef, relation: Relation): { readonly onParent: IssueLink; readonly onChild: IssueLink } {
  return { onParent: { kind: relation, other: child }, onChild: childEnd(parent, relation) };
}

/** The end of a link that is recorded on the issue linked to `parent`. */
export function childEnd(parent: IssueRef, relation: Relation): IssueLink {
  return { kind: otherEnd[relation], other: parent };
}
