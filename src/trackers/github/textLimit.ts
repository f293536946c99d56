import type { Issue } from "../../core/model/issue";
import { type DeskComment, divideBody, newDeskComment, withBlocks } from "./deskComment";
import { type CommentLocation, type LongChecklist, longestChecklist, moveOut, type SplitBody, takeOut } from "./longChecklists";
import type { FullIssue } from "./fullIssue";

/** Maximum number of characters in the text of an issue or comment on the server. */
export const maxTextLength = 65_536;

/** Number of these characters that are reserved for the key of a write. */
export const roomForKey = 300;

/** The new texts of an issue, and its texts on the server `before`. */
export interface IssueText {
  readonly kind: "fits";
  /** The issue's own text. */
  readonly own: string;
  readonly before: string;
  /** The issue's desk comment with its new text. */
  readonly desk?: { readonly comment: DeskComment; readonly text: string };
  /** The checklists in comments with their new texts. */
  readonly kept: SplitBody["kept"];
  /** Texts of the comments with checklists on the server, by id. */
  readonly comments: ReadonlyMap<number, string>;
}

/** A text that is too long. If it contains no checklist that can be moved, it cannot be written. */
interface FullText {
  readonly kind: "full";
  readonly longest: LongChecklist | undefined;
  readonly length: number;
}

/** Marks that do not count in the issue's own text and have no comment yet. */
export interface MissingComment {
  readonly kind: "noComment";
  /** The initial text of the comment. */
  readonly text: string;
}

/** Distributes the text of `wanted`: checklists with a known comment that do not fit go there. */
export function fittingText(now: FullIssue, wanted: Issue, places: ReadonlyMap<string, CommentLocation>): IssueText | FullText | MissingComment {
  const { repository } = wanted.ref;
  const { kept: known = [], elsewhere } = now;
  const comment = elsewhere?.comment;
  let after = takeOut(wanted.body, known);
  const comments = new Map(known.map((each) => [each.comment, each.text]));
  const textsOf = (body: string): { readonly own: string; readonly desk?: string } => {
    const { own, blocks } = divideBody(body, elsewhere);
    return { own, ...(blocks === undefined ? {} : { desk: comment === undefined ? newDeskComment(blocks) : withBlocks(comment.text, blocks) }) };
  };
  const most = comment === undefined && elsewhere !== undefined ? maxTextLength - roomForKey : maxTextLength;
  const isLong = ({ own, desk = "" }: ReturnType<typeof textsOf>): boolean => own.length > maxTextLength || desk.length > most;
  for (const [run, place] of places) {
    if (!isLong(textsOf(after.body))) break;
    after = moveOut(after, run, place, repository);
    comments.set(place.comment, place.text);
  }
  const texts = textsOf(after.body);
  const long = isLong(texts) ? Math.max(texts.own.length, texts.desk?.length ?? 0) : after.kept.find(({ text }) => text.length > maxTextLength)?.text.length;
  // If a person filled the text to the limit, labels can still be changed.
  if (long !== undefined && wanted.body !== now.body) return { kind: "full", longest: isLong(texts) ? longestChecklist(after.body, maxTextLength - roomForKey) : undefined, length: long };
  const before = elsewhere?.own ?? takeOut(now.body, known).body;
  if (texts.desk !== undefined && comment === undefined) return { kind: "noComment", text: texts.desk };
  return { kind: "fits", own: texts.own, before, kept: after.kept, comments, ...(comment === undefined ? {} : { desk: { comment, text: texts.desk ?? comment.text } }) };
}
