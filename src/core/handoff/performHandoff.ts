import type { Failure } from "../failure";
import { renderMoment } from "../incident/moment";
import { isTransient } from "../issue/retryPolicy";
import { escapeComments } from "../issue/hiddenMark";
import { formatRef, refKey, sameRef, type IssueRef } from "../issue/issueRef";
import type { AcceptHandoff, HandOff, OperationKey } from "../issue/operation";
import type { Outcome } from "../issue/performOperation";
import { normalField } from "../postmortem/normalText";
import type { IssueTracker } from "../ports";
import { failed, ok, type Result } from "../result";
import { acceptanceEdits } from "./acceptanceEdits";

/**
 * Creates the issue of a hand-off and comments on each issue that is handed over. One that is gone for good holds up none of
 * the others: the first such failure is given once all else is done.
 */
export async function performHandOff(tracker: IssueTracker, operation: HandOff, key: OperationKey): Promise<Result<Outcome>> {
  const created = await tracker.create(operation.draft, key);
  if (created.kind === "failed") return created;
  return eachOf(operation.items, created.value, ({ ref, next }) => tracker.comment(ref, handoffComment(operation, created.value, { ref, next }), `${key}:${refKey(ref)}`));
}

/** Writes the acceptance into the hand-off, reassigns its issues, tells it in a comment and closes it. Fails as `performHandOff` does. */
export async function performAcceptance(tracker: IssueTracker, operation: AcceptHandoff, by: string, key: OperationKey): Promise<Result<Outcome>> {
  const { ref, items } = operation;
  const edits = acceptanceEdits(operation, by).map((edit, index) => ({ ...edit, key: `${key}:${index}` }));
  const own = edits.filter((edit) => sameRef(edit.ref, ref));
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return ok({ ref });
  const accepted = await tracker.edit(ref, first.change, first.key);
  if (accepted.kind === "failed") return accepted;
  const given = await eachOf(edits.filter((edit) => !own.includes(edit)), ref, (edit) => tracker.edit(edit.ref, edit.change, edit.key));
  if (given.kind === "failed" && isTransient(given.failure)) return given;
  const told = await tracker.comment(ref, acceptanceComment(items, ref, by), `${key}:comment`);
  if (told.kind === "failed") return told;
  const closed = await tracker.edit(ref, last.change, last.key);
  return closed.kind === "failed" ? closed : given;
}

/** Does a thing for each, up to the first failure that may pass; of those that never will, gives the first at the end. */
async function eachOf<T>(items: readonly T[], ref: IssueRef, work: (item: T) => Promise<Result<unknown>>): Promise<Result<Outcome>> {
  let final: Failure | undefined;
  for (const item of items) {
    const result = await work(item);
    if (result.kind === "ok") continue;
    if (isTransient(result.failure)) return result;
    final ??= result.failure;
  }
  return final === undefined ? ok({ ref }) : failed(final);
}

/** What an issue that is handed over says of it to everybody. */
export function handoffComment({ outgoing, incoming }: Pick<HandOff, "outgoing" | "incoming">, handoff: IssueRef, { ref, next }: { readonly ref: IssueRef; readonly next: string }): string {
  const first = `Handed off by @${escapeComments(outgoing)} to @${escapeComments(incoming)}, see ${formatRef(handoff, ref.repository)}.`;
  return renderMoment("handoff", next.trim() === "" ? first : `${first}\n\n**Next step:** ${escapeComments(normalField(next))}`);
}

function acceptanceComment(items: readonly IssueRef[], ref: IssueRef, by: string): string {
  const first = `Accepted by @${escapeComments(by)}.`;
  return items.length === 0 ? first : `${first} Theirs from now on: ${items.map((item) => formatRef(item, ref.repository)).join(", ")}.`;
}
