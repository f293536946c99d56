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
  let fence: string | undefined;
  for (const line of splitLines(text.slice(from))) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/su.exec(line.text);
    const [sign = "", rest = ""] = [mark?.[1], mark?.[2]];
    const closes = fence !== undefined && sign[0] === fence[0] && sign.length >= fence.length && /^[ \t]*$/.test(rest);
    const opens = fence === undefined && sign !== "" && !(sign.startsWith("`") && rest.includes("`"));
    lines.push({ start, text: line.text, end: line.end, fenced: fence !== undefined || opens });
    fence = opens ? sign : closes ? undefined : fence;
    start += line.text.length + line.end.length;
  }
  return fence === undefined ? { lines } : { lines, openFence: fence };
}

/** The text of an ATX heading of that level. Returns `undefined` for any other line. */
export function headingText(line: MarkdownLine, level: number): string | undefined {
  if (line.fenced) return undefined;
  const found = /^ {0,3}(#{1,6})[ \t]+(?=\S)/.exec(line.text);
  if (found?.[1]?.length !== level) return undefined;
  const words = line.text.slice(found[0].length).trimEnd();
  const bare = withoutTail(words, "#");
  return bare !== words && /[ \t]$/.test(bare) ? bare.trimEnd() : words;
}

function withoutTail(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}
