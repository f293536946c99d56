import { instantInUtc, isInstant } from "../model/instant";
import type { Instant } from "../model/issue";

/** The content of one of the desk's HTML comments: words in order, and named values. */
export interface MarkContent {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** Encodes a value for use in a comment: no spaces, `<`, `>`, `=`, `--`, control or direction characters. */
export function encodeMarkValue(value: string): string {
  return value.replace(/[\s\p{Cc}\p{Cf}\p{Cs}%<>=,"'`]|-(?=-|$)/gu, (found) =>
    [...Array(found.length).keys()].map((index) => encodeUnit(found.charCodeAt(index))).join(""),
  );
}

function encodeUnit(unit: number): string {
  const digits = unit.toString(16).toUpperCase();
  return unit < 0x100 ? `%${digits.padStart(2, "0")}` : `%u${digits.padStart(4, "0")}`;
}

/** Decodes the output of `encodeMarkValue`. */
export function decodeMarkValue(text: string): string {
  return text.replace(/%(?:u([0-9A-F]{4})|([0-9A-F]{2}))/g, (_all, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? "", 16)),
  );
}

/** Formats the inside of a comment. Values that are `undefined` are omitted. */
export function formatMark(words: readonly string[], values: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeMarkValue(value)}`]));
  return [...words.map(encodeMarkValue), ...named].join(" ");
}

/** Parses the inside of a comment. The first of several values with the same name counts. */
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

const instantPattern = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** Whether the text of a mark is an instant, in a plausible year that every calendar library supports. */
export function isMarkedInstant(text: string): boolean {
  return instantPattern.test(text) && isInstant(text);
}

/** The instant that a mark says, in UTC. People and other tools also write an offset, or no seconds. `undefined` for any other text. */
export function markedInstant(text: string | undefined): Instant | undefined {
  if (text === undefined || isMarkedInstant(text)) return text;
  const at = isInstant(text) ? instantInUtc(text) : undefined;
  return at !== undefined && isMarkedInstant(at) ? at : undefined;
}

/** Escapes the start of HTML comments, so that the text can neither hide what follows nor imitate a mark. */
export function escapeComments(text: string): string {
  return text.replace(/<(\\*)!--/g, "<\\$1!--");
}

/** Reverses `escapeComments`. */
export function unescapeComments(text: string): string {
  return text.replace(/<\\(\\*)!--/g, "<$1!--");
}

/** Escapes only what imitates one of the desk's marks. All other text, including other comments, keeps every byte. */
export function escapeOwnMarks(text: string): string {
  return text.replace(/<(\\*)!--(?=[ \t]*(?:\/[ \t]*)?desk:)/g, "<\\$1!--");
}

/** Names of the desk's marks in a text, such as `clock` and `run`, without duplicates. */
export function ownMarksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/<!--[ \t]*(?:\/[ \t]*)?desk:([a-z]*)/g)].map(([, name = ""]) => name))];
}

/** The text on one line. Each line break and the blanks around it become one space. */
export function oneLine(text: string): string {
  // Blanks are matched from their start only, so that a long run of them takes linear time.
  return text.replace(/(?:(?<![ \t])[ \t]+)?[\r\n]+[ \t]*/g, " ");
}
