import * as v from "valibot";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { parseData } from "../../core/model/parseData";
import type { Clock } from "../../core/model/ports";
import type { Priority } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import { commentResponse, commentsResponse, noResponse, repositoryCommentsResponse } from "./responses";
import { shortlyBefore, type Attempts } from "./attempts";
import { type DeskComment, type RawComment, readDeskComment } from "./deskComment";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import type { RepositoryIssue } from "./githubIssue";
import { hasKey, withKey } from "./keyMark";
import { listComments, readPages } from "./pages";
import { getIssue } from "./readIssue";
import { type Author, readAuthor } from "./trust";
import type { Reader } from "./fullIssue";

export interface CommentParts extends Reader {
  readonly clock: Clock;
  readonly attempts: Attempts;
  readonly pause: number;
}

/** A comment as stored on the server. */
interface StoredComment {
  readonly id: number;
  readonly author: Author;
  readonly body: string;
  /** Its web address. */
  readonly url: string;
  readonly updatedAt: Instant;
}

/** When a comment is sent, and who may have sent it already. */
interface CommentOptions {
  readonly priority?: Priority;
  /** Whether other machines use the same key, so that existing comments are always searched first. */
  readonly shared?: boolean;
}

/** Milliseconds after an attempt of another window in which that window may still be open. */
const recently = 15_000;

/** Milliseconds after which a closing window has been ended, with its last request. */
const longestClosing = 5000;

/**
 * Adds a comment once. If an earlier attempt may have succeeded, it is searched before it is sent again. If several windows
 * added it at the same time, the oldest comment stays and is returned. Comments of outsiders with the same key are ignored.
 */
export async function addComment(parts: CommentParts, ref: IssueRef, markdown: string, key: OperationKey, { priority = "foreground", shared = false }: CommentOptions = {}): Promise<Result<StoredComment>> {
  const { api, clock, attempts, trust, pause } = parts;
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const body = withKey(markdown, key);
  const attemptKey = `${key}/comment`;
  const before = await attempts.note(attemptKey);
  if (before.kind === "failed") return before;
  const since = shared ? {} : { since: shortlyBefore(before.value?.at ?? clock.now()) };
  if (before.value !== undefined || shared) {
    const found = await keepOldest();
    if (found !== undefined) return found;
  }
  if (before.value !== undefined && !attempts.isOwn(attemptKey) && millisecondsOf(clock.now()) - millisecondsOf(before.value.at) < recently) {
    // A window that is closing can be sending it now, and be ended before it sees the comment of this one.
    await clock.wait(longestClosing);
    const found = await keepOldest();
    if (found !== undefined) return found;
  }
  for (let attempt = 1; ; attempt += 1) {
    const sent = await api.write(subject, sentAnswer, (octokit, extras) => octokit.rest.issues.createComment({ ...at, body, ...extras }), priority);
    if (sent.kind === "ok") {
      // For a transferred issue, the redirected request becomes a GET and returns the existing comments.
      if (Array.isArray(sent.value)) return movedAway();
      // It was sent. If duplicates cannot be checked now, the whole step is retried.
      return (await keepOldest()) ?? ok(stored(sent.value));
    }
    if (sent.failure.kind !== "offline" && sent.failure.kind !== "serverError") return sent;
    await clock.wait(pause);
    const found = await keepOldest();
    if (found !== undefined) return found;
    if (attempt === 2) return sent;
  }

  async function movedAway(): Promise<Result<never>> {
    const issue = await getIssue(parts, ref);
    return issue.kind === "failed" ? issue : failed({ kind: "serverError", server: api.server, status: 301 });
  }

  /** Returns the comment, or why it cannot be searched, and removes duplicates. `undefined` if it does not exist. */
  async function keepOldest(): Promise<Result<StoredComment> | undefined> {
    const comments = await listComments(api, ref, since);
    if (comments.kind === "failed") return comments;
    const found = comments.value.map(stored).filter((comment) => hasKey(comment.body, key));
    await trust.resolveAuthors(ref.repository, found.map(({ author }) => author));
    const [oldest, ...younger] = found.filter(({ author }) => trust.counts(ref.repository, author) || (!shared && trust.isOwn(author))).sort((a, b) => a.id - b.id);
    for (const { id: comment_id } of younger) {
      const removed = await removeComment(api, ref, comment_id);
      if (removed.kind === "failed") return removed;
    }
    return oldest === undefined ? undefined : ok(oldest);
  }
}

const sentAnswer = v.union([commentResponse, commentsResponse]);

/** Removes a comment in the background. Another window may have done so already. */
export async function removeComment(api: GithubApi, ref: IssueRef, comment_id: number): Promise<Result<void>> {
  const removed = await api.write({ repository: ref.repository, ref }, noResponse, (octokit, extras) => octokit.rest.issues.deleteComment({ ...ownerAndName(ref.repository), comment_id, ...extras }), "background");
  return removed.kind === "failed" && removed.failure.kind !== "gone" ? removed : ok(undefined);
}

function stored(raw: v.InferOutput<typeof commentResponse>): StoredComment {
  return { id: raw.id, author: readAuthor(raw), body: raw.body ?? "", url: raw.html_url ?? "", updatedAt: raw.updated_at };
}

/** The known desk comments of one repository. */
export interface CommentReading {
  /** By any author. Whether an author counts is decided on use. */
  readonly comments: readonly DeskComment[];
  /** Older comments were not requested. */
  readonly from: Instant;
  /** The next request asks for changes since this instant. */
  readonly since: Instant;
  /** ETag of the last response to that request. */
  readonly etag?: string;
  /** The time range whose comments have not been read yet. A large repository is read gradually. */
  readonly gap?: { readonly from: Instant; readonly to: Instant };
}

/** Maximum number of pages of a hundred comments that the first request of a repository reads, latest first. */
const firstPages = 10;

/** Number of pages of the remaining range that each later request reads. */
const laterPages = 5;

const overlap = 10_000;

const maxIssuesReread = 50;

/**
 * Reads the desk's comments from the repository's list of comments. Nothing is requested if no issue was created by an
 * outsider, because then there are none. The first reading, and one after a long time, takes at most ten requests. Others take
 * one conditional request, and at most five more until everything since the oldest such open issue was read. Returns the same
 * object when nothing changed.
 */
export async function readCommentList(api: GithubApi, repository: Repository, known: CommentReading | undefined, issues: readonly RepositoryIssue[]): Promise<Result<CommentReading | undefined>> {
  const outside = issues.filter(({ outsider, state }) => outsider === true && state === "open");
  const [first] = outside.map(({ createdAt }) => createdAt).toSorted();
  if (known === undefined) return first === undefined ? ok(undefined) : readFirst(api, repository, first);
  const changed = await readSince(api, repository, first === undefined || first >= known.from ? known : { ...known, from: first, gap: { from: first, to: known.gap?.to ?? known.from } });
  if (changed.kind === "failed" || changed.value.gap === undefined) return changed;
  return readGap(api, repository, changed.value, changed.value.gap);
}

/** The reading with one comment that was read or written separately. */
export function withComment(known: CommentReading | undefined, comment: DeskComment, issueCreated: Instant): CommentReading {
  // The first issue by an outsider: earlier comments still have to be read.
  if (known === undefined) return { comments: [comment], from: issueCreated, since: earlier(comment.updatedAt), gap: { from: issueCreated, to: comment.updatedAt } };
  return known.comments.includes(comment) ? known : { ...known, comments: [...known.comments.filter(({ id }) => id !== comment.id), comment] };
}

/** Parses a reading from memory. Returns `undefined` for anything else. */
export function asCommentReading(value: unknown): CommentReading | undefined {
  return parseData(storedReading, value);
}

const storedComment = v.object({
  id: v.number(),
  issue: v.number(),
  text: v.string(),
  author: v.object({ login: v.string(), outsider: v.exactOptional(v.literal(true)) }),
  updatedAt: v.string(),
  etag: v.exactOptional(v.string()),
});

const storedReading = v.object({
  comments: v.array(storedComment),
  from: v.string(),
  since: v.string(),
  etag: v.exactOptional(v.string()),
  gap: v.exactOptional(v.object({ from: v.string(), to: v.string() })),
});

async function readFirst(api: GithubApi, repository: Repository, from: Instant): Promise<Result<CommentReading>> {
  const pages = await readPages(api, { repository }, repositoryCommentsResponse, listOf(repository, { sort: "updated", direction: "desc", since: from }), firstPages);
  if (pages.kind === "failed") return pages;
  const { raw, more } = pages.value;
  const to = raw.at(-1)?.updated_at;
  const newest = raw[0]?.updated_at;
  return ok({
    comments: merge([], raw),
    from,
    since: newest === undefined ? from : earlier(newest),
    ...(more && to !== undefined ? { gap: { from, to } } : {}),
  });
}

async function readSince(api: GithubApi, repository: Repository, known: CommentReading): Promise<Result<CommentReading>> {
  const { since } = known;
  const pages = await readPages(api, { repository }, repositoryCommentsResponse, listOf(repository, { sort: "updated", direction: "desc", since }, known.etag), firstPages);
  if (pages.kind === "failed") return pages;
  const { raw, etag, same, more } = pages.value;
  if (same) return ok(known);
  const later = earlier(raw[0]?.updated_at ?? since);
  // Repeating the same request is free while nothing changes. A later `since` is only better if it returns much less.
  const next = raw.length > maxIssuesReread && later > since ? later : since;
  const { etag: _etag, ...rest } = known;
  const last = raw.at(-1)?.updated_at;
  const left = more && last !== undefined ? { gap: { from: known.gap?.from ?? since, to: last } } : {};
  return ok({ ...rest, comments: merge(known.comments, raw), since: next, ...(next !== since || etag === undefined ? {} : { etag }), ...left });
}

async function readGap(api: GithubApi, repository: Repository, known: CommentReading, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<Result<CommentReading>> {
  const pages = await readPages(api, { repository }, repositoryCommentsResponse, listOf(repository, { sort: "updated", direction: "asc", since: from }), laterPages);
  if (pages.kind === "failed") return pages;
  const { raw, more } = pages.value;
  const last = raw.at(-1)?.updated_at ?? to;
  const { gap: _gap, ...rest } = known;
  const read = { ...rest, comments: merge(known.comments, raw) };
  // Comments that changed again meanwhile are in the list of changes.
  return ok(more && last < to ? { ...read, gap: { from: last > from ? last : instantAt(millisecondsOf(from) + 1000), to } } : read);
}

function listOf(repository: Repository, query: { readonly sort: "updated"; readonly direction: "asc" | "desc"; readonly since: Instant }, etag?: string): Call {
  return (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...ownerAndName(repository), ...query, per_page: 100, ...ifChanged(etag), ...extras });
}

/** Replaces known comments by newer versions, and removes those that are no longer the desk's. Returns the same list when nothing changed. */
function merge(known: readonly DeskComment[], raw: readonly RawComment[]): readonly DeskComment[] {
  const comments = new Map(known.map((each) => [each.id, each]));
  for (const one of raw) {
    const before = comments.get(one.id);
    const now = readDeskComment(one);
    if (now === undefined) comments.delete(one.id);
    else if (before === undefined || before.updatedAt < now.updatedAt || (before.updatedAt === now.updatedAt && before.text !== now.text)) comments.set(one.id, now);
  }
  const merged = [...comments.values()];
  return merged.length === known.length && merged.every((each, index) => each === known[index]) ? known : merged;
}

/** An earlier instant, because change times are in whole seconds and changes can become visible out of order. */
function earlier(at: Instant): Instant {
  return instantAt(Math.floor((millisecondsOf(at) - overlap) / 1000) * 1000);
}
