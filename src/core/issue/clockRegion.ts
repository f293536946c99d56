import type { ClockMark } from "../duty/clockMark";
import { joinLines, splitLines } from "./bodyLines";
import { compareInstants } from "./compareInstants";
import { formatMark, readMark } from "./hiddenMark";
import type { Instant } from "./issue";
import { appendBlock } from "./runRegion";

const line = /^<!-- desk:clock((?: [^<>]*)?) -->[ \t]*$/;
/** An instant of a year that every calendar can count with. */
const instant = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** What the text says of its clock; what is garbled counts for nothing. */
export function readClock(body: string): ClockMark {
  if (!body.includes("desk:clock")) return {};
  const found = splitLines(body).flatMap(({ text }) => line.exec(text)?.[1] ?? []);
  return found.map(readLine).reduce(mergeClocks, {});
}

/** The text with these marks merged into its line, which is made at the end where there is none; the very same text where it says them already. */
export function noteClock(body: string, marks: ClockMark): string {
  const before = readClock(body);
  const merged = mergeClocks(before, marks);
  if (sameClock(before, merged)) return body;
  const text = `<!-- ${formatMark(["desk:clock"], { ...merged })} -->`;
  const lines = splitLines(body);
  const first = lines.findIndex((each) => line.test(each.text));
  if (first < 0) return appendBlock(body, text);
  return joinLines(lines.flatMap((each, index) => (index === first ? [{ ...each, text }] : line.test(each.text) ? [] : [each])));
}

/** Two marks together. In any order: first acknowledged, last updated and resolved. When it was reported is what was said last. */
function mergeClocks(a: ClockMark, b: ClockMark): ClockMark {
  const first = pick(a.acknowledged, b.acknowledged, -1);
  const by = first === undefined ? undefined : a.acknowledged === first ? (a.by ?? b.by) : b.by;
  return {
    ...given("reported", b.reported ?? a.reported),
    ...given("acknowledged", first),
    ...given("by", by),
    ...given("updated", pick(a.updated, b.updated, 1)),
    ...given("resolved", pick(a.resolved, b.resolved, 1)),
  };
}

function pick(a: Instant | undefined, b: Instant | undefined, order: 1 | -1): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareInstants(a, b) * order >= 0 ? a : b;
}

function readLine(text: string): ClockMark {
  const { values } = readMark(text);
  const at = (name: string): Instant | undefined => {
    const value = values.get(name);
    return value !== undefined && instant.test(value) ? value : undefined;
  };
  return {
    ...given("reported", at("reported")),
    ...given("acknowledged", at("acknowledged")),
    ...given("by", values.get("by")),
    ...given("updated", at("updated")),
    ...given("resolved", at("resolved")),
  };
}

function sameClock(a: ClockMark, b: ClockMark): boolean {
  return a.reported === b.reported && a.acknowledged === b.acknowledged && a.by === b.by && a.updated === b.updated && a.resolved === b.resolved;
}

function given<K extends keyof ClockMark>(name: K, value: string | undefined): ClockMark {
  return value === undefined ? {} : { [name]: value };
}
