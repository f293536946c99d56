import type { FieldValue } from "../model/checklist";
import { isInstant } from "../model/instant";
import { fieldNamePattern } from "../model/stepRequests";
import { escapeComments, formatMark, oneLine, readMark, unescapeComments } from "./hiddenMark";
import { inertText, withoutInertMarks } from "./inertText";
import type { BodyLine } from "./textLines";

const line = /^([^]*)<!-- desk:value ([^<>]*) -->[ \t]*$/;

/** What precedes the value. The bullet differs from that of steps, so that values are a list of their own. */
const label = /^[ \t]*[-*+] \*\*[^*\r\n]*:\*\* ?/;

const longestShown = 300;

/** Renders a value as a readable line of a checklist's region. The hidden mark has the whole value. */
export function renderValue({ name, value, at, by }: FieldValue): string {
  return `* **${name}:** ${shown(value)} <!-- ${formatMark(["desk:value", name], { value, at, by: by === "" ? undefined : by })} -->`;
}

/** Parses a line with a value. A readable text that a person changed overrides the mark. Returns `undefined` for other lines. */
export function readValue(text: string): FieldValue | undefined {
  const found = text.includes("desk:value") ? line.exec(text) : null;
  if (found === null) return undefined;
  const { words: [name = ""], values } = readMark(found[2] ?? "");
  const at = values.get("at") ?? "";
  if (!fieldNamePattern.test(name) || !isInstant(at)) return undefined;
  const value = values.get("value") ?? "";
  const before = found[1] ?? "";
  const typed = label.test(before) ? before.replace(label, "").trim() : shown(value);
  if (typed === shown(value)) return { name, value, at, by: values.get("by") ?? "" };
  return { name, value: typed === none ? "" : withoutInertMarks(unescapeComments(typed)), at, by: "" };
}

const none = "–";

/** The value on one line. It mentions nobody. */
function shown(value: string): string {
  const text = oneLine(value).replace(/\p{Cc}/gu, " ").replace(/\p{Cs}/gu, "\uFFFD").trim();
  const characters = [...text];
  const short = characters.length > longestShown ? `${characters.slice(0, longestShown).join("")}…` : text;
  return short === "" ? none : escapeComments(inertText(short));
}

/** Writes values into the lines of a region: changed ones in their place, new ones below the last, otherwise below the title. */
export function placeValues(lines: readonly BodyLine[], before: readonly FieldValue[], after: readonly FieldValue[], lineBreak: string): readonly BodyLine[] {
  const changed = new Map(after.flatMap((value) => (before.some((old) => old.name === value.name && renderValue(old) === renderValue(value)) ? [] : [[value.name, value] as const])));
  const removed = new Set(before.flatMap(({ name }) => (after.some((value) => value.name === name) ? [] : [name])));
  if (changed.size + removed.size === 0) return lines;
  const placed = new Set<string>();
  const kept = lines.flatMap((each): readonly BodyLine[] => {
    const name = readValue(each.text)?.name;
    if (name !== undefined && removed.has(name)) return [];
    const value = name === undefined ? undefined : changed.get(name);
    if (name === undefined || value === undefined) return [each];
    if (placed.has(name)) return [];
    placed.add(name);
    return [{ ...each, text: renderValue(value) }];
  });
  const added = [...changed.values()].filter(({ name }) => !placed.has(name)).map((value) => ({ text: renderValue(value), end: lineBreak }));
  const last = kept.findLastIndex(({ text }) => readValue(text) !== undefined);
  const place = last >= 0 ? last + 1 : kept.findIndex(({ text }) => text.startsWith("### ")) + 1;
  return [...kept.slice(0, place), ...added, ...kept.slice(place)];
}
