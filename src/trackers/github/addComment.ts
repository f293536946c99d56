import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import type { Clock } from "../../core/ports";
import { ok, type Result } from "../../core/result";
import { ownerAndName, type GithubApi } from "./githubApi";
import { hasKey, withKey } from "./keyMark";
import { shortlyBefore, type Tries } from "./tries";

export interface CommentParts {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly tries: Tries;
  readonly pause: number;
}

/** Adds the comment once: where an earlier try may have come through it is looked for before it is sent again. */
export async function addComment({ api, clock, tries, pause }: CommentParts, ref: IssueRef, markdown: string, key: OperationKey): Promise<Result<void>> {
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const body = withKey(markdown, key);
  const began = clock.now();
  const before = await tries.begin(`${key}/comment`);
  if (before.kind === "failed") return before;
  if (before.value !== undefined) {
    const found = await keepOldest(before.value);
    if (found.kind === "failed") return found;
    if (found.value) return ok(undefined);
  }
  for (let attempt = 1; ; attempt += 1) {
    const sent = await api.write(subject, (octokit, extras) => octokit.rest.issues.createComment({ ...at, body, ...extras }));
    if (sent.kind === "ok") {
      // Another window of this machine may have sent it at the same time.
      if (before.value !== undefined) await keepOldest(before.value);
      return ok(undefined);
    }
    if (sent.failure.kind !== "offline" && sent.failure.kind !== "serverTrouble") return sent;
    await clock.wait(pause);
    const found = await keepOldest(before.value ?? began);
    if (found.kind === "failed") return found;
    if (found.value) return ok(undefined);
    if (attempt === 2) return sent;
  }

  /** Whether the comment is there; a second one is taken away. */
  async function keepOldest(since: string): Promise<Result<boolean>> {
    const ids: number[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await api.read(subject, (octokit, extras) => octokit.rest.issues.listComments({ ...at, since: shortlyBefore(since), per_page: 100, page, ...extras }));
      if (answer.kind === "failed") return answer;
      if (answer.value.kind === "same") break;
      ids.push(...answer.value.data.filter((comment) => hasKey(comment.body ?? "", key)).map(({ id }) => id));
      if (answer.value.next === undefined) break;
    }
    const [oldest, ...younger] = ids.sort((a, b) => a - b);
    for (const comment_id of younger) {
      const removed = await api.write(subject, (octokit, extras) => octokit.rest.issues.deleteComment({ ...ownerAndName(ref.repository), comment_id, ...extras }), "background");
      if (removed.kind === "failed") return removed;
    }
    return ok(oldest !== undefined);
  }
}
