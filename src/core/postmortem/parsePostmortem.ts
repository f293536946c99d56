import { headingText, type MarkdownLine, markdownLines, normalField, normalText } from "../markup/textLines";
import type { BrokenReason } from "../model/issue";
import { failed, ok, type Result } from "../model/result";
import { type FrontMatter, readFrontMatter } from "./frontMatter";
import {
  emptyPostmortem,
  noTexts,
  type Postmortem,
  type PostmortemInstant,
  postmortemInstants,
  postmortemStatuses,
  type PostmortemText,
  postmortemTexts,
  readIssue,
  type SectionName,
  sectionOf,
} from "./postmortem";
import { readDate, readInstant } from "./postmortemTime";
import { actionColumns, entryColumns, findTable, type RowColumns, type RowContext, type Table, type TableRow } from "./table";
import { normalTitle, splitTitle } from "./titleHeading";

/** A post-mortem and the file that it was parsed from, so that an edit changes only the corresponding part of the file. */
export interface PostmortemDocument {
  readonly text: string;
  readonly layout: Layout;
  readonly postmortem: Postmortem;
}

/**
 * Parses a post-mortem file. Times without a zone are in `timezone`. Unknown content stays in the text. The only requirement is
 * readable front matter that names the issue.
 */
export function parsePostmortem(text: string, timezone: string): Result<PostmortemDocument, BrokenReason> {
  const layout = readLayout(text);
  if (layout.kind === "failed") return layout;
  const issue = readIssue(fieldOf(layout.value, "issue"));
  if (issue === undefined) return failed("badFields");
  return ok({ text, layout: layout.value, postmortem: readPostmortem(layout.value, text, issue, { timezone, home: issue.repository }) });
}

function readPostmortem(layout: Layout, text: string, issue: NonNullable<Postmortem["issue"]>, context: RowContext): Postmortem {
  const { timezone } = context;
  const status = fieldOf(layout, "status").toLowerCase();
  const eventsUntil = readInstant(fieldOf(layout, "events-until"), timezone);
  const review = readDate(fieldOf(layout, "review"));
  const instants: Partial<Record<PostmortemInstant, string>> = {};
  for (const name of postmortemInstants) {
    const at = readInstant(fieldOf(layout, name), timezone);
    if (at !== undefined) instants[name] = at;
  }
  const texts: Record<PostmortemText, string> = { ...noTexts };
  for (const name of postmortemTexts) {
    const range = layout.sections.find((section) => section.name === name);
    if (range !== undefined) texts[name] = normalText(text.slice(range.start, range.end));
  }
  const linesOf = (name: "timeline" | "actions"): Layout["sections"][number]["lines"] => layout.sections.find((section) => section.name === name)?.lines ?? [];
  const [entries, actions] = [entryColumns(context), actionColumns(context)];
  return {
    ...emptyPostmortem,
    issue,
    title: readTitle(layout),
    status: postmortemStatuses.find((one) => one.toLowerCase() === status) ?? "Draft",
    ...optional("severity", fieldOf(layout, "severity")),
    ...optional("priority", fieldOf(layout, "priority")),
    ...optional("lead", fieldOf(layout, "lead")),
    ...optional("owner", fieldOf(layout, "owner")),
    ...(review === undefined ? {} : { review }),
    instants,
    ...(eventsUntil === undefined ? {} : { eventsUntil }),
    texts,
    timeline: readRows(findTable(linesOf("timeline"), entries.required), entries, "t"),
    actions: readRows(findTable(linesOf("actions"), actions.required), actions, "a"),
  };
}

function optional<Key extends "severity" | "priority" | "lead" | "owner">(key: Key, value: string): Partial<Record<"severity" | "priority" | "lead" | "owner", string>> {
  return value === "" ? {} : { [key]: value };
}

function fieldOf(layout: Layout, key: string): string {
  return normalField(layout.front.fields.get(key)?.value ?? "");
}

function readTitle(layout: Layout): string {
  const words = layout.title === undefined ? "" : (headingText(layout.title, 1) ?? "");
  return normalTitle(splitTitle(words).title);
}

/** The positions of a post-mortem's parts in its file. */
interface Layout {
  readonly front: FrontMatter;
  /** The first heading before all sections. */
  readonly title?: MarkdownLine;
  readonly sections: readonly SectionRange[];
  /** Headings of custom sections. */
  readonly ownSections: readonly string[];
  /** The closing marker of a fenced block that is still open at the end of the file. */
  readonly openFence?: string;
}

interface SectionRange {
  readonly name: SectionName;
  readonly headingStart: number;
  /** After the heading's line break, if there is one. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly MarkdownLine[];
}

/** Finds the parts. The first of several sections with the same heading counts. The others are custom sections. */
function readLayout(text: string): Result<Layout, BrokenReason> {
  const front = readFrontMatter(text);
  if (front.kind === "failed") return front;
  const { lines, openFence } = markdownLines(text, front.value.end);
  const headings = lines.flatMap((line, index) => {
    const words = headingText(line, 2);
    return words === undefined ? [] : [{ line, index, words }];
  });
  const preamble = lines.slice(0, headings[0]?.index ?? lines.length);
  const title = preamble.find((line) => headingText(line, 1) !== undefined);
  const sections: SectionRange[] = [];
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

/** The rows of a table as data, with the ids `<prefix>1`, `<prefix>2` and so on. */
export function readRows<Row>(table: Table | undefined, columns: RowColumns<Row>, prefix: string): readonly Row[] {
  return (table?.rows ?? []).map((row, index) => readRow(table?.columns ?? [], row, columns, `${prefix}${index + 1}`));
}

function readRow<Row>(names: readonly string[], row: TableRow, columns: RowColumns<Row>, id: string): Row {
  return columns.read(id, (column) => row.cells[names.indexOf(column)] ?? "", otherColumns(names, columns).map((index) => row.cells[index] ?? ""));
}

/** Positions of custom columns. The second of two columns with the same heading is a custom one. */
export function otherColumns<Row>(names: readonly string[], columns: RowColumns<Row>): readonly number[] {
  const known = columns.headings.map((heading) => heading.toLowerCase());
  return names.flatMap((name, index) => (known.includes(name) && names.indexOf(name) === index ? [] : [index]));
}
