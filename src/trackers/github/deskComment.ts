import { blockGap } from "../../core/markup/checklistRegion";
import { escapeOwnMarks, ownMarksIn } from "../../core/markup/hiddenMark";
import { joinLines, lineBreakOf, splitLines } from "../../core/markup/textLines";
import type { IgnoredMarks, Instant } from "../../core/model/issue";
import { type IssueRef, refKey, type Repository } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { authorOf, type RepositoryIssue } from "./githubIssue";
import { hasKey } from "./keyMark";
import { type Author, type RawAuthor, readAuthor, type Trust } from "./trust";

/** A comment that holds what the desk keeps of an issue whose own text does not count. */
export interface DeskComment {
  readonly id: number;
  /** Number of its issue. */
  readonly issue: number;
  readonly text: string;
  readonly author: Author;
  readonly updatedAt: Instant;
  readonly etag?: string;
}

/** What is read of a comment as the API gives it. */
export interface RawComment extends RawAuthor {
  readonly id: number;
  readonly body?: string | null | undefined;
  readonly issue_url: string;
  readonly updated_at: string;
}

/** An issue of which a comment holds, or is to hold, what we keep. */
export interface CommentContent {
  /** The issue's own text as it stands on the server. */
  readonly own: string;
  /** Whether marks in its own text count beside those of the comment. */
  readonly counts: boolean;
  /** Absent until something is kept. */
  readonly comment?: DeskComment;
}

/** An issue with our marks where they count. */
export interface MarkedIssue extends RepositoryIssue {
  readonly elsewhere?: CommentContent;
}

const sign = "<!-- desk:kept -->";

const intro = `Kept here by Response Desk for the people who work on this issue: its checklists, response clock and links. ${sign}`;

/** A quotation of such a comment is none. */
const signed = /^(?![ \t]*>)[^\r\n]*<!-- desk:kept -->/m;

const beginning = /<!-- desk:kept -->[ \t]*(?:\r\n|\n|\r)*/;

const ending = /(?:\r\n|\n|\r)*<!-- desk:key [^\s<>]+ -->\s*$/;

/** The key under which the comment of an issue is created, the same on every machine. */
export function deskCommentKey(ref: IssueRef): OperationKey {
  return `desk ${refKey(ref)}`;
}

/** The comment, if it is one of ours by its text; who wrote it is for `Trust` to judge. */
export function readDeskComment(raw: RawComment, etag?: string): DeskComment | undefined {
  const issue = Number(/\/issues\/(\d+)$/.exec(raw.issue_url)?.[1]);
  const text = raw.body ?? "";
  if (!isDeskComment(text) || !Number.isSafeInteger(issue)) return undefined;
  return { id: raw.id, issue, text, author: readAuthor(raw), updatedAt: raw.updated_at, ...(etag === undefined ? {} : { etag }) };
}

/** Whether a comment is one of ours by its text. */
export function isDeskComment(text: string): boolean {
  return text.includes(sign) && signed.test(text);
}

/** Whether the comment was made for this issue and holds nothing but what we wrote, so that a second one of them may be taken away. */
export function isOnlyOurs(text: string, ref: IssueRef): boolean {
  return hasKey(text, deskCommentKey(ref)) && text.replace(ending, "") === newDeskComment(blocksOf(text));
}

/** Those of the comments of one issue whose authors count, the oldest first: that one is used. */
export function countedComments(trust: Trust, repository: Repository, comments: readonly DeskComment[]): readonly DeskComment[] {
  return comments.filter(({ author }) => trust.counts(repository, author)).toSorted((a, b) => a.id - b.id);
}

/** The text of a new comment that keeps these blocks; its key is added when it is sent. */
export function newDeskComment(blocks: string): string {
  return `${intro}\n\n${blocks.trim()}`;
}

/**
 * The issue as the rest of the product reads it. Where its author does not count, marks in its own text are shown as text;
 * what the oldest comment that counts keeps stands below it. Where the author counts and there is such a comment, as after
 * somebody joined the team, marks in both count.
 */
export function applyMarks(bare: RepositoryIssue, comments: readonly DeskComment[], trust: Trust): MarkedIssue {
  const { repository, number } = bare.ref;
  const own = comments.filter(({ issue }) => issue === number);
  const counts = trust.counts(repository, authorOf(bare));
  const [comment] = countedComments(trust, repository, own);
  const ignored = [
    ...(counts ? [] : ignoredIn(bare.author, bare.body)),
    ...own.flatMap(({ author, text }) => (trust.counts(repository, author) ? [] : ignoredIn(author.login, text))),
  ];
  const placed: MarkedIssue = counts && comment === undefined ? bare : withDeskComment(bare, { own: bare.body, counts, ...(comment === undefined ? {} : { comment }) });
  return ignored.length === 0 ? placed : { ...placed, ignoredMarks: ignored };
}

/** The issue with its own text and that of the comment as they now are. */
export function withDeskComment(issue: RepositoryIssue, elsewhere: CommentContent): MarkedIssue {
  const { own, counts, comment } = elsewhere;
  const text = counts ? own : escapeOwnMarks(own);
  if (comment === undefined) return { ...issue, body: text, elsewhere };
  return { ...issue, body: text + blockGap(text) + dividerOf(comment) + lineBreakOf(text) + blocksOf(comment.text), elsewhere };
}

/** The two texts that a body of `withDeskComment` is written to after it was edited: all else of both stays to the byte. */
interface DividedBody {
  /** The issue's own text. */
  readonly own: string;
  /** What the comment is to keep; absent where there is neither a comment nor anything to keep. */
  readonly blocks?: string;
}

/** Divides a body that was edited; without `elsewhere` all of it is the issue's own text. */
export function divideBody(body: string, elsewhere: CommentContent | undefined): DividedBody {
  if (elsewhere === undefined) return { own: body };
  const { own, counts, comment } = elsewhere;
  if (comment === undefined) {
    const text = escapeOwnMarks(own);
    if (!body.startsWith(text)) throw new Error("A text was edited in which nothing counts");
    const blocks = body.slice(text.length).trim();
    return blocks === "" ? { own } : { own, blocks };
  }
  const lines = splitLines(body);
  const divider = lines.findIndex(({ text }) => text === dividerOf(comment));
  const blocks = joinLines(lines.slice(divider + 1));
  if (!counts) return { own, blocks };
  const before = joinLines(lines.slice(0, divider));
  return { own: before.slice(0, before.length - blockGap(own).length), blocks };
}

/** The comment's text with other blocks in it; what people wrote around them stays. */
export function withBlocks(text: string, blocks: string): string {
  if (blocks === blocksOf(text)) return text;
  const begins = beginning.exec(text);
  const start = begins === null ? 0 : begins.index + begins[0].length;
  const end = start + (ending.exec(text.slice(start))?.index ?? text.length - start);
  return text.slice(0, start) + blocks.replace(/[\r\n]+$/, "") + text.slice(end);
}

function blocksOf(text: string): string {
  const rest = text.replace(ending, "");
  const begins = beginning.exec(rest);
  return begins === null ? rest : rest.slice(begins.index + begins[0].length);
}

function dividerOf({ id }: DeskComment): string {
  return `<!-- desk:kept comment=${id} -->`;
}

function ignoredIn(by: string, text: string): readonly IgnoredMarks[] {
  const marks = ownMarksIn(text).filter((name) => name !== "kept" && name !== "key");
  return marks.length === 0 ? [] : [{ by, marks }];
}
