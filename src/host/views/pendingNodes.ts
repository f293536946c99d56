import { readChecklists } from "../../core/markup/checklistRegion";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import type { Operation, PendingOperation } from "../../core/model/operation";
import type { PendingChange } from "../../core/sync/pendingOperation";
import { textOf } from "../../core/sync/pendingText";
import { readableText } from "../../core/checklist/values";
import { withoutMarkup } from "../ui/safeText";
import type { PendingChangeNode } from "./node";

interface PendingContext {
  readonly pendingChanges: readonly PendingChange[];
  readonly issue: (ref: IssueRef) => Issue | undefined;
  readonly home: Repository;
  /** Formats an instant in the desk's time zone. */
  readonly formatInstant: (at: Instant) => string;
}

/** Rows for the pending changes, oldest first. */
export function pendingNodes({ pendingChanges, issue, home, formatInstant }: PendingContext): readonly PendingChangeNode[] {
  return pendingChanges.map(({ pending, state, attempts, failure, nextAt, undoUntil, behind, unsure }) => {
    const ref = refOf(pending.operation);
    const step = stepOf(pending.operation, issue);
    const { title, body } = textOf(pending.operation) ?? {};
    const text = [title, body].filter((part) => part !== undefined && part !== "").join(" · ");
    return {
      kind: "pendingChange",
      id: `waiting:${pending.key}`,
      key: pending.key,
      operation: pending.operation,
      ...(ref === undefined ? {} : { ref }),
      ...(step === undefined ? {} : { step }),
      state,
      attempts,
      ...(failure === undefined ? {} : { failure }),
      by: pending.by,
      since: formatInstant(pending.at),
      undoable: undoUntil !== undefined,
      ...(nextAt === undefined ? {} : { next: formatInstant(nextAt) }),
      behind: behind !== undefined,
      unsure,
      ...(text === "" ? {} : { text }),
      home,
    };
  });
}

function refOf(operation: Operation): IssueRef | undefined {
  if (operation.kind === "batch") return operation.operations.flatMap((part) => refOf(part) ?? [])[0];
  if (operation.kind === "handOff") return undefined;
  return operation.kind === "create" || operation.kind === "link" ? operation.under?.parent : operation.ref;
}

/** The text of the step that the change marks, as its issue contains it. */
function stepOf(operation: Operation, find: (ref: IssueRef) => Issue | undefined): string | undefined {
  if (operation.kind === "batch") return operation.operations.flatMap((part) => stepOf(part, find) ?? [])[0];
  if (operation.kind !== "edit") return undefined;
  const { change, ref } = operation;
  if (change.kind !== "markStep" && change.kind !== "choose" && change.kind !== "linkStep" && change.kind !== "showEvidence" && change.kind !== "giveStep") return undefined;
  const id = change.kind === "choose" ? change.option : change.step;
  const checklist = readChecklists(find(ref)?.body ?? "", ref.repository).find((each) => each.id === change.run);
  const step = checklist?.items.find((item) => item.id === id);
  return step?.kind === "step" ? withoutMarkup(readableText(step.text, checklist ?? {})) : undefined;
}

/**
 * The changes worth showing: those that failed, those queued behind them, and those that take more than a few seconds. Without
 * this, each tick would make a row flash.
 */
export function visibleChanges(pendingChanges: readonly PendingChange[], now: Instant): readonly PendingChange[] {
  const shown = new Set<string>();
  for (const { pending, failure, behind } of pendingChanges) {
    const slow = slowAt(pending) <= millisecondsOf(now);
    if (failure !== undefined || slow || (behind !== undefined && shown.has(behind))) shown.add(pending.key);
  }
  return pendingChanges.filter(({ pending }) => shown.has(pending.key));
}

/** When the next change becomes visible, in milliseconds since 1970; `undefined` when none will. */
export function nextLastingAt(pendingChanges: readonly PendingChange[], now: Instant): number | undefined {
  const times = pendingChanges.map(({ pending }) => slowAt(pending)).filter((at) => at > millisecondsOf(now));
  return times.length === 0 ? undefined : Math.min(...times);
}

function slowAt({ at, notBefore }: PendingOperation): number {
  return millisecondsOf(notBefore ?? at) + visibleAfter;
}

const visibleAfter = 3000;
