import { joinLines, leadingBlank, type MarkdownLine, markdownLines, readHeading } from "../../markup/textLines";
import type { SectionName } from "../postmortem";
import { sectionOf } from "./sectionNames";

/** Which headings of a file start sections. */
export interface HeadingStyle {
  /** 1 if headings of the first level are sections, too. Otherwise the first level is for the title, and other such headings are text. */
  readonly highest: 1 | 2;
  /** Whether headings may be underlined instead of starting with `#`. */
  readonly underlined: boolean;
}

/** The level of a heading that is underlined: the text of `lines[index]` is between a blank line and a line of `=` or `-`. */
export function underlineLevel(lines: readonly MarkdownLine[], index: number): 1 | 2 | undefined {
  const [before, line, after] = [lines[index - 1], lines[index], lines[index + 1]];
  if (line === undefined || after === undefined || line.fenced || after.fenced || !/^ {0,3}[^\s>#|<+*-]/.test(line.text)) return undefined;
  if (before !== undefined && before.text.trim() !== "" && readHeading(before) === undefined) return undefined;
  const sign = /^ {0,3}(?:(=)=*|--+)[ \t]*$/.exec(after.text);
  return sign === null ? undefined : sign[1] === "=" ? 1 : 2;
}

/**
 * Normalizes a text for a section at a level: no surrounding blank lines, `\n` between lines, unclosed fences are closed, and headings
 * that would start a new section are one level lower than the section's.
 */
export function sectionText(text: string, level: number, style: HeadingStyle): string {
  const { lines, openFence } = markdownLines(text.slice(leadingBlank(text)).trimEnd());
  const sign = "#".repeat(level + 1);
  const lowered = lines.flatMap((line, index) => {
    const end = line.end === "" ? "" : "\n";
    if (style.underlined && index > 0 && underlineLevel(lines, index - 1) !== undefined) return [];
    if (style.underlined && underlineLevel(lines, index) !== undefined) return [{ text: `${sign} ${line.text.trim()}`, end: lines[index + 1]?.end === "" ? "" : "\n" }];
    const heading = readHeading(line);
    const starts = heading !== undefined && heading.level <= level && (heading.level >= style.highest || sectionOf(heading.words) !== undefined);
    return [{ text: starts ? line.text.replace(/#+/, sign) : line.text, end }];
  });
  const joined = joinLines(lowered);
  return openFence === undefined ? joined : `${joined}\n${openFence}`;
}

interface OwnTextContext {
  /** The text of the section in the file. */
  readonly before: string;
  readonly level: number;
  readonly style: HeadingStyle;
  /** Whether the file has this standard section with its usual heading. */
  readonly isTaken: (name: SectionName) => boolean;
}

/**
 * The same for a custom section, which ends at a heading that names a standard section unless that is taken: such headings are
 * escaped if they were not in its text before.
 */
export function ownText(text: string, { before, level, style, isTaken }: OwnTextContext): string {
  const normal = sectionText(text, level, style);
  if (normal === before) return normal;
  const known = new Set(before.split("\n"));
  const { lines } = markdownLines(normal);
  const names = (words: string | undefined): boolean => {
    const section = words === undefined ? undefined : sectionOf(words);
    return section !== undefined && !isTaken(section.name);
  };
  return joinLines(lines.map((line, index) => {
    if (known.has(line.text) && known.has(lines[index - 1]?.text ?? "")) return line;
    const isHeading = names(readHeading(line)?.words);
    const isUnderline = index > 0 && underlineLevel(lines, index - 1) !== undefined && names(lines[index - 1]?.text);
    return isHeading || isUnderline ? { ...line, text: line.text.replace(/\S/, "\\$&") } : line;
  }));
}
