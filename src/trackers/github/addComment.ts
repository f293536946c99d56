import * as v from "valibot";
import type { Instant } from "../../core/issue/issue";
import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import type { Priority } from "../../core/model/queues";
import type { Clock } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { commentAnswer, commentsAnswer, noAnswer } from "./answers";
import { getIssue } from "./readIssue";
import { ownerAndName, type GithubApi } from "./githubApi";
import { hasKey, withKey } from "./keyMark";
import { listComments } from "./pages";
import { shortlyBefore, type Tries } from "./tries";
import { readAuthor, type Author } from "./trust";
import type { Reader } from "./wholeIssue";

export interface CommentParts extends Reader {
  readonly clock: Clock;
  readonly tries: Tries;
  readonly pause: number;
}

/** A comment as it stands on the server. */
export interface StoredComment {
  readonly id: number;
  readonly author: Author;
  readonly body: string;
  /** Its web address. */
  readonly url: string;
  readonly updatedAt: Instant;
}

/** When a comment is sent, and who may have sent it. */
export interface CommentOptions {
  readonly priority?: Priority;
  /** Whether other machines give it the same key, so that it is always looked for among all comments first. */
  readonly shared?: boolean;
}

/**
 * Adds the comment once: where an earlier try may have come through it is looked for before it is sent again. Of two that
 * windows sent at the same time the older one stays, and is given. What an outsider wrote under the same key is neither.
 */
export async function addComment(parts: CommentParts, ref: IssueRef, markdown: string, key: OperationKey, { priority = "foreground", shared = false }: CommentOptions = {}): Promise<Result<StoredComment>> {
  const { api, clock, tries, trust, pause } = parts;
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const body = withKey(markdown, key);
  const before = await tries.begin(`${key}/comment`);
  if (before.kind === "failed") return before;
  const since = shared ? {} : { since: shortlyBefore(before.value?.at ?? clock.now()) };
  if (before.value !== undefined || shared) {
    const found = await keepOldest();
    if (found.kind === "failed") return found;
    if (found.value !== undefined) return ok(found.value);
  }
  for (let attempt = 1; ; attempt += 1) {
    const sent = await api.write(subject, sentAnswer, (octokit, extras) => octokit.rest.issues.createComment({ ...at, body, ...extras }), priority);
    if (sent.kind === "ok") {
      // Of an issue that was moved the request is led on as a question, and answered with the comments that are there.
      if (Array.isArray(sent.value)) return movedAway();
      // It is there. Where nobody can see whether another window sent it too, it is tried, and looked for, again.
      const oldest = await keepOldest();
      return oldest.kind === "failed" ? oldest : ok(oldest.value ?? stored(sent.value));
    }
    if (sent.failure.kind !== "offline" && sent.failure.kind !== "serverTrouble") return sent;
    await clock.wait(pause);
    const found = await keepOldest();
    if (found.kind === "failed") return found;
    if (found.value !== undefined) return ok(found.value);
    if (attempt === 2) return sent;
  }

  async function movedAway(): Promise<Result<never>> {
    const issue = await getIssue(parts, ref);
    return issue.kind === "failed" ? issue : failed({ kind: "serverTrouble", server: api.server, status: 301 });
  }

  /** The comment, if it is there; a second one is taken away. */
  async function keepOldest(): Promise<Result<StoredComment | undefined>> {
    const comments = await listComments(api, ref, since);
    if (comments.kind === "failed") return comments;
    const found = comments.value.map(stored).filter((comment) => hasKey(comment.body, key));
    await trust.settle(ref.repository, found.map(({ author }) => author));
    const [oldest, ...younger] = found.filter(({ author }) => trust.counts(ref.repository, author) || (!shared && trust.isOwn(author))).sort((a, b) => a.id - b.id);
    for (const { id: comment_id } of younger) {
      const removed = await removeComment(api, ref, comment_id);
      if (removed.kind === "failed") return removed;
    }
    return ok(oldest);
  }
}

const sentAnswer = v.union([commentAnswer, commentsAnswer]);

/** Takes a comment away, when nothing more urgent is to be written; another window may have done so. */
export async function removeComment(api: GithubApi, ref: IssueRef, comment_id: number): Promise<Result<void>> {
  const removed = await api.write({ repository: ref.repository, ref }, noAnswer, (octokit, extras) => octokit.rest.issues.deleteComment({ ...ownerAndName(ref.repository), comment_id, ...extras }), "background");
  return removed.kind === "failed" && removed.failure.kind !== "gone" ? removed : ok(undefined);
}

function stored(raw: v.InferOutput<typeof commentAnswer>): StoredComment {
  return { id: raw.id, author: readAuthor(raw), body: raw.body ?? "", url: raw.html_url ?? "", updatedAt: raw.updated_at };
}
