import type { Instant, Issue } from "../../core/issue/issue";
import type { IssueRef, Repository } from "../../core/issue/issueRef";
import type { Operation } from "../../core/issue/operation";
import { textOf } from "../../core/issue/pendingText";
import { readRuns } from "../../core/issue/runRegion";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { WaitingNode } from "./node";
import { withoutMarkup } from "./withoutMarkup";

export interface PendingScene {
  readonly waiting: readonly WaitingOperation[];
  readonly issue: (ref: IssueRef) => Issue | undefined;
  readonly home: Repository;
  /** An instant as a person reads it. */
  readonly say: (at: Instant) => string;
}

/** The changes that wait, oldest first. */
export function pendingNodes({ waiting, issue, home, say }: PendingScene): readonly WaitingNode[] {
  return waiting.map(({ pending, state, attempts, failure, nextAt, heldUntil, behind, unsure }) => {
    const ref = refOf(pending.operation);
    const step = stepOf(pending.operation, issue);
    const { title, body } = textOf(pending.operation) ?? {};
    const text = [title, body].filter((part) => part !== undefined && part !== "").join(" · ");
    return {
      kind: "waiting",
      id: `waiting:${pending.key}`,
      key: pending.key,
      operation: pending.operation,
      ...(ref === undefined ? {} : { ref }),
      ...(step === undefined ? {} : { step }),
      state,
      attempts,
      ...(failure === undefined ? {} : { failure }),
      by: pending.by,
      since: say(pending.at),
      held: heldUntil !== undefined,
      ...(nextAt === undefined ? {} : { next: say(nextAt) }),
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

/** The words of the step that a mark is for, as its issue has them. */
function stepOf(operation: Operation, find: (ref: IssueRef) => Issue | undefined): string | undefined {
  if (operation.kind === "batch") return operation.operations.flatMap((part) => stepOf(part, find) ?? [])[0];
  if (operation.kind !== "edit") return undefined;
  const { change, ref } = operation;
  if (change.kind !== "markStep" && change.kind !== "choose" && change.kind !== "linkStep" && change.kind !== "showEvidence" && change.kind !== "giveStep") return undefined;
  const id = change.kind === "choose" ? change.option : change.step;
  const run = readRuns(find(ref)?.body ?? "", ref.repository).find((each) => each.id === change.run);
  const step = run?.items.find((item) => item.id === id);
  return step?.kind === "step" ? withoutMarkup(step.text) : undefined;
}
