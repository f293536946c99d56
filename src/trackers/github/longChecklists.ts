import { readChecklists } from "../../core/markup/checklistRegion";
import { escapeComments, formatMark, readMark } from "../../core/markup/hiddenMark";
import { findRegions, type Region } from "../../core/markup/regions";
import { type BodyLine, joinLines, lineBreakOf, splitLines } from "../../core/markup/textLines";
import type { Repository } from "../../core/model/issueRef";
import type { Author } from "./trust";

/** The place in a body that refers to a checklist in a comment, because the body is full. */
export interface MovedChecklist {
  readonly run: string;
  readonly comment: number;
  /** The line with the reference, which a person may have edited. */
  readonly line: string;
}

/** A moved checklist and its comment as last read. */
export interface CommentChecklist extends MovedChecklist {
  /** Empty when the comment no longer exists. */
  readonly text: string;
  /** The author of the comment. Absent when the comment no longer exists. */
  readonly by?: Author;
  readonly etag?: string;
}

const movedLine = /<!-- desk:moved ([^<>]*) -->[ \t]*$/;

/** The checklists that a body refers to as moved, except those that the body contains itself. */
export function movedChecklists(body: string): readonly MovedChecklist[] {
  if (!body.includes("<!-- desk:moved ")) return [];
  const lines = splitLines(body);
  const seen = new Set(checklistRegions(lines).map(idOf));
  return lines.flatMap(({ text }) => {
    const moved = readMoved(text);
    if (moved === undefined || seen.has(moved.run)) return [];
    seen.add(moved.run);
    return [moved];
  });
}

/** Replaces the references in a body by the checklists of the comments. `takeOut` reverses this. */
export function putBack(body: string, kept: readonly CommentChecklist[]): string {
  const waiting = new Map(kept.map((each) => [each.line, each]));
  const lineBreak = lineBreakOf(body);
  return joinLines(
    splitLines(body).flatMap((line) => {
      const found = waiting.get(line.text);
      waiting.delete(line.text);
      const region = found === undefined ? undefined : ownLines(found);
      if (region === undefined) return [line];
      return region.map(({ text }, index) => ({ text, end: index === region.length - 1 ? line.end : lineBreak }));
    }),
  );
}

/** A body without the checklists in comments, and the comments. */
export interface SplitBody {
  readonly body: string;
  readonly kept: readonly CommentChecklist[];
}

/** Splits an edited body from `putBack`: each checklist goes to its comment. Unchanged text keeps every byte. */
export function takeOut(whole: string, kept: readonly CommentChecklist[]): SplitBody {
  return kept.reduce<SplitBody>(
    (parts, each) => {
      const lines = splitLines(parts.body);
      const region = checklistRegions(lines).find((found) => idOf(found) === each.run);
      if (region === undefined) return { ...parts, kept: [...parts.kept, each] };
      const text = withOwnLines(each, lines.slice(region.start, region.end + 1));
      return { body: replaceLines(lines, region, each.line), kept: [...parts.kept, { ...each, text }] };
    },
    { body: whole, kept: [] },
  );
}

/** A checklist of a body that is to be moved, and the text of its comment. */
export interface LongChecklist {
  readonly run: string;
  readonly text: string;
}

/** The longest checklist in the body itself whose comment has at most the given number of characters. */
export function longestChecklist(body: string, most: number): LongChecklist | undefined {
  const lines = splitLines(body);
  const [longest] = checklistRegions(lines)
    .map((region) => ({ region, text: `${intro}\n\n${joinLines(lines.slice(region.start, region.end + 1)).trimEnd()}` }))
    .filter(({ text }) => text.length <= most)
    .sort((a, b) => b.text.length - a.text.length);
  return longest === undefined ? undefined : { run: idOf(longest.region), text: longest.text };
}

/** The body without the lines of a checklist. */
export function withoutChecklist(body: string, run: string): string {
  const lines = splitLines(body);
  const region = checklistRegions(lines).find((found) => idOf(found) === run);
  return region === undefined ? body : joinLines([...lines.slice(0, region.start), ...lines.slice(region.end + 1)]);
}

/** The comment that a checklist is moved to. */
export interface CommentLocation {
  readonly comment: number;
  readonly by: Author;
  readonly text: string;
  readonly url: string;
}

/** Moves a checklist from the body to its comment, if it is still there. Other text of the comment stays. */
export function moveOut({ body, kept }: SplitBody, run: string, { comment, by, text, url }: CommentLocation, home: Repository): SplitBody {
  const lines = splitLines(body);
  const region = checklistRegions(lines).find((found) => idOf(found) === run);
  if (region === undefined) return { body, kept };
  const line = lineFor(run, readChecklists(body, home).find(({ id }) => id === run)?.title ?? "", comment, url);
  const moved = { run, comment, by, line, text };
  return { body: replaceLines(lines, region, line), kept: [...kept, { ...moved, text: withOwnLines(moved, lines.slice(region.start, region.end + 1)) }] };
}

function lineFor(run: string, title: string, comment: number, url: string): string {
  return `### ${escapeComments(title)} · [in a comment](${url}), for this text is full <!-- desk:moved ${formatMark([], { run, comment: String(comment) })} -->`;
}

const intro = "A checklist of this issue, kept here because the issue's own text is full.";

function readMoved(line: string): MovedChecklist | undefined {
  const values = readMark(movedLine.exec(line)?.[1] ?? "").values;
  const [run, comment] = [values.get("run") ?? "", Number(values.get("comment"))];
  return run === "" || !Number.isSafeInteger(comment) || comment < 1 ? undefined : { run, comment, line };
}

/** The lines of the comment that contain the checklist. If a person broke its marks, all lines, so that the body counts as broken too. */
function ownLines({ run, text }: CommentChecklist): readonly BodyLine[] | undefined {
  const lines = splitLines(text);
  const { regions, broken } = findRegions(lines);
  if (broken) return lines;
  const region = regions.find((found) => found.name === "run" && idOf(found) === run);
  return region === undefined ? undefined : lines.slice(region.start, region.end + 1);
}

function withOwnLines({ run, text }: CommentChecklist, own: readonly BodyLine[]): string {
  const lines = splitLines(text);
  const region = checklistRegions(lines).find((found) => idOf(found) === run);
  const lineBreak = lineBreakOf(text);
  return region === undefined ? text : replaceLines(lines, region, own.map((line) => line.text).join(lineBreak));
}

function replaceLines(lines: readonly BodyLine[], { start, end }: Region, text: string): string {
  return joinLines([...lines.slice(0, start), { text, end: lines[end]?.end ?? "" }, ...lines.slice(end + 1)]);
}

function checklistRegions(lines: readonly BodyLine[]): readonly Region[] {
  return findRegions(lines).regions.filter(({ name }) => name === "run");
}

function idOf({ mark }: Region): string {
  return mark.values.get("id") ?? "";
}
