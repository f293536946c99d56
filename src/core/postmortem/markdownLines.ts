import { splitLines } from "../issue/bodyLines";

/** A line of a Markdown text: where it begins, its text, its line break, and whether it is inside a fenced block. */
export interface MarkdownLine {
  readonly start: number;
  readonly text: string;
  readonly end: string;
  readonly fenced: boolean;
}

export interface MarkdownLines {
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
