import { type MarkdownLine, markdownLines, readHeading } from "../../markup/textLines";
import { readHidden } from "./entrySource";
import { type FrontMatter, readFrontMatter } from "./frontMatter";
import { postmortemSections, type SectionName } from "../postmortem";
import { sectionOf } from "./sectionNames";
import { type HeadingStyle, underlineLevel } from "./sectionText";
import { normalTitle, splitTitle } from "./titleHeading";

/** The positions of a post-mortem's parts in its file. */
export interface Layout {
  readonly front: FrontMatter;
  readonly style: HeadingStyle;
  /** The heading of the whole file, before all sections. */
  readonly title?: Heading;
  readonly sections: readonly SectionRange[];
  readonly own: readonly OwnRange[];
  /** Lines with keys of hidden events. */
  readonly hidden: readonly MarkdownLine[];
  /** The closing marker of a fenced block that is still open at the end of the file. */
  readonly openFence?: string;
}

/** The content of a section, after the heading's line break, if there is one. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  /** The level of the heading. */
  readonly level: number;
}

export interface SectionRange extends TextSpan {
  readonly name: SectionName;
  readonly heading: string;
  readonly headingStart: number;
  readonly lines: readonly MarkdownLine[];
}

export interface OwnRange extends TextSpan {
  readonly id: string;
  readonly heading: string;
}

interface Heading {
  readonly line: MarkdownLine;
  readonly index: number;
  readonly level: number;
  readonly words: string;
  readonly underlined: boolean;
}

/** Finds the parts. Of several sections with the same name, one counts: with the usual heading, the highest, then the first. The others are custom sections. */
export function readLayout(text: string): Layout {
  const front = readFrontMatter(text);
  const { lines, openFence } = markdownLines(text, front.end);
  const all = findHeadings(lines);
  const title = findTitle(all, lines);
  const { headings, style } = applyStyle(all.filter((heading) => heading !== title));
  const starts = sectionStarts(headings);
  const sections: SectionRange[] = [];
  const own: OwnRange[] = [];
  const counts = new Map<string, number>();
  for (const [place, { heading, name }] of starts.entries()) {
    const { line, index, level, words, underlined } = heading;
    const next = starts[place + 1]?.heading;
    const first = index + (underlined ? 2 : 1);
    const last = lines[first - 1] ?? line;
    const span = { start: last.start + last.text.length + last.end.length, end: next?.line.start ?? text.length, level };
    const shown = normalTitle(words);
    if (name !== undefined) {
      sections.push({ name, heading: shown, headingStart: line.start, ...span, lines: lines.slice(first, next?.index ?? lines.length) });
      continue;
    }
    const key = shown.toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    own.push({ id: `${count} ${key}`, heading: shown, ...span });
  }
  const hidden = (sections.find(({ name }) => name === "timeline")?.lines ?? []).filter((line) => !line.fenced && readHidden(line.text) !== undefined);
  return { front, style, ...(title === undefined ? {} : { title }), sections, own, hidden, ...(openFence === undefined ? {} : { openFence }) };
}

function findHeadings(lines: readonly MarkdownLine[]): readonly Heading[] {
  return lines.flatMap((line, index): readonly Heading[] => {
    const heading = readHeading(line);
    if (heading !== undefined) return [{ line, index, ...heading, underlined: false }];
    const level = underlineLevel(lines, index);
    return level === undefined ? [] : [{ line, index, level, words: line.text.trim(), underlined: true }];
  });
}

/**
 * The first heading of the first level, unless there is another section before it. If it names a section, it must be the only one of its
 * level. Without such a heading, the first heading of the file, if it says that this is a post-mortem.
 */
function findTitle(headings: readonly Heading[], lines: readonly MarkdownLine[]): Heading | undefined {
  const top = headings.filter(({ level }) => level === 1);
  const [first] = top;
  const [start] = headings;
  if (first === undefined) return start !== undefined && splitTitle(start.words).prefix !== "" && lines.slice(0, start.index).every(({ text }) => text.trim() === "") ? start : undefined;
  const isLater = headings.some((heading) => heading.index < first.index && (heading.level === 2 || sectionOf(heading.words) !== undefined) && !heading.underlined);
  return isLater || (top.length > 1 && sectionOf(first.words) !== undefined) ? undefined : first;
}

/** The first heading that names a section decides how headings of sections are written. */
function applyStyle(headings: readonly Heading[]): { readonly headings: readonly Heading[]; readonly style: HeadingStyle } {
  const first = headings.find(({ words }) => sectionOf(words) !== undefined);
  const style: HeadingStyle = { highest: first?.level === 1 ? 1 : 2, underlined: first?.underlined ?? false };
  return { style, headings: headings.filter((heading) => (style.underlined || !heading.underlined) && (heading.level >= style.highest || sectionOf(heading.words) !== undefined)) };
}

interface SectionStart {
  readonly heading: Heading;
  /** Absent for a custom section. */
  readonly name?: SectionName;
}

/** A section ends at the next heading of its level or a higher one. A custom section also ends at a heading that names a section. */
function sectionStarts(headings: readonly Heading[]): readonly SectionStart[] {
  const named = namedHeadings(headings);
  const usualLevel = headings.find((heading) => named.has(heading))?.level;
  const starts: SectionStart[] = [];
  let last: SectionStart | undefined;
  for (const heading of headings) {
    const name = named.get(heading);
    const isFirst = last === undefined && (name !== undefined || heading.level <= 2 || heading.level === usualLevel);
    const isNext = last !== undefined && (heading.level <= last.heading.level || (last.name === undefined && name !== undefined));
    if (!isFirst && !isNext) continue;
    last = { heading, ...(name === undefined ? {} : { name }) };
    starts.push(last);
  }
  return starts;
}

/** The heading of each section. Headings below a heading that names a section are part of its text. */
function namedHeadings(headings: readonly Heading[]): ReadonlyMap<Heading, SectionName> {
  interface Candidate {
    readonly heading: Heading;
    readonly usual: boolean;
  }
  const best = new Map<SectionName, Candidate>();
  let within: number | undefined;
  for (const heading of headings) {
    if (within !== undefined && heading.level > within) continue;
    const found = sectionOf(heading.words);
    within = found === undefined ? undefined : heading.level;
    if (found === undefined || heading.level > 5) continue;
    const old = best.get(found.name);
    const isBetter = old === undefined || (found.usual !== old.usual ? found.usual : heading.level < old.heading.level);
    if (isBetter) best.set(found.name, { heading, usual: found.usual });
  }
  return new Map([...best].map(([name, { heading }]) => [heading, name]));
}

/** A section on the page: one with a standard heading, or a custom one by its id. */
export type SectionKey = { readonly kind: "standard"; readonly name: SectionName } | { readonly kind: "own"; readonly id: string };

/** All sections in the order of the file. A standard one that the file lacks comes after the one before it in the usual order. */
export function sectionOrder({ sections, own }: Pick<Layout, "sections" | "own">): readonly SectionKey[] {
  const positions: readonly { readonly key: SectionKey; readonly start: number }[] = [
    ...sections.map(({ name, start }) => ({ key: { kind: "standard", name } as const, start })),
    ...own.map(({ id, start }) => ({ key: { kind: "own", id } as const, start })),
  ];
  const order = positions.toSorted((a, b) => a.start - b.start).map(({ key }) => key);
  for (const [index, { name }] of postmortemSections.entries()) {
    if (sections.some((section) => section.name === name)) continue;
    const before = postmortemSections[index - 1]?.name;
    const at = order.findIndex((key) => key.kind === "standard" && key.name === before);
    order.splice(at + 1, 0, { kind: "standard", name });
  }
  return order;
}
