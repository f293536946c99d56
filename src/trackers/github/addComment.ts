import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import type { Clock } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { getIssue } from "./editIssue";
import { ownerAndName, type GithubApi } from "./githubApi";
import { hasKey, withKey } from "./keyMark";
import type { Notice } from "./notice";
import { shortlyBefore, type Tries } from "./tries";
import type { Priority } from "./writeQueue";

export interface CommentParts {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly tries: Tries;
  readonly told: (notice: Notice) => void;
  readonly pause: number;
}

/**
 * Adds the comment once: where an earlier try may have come through it is looked for before it is sent again. Of two that
 * windows sent at the same time the older one stays.
 */
export async function addComment({ api, clock, tries, told, pause }: CommentParts, ref: IssueRef, markdown: string, key: OperationKey, priority: Priority = "waitedFor"): Promise<Result<void>> {
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const body = withKey(markdown, key);
  const before = await tries.begin(`${key}/comment`);
  if (before.kind === "failed") return before;
  const since = shortlyBefore(before.value?.at ?? clock.now());
  if (before.value !== undefined) {
    const found = await keepOldest();
    if (found.kind === "failed") return found;
    if (found.value) return ok(undefined);
  }
  for (let attempt = 1; ; attempt += 1) {
    const sent = await api.write<unknown>(subject, (octokit, extras) => octokit.rest.issues.createComment({ ...at, body, ...extras }), priority);
    if (sent.kind === "ok") {
      // Of an issue that was moved the request is led on as a question, and answered with the comments that are there.
      if (Array.isArray(sent.value)) return movedAway();
      // It is there: whether another window sent it too is looked at once more should it be tried again.
      await keepOldest();
      return ok(undefined);
    }
    if (sent.failure.kind !== "offline" && sent.failure.kind !== "serverTrouble") return sent;
    await clock.wait(pause);
    const found = await keepOldest();
    if (found.kind === "failed") return found;
    if (found.value) return ok(undefined);
    if (attempt === 2) return sent;
  }

  async function movedAway(): Promise<Result<void>> {
    const issue = await getIssue(api, ref, told);
    return issue.kind === "failed" ? issue : failed({ kind: "serverTrouble", server: api.server, status: 301 });
  }

  /** Whether the comment is there; a second one is taken away. */
  async function keepOldest(): Promise<Result<boolean>> {
    const ids: number[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await api.read(subject, (octokit, extras) => octokit.rest.issues.listComments({ ...at, since, per_page: 100, page, ...extras }));
      if (answer.kind === "failed") return answer;
      if (answer.value.kind === "same") break;
      ids.push(...answer.value.data.filter((comment) => hasKey(comment.body ?? "", key)).map(({ id }) => id));
      if (answer.value.next === undefined) break;
    }
    const [oldest, ...younger] = ids.sort((a, b) => a - b);
    for (const comment_id of younger) {
      const removed = await api.write(subject, (octokit, extras) => octokit.rest.issues.deleteComment({ ...ownerAndName(ref.repository), comment_id, ...extras }), "background");
      // The other window may be taking it away too.
      if (removed.kind === "failed" && removed.failure.kind !== "gone") return removed;
    }
    return ok(oldest !== undefined);
  }
}
