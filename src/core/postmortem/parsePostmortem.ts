import { headingText, normalField, normalText } from "../markup/textLines";
import { localRepository } from "../model/issueRef";
import { readHidden } from "./entrySource";
import { fieldValues, type FrontMatterProblem, splitNames } from "./frontMatter";
import { type Layout, readLayout, type SectionRange, type TextSpan } from "./layout";
import {
  emptyPostmortem,
  noTexts,
  type Postmortem,
  type PostmortemInstant,
  postmortemInstants,
  type PostmortemList,
  postmortemStatuses,
  type PostmortemText,
  postmortemTexts,
  readIssue,
  type SectionName,
} from "./postmortem";
import { readDate, readInstant } from "./postmortemTime";
import { actionColumns, entryColumns, findTable, impactColumns, type RowColumns, type Table, type TableRow } from "./table";
import { normalTitle, splitTitle } from "./titleHeading";

/** A post-mortem and the file that it was parsed from, so that an edit changes only the corresponding part of the file. */
export interface PostmortemDocument {
  readonly text: string;
  readonly layout: Layout;
  readonly postmortem: Postmortem;
  /** Why fields such as the status cannot be changed in the file. Everything else can. */
  readonly problem?: FrontMatterProblem;
}

/** Parses a post-mortem file. Every text can be parsed. Times without a zone are in `timezone`. Unknown content stays in the text. */
export function parsePostmortem(text: string, timezone: string): PostmortemDocument {
  const layout = readLayout(text);
  const { problem } = layout.front;
  return { text, layout, postmortem: readPostmortem(layout, text, timezone), ...(problem === undefined ? {} : { problem }) };
}

function readPostmortem(layout: Layout, text: string, timezone: string): Postmortem {
  const issue = readIssue(fieldOf(layout, "issue"));
  const context = { timezone, home: issue?.repository ?? localRepository };
  const status = fieldOf(layout, "status").toLowerCase();
  const eventsUntil = readInstant(fieldOf(layout, "events-until"), timezone);
  const instants: Partial<Record<PostmortemInstant, string>> = {};
  for (const name of postmortemInstants) {
    const at = readInstant(fieldOf(layout, name), timezone);
    if (at !== undefined) instants[name] = at;
  }
  const texts: Record<PostmortemText, string> = { ...noTexts };
  for (const name of postmortemTexts) {
    const range = sectionIn(layout, name);
    if (range !== undefined) texts[name] = name === "impact" ? impactTexts(text, range).whole : normalText(text.slice(range.start, range.end));
  }
  const table = <Row>(name: SectionName, columns: RowColumns<Row>): Table | undefined => findTable(sectionIn(layout, name)?.lines ?? [], columns.required);
  const [entries, actions] = [entryColumns(context), actionColumns(context)];
  return {
    ...emptyPostmortem,
    ...(issue === undefined ? {} : { issue }),
    title: readTitle(layout),
    status: postmortemStatuses.find((one) => one.toLowerCase() === status) ?? "Draft",
    ...plainFields(layout),
    ...dates(layout),
    ...lists(layout),
    instants,
    ...(eventsUntil === undefined ? {} : { eventsUntil }),
    hidden: [...new Set(layout.hidden.flatMap((line) => readHidden(line.text) ?? []))],
    texts,
    own: layout.own.map(({ id, heading, start, end }) => ({ id, heading, text: normalText(text.slice(start, end)) })),
    impact: readRows(table("impact", impactColumns), impactColumns, "i"),
    timeline: readRows(table("timeline", entries), entries, "t"),
    actions: readRows(table("actions", actions), actions, "a"),
  };
}

/** A section that the file has. */
export function sectionIn(layout: Layout, name: SectionName): SectionRange | undefined {
  return layout.sections.find((section) => section.name === name);
}

interface ImpactTexts {
  readonly table?: Table;
  readonly before: TextSpan;
  /** Empty without a table. */
  readonly after: TextSpan;
  /** The text before and after the table. */
  readonly whole: string;
}

/** The text of the section Impact, which surrounds its table. */
export function impactTexts(text: string, range: SectionRange): ImpactTexts {
  const table = findTable(range.lines, impactColumns.required);
  const before = { start: range.start, end: table?.start ?? range.end };
  const after = { start: table?.end ?? range.end, end: range.end };
  const whole = normalText([before, after].map(({ start, end }) => normalText(text.slice(start, end))).filter((part) => part !== "").join("\n\n"));
  return { ...(table === undefined ? {} : { table }), before, after, whole };
}

function plainFields(layout: Layout): Partial<Record<"severity" | "priority" | "lead" | "owner", string>> {
  return Object.fromEntries(
    ["severity", "priority", "lead", "owner"].flatMap((key) => {
      const value = fieldOf(layout, key);
      return value === "" ? [] : [[key, value]];
    }),
  );
}

function dates(layout: Layout): Partial<Record<"review" | "reviewed", string>> {
  return Object.fromEntries(
    ["review", "reviewed"].flatMap((key) => {
      const date = readDate(fieldOf(layout, key));
      return date === undefined ? [] : [[key, date]];
    }),
  );
}

function lists(layout: Layout): Readonly<Record<PostmortemList, readonly string[]>> {
  const read = (key: PostmortemList): readonly string[] => {
    const values = fieldValues(layout.front, key) ?? [];
    return layout.front.fields.get(key)?.list === undefined ? values.flatMap(splitNames) : values;
  };
  return { services: read("services"), factors: read("factors"), reviewers: read("reviewers") };
}

function fieldOf(layout: Layout, key: string): string {
  return normalField((fieldValues(layout.front, key) ?? []).join(", "));
}

function readTitle(layout: Layout): string {
  const words = layout.title === undefined ? "" : (headingText(layout.title, 1) ?? "");
  return normalTitle(splitTitle(words).title);
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
