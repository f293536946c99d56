import { sameData } from "../../core/model/plainData";
import type { IssueRef } from "../../core/model/issueRef";
import { ok, type Result } from "../../core/model/result";
import { commentResponse } from "./responses";
import { applyMarks, countedComments, type DeskComment, type MarkedIssue, readDeskComment } from "./deskComment";
import { type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { authorOf, type RepositoryIssue } from "./githubIssue";
import { type CommentChecklist, type MovedChecklist, movedChecklists, putBack, takeOut } from "./longChecklists";
import type { Notice } from "./notices";
import { listComments } from "./pages";
import type { KnownReopening } from "./reopenings";
import { readAuthor, type Trust } from "./trust";

/** An issue whose text contains its checklists and all marks that count, wherever they are stored. */
export interface FullIssue extends MarkedIssue {
  /** Checklists in comments. Absent if there are none. */
  readonly kept?: readonly CommentChecklist[];
}

/** Dependencies for reading issues. */
export interface Reader {
  readonly api: GithubApi;
  readonly trust: Trust;
  readonly onNotice: (notice: Notice) => void;
  /** The last known desk comments of an issue. */
  readonly deskComments: (ref: IssueRef) => readonly DeskComment[];
  /** What is known about the reopening of an issue. */
  readonly reopening: (ref: IssueRef) => KnownReopening | undefined;
}

/**
 * Replaces the references in the issue's text by the checklists in its comments. A known comment is requested conditionally. If
 * a comment is gone or its author does not count, the reference stays.
 */
export async function fullIssue(reader: Reader, placed: MarkedIssue, known: readonly CommentChecklist[] = []): Promise<Result<FullIssue>> {
  const moved = movedChecklists(placed.body);
  if (moved.length === 0) return ok(placed);
  const kept: CommentChecklist[] = [];
  for (const each of moved) {
    const read = await readCommentChecklist(reader, placed, each, known.find(({ comment }) => comment === each.comment));
    if (read.kind === "failed") return read;
    kept.push(read.value);
  }
  return ok(withCommentChecklists(placed, kept, reader.trust));
}

/** The issue with the known comments that contain its checklists. */
export function withCommentChecklists(placed: MarkedIssue, kept: readonly CommentChecklist[], trust: Trust): FullIssue {
  if (kept.length === 0) return placed;
  const counted = kept.map((each) => (each.by === undefined || trust.counts(placed.ref.repository, each.by) ? each : { ...each, text: "" }));
  return { ...placed, body: putBack(placed.body, counted), kept: counted };
}

/** The issue as returned by the server. */
export function bareIssue(whole: FullIssue): RepositoryIssue {
  const { kept = [], elsewhere, ignoredMarks: _ignored, ...rest } = whole;
  return { ...rest, body: elsewhere?.own ?? takeOut(whole.body, kept).body };
}

/** The issue with the marks that count now. Returns the same object if nothing changed. */
export function reapplyMarks(whole: FullIssue, comments: readonly DeskComment[], trust: Trust): FullIssue {
  const { elsewhere, kept = [], ignoredMarks } = whole;
  const { repository } = whole.ref;
  const counts = trust.counts(repository, authorOf(whole));
  // Most issues have no such comment, and this is called for all of them.
  if (comments.length === 0 && kept.length === 0 && elsewhere?.comment === undefined && counts === (elsewhere?.counts ?? true) && (ignoredMarks ?? []).every(({ by }) => by === whole.author)) return whole;
  const placed = applyMarks(bareIssue(whole), comments, trust);
  const sameChecklists = kept.every(({ by, text }) => by === undefined || text === "" || trust.counts(repository, by));
  const same = sameChecklists && placed.elsewhere?.counts === elsewhere?.counts && placed.elsewhere?.comment?.id === elsewhere?.comment?.id && placed.elsewhere?.comment?.text === elsewhere?.comment?.text;
  return same && sameData(placed.ignoredMarks, ignoredMarks) ? whole : withCommentChecklists(placed, kept, trust);
}

/** Reads the comments with checklists again. Returns the same issue when none changed. */
export async function rereadCommentChecklists(reader: Reader, issue: FullIssue): Promise<Result<FullIssue>> {
  const { kept, ...rest } = issue;
  if (kept === undefined) return ok(issue);
  const again = await fullIssue(reader, { ...rest, body: takeOut(issue.body, kept).body }, kept);
  if (again.kind === "failed") return again;
  return ok(again.value.body === issue.body && sameEtags(kept, again.value.kept) ? issue : again.value);
}

/** Adds the checklists to issues that were just read. If comments cannot be read, the issue is returned without them. */
export async function fullIssues(reader: Reader, fresh: readonly MarkedIssue[], known: readonly FullIssue[]): Promise<readonly FullIssue[]> {
  const storedBefore = new Map(known.flatMap(({ ref, kept }) => (kept === undefined ? [] : [[ref.number, kept] as const])));
  return Promise.all(fresh.map((issue) => orElse(fullIssue(reader, issue, storedBefore.get(issue.ref.number)), issue)));
}

/** The open issues with a changed or unreadable comment that contains a checklist. */
export async function changedInComments(reader: Reader, known: readonly FullIssue[]): Promise<readonly FullIssue[]> {
  const before = known.filter(({ state, kept, body }) => state === "open" && (kept !== undefined || movedChecklists(body).length > 0));
  const now = await Promise.all(before.map((issue) => orElse(issue.kept === undefined ? fullIssue(reader, issue) : rereadCommentChecklists(reader, issue), issue)));
  return now.filter((issue, index) => issue !== before[index]);
}

/**
 * Reads the desk's comments of an issue with `count` comments in total. A known comment that counts is requested conditionally.
 * Otherwise they are searched only if the server reports the author as an outsider, because only these issues have them.
 */
export async function readDeskComments(reader: Reader, bare: RepositoryIssue, count: number | undefined): Promise<Result<readonly DeskComment[]>> {
  const { repository, number } = bare.ref;
  const { trust, api } = reader;
  const before = reader.deskComments(bare.ref);
  await trust.resolveAuthors(repository, [authorOf(bare), ...before.map(({ author }) => author)]);
  const [known] = countedComments(trust, repository, before);
  if (known !== undefined) {
    const again = await readComment(reader, bare.ref, known);
    if (again.kind === "failed") return again;
    if (again.value !== undefined) return ok([again.value, ...before.filter(({ id }) => id !== known.id)]);
  }
  if (count === 0 || bare.outsider === undefined) return ok([]);
  const comments = await listComments(api, bare.ref);
  if (comments.kind === "failed") return comments;
  const found = comments.value.flatMap((raw) => readDeskComment({ ...raw, issue_url: `/issues/${number}` }) ?? []);
  await trust.resolveAuthors(repository, found.map(({ author }) => author));
  return ok(found);
}

/** Reads the desk's comment. Returns `undefined` when it no longer exists. */
export async function readComment({ api }: Reader, ref: IssueRef, known: DeskComment): Promise<Result<DeskComment | undefined>> {
  const answer = await api.read({ repository: ref.repository, ref }, commentResponse, (octokit, extras) =>
    octokit.rest.issues.getComment({ ...ownerAndName(ref.repository), comment_id: known.id, ...ifChanged(known.etag), ...extras }),
  );
  if (answer.kind === "failed") return answer.failure.kind === "gone" ? ok(undefined) : answer;
  if (answer.value.kind === "same") return ok(known);
  return ok(readDeskComment({ ...answer.value.data, issue_url: `/issues/${ref.number}` }, answer.value.etag));
}

async function orElse(reading: Promise<Result<FullIssue>>, otherwise: FullIssue): Promise<FullIssue> {
  const read = await reading;
  return read.kind === "ok" ? read.value : otherwise;
}

async function readCommentChecklist({ api, trust }: Reader, { ref }: RepositoryIssue, moved: MovedChecklist, known: CommentChecklist | undefined): Promise<Result<CommentChecklist>> {
  const gone = { ...moved, text: "" };
  if (known?.text === "" && known.by === undefined) return ok(gone);
  const { repository } = ref;
  const answer = await api.read({ repository, ref }, commentResponse, (octokit, extras) =>
    octokit.rest.issues.getComment({ ...ownerAndName(repository), comment_id: moved.comment, ...ifChanged(known?.text === "" ? undefined : known?.etag), ...extras }),
  );
  if (answer.kind === "failed") return answer.failure.kind === "gone" ? ok(gone) : answer;
  if (answer.value.kind === "same") return ok({ ...gone, ...known, ...moved });
  const { data, etag } = answer.value;
  const by = readAuthor(data);
  await trust.resolveAuthors(repository, [by]);
  return ok({ ...moved, by, text: data.body ?? "", ...(etag === undefined ? {} : { etag }) });
}

function sameEtags(before: readonly CommentChecklist[], after: readonly CommentChecklist[] | undefined): boolean {
  return before.length === after?.length && before.every(({ etag }, index) => etag === after[index]?.etag);
}
