import { headingText, type MarkdownLine, markdownLines } from "../markup/textLines";
import { readHidden } from "./entrySource";
import { type FrontMatter, readFrontMatter } from "./frontMatter";
import { postmortemSections, type SectionName, sectionOf } from "./postmortem";
import { normalTitle } from "./titleHeading";

/** The positions of a post-mortem's parts in its file. */
export interface Layout {
  readonly front: FrontMatter;
  /** The first heading before all sections. */
  readonly title?: MarkdownLine;
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
}

export interface SectionRange extends TextSpan {
  readonly name: SectionName;
  readonly headingStart: number;
  readonly lines: readonly MarkdownLine[];
}

export interface OwnRange extends TextSpan {
  readonly id: string;
  readonly heading: string;
}

/** Finds the parts. The first of several sections with the same heading counts. The others are custom sections. */
export function readLayout(text: string): Layout {
  const front = readFrontMatter(text);
  const { lines, openFence } = markdownLines(text, front.end);
  const headings = lines.flatMap((line, index) => {
    const words = headingText(line, 2);
    return words === undefined ? [] : [{ line, index, words }];
  });
  const preamble = lines.slice(0, headings[0]?.index ?? lines.length);
  const title = preamble.find((line) => headingText(line, 1) !== undefined);
  const sections: SectionRange[] = [];
  const own: OwnRange[] = [];
  const counts = new Map<string, number>();
  for (const [place, { line, index, words }] of headings.entries()) {
    const name = sectionOf(words);
    const next = headings[place + 1];
    const span = { start: line.start + line.text.length + line.end.length, end: next?.line.start ?? text.length };
    if (name !== undefined && !sections.some((section) => section.name === name)) {
      sections.push({ name, headingStart: line.start, ...span, lines: lines.slice(index + 1, next?.index ?? lines.length) });
      continue;
    }
    const heading = normalTitle(words);
    const key = heading.toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    own.push({ id: `${count} ${key}`, heading, ...span });
  }
  const hidden = (sections.find(({ name }) => name === "timeline")?.lines ?? []).filter((line) => !line.fenced && readHidden(line.text) !== undefined);
  return { front, ...(title === undefined ? {} : { title }), sections, own, hidden, ...(openFence === undefined ? {} : { openFence }) };
}

/** A section on the page: one with a standard heading, or a custom one by its id. */
export type SectionKey = { readonly kind: "standard"; readonly name: SectionName } | { readonly kind: "own"; readonly id: string };

/** All sections in the order of the file. A standard one that the file lacks stands after the one before it in the usual order. */
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
