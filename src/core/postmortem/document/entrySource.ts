import { decodeMarkValue, encodeMarkValue } from "../../markup/hiddenMark";
import { normalField } from "../../markup/textLines";
import type { PostmortemEntry } from "../postmortem";

/** What the Source cell of a row states. */
export type EntrySource = Pick<PostmortemEntry, "source" | "inferred" | "internal" | "origin">;

const originMark = /<!--[ \t]*desk:entry[ \t]+([^\s<>]+)(?:[ \t]+([^\s<>]+))?[ \t]*-->/;

/** Blanks are matched from their start only, so that a long run of them takes linear time. */
const lastMark = /(?<![ \t])[ \t]*<!--[ \t]*desk:entry[^<>]*-->$/;

const hiddenMark = /^[ \t]*<!--[ \t]*desk:hidden((?:[ \t]+[^\s<>]+)*)[ \t]*-->[ \t]*$/;

/** Parses a Source cell: the source, then `inferred` and `internal`, then the hidden mark of the event. */
export function readSource(cell: string): EntrySource {
  const [mark = "", key, hash = ""] = originMark.exec(cell) ?? [];
  const flags = new Set<string>();
  let source = cell.replace(mark, "").trim();
  for (;;) {
    const comma = source.lastIndexOf(",");
    const last = source.slice(comma + 1).trim().toLowerCase();
    if (last !== "inferred" && last !== "internal") break;
    flags.add(last);
    source = source.slice(0, Math.max(0, comma)).trim();
  }
  return {
    source: normalField(source),
    ...(flags.has("inferred") ? { inferred: true } : {}),
    ...(flags.has("internal") ? { internal: true } : {}),
    ...(key === undefined ? {} : { origin: { key: decodeMarkValue(key), hash: decodeMarkValue(hash) } }),
  };
}

/** The key, as it is written, of the event that a line is marked with. */
export function eventKey(line: string): string | undefined {
  return originMark.exec(line)?.[1];
}

/** The mark of an event at the end of a text, with the blanks before it. Empty if there is none. */
export function markAtEnd(text: string): string {
  return lastMark.exec(text)?.[0] ?? "";
}

/** The text of a Source cell. */
export function writeSource({ source, inferred, internal, origin }: EntrySource): string {
  // A source that somebody typed or pasted cannot stand for another event.
  const words = [normalField(source).replace(/<!--(?=[ \t]*desk:)/g, "<\\!--"), ...(inferred === true ? ["inferred"] : []), ...(internal === true ? ["internal"] : [])].filter((word) => word !== "");
  const mark = origin === undefined || origin.key === "" ? [] : [`<!-- ${["desk:entry", origin.key, origin.hash].map(encodeKey).filter((word) => word !== "").join(" ")} -->`];
  return [words.join(", "), ...mark].filter((part) => part !== "").join(" ");
}

/** The keys of hidden events in a line. Returns `undefined` if the line is not their mark. */
export function readHidden(line: string): readonly string[] | undefined {
  const found = hiddenMark.exec(line);
  return found === null ? undefined : (found[1] ?? "").split(/[ \t]+/).filter((key) => key !== "").map(decodeMarkValue);
}

/** The line that contains the keys of hidden events. */
export function writeHidden(keys: readonly string[]): string {
  return `<!-- ${["desk:hidden", ...keys.map(encodeKey)].join(" ")} -->`;
}

/** A bar would end the cell. */
function encodeKey(key: string): string {
  return encodeMarkValue(key).replaceAll("|", "%7C");
}
