/** One line of a text and its line break: `""` on a last line without one. */
export interface BodyLine {
  readonly text: string;
  readonly end: string;
}

/** Splits a text into lines. `joinLines` restores the exact text. */
export function splitLines(text: string): readonly BodyLine[] {
  const lines: BodyLine[] = [];
  for (const [, line = "", end = ""] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (line !== "" || end !== "") lines.push({ text: line, end });
  }
  return lines;
}

/** Reverses `splitLines`. */
export function joinLines(lines: readonly BodyLine[]): string {
  return lines.map((line) => line.text + line.end).join("");
}

/** The first line break of a text, or `\n` if it has none. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/**
 * Normalizes a text for a section of the file: no surrounding blank lines, `\n` between lines, unclosed fences are closed, and
 * headings that would start a new section are one level lower.
 */
export function normalText(text: string): string {
  const { lines, openFence } = markdownLines(trimLines(text));
  const lowered = lines.map((line) => ({
    text: headingText(line, 2) === undefined ? line.text : line.text.replace("##", "###"),
    end: line.end === "" ? "" : "\n",
  }));
  const joined = joinLines(lowered);
  return openFence === undefined ? joined : `${joined}\n${openFence}`;
}

/** The text without surrounding blank lines. */
function trimLines(text: string): string {
  return text.slice(leadingBlank(text)).trimEnd();
}

/** Number of characters of leading blank lines. */
export function leadingBlank(text: string): number {
  return /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)?.[0].length ?? 0;
}

/** The text on one line, without surrounding space. */
export function normalField(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A line of a Markdown text: its offset, text, line break, and whether it is inside a fenced block. */
export interface MarkdownLine {
  readonly start: number;
  readonly text: string;
  readonly end: string;
  readonly fenced: boolean;
}

interface MarkdownLines {
  readonly lines: readonly MarkdownLine[];
  /** The closing marker of a fence that is still open at the end. */
  readonly openFence?: string;
}

/** Splits a text into lines, starting at an offset. Fence markers count as inside the fence. */
export function markdownLines(text: string, from = 0): MarkdownLines {
  const lines: MarkdownLine[] = [];
  let start = from;
  let fence: Fence | undefined;
  for (const line of splitLines(text.slice(from))) {
    if (fence !== undefined && fence.indent > 0 && isOutside(line.text, fence.indent)) fence = undefined;
    const opened = fence === undefined ? openedFence(line.text) : undefined;
    const closes = fence !== undefined && closesFence(line.text, fence);
    lines.push({ start, text: line.text, end: line.end, fenced: fence !== undefined || opened !== undefined });
    fence = closes ? undefined : (opened ?? fence);
    start += line.text.length + line.end.length;
  }
  return fence === undefined || fence.indent > 0 ? { lines } : { lines, openFence: fence.sign };
}

interface Fence {
  readonly sign: string;
  /** The indentation of the list item that the fence starts in the first line of, else 0. Such a fence ends with its item. */
  readonly indent: number;
}

function openedFence(line: string): Fence | undefined {
  const [, item = "", sign, rest = ""] = /^( {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})*)(`{3,}|~{3,})(.*)$/su.exec(line) ?? [];
  return sign === undefined || (sign.startsWith("`") && rest.includes("`")) ? undefined : { sign, indent: item.trim() === "" ? 0 : item.length };
}

function closesFence(line: string, { sign, indent }: Fence): boolean {
  const mark = (indent > 0 ? /^[ \t]*(`{3,}|~{3,})[ \t]*$/ : /^ {0,3}(`{3,}|~{3,})[ \t]*$/).exec(line)?.[1] ?? "";
  return mark[0] === sign[0] && mark.length >= sign.length;
}

function isOutside(line: string, indent: number): boolean {
  const blank = /^[ \t]*/.exec(line)?.[0] ?? "";
  return blank.length < line.length && !blank.includes("\t") && blank.length < indent;
}

/** The text of an ATX heading of that level. Returns `undefined` for any other line. */
function headingText(line: MarkdownLine, level: number): string | undefined {
  const heading = readHeading(line);
  return heading?.level === level ? heading.words : undefined;
}

/** The level and text of an ATX heading. Returns `undefined` for any other line. */
export function readHeading(line: MarkdownLine): { readonly level: number; readonly words: string } | undefined {
  if (line.fenced) return undefined;
  const found = /^ {0,3}(#{1,6})[ \t]+(?=\S)/.exec(line.text);
  if (found === null) return undefined;
  const words = line.text.slice(found[0].length).trimEnd();
  const bare = withoutTail(words, "#");
  return { level: found[1]?.length ?? 0, words: bare !== words && /[ \t]$/.test(bare) ? bare.trimEnd() : words };
}

function withoutTail(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}
