import { localRepository } from "../../model/issueRef";
import { readHidden } from "./entrySource";
import { fieldNames, fieldText, readStatus } from "./fieldNames";
import type { FrontMatterProblem } from "./frontMatter";
import { type Layout, readLayout, type SectionRange, type TextSpan } from "./layout";
import { emptyPostmortem, noTexts, type Postmortem, type PostmortemInstant, postmortemInstants, type PostmortemText, postmortemTexts, readIssue, type SectionName } from "../postmortem";
import { readDate, readInstant } from "../postmortemTime";
import { findBlocks, readBlocks, type RowBlock } from "./rowBlocks";
import { actionColumns, entryColumns, impactColumns, type RowColumns } from "./rowColumns";
import { sectionText } from "./sectionText";
import { isGenericTitle, normalTitle, splitTitle } from "./titleHeading";

/** A post-mortem and the file that it was parsed from, so that an edit changes only the corresponding part of the file. */
export interface PostmortemDocument {
  readonly text: string;
  readonly layout: Layout;
  /** The tables and lists that contain rows. */
  readonly rows: Readonly<Record<RowSection, readonly RowBlock[]>>;
  readonly postmortem: Postmortem;
  /** Why fields such as the status cannot be changed in the file. Everything else can. */
  readonly problem?: FrontMatterProblem;
}

export type RowSection = "impact" | "timeline" | "actions";

/**
 * Parses a post-mortem file, including one in the form that another team uses. Every text can be parsed. Times without a zone are in `timezone`.
 * Unknown content stays in the text.
 */
export function parsePostmortem(text: string, timezone: string): PostmortemDocument {
  const layout = readLayout(text);
  const { problem } = layout.front;
  const issue = readIssueField(layout);
  const context = { timezone, home: issue?.repository ?? localRepository };
  const [entries, actions] = [entryColumns(context), actionColumns(context)];
  const blocks = <Row>(name: RowSection, columns: RowColumns<Row>): readonly RowBlock[] => {
    const range = sectionIn(layout, name);
    return range === undefined ? [] : findBlocks(range.lines, range.heading, columns);
  };
  const rows = { impact: blocks("impact", impactColumns).slice(0, 1), timeline: blocks("timeline", entries), actions: blocks("actions", actions) };
  const postmortem: Postmortem = {
    ...readFields(layout, timezone),
    ...(issue === undefined ? {} : { issue }),
    title: readTitle(layout).title,
    hidden: [...new Set(layout.hidden.flatMap((line) => readHidden(line.text) ?? []))],
    texts: readTexts(layout, text, rows.impact[0]),
    own: layout.own.map((range) => ({ id: range.id, heading: range.heading, text: spanText(layout, text, range) })),
    impact: readBlocks(rows.impact, impactColumns, "i"),
    timeline: readBlocks(rows.timeline, entries, "t"),
    actions: readBlocks(rows.actions, actions, "a"),
  };
  return { text, layout, rows, postmortem, ...(problem === undefined ? {} : { problem }) };
}

function readIssueField({ front }: Layout): Postmortem["issue"] {
  return readIssue(fieldText(front, "issue"));
}

function readFields({ front }: Layout, timezone: string): Omit<Postmortem, "title"> {
  const eventsUntil = readInstant(fieldText(front, "events-until"), timezone);
  const instants: Partial<Record<PostmortemInstant, string>> = {};
  for (const name of postmortemInstants) {
    const at = readInstant(fieldText(front, name), timezone);
    if (at !== undefined) instants[name] = at;
  }
  const plain = ["severity", "priority", "lead", "owner"].map((key) => [key, fieldText(front, key)] as const).filter(([, value]) => value !== "");
  const dates = ["review", "reviewed"].flatMap((key) => {
    const date = readDate(fieldText(front, key));
    return date === undefined ? [] : [[key, date] as const];
  });
  return {
    ...emptyPostmortem,
    status: readStatus(fieldText(front, "status")),
    ...Object.fromEntries([...plain, ...dates]),
    services: fieldNames(front, "services"),
    factors: fieldNames(front, "factors"),
    reviewers: fieldNames(front, "reviewers"),
    instants,
    ...(eventsUntil === undefined ? {} : { eventsUntil }),
  };
}

function readTexts(layout: Layout, text: string, table: RowBlock | undefined): Readonly<Record<PostmortemText, string>> {
  const texts: Record<PostmortemText, string> = { ...noTexts };
  for (const name of postmortemTexts) {
    const range = sectionIn(layout, name);
    if (range !== undefined) texts[name] = name === "impact" ? impactTexts(layout, text, range, table).whole : spanText(layout, text, range);
  }
  return texts;
}

/** The normalized text of a section. */
export function spanText({ style }: Layout, text: string, { start, end, level }: TextSpan): string {
  return sectionText(text.slice(start, end), level, style);
}

/** A section that the file has. */
export function sectionIn(layout: Layout, name: SectionName): SectionRange | undefined {
  return layout.sections.find((section) => section.name === name);
}

interface ImpactTexts {
  readonly before: TextSpan;
  /** Empty without a table. */
  readonly after: TextSpan;
  /** The text before and after the table. */
  readonly whole: string;
}

/** The text of the section Impact, which surrounds its table. */
export function impactTexts(layout: Layout, text: string, { start, end, level }: SectionRange, table: RowBlock | undefined): ImpactTexts {
  const before = { start, end: table?.start ?? end, level };
  const after = { start: table?.end ?? end, end, level };
  const parts = [before, after].map((span) => spanText(layout, text, span)).filter((part) => part !== "");
  return { before, after, whole: sectionText(parts.join("\n\n"), level, layout.style) };
}

interface TitleReading {
  readonly title: string;
  /** Where the file has the title. */
  readonly from: "heading" | "field";
}

/** The title: of the heading, or of the front matter if the heading is missing or says only that the file is a post-mortem. */
export function readTitle({ front, title }: Layout): TitleReading {
  const words = title?.words ?? "";
  const field = fieldText(front, "title");
  if (field !== "" && (title === undefined || isGenericTitle(words))) return { title: field, from: "field" };
  return { title: normalTitle(splitTitle(words).title), from: "heading" };
}
