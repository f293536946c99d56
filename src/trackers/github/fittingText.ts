import type { Issue } from "../../core/issue/issue";
import { longestRun, moveOut, takeOut, type LongRun, type RunPlace, type TakenApart } from "./movedRuns";
import type { WholeIssue } from "./wholeIssue";

/** The most characters the server keeps in a text: an issue's, or a comment's. */
export const mostOfText = 65_536;

/** What the key of a write may take of that. */
export const roomForKey = 300;

/** An issue's text and the comments that keep its runs: as they shall be `after`, and as they stand on the server. */
export interface IssueText {
  readonly kind: "fits";
  readonly after: TakenApart;
  readonly body: string;
  /** The comments' texts, by their ids. */
  readonly comments: ReadonlyMap<number, string>;
}

/** A text that has no room; without a run in it that can move, it cannot be written. */
export interface FullText {
  readonly kind: "full";
  readonly longest: LongRun | undefined;
  readonly length: number;
}

/** How the whole text of `wanted` is written, runs that have a place there and no room here in their comments. */
export function fittingText(now: WholeIssue, wanted: Issue, places: ReadonlyMap<string, RunPlace>): IssueText | FullText {
  const { repository } = wanted.ref;
  const known = now.kept ?? [];
  let after = takeOut(wanted.body, known);
  const comments = new Map(known.map(({ comment, text }) => [comment, text]));
  for (const [run, place] of places) {
    if (after.body.length <= mostOfText) break;
    after = moveOut(after, run, place, repository);
    comments.set(place.comment, place.text);
  }
  const long = [after.body, ...after.kept.map(({ text }) => text)].find((text) => text.length > mostOfText);
  // A label may still be changed where a person filled the text to the brim.
  if (long === undefined || wanted.body === now.body) return { kind: "fits", after, body: takeOut(now.body, known).body, comments };
  return { kind: "full", longest: long === after.body ? longestRun(after.body, mostOfText - roomForKey) : undefined, length: long.length };
}
