import { blockGap } from "../../core/markup/checklistRegion";
import { escapeOwnMarks, ownMarksIn } from "../../core/markup/hiddenMark";
import { joinLines, lineBreakOf, splitLines } from "../../core/markup/textLines";
import type { IgnoredMarks, Instant } from "../../core/model/issue";
import { type IssueRef, refKey, type Repository } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { authorOf, type RepositoryIssue } from "./githubIssue";
import { hasKey } from "./keyMark";
import { type Author, type RawAuthor, readAuthor, type Trust } from "./trust";

/** A comment that stores the desk's marks of an issue whose own text does not count. */
export interface DeskComment {
  readonly id: number;
  /** Number of its issue. */
  readonly issue: number;
  readonly text: string;
  readonly author: Author;
  readonly updatedAt: Instant;
  readonly etag?: string;
}

/** The fields of a comment that are used. */
export interface RawComment extends RawAuthor {
  readonly id: number;
  readonly body?: string | null | undefined;
  readonly issue_url: string;
  readonly updated_at: string;
}

/** An issue whose marks are, or will be, stored in a comment. */
export interface CommentContent {
  /** The issue's own text on the server. */
  readonly own: string;
  /** Whether marks in its own text count in addition to those in the comment. */
  readonly counts: boolean;
  /** Absent until something is stored. */
  readonly comment?: DeskComment;
}

/** An issue with the marks that count. */
export interface MarkedIssue extends RepositoryIssue {
  readonly elsewhere?: CommentContent;
}

const sign = "<!-- desk:kept -->";

const intro = `Kept here by Response Desk for the people who work on this issue: its checklists, response clock and links. ${sign}`;

/** Quotations of such a comment do not match. */
const signed = /^(?![ \t]*>)[^\r\n]*<!-- desk:kept -->/m;

const beginning = /<!-- desk:kept -->[ \t]*(?:\r\n|\n|\r)*/;

const ending = /(?<![\r\n])[\r\n]*<!-- desk:key [^\s<>]+ -->\s*$/;

/** The key for creating an issue's desk comment. It is the same on every machine. */
export function deskCommentKey(ref: IssueRef): OperationKey {
  return `desk ${refKey(ref)}`;
}

/** The number of the issue that a comment in the list of a repository is on. */
export function issueNumberOf({ issue_url }: Pick<RawComment, "issue_url">): number {
  return Number(/\/issues\/(\d+)$/.exec(issue_url)?.[1]);
}

/** Parses a desk comment. `Trust` decides whether its author counts. */
export function readDeskComment(raw: RawComment, etag?: string): DeskComment | undefined {
  const issue = issueNumberOf(raw);
  const text = raw.body ?? "";
  if (!isDeskComment(text) || !Number.isSafeInteger(issue)) return undefined;
  return { id: raw.id, issue, text, author: readAuthor(raw), updatedAt: raw.updated_at, ...(etag === undefined ? {} : { etag }) };
}

/** Whether a text is that of a desk comment. */
export function isDeskComment(text: string): boolean {
  return text.includes(sign) && signed.test(text);
}

/** Whether the comment belongs to this issue and contains only our text, so that a duplicate of it can be removed. */
export function isOnlyOurs(text: string, ref: IssueRef): boolean {
  return hasKey(text, deskCommentKey(ref)) && text.replace(ending, "") === newDeskComment(blocksOf(text));
}

/** The comments of one issue whose authors count, oldest first. The first one is used. */
export function countedComments(trust: Trust, repository: Repository, comments: readonly DeskComment[]): readonly DeskComment[] {
  return comments.filter(({ author }) => trust.counts(repository, author)).toSorted((a, b) => a.id - b.id);
}

/** The text of a new comment with these blocks. Its key is added when it is sent. */
export function newDeskComment(blocks: string): string {
  return `${intro}\n\n${blocks.trim()}`;
}

/**
 * The issue with its marks. If the author does not count, marks in the own text are shown as text, and the blocks of the oldest
 * comment that counts are appended. If the author counts and there is such a comment, as after somebody joined the team, marks
 * in both count.
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

/** The issue with the current text of its own and of the comment. */
export function withDeskComment(issue: RepositoryIssue, elsewhere: CommentContent): MarkedIssue {
  const { own, counts, comment } = elsewhere;
  const text = counts ? own : escapeOwnMarks(own);
  if (comment === undefined) return { ...issue, body: text, elsewhere };
  return { ...issue, body: text + blockGap(text) + dividerOf(comment) + lineBreakOf(text) + blocksOf(comment.text), elsewhere };
}

/** An edited body of `withDeskComment`, divided into the two texts. Unchanged parts keep every byte. */
interface DividedBody {
  /** The issue's own text. */
  readonly own: string;
  /** The new content of the comment. Absent if there is no comment and nothing to store. */
  readonly blocks?: string;
}

/** Divides an edited body. Without `elsewhere`, all of it is the issue's own text. */
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

/** Replaces the blocks in a comment's text. Text that people added around them stays. */
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
