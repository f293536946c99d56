/** One line of a text and the line break it ends with: `""` on a last line without one. */
export interface BodyLine {
  readonly text: string;
  readonly end: string;
}

/** The lines of a text; `joinLines` gives the same text back to the byte. */
export function splitLines(text: string): readonly BodyLine[] {
  const lines: BodyLine[] = [];
  for (const [, line = "", end = ""] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (line !== "" || end !== "") lines.push({ text: line, end });
  }
  return lines;
}

/** The text that `splitLines` was given. */
export function joinLines(lines: readonly BodyLine[]): string {
  return lines.map((line) => line.text + line.end).join("");
}

/** The line break that a text uses first, `\n` when it has none. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/**
 * A text as a section of the file can hold it: no blank lines around it, `\n` between lines, a fence that was left open
 * is closed, and a heading that would begin a section of its own is one level lower.
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

/** The part of a text between the blank lines around it. */
function trimLines(text: string): string {
  return text.slice(leadingBlank(text)).trimEnd();
}

/** How many characters of blank lines a text begins with. */
export function leadingBlank(text: string): number {
  return /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)?.[0].length ?? 0;
}

/** A text on one line, without space around it. */
export function normalField(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A line of a Markdown text: where it begins, its text, its line break, and whether it is inside a fenced block. */
export interface MarkdownLine {
  readonly start: number;
  readonly text: string;
  readonly end: string;
  readonly fenced: boolean;
}

interface MarkdownLines {
  readonly lines: readonly MarkdownLine[];
  /** What would close the fence that is still open at the end. */
  readonly openFence?: string;
}

/** The lines of a text from the offset on; the lines of a fence count as inside it. */
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

/** The words of an ATX heading of that level; `undefined` for any other line. */
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
