/** A cell's place in its line, without the space around it. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
}

/** The cells of a table row. A pipe after a backslash belongs to its cell. */
export function splitCells(line: string): readonly CellSpan[] {
  const bars = [...line.matchAll(/\|/g)].map(({ index }) => index).filter((index) => line[index - 1] !== "\\");
  const cells = [-1, ...bars].map((bar, index) => trimSpan(line, bar + 1, bars[index] ?? line.length));
  const first = line.trimStart().startsWith("|") ? 1 : 0;
  const last = cells.at(-1);
  const end = bars.length > 0 && last?.start === last?.end ? cells.length - 1 : cells.length;
  return cells.slice(first, Math.max(first, end));
}

function trimSpan(line: string, start: number, end: number): CellSpan {
  const text = line.slice(start, end);
  const inner = text.trim();
  const from = inner === "" ? start + Math.min(text.length, 1) : start + text.length - text.trimStart().length;
  return { start: from, end: from + inner.length };
}

/** A text as a cell holds it: line breaks as `<br>`, pipes escaped. */
export function encodeCell(text: string): string {
  return normalCell(text)
    .replace(/(\\*)\|/g, (_all, slashes: string) => `${"&#92;".repeat(slashes.length)}\\|`)
    .replaceAll("\n", "<br>");
}

/** The text of a cell. */
export function decodeCell(cell: string): string {
  return normalCell(cell.replace(/\\\|/g, "&#124;"));
}

/** A text as a cell gives it back: `<br>`, `&#124;` and `&#92;` are what they stand for, other control signs are spaces. */
export function normalCell(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u2028\u2029]/gu, (found) => (found === "\n" ? found : " "))
    .replace(/<br[ \t]*\/?>|&#124;|&#92;/gi, (found) => (found === "&#124;" ? "|" : found === "&#92;" ? "\\" : "\n"))
    .trim();
}
