import { compareInstants, latest } from "../model/instant";
import type { Acknowledgement, ClockMark, Instant } from "../model/issue";
import { appendBlock } from "./checklistRegion";
import { decodeMarkValue, encodeMarkValue, formatMark, markedInstant, readMark } from "./hiddenMark";
import { joinLines, splitLines } from "./textLines";

const line = /^<!-- desk:clock((?: [^<>]*)?) -->[ \t]*$/;

/** Parses the clock marks of an issue's text. Invalid marks are ignored. */
export function readClock(body: string): ClockMark {
  if (!body.includes("desk:clock")) return {};
  const found = splitLines(body).flatMap(({ text }) => line.exec(text)?.[1] ?? []);
  return found.map(readLine).reduce(mergeClocks, {});
}

/** Merges clock marks into the text. The line is added at the end if there is none, and the same text is returned if nothing changes. */
export function noteClock(body: string, marks: ClockMark): string {
  const before = readClock(body);
  const merged = mergeClocks(before, marks);
  if (sameClock(before, merged)) return body;
  const text = renderClock(merged);
  const lines = splitLines(body);
  const first = lines.findIndex((each) => line.test(each.text));
  if (first < 0) return appendBlock(body, text);
  return joinLines(lines.flatMap((each, index) => (index === first ? [{ ...each, text }] : line.test(each.text) ? [] : [each])));
}

/**
 * Merges two sets of marks. The result does not depend on their order (earliest acknowledgement that was not withdrawn, latest
 * update and resolution), except for the reported time, where the second set wins.
 */
function mergeClocks(a: ClockMark, b: ClockMark): ClockMark {
  const withdrawn = laterOf(a.withdrawn, b.withdrawn);
  const [first, ...others] = mergeAcknowledgements([...acknowledgementsOf(a), ...acknowledgementsOf(b)], withdrawn);
  return {
    ...given("reported", b.reported ?? a.reported),
    ...given("acknowledged", first?.at),
    ...given("by", first?.by),
    ...(others.length === 0 ? {} : { later: others }),
    ...given("withdrawn", withdrawn),
    ...given("updated", laterOf(a.updated, b.updated)),
    ...given("resolved", laterOf(a.resolved, b.resolved)),
  };
}

function acknowledgementsOf({ acknowledged, by, later = [] }: ClockMark): readonly Acknowledgement[] {
  return acknowledged === undefined ? later : [{ at: acknowledged, ...(by === undefined ? {} : { by }) }, ...later];
}

/** The acknowledgements that still count, without duplicates, in order. */
function mergeAcknowledgements(all: readonly Acknowledgement[], withdrawn: Instant | undefined): readonly Acknowledgement[] {
  const byInstant = new Map<Instant, Acknowledgement>();
  for (const each of all) {
    if (withdrawn !== undefined && compareInstants(each.at, withdrawn) <= 0) continue;
    const known = byInstant.get(each.at)?.by;
    byInstant.set(each.at, known === undefined || (each.by !== undefined && each.by < known) ? each : { at: each.at, by: known });
  }
  return [...byInstant.values()].toSorted((a, b) => compareInstants(a.at, b.at));
}

function laterOf(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? (a ?? b) : latest([a, b]);
}

function renderClock({ reported, acknowledged, by, later = [], ...rest }: ClockMark): string {
  const others = later.map((each) => `${each.at}/${encodeMarkValue(each.by ?? "")}`).join(" ");
  return `<!-- ${formatMark(["desk:clock"], { reported, acknowledged, by, later: others === "" ? undefined : others, ...rest })} -->`;
}

function readLater(text: string): readonly Acknowledgement[] {
  return text.split(" ").flatMap((each) => {
    const [, marked, by = ""] = /^([^/]*)\/(.*)$/.exec(each) ?? [];
    const at = markedInstant(marked);
    return at !== undefined ? [{ at, ...(by === "" ? {} : { by: decodeMarkValue(by) }) }] : [];
  });
}

function readLine(text: string): ClockMark {
  const { values } = readMark(text);
  const at = (name: string): Instant | undefined => markedInstant(values.get(name));
  const later = readLater(values.get("later") ?? "");
  return {
    ...given("reported", at("reported")),
    ...given("acknowledged", at("acknowledged")),
    ...given("by", values.get("by")),
    ...(later.length === 0 ? {} : { later }),
    ...given("withdrawn", at("withdrawn")),
    ...given("updated", at("updated")),
    ...given("resolved", at("resolved")),
  };
}

function sameClock(a: ClockMark, b: ClockMark): boolean {
  return renderClock(a) === renderClock(b);
}

function given<K extends Exclude<keyof ClockMark, "later">>(name: K, value: string | undefined): ClockMark {
  return value === undefined ? {} : { [name]: value };
}
