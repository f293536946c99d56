import { closeReasonOf } from "../../issue/closeReason";
import { readLinks } from "../../markup/linkRegion";
import type { Issue } from "../../model/issue";
import { type IssueRef, refKey } from "../../model/issueRef";
import type { PostmortemAction } from "../postmortem";

export type ActionState = PostmortemAction["state"];

/** An issue of an action item that is no longer where the post-mortem says. The row keeps its reference until a person changes it. */
export type LostIssue = { readonly kind: "gone" } | { readonly kind: "transferred"; readonly to: IssueRef };

/** Finds an issue that the desk knows. */
type FindIssue = (ref: IssueRef) => Issue | undefined;

/**
 * The state of an action item according to its issue: an issue that was closed without doing it is not done. For a duplicate, the
 * issue that stays counts. Without a known issue, and for a declined action item, the state is the one that is written down.
 */
export function actionState({ issue: ref, state }: Pick<PostmortemAction, "issue" | "state">, find: FindIssue): ActionState {
  const issue = ref === undefined ? undefined : find(ref);
  if (issue === undefined || state === "declined") return state;
  const last = lastOriginal(issue, find);
  if (last.state === "open") return "accepted";
  const reason = closeReasonOf(last);
  return reason === "notPlanned" || reason === "duplicate" ? "not planned" : "done";
}

/** The last original of an issue that was closed as a duplicate, as far as the desk knows the originals. Any other issue itself. */
export function lastOriginal(issue: Issue, find: FindIssue): Issue {
  const seen = new Set<string>();
  let last = issue;
  while (closeReasonOf(last) === "duplicate" && !seen.has(refKey(last.ref))) {
    seen.add(refKey(last.ref));
    const link = readLinks(last.body, last.ref.repository).find(({ kind }) => kind === "duplicateOf");
    const original = link?.kind === "duplicateOf" ? find(link.other) : undefined;
    if (original === undefined) return last;
    last = original;
  }
  return last;
}
