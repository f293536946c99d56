import { lineBreakOf } from "../issue/bodyLines";
import { setField, writeScalar, type Splice } from "./frontMatter";
import { writeIssue } from "./issueName";
import { headingText } from "./markdownLines";
import { leadingBlank, normalField, normalText } from "./normalText";
import { parsePostmortem, type PostmortemDocument } from "./parsePostmortem";
import { postmortemInstants, type Postmortem, type PostmortemText } from "./postmortem";
import { changeTable, newTable } from "./renderTable";
import { actionColumns, entryColumns, type RowColumns, type RowContext } from "./rowColumns";
import { headingOf, postmortemSections, type SectionName } from "./sections";
import { findTable } from "./table";
import { normalTitle, splitTitle, titleLine } from "./titleHeading";

/**
 * The post-mortem as a file. With the document it was before, only what differs is changed, and all else that stands in
 * that file stays to the byte: sections, fields, comments and columns that a person added among it.
 */
export function renderPostmortem(postmortem: Postmortem, timezone: string, previous: PostmortemDocument = blankDocument(postmortem, timezone)): string {
  const context: RowContext = { timezone, home: previous.postmortem.issue.repository };
  const lineBreak = lineBreakOf(previous.text);
  const splices = [
    ...fieldSplices(postmortem, previous),
    ...titleSplices(postmortem, previous, lineBreak),
    ...postmortemSections.flatMap(({ name }) => {
      if (name === "timeline") return tableSplices(name, postmortem.timeline, entryColumns(context), previous, lineBreak);
      if (name === "actions") return tableSplices(name, postmortem.actions, actionColumns(context), previous, lineBreak);
      return textSplices(name, postmortem, previous, lineBreak);
    }),
  ];
  if (!isBehindOpenFence(previous, splices)) return applySplices(previous.text, splices);
  const closed = `${previous.text}${headingBreak(previous.text, previous.text.length, lineBreak)}${previous.layout.openFence ?? ""}${lineBreak}`;
  return renderPostmortem(postmortem, timezone, readDocument(closed, timezone));
}

/** Whether something is to be written behind a fence that is still open at the end of the file. */
function isBehindOpenFence({ text, layout }: PostmortemDocument, splices: readonly Splice[]): boolean {
  const last = layout.sections.reduce((latest, section) => Math.max(latest, section.start), 0);
  return layout.openFence !== undefined && splices.some((splice) => splice.start >= (last === 0 ? text.length : last));
}

/** The front matter's fields other than the issue, as texts. */
function fieldTexts(postmortem: Postmortem): readonly (readonly [string, string])[] {
  return [
    ["severity", normalField(postmortem.severity ?? "")],
    ["priority", normalField(postmortem.priority ?? "")],
    ["lead", normalField(postmortem.lead ?? "")],
    ["owner", normalField(postmortem.owner ?? "")],
    ["status", postmortem.status],
    ["review", postmortem.review ?? ""],
    ...postmortemInstants.map((name) => [name, postmortem.instants[name] ?? ""] as const),
    ["events-until", postmortem.eventsUntil ?? ""],
  ];
}

function fieldSplices(postmortem: Postmortem, { text, layout, postmortem: was }: PostmortemDocument): readonly Splice[] {
  const before = new Map(fieldTexts(was));
  return fieldTexts(postmortem).flatMap(([key, value]) => (before.get(key) === value ? [] : [setField(text, layout.front, key, value)]));
}

function titleSplices(postmortem: Postmortem, { layout, postmortem: was }: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const title = normalTitle(postmortem.title);
  if (title === was.title) return [];
  const line = layout.title;
  if (line === undefined) return [{ start: layout.front.end, end: layout.front.end, text: `${lineBreak}${titleLine(title)}${lineBreak}` }];
  const { prefix } = splitTitle(headingText(line, 1) ?? "");
  return [{ start: line.start, end: line.start + line.text.length, text: titleLine(title, prefix) }];
}

function textSplices(name: PostmortemText, postmortem: Postmortem, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const text = normalText(postmortem.texts[name]);
  if (text === previous.postmortem.texts[name]) return [];
  const written = text.replaceAll("\n", lineBreak);
  const place = previous.layout.sections.find((section) => section.name === name);
  if (place === undefined) return [newSection(name, written + lineBreak, previous, lineBreak)];
  const content = previous.text.slice(place.start, place.end);
  const atEnd = place.end === previous.text.length;
  if (text === "") return [{ start: place.start, end: place.end, text: atEnd ? "" : lineBreak }];
  if (content.trim() !== "") return [{ start: place.start + leadingBlank(content), end: place.start + content.length - blankLinesAtEnd(content).length, text: written }];
  const before = headingBreak(previous.text, place.start, lineBreak);
  return [{ start: place.start, end: place.end, text: before + lineBreak + written + lineBreak + (atEnd ? "" : lineBreak) }];
}

/** The end of a text from the end of its last line with words on. */
function blankLinesAtEnd(text: string): string {
  return /[\r\n]\s*$/.exec(text.slice(text.trimEnd().length))?.[0] ?? "";
}

function tableSplices<Row>(name: SectionName, rows: readonly Row[], columns: RowColumns<Row>, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const place = previous.layout.sections.find((section) => section.name === name);
  const table = findTable(place?.lines ?? [], columns.required);
  if (table !== undefined) {
    const text = changeTable(table, rows, columns, lineBreak);
    return text === undefined ? [] : [{ start: table.start, end: table.end, text }];
  }
  if (rows.length === 0) return [];
  const written = newTable(rows, columns, lineBreak);
  if (place === undefined) return [newSection(name, written, previous, lineBreak)];
  const content = previous.text.slice(place.start, place.end).trimEnd();
  const start = place.start + content.length;
  const before = content === "" ? headingBreak(previous.text, place.start, lineBreak) + lineBreak : lineBreak + lineBreak;
  return [{ start, end: place.end, text: before + written + (place.end === previous.text.length ? "" : lineBreak) }];
}

function headingBreak(text: string, start: number, lineBreak: string): string {
  return /[\r\n]$/.test(text.slice(0, start)) ? "" : lineBreak;
}

/** A section that the file does not have, before the next one that it has. */
function newSection(name: SectionName, content: string, { text, layout }: PostmortemDocument, lineBreak: string): Splice {
  const order = postmortemSections.map((section) => section.name);
  const next = layout.sections.filter((section) => order.indexOf(section.name) > order.indexOf(name)).toSorted((a, b) => a.headingStart - b.headingStart)[0];
  const written = `## ${headingOf(name)}${lineBreak}${lineBreak}${content}`;
  if (next !== undefined) return { start: next.headingStart, end: next.headingStart, text: written + lineBreak };
  return { start: text.length, end: text.length, text: headingBreak(text, text.length, lineBreak) + lineBreak + written };
}

/** The text with all changes made; of those at one place in the order given. */
function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, splice.start), splice.text);
    from = splice.end;
  }
  return parts.join("") + text.slice(from);
}

/** A file with every part of a post-mortem and nothing in them. */
function blankDocument(postmortem: Postmortem, timezone: string): PostmortemDocument {
  const fields = ["severity", "priority", "lead", "owner", "status", "review", ...postmortemInstants, "events-until"];
  const context: RowContext = { timezone, home: postmortem.issue.repository };
  const tables = { timeline: newTable([], entryColumns(context), "\n"), actions: newTable([], actionColumns(context), "\n") };
  const sections = postmortemSections.map(({ name, heading }) => `\n## ${heading}\n${name === "timeline" || name === "actions" ? `\n${tables[name]}` : ""}`);
  const text = ["---", `issue: ${writeScalar(writeIssue(postmortem.issue))}`, ...fields.map((field) => (field === "status" ? `status: ${postmortem.status}` : `${field}:`)), "---", "", titleLine(""), ...sections].join("\n");
  return readDocument(text.replaceAll("\n\n\n", "\n\n"), timezone);
}

function readDocument(text: string, timezone: string): PostmortemDocument {
  const document = parsePostmortem(text, timezone);
  if (document.kind === "failed") throw new Error(`A post-mortem of our own making cannot be read: ${document.failure}`);
  return document.value;
}
