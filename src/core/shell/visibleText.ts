const reordering = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
const hidden = new RegExp(`[${reordering}]|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115F\\u1160\\u3164\\uFFA0]|(?! )\\p{Zs}`, "gu");
const refused = new RegExp(`(?![\\t\\n])\\p{Cc}|[${reordering}]|\\p{Cs}|\\p{Zl}|\\p{Zp}`, "gu");

/** The text with everything that cannot be seen, or shows other text in another order, written out as in `\u{202E}`. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => (character === "\n" || character === "\t" ? character : written(character)));
}

/** The same in one line: line ends and tabs are written out too, as `\n` and `\t`. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** What in a text could do or show something else than it seems, each once and written out: control characters but tab and line end, and marks that reorder text. */
export function hiddenCharacters(text: string): readonly string[] {
  return [...new Set(text.match(refused) ?? [])].map(written);
}

function written(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`;
}
