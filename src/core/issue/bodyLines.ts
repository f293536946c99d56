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
