/** Puts `newText` in place of what stands from offset `from` to `to`, the end exclusive. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

/** The text after edits that do not overlap, in any order; their offsets are those of the text before. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.toSorted((a, b) => b.from - a.from).reduce((all, { from, to, newText }) => all.slice(0, from) + newText + all.slice(to), text);
}
