import type { BrokenReason } from "../failure";
import { ok, type Result } from "../result";
import { readFrontMatter, type FrontMatter } from "./frontMatter";
import { headingText, markdownLines, type MarkdownLine } from "./markdownLines";
import { sectionOf, type SectionName } from "./sections";

/** Where in a file the parts of a post-mortem stand. */
export interface Layout {
  readonly front: FrontMatter;
  /** The first heading above all sections. */
  readonly title?: MarkdownLine;
  readonly sections: readonly SectionPlace[];
  /** Headings of sections that a person added. */
  readonly ownSections: readonly string[];
  /** What would close a fenced block that is still open at the end of the file. */
  readonly openFence?: string;
}

export interface SectionPlace {
  readonly name: SectionName;
  readonly headingStart: number;
  /** After the heading's line break, if it has one. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly MarkdownLine[];
}

/** Finds the parts. Of sections with the same heading the first counts, the others are a person's own. */
export function readLayout(text: string): Result<Layout, BrokenReason> {
  const front = readFrontMatter(text);
  if (front.kind === "failed") return front;
  const { lines, openFence } = markdownLines(text, front.value.end);
  const headings = lines.flatMap((line, index) => {
    const words = headingText(line, 2);
    return words === undefined ? [] : [{ line, index, words }];
  });
  const preamble = lines.slice(0, headings[0]?.index ?? lines.length);
  const title = preamble.find((line) => headingText(line, 1) !== undefined);
  const sections: SectionPlace[] = [];
  const ownSections: string[] = [];
  for (const [place, { line, index, words }] of headings.entries()) {
    const name = sectionOf(words);
    if (name === undefined || sections.some((section) => section.name === name)) {
      ownSections.push(words);
      continue;
    }
    const next = headings[place + 1];
    sections.push({
      name,
      headingStart: line.start,
      start: line.start + line.text.length + line.end.length,
      end: next?.line.start ?? text.length,
      lines: lines.slice(index + 1, next?.index ?? lines.length),
    });
  }
  return ok({ front: front.value, ...(title === undefined ? {} : { title }), sections, ownSections, ...(openFence === undefined ? {} : { openFence }) });
}
