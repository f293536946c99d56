import type { Issue } from "../../core/model/issue";
import { type DeskComment, divideBody, newDeskComment, withBlocks } from "./deskComment";
import { type CommentLocation, type LongChecklist, longestChecklist, moveOut, type SplitBody, takeOut } from "./longChecklists";
import type { WholeIssue } from "./wholeIssue";

/** The most characters the server keeps in a text: an issue's, or a comment's. */
export const maxTextLength = 65_536;

/** What the key of a write may take of that. */
export const roomForKey = 300;

/** An issue's texts as they shall be, and as they stand on the server `before`. */
export interface IssueText {
  readonly kind: "fits";
  /** The issue's own text. */
  readonly own: string;
  readonly before: string;
  /** The desk's comment of the issue with the text that it is to have. */
  readonly desk?: { readonly comment: DeskComment; readonly text: string };
  /** The runs that comments keep, with the texts that these are to have. */
  readonly kept: SplitBody["kept"];
  /** Texts of the comments that keep runs as they stand on the server, by their ids. */
  readonly comments: ReadonlyMap<number, string>;
}

/** A text that has no room; without a run in it that can move, it cannot be written. */
interface FullText {
  readonly kind: "full";
  readonly longest: LongChecklist | undefined;
  readonly length: number;
}

/** There is something to keep that does not count in the issue's own text, and no comment for it yet. */
export interface TextWithoutPlace {
  readonly kind: "noPlace";
  /** What the comment begins with. */
  readonly text: string;
}

/** How the whole text of `wanted` is written, runs that have a place there and no room here in their comments. */
export function fittingText(now: WholeIssue, wanted: Issue, places: ReadonlyMap<string, CommentLocation>): IssueText | FullText | TextWithoutPlace {
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
  // A label may still be changed where a person filled the text to the brim.
  if (long !== undefined && wanted.body !== now.body) return { kind: "full", longest: isLong(texts) ? longestChecklist(after.body, maxTextLength - roomForKey) : undefined, length: long };
  const before = elsewhere?.own ?? takeOut(now.body, known).body;
  if (texts.desk !== undefined && comment === undefined) return { kind: "noPlace", text: texts.desk };
  return { kind: "fits", own: texts.own, before, kept: after.kept, comments, ...(comment === undefined ? {} : { desk: { comment, text: texts.desk ?? comment.text } }) };
}
