/** What an HTML comment of ours says: bare words in order, and named values. */
export interface MarkContent {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** A value as it may stand in a comment: without spaces, `<`, `>`, `=`, `--`, control or direction characters. */
export function encodeMarkValue(value: string): string {
  return value.replace(/[\s\p{Cc}\p{Cf}\p{Cs}%<>=,"'`]|-(?=-|$)/gu, (found) =>
    [...Array(found.length).keys()].map((index) => encodeUnit(found.charCodeAt(index))).join(""),
  );
}

function encodeUnit(unit: number): string {
  const digits = unit.toString(16).toUpperCase();
  return unit < 0x100 ? `%${digits.padStart(2, "0")}` : `%u${digits.padStart(4, "0")}`;
}

/** The value that `encodeMarkValue` was given. */
export function decodeMarkValue(text: string): string {
  return text.replace(/%(?:u([0-9A-F]{4})|([0-9A-F]{2}))/g, (_all, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? "", 16)),
  );
}

/** The inside of a comment; values that are `undefined` are left out. */
export function formatMark(words: readonly string[], values: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeMarkValue(value)}`]));
  return [...words.map(encodeMarkValue), ...named].join(" ");
}

/** The words and values inside a comment; of two values with one name the first counts. */
export function readMark(text: string): MarkContent {
  const words: string[] = [];
  const values = new Map<string, string>();
  for (const part of text.trim().split(/\s+/)) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) words.push(decodeMarkValue(part));
    else if (!values.has(part.slice(0, equals))) values.set(part.slice(0, equals), decodeMarkValue(part.slice(equals + 1)));
  }
  return { words, values };
}

/** A text in which no HTML comment begins, so that it can neither hide what follows nor pass for a mark of ours. */
export function escapeComments(text: string): string {
  return text.replace(/<(\\*)!--/g, "<\\$1!--");
}

/** The text that `escapeComments` was given. */
export function unescapeComments(text: string): string {
  return text.replace(/<\\(\\*)!--/g, "<$1!--");
}

/** A person's text in which nothing passes for a mark of ours; all else, other comments too, stays to the byte. */
export function escapeOwnMarks(text: string): string {
  return text.replace(/<(\\*)!--(?=[ \t]*\/?[ \t]*desk:)/g, "<\\$1!--");
}

/** The names of the marks of ours that stand in a text, as in `clock` and `run`, each once. */
export function ownMarksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/<!--[ \t]*\/?[ \t]*desk:([a-z]*)/g)].map(([, name = ""]) => name))];
}

/** The text on one line: each line break with the blanks around it becomes one space. */
export function oneLine(text: string): string {
  return text.replace(/[ \t]*[\r\n]+[ \t]*/g, " ");
}
