import * as v from "valibot";
import { instantAt, millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import type { Repository } from "../../core/issue/issueRef";
import { parseData } from "../../core/parseData";
import { ok, type Result } from "../../core/result";
import { readDeskComment, type DeskComment, type RawComment } from "./deskComment";
import { repositoryCommentsAnswer } from "./answers";
import { ifChanged, ownerAndName, type Call, type GithubApi } from "./githubApi";
import type { RepositoryIssue } from "./githubIssue";
import { readPages } from "./pages";

/** What is known of the desk's comments of one repository. */
export interface CommentReading {
  /** Whoever wrote them: who counts is decided when they are used. */
  readonly comments: readonly DeskComment[];
  /** Comments older than this were not asked for. */
  readonly from: Instant;
  /** What changed from then on is asked for next. */
  readonly since: Instant;
  /** Names the last answer to that question. */
  readonly etag?: string;
  /** The time of which the comments were not yet read: a large repository is read bit by bit. */
  readonly gap?: { readonly from: Instant; readonly to: Instant };
}

/** Pages of a hundred comments that a look at a repository reads at most, the latest first. */
const firstPages = 10;
/** Pages that each later look reads of what the first one left. */
const laterPages = 5;
const overlap = 10_000;
const mostAgain = 50;

/**
 * Reads the desk's comments of all issues in the repository's own list of comments. Without an issue by an outsider there can
 * be none, and nothing is asked. The first look takes at most ten requests, as does one after a long time; any other a
 * conditional request, with at most five more until all comments since the oldest such issue that is open were read. Gives the
 * very same reading when nothing changed.
 */
export async function readCommentList(api: GithubApi, repository: Repository, known: CommentReading | undefined, issues: readonly RepositoryIssue[]): Promise<Result<CommentReading | undefined>> {
  const outside = issues.filter(({ outsider, state }) => outsider === true && state === "open");
  const [first] = outside.map(({ createdAt }) => createdAt).toSorted();
  if (known === undefined) return first === undefined ? ok(undefined) : readFirst(api, repository, first);
  const changed = await readSince(api, repository, first === undefined || first >= known.from ? known : { ...known, from: first, gap: { from: first, to: known.gap?.to ?? known.from } });
  if (changed.kind === "failed" || changed.value.gap === undefined) return changed;
  return readGap(api, repository, changed.value, changed.value.gap);
}

/** The reading with one comment as it was read or written on its own. */
export function withComment(known: CommentReading | undefined, comment: DeskComment, issueCreated: Instant): CommentReading {
  // Of the first issue by an outsider: what came before this comment is still to be read.
  if (known === undefined) return { comments: [comment], from: issueCreated, since: earlier(comment.updatedAt), gap: { from: issueCreated, to: comment.updatedAt } };
  return known.comments.includes(comment) ? known : { ...known, comments: [...known.comments.filter(({ id }) => id !== comment.id), comment] };
}

/** A reading as it was written to memory; `undefined` for anything else. */
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
  const pages = await readPages(api, { repository }, repositoryCommentsAnswer, listOf(repository, { sort: "updated", direction: "desc", since: from }), firstPages);
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
  const pages = await readPages(api, { repository }, repositoryCommentsAnswer, listOf(repository, { sort: "updated", direction: "desc", since }, known.etag), firstPages);
  if (pages.kind === "failed") return pages;
  const { raw, etag, same, more } = pages.value;
  if (same) return ok(known);
  const later = earlier(raw[0]?.updated_at ?? since);
  // The same question once more costs nothing while nothing changes; a later one is worth it where it has fewer answers.
  const next = raw.length > mostAgain && later > since ? later : since;
  const { etag: _etag, ...rest } = known;
  const last = raw.at(-1)?.updated_at;
  const left = more && last !== undefined ? { gap: { from: known.gap?.from ?? since, to: last } } : {};
  return ok({ ...rest, comments: merge(known.comments, raw), since: next, ...(next !== since || etag === undefined ? {} : { etag }), ...left });
}

async function readGap(api: GithubApi, repository: Repository, known: CommentReading, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<Result<CommentReading>> {
  const pages = await readPages(api, { repository }, repositoryCommentsAnswer, listOf(repository, { sort: "updated", direction: "asc", since: from }), laterPages);
  if (pages.kind === "failed") return pages;
  const { raw, more } = pages.value;
  const last = raw.at(-1)?.updated_at ?? to;
  const { gap: _gap, ...rest } = known;
  const read = { ...rest, comments: merge(known.comments, raw) };
  // What changed once more meanwhile is in the list of changes.
  return ok(more && last < to ? { ...read, gap: { from: last > from ? last : instantAt(millisecondsOf(from) + 1000), to } } : read);
}

function listOf(repository: Repository, query: { readonly sort: "updated"; readonly direction: "asc" | "desc"; readonly since: Instant }, etag?: string): Call {
  return (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...ownerAndName(repository), ...query, per_page: 100, ...ifChanged(etag), ...extras });
}

/** Those that are known with fresher ones in their places; a comment that is the desk's no longer is left out. The very same where none changed. */
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

/** A little earlier: changes carry whole seconds, and one may become visible after a later one. */
function earlier(at: Instant): Instant {
  return instantAt(Math.floor((millisecondsOf(at) - overlap) / 1000) * 1000);
}
