import { readMilestone } from "../../core/markup/milestone";
import type { IssueChange } from "../../core/model/issueChange";
import { formatRef, type IssueRef, type Repository } from "../../core/model/issueRef";
import type { Operation, SingleOperation } from "../../core/model/operation";
import { assertNever } from "../../core/model/result";
import type { Milestone } from "../../core/model/timelineEvent";
import { plainLabel } from "./safeText";

/** Translates a sentence into the user's language and fills it, as `vscode.l10n.t` does. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** An operation to describe, with details from its issue. */
interface DescribedOperation {
  readonly operation: Operation;
  /** The text of the step that is marked, if it is known. */
  readonly step?: string;
  readonly home: Repository;
}

/** What an operation does, in one line: `Tick “Acknowledge” on #12`. The parts of a batch are joined. */
export function describeOperation({ operation, step, home }: DescribedOperation, t: Translate): string {
  if (operation.kind !== "batch") return describePart(operation, step, home, t);
  return operation.operations.map((part) => describePart(part, step, home, t)).join(" + ");
}

function describePart(operation: SingleOperation, step: string | undefined, home: Repository, t: Translate): string {
  switch (operation.kind) {
    case "create":
      return operation.under === undefined
        ? t("Create “{0}”", plainLabel(operation.draft.title))
        : t("Create “{0}” linked to {1}", plainLabel(operation.draft.title), name(operation.under.parent, home));
    case "link":
      if (operation.under.relation === "blockedBy") return t("Link {0} as a blocker of {1}", name(operation.child, home), name(operation.under.parent, home));
      if (operation.under.relation === "hasDuplicate") return t("Mark {0} as a duplicate of {1}", name(operation.child, home), name(operation.under.parent, home));
      return t("Link {0} to {1}", name(operation.child, home), name(operation.under.parent, home));
    case "comment":
      return describeComment(readMilestone(operation.markdown)?.milestone, name(operation.ref, home), t);
    case "close":
      return t("Close {0}", name(operation.ref, home));
    case "sendBack":
      return t("Reject {0} and reopen “{1}”", name(operation.ref, home), plainLabel(operation.section.title));
    case "handOff":
      return t("Hand off to {0}", plainLabel(operation.incoming));
    case "acceptHandoff":
      return t("Accept handoff {0}", name(operation.ref, home));
    case "edit":
      return describeChange(operation.change, name(operation.ref, home), step === undefined ? undefined : plainLabel(step), home, t);
    default:
      return assertNever(operation);
  }
}

function describeComment(milestone: Milestone | undefined, ref: string, t: Translate): string {
  if (milestone === undefined) return t("Comment on {0}", ref);
  return milestone === "acknowledged" ? t("Acknowledge {0}", ref) : milestone === "escalation" ? t("Escalate {0}", ref) : t("Add a timeline entry to {0}", ref);
}

function describeChange(change: IssueChange, ref: string, step: string | undefined, home: Repository, t: Translate): string {
  switch (change.kind) {
    case "close":
      return t("Close {0}", ref);
    case "reopen":
      return t("Reopen {0}", ref);
    case "retitle":
      return t("Rename {0} to “{1}”", ref, plainLabel(change.title));
    case "assign":
      return describeLabelChanges(change.add, change.remove, [t("Assign {0} to {1}", names(change.add), ref), t("Unassign {0} from {1}", names(change.remove), ref), t("Assign {0} to {1} instead of {2}", names(change.add), ref, names(change.remove))]);
    case "label":
      return describeLabelChanges(change.add, change.remove, [t("Label {0} “{1}”", ref, names(change.add)), t("Remove the label “{0}” from {1}", names(change.remove), ref), t("Label {0} “{1}” instead of “{2}”", ref, names(change.add), names(change.remove))]);
    case "startRun":
      return t("Start “{0}” on {1}", plainLabel(change.run.title), ref);
    case "markStep":
      return describeMark(change.mark.kind, ref, step, t);
    case "choose":
      return step === undefined ? t("Decide on {0}", ref) : change.mark.kind === "open" ? t("Clear the decision “{0}” on {1}", step, ref) : t("Choose “{0}” on {1}", step, ref);
    case "setValues":
      return t("Fill in {0} on {1}", change.values.map((value) => plainLabel(value.name)).join(", "), ref);
    case "linkStep":
      return t("Show {0} at its step on {1}", name(change.child, home), ref);
    case "giveStep":
      if (change.login === "") return step === undefined ? t("Unassign a step on {0}", ref) : t("Unassign “{0}” on {1}", step, ref);
      return step === undefined ? t("Assign a step on {0} to {1}", ref, plainLabel(change.login)) : t("Assign “{0}” on {1} to {2}", step, ref, plainLabel(change.login));
    case "showEvidence":
      return step === undefined ? t("Change evidence on {0}", ref) : t("Change the evidence for “{0}” on {1}", step, ref);
    case "reopenSection":
      return t("Reopen steps on {0}", ref);
    case "takeOver":
      return t("Update the checklist “{0}” on {1} from its runbook", plainLabel(change.fresh.title), ref);
    case "noteClock":
      return change.marks.reported === undefined ? t("Record a time on {0}", ref) : t("Set the reported time of {0}", ref);
    case "setFields":
      return t("Update details of {0}", ref);
    case "acceptHandoff":
      return t("Accept handoff {0}", ref);
    case "addLink":
      return change.link.kind === "postmortem" ? t("Link the post-mortem on {0}", ref) : t("Link {0} on {1}", name(change.link.other, home), ref);
    case "relink":
      return t("Replace the link to {1} with {0} on {2}", name(change.to, home), name(change.from, home), ref);
    default:
      return assertNever(change);
  }
}

function describeMark(mark: "open" | "done" | "skipped", ref: string, step: string | undefined, t: Translate): string {
  switch (mark) {
    case "done":
      return step === undefined ? t("Tick a step on {0}", ref) : t("Tick “{0}” on {1}", step, ref);
    case "open":
      return step === undefined ? t("Untick a step on {0}", ref) : t("Untick “{0}” on {1}", step, ref);
    case "skipped":
      return step === undefined ? t("Skip a step on {0}", ref) : t("Skip “{0}” on {1}", step, ref);
    default:
      return assertNever(mark);
  }
}

function describeLabelChanges(add: readonly string[], remove: readonly string[], [added, removed, both]: readonly [string, string, string]): string {
  return remove.length === 0 ? added : add.length === 0 ? removed : both;
}

function names(all: readonly string[]): string {
  return plainLabel(all.join(", "));
}

function name(ref: IssueRef, home: Repository): string {
  return plainLabel(formatRef(ref, home));
}
