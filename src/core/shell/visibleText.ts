const reordering = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
const hidden = new RegExp(`[${reordering}]|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115F\\u1160\\u3164\\uFFA0]|(?! )\\p{Zs}`, "gu");
const refused = new RegExp(`(?![\\t\\n])\\p{Cc}|[${reordering}]|\\p{Cs}|\\p{Zl}|\\p{Zp}`, "gu");

/** Escapes all characters that are invisible or reorder text, as in `\u{202E}`. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => (character === "\n" || character === "\t" ? character : written(character)));
}

/** The same in one line: line breaks and tabs are escaped as `\n` and `\t`. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** The hidden characters of a text, escaped and without duplicates: control characters except tab and line break, and marks that reorder text. */
export function hiddenCharacters(text: string): readonly string[] {
  return [...new Set(text.match(refused) ?? [])].map(written);
}

function written(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`;
}
