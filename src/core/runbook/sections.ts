import GithubSlugger from "github-slugger";
import type { MarkdownBlock, MarkdownHeading } from "../model/markdownDocument";
import type { RunbookStep } from "../model/runbook";
import { comparableWords, distinctIds, wordsAbove } from "./distinctIds";

/** A heading and the range of its section. */
export interface SectionDraft {
  readonly title: string;
  /** The heading as inline Markdown. */
  readonly text: string;
  readonly depth: number;
  readonly line: number;
  readonly endLine: number;
  readonly gate: boolean;
  /** Index of the parent section. */
  readonly parent?: number;
}

/** The sections of a text. Headings inside lists and quotes do not start sections. */
export function findSections(blocks: readonly MarkdownBlock[], lineCount: number): readonly SectionDraft[] {
  const headings: MarkdownHeading[] = [];
  for (const block of blocks) if (block.kind === "heading" && block.within === undefined && !block.quoted) headings.push(block);
  const ends = new Array<number>(headings.length).fill(lineCount);
  const parents = new Array<number | undefined>(headings.length);
  const open: number[] = [];
  headings.forEach((heading, index) => {
    for (let last = open.at(-1); last !== undefined && (headings[last]?.level ?? 0) >= heading.level; last = open.at(-1)) {
      ends[last] = heading.line;
      open.pop();
    }
    parents[index] = open.at(-1);
    open.push(index);
  });
  return headings.map((heading, index) => {
    const parent = parents[index];
    return {
      title: heading.plain,
      text: heading.text,
      depth: heading.level,
      line: heading.line,
      endLine: ends[index] ?? lineCount,
      gate: /^gate/i.test(heading.plain) && !/^[\p{L}\p{N}]/u.test(heading.plain.slice(4)),
      ...(parent === undefined ? {} : { parent }),
    };
  });
}

/** Finds the section of a line by its nearest heading above. */
export function sectionFinder(sections: readonly SectionDraft[]): (line: number) => number | undefined {
  const starts = sections.map((section) => section.line);
  return (line) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : low - 1;
  };
}

/** An id for each section, derived from its title. Later sections with the same title also use the titles above. */
export function sectionIds(sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => comparableWords(title));
  return distinctIds(sections, (_, index) => `section\n${titles[index] ?? ""}`, ({ parent }) => wordsAbove(sections, titles, parent));
}

/** The name of each heading in links, as GitHub generates it: `manual-qa`, and `manual-qa-1` for the second heading with that text. */
export function sectionSlugs(sections: readonly SectionDraft[]): readonly string[] {
  const slugger = new GithubSlugger();
  return sections.map(({ title }) => slugger.slug(title));
}

/** The sections that contain steps. A step that stands for a section is not inside it. */
export function startableSections(sections: readonly SectionDraft[], steps: readonly { readonly section: number | undefined; readonly source: RunbookStep["source"] }[]): ReadonlySet<number> {
  const found = new Set<number>();
  if (!steps.some(({ source }) => source !== "section")) return found;
  for (const { section, source } of steps) {
    const innermost = section === undefined || source !== "section" ? section : sections[section]?.parent;
    for (let index = innermost; index !== undefined && !found.has(index); index = sections[index]?.parent) found.add(index);
  }
  return found;
}
