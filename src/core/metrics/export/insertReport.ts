interface Cursor {
  readonly line: number;
  readonly character: number;
}

/**
 * Where a report is inserted for a cursor: there if the cursor is before a block of lines or in an empty line, otherwise after the
 * block, so that a paragraph, a list or a table stays whole. A block ends at an empty line.
 */
export function insertionPlace(lines: readonly string[], cursor: Cursor): Cursor {
  const isBlank = (line: number): boolean => (lines[line] ?? "").trim() === "";
  if (isBlank(cursor.line) || (cursor.character === 0 && isBlank(cursor.line - 1))) return cursor;
  let { line } = cursor;
  while (!isBlank(line + 1)) line += 1;
  return { line, character: lines[line]?.length ?? 0 };
}

/** The text of a report as it is inserted between two parts of a document: with an empty line on both sides where there is text. */
export function insertionAt(text: string, before: string, after: string): string {
  const lines = before.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  const above = before.trim() === "" || (last.trim() === "" && (lines.at(-2) ?? "").trim() === "") ? "" : last.trim() === "" ? "\n" : "\n\n";
  const breaks = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(after)?.[0].match(/\r\n|\r|\n/g)?.length ?? 0;
  const below = "\n".repeat(Math.max(0, (after.trim() === "" ? 1 : 2) - breaks));
  return `${above}${text.replace(/\n+$/, "")}${below}`;
}
