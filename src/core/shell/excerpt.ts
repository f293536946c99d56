/** Some lines of an output, and how many were left out between `head` and `tail`; nothing was when `left` is 0. */
export interface Excerpt {
  readonly head: string;
  readonly left: number;
  readonly tail: string;
}

/** The first and last lines of a text, of at most as many lines and characters altogether. */
export function excerptOf(text: string, most: { readonly lines: number; readonly characters: number }): Excerpt {
  const lines = text.split("\n");
  if (lines.length <= most.lines && text.length <= most.characters) return { head: text, left: 0, tail: "" };
  const first = Math.min(Math.floor(most.lines / 4), lines.length);
  const longest = Math.max(1, Math.floor(most.characters / Math.min(lines.length, most.lines)));
  const few = lines.length <= most.lines;
  const shown = (part: readonly string[]): string => part.map((line) => cut(line, longest)).join("\n");
  if (few) return { head: shown(lines), left: 0, tail: "" };
  return { head: shown(lines.slice(0, first)), left: lines.length - most.lines, tail: shown(lines.slice(first - most.lines)) };
}

function cut(line: string, longest: number): string {
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}\u2026`;
}
