import { leadingBlank, lineBreakOf, type MarkdownLine, normalField } from "../../markup/textLines";
import { localRepository } from "../../model/issueRef";
import { writeHidden } from "./entrySource";
import { fieldKey } from "./fieldNames";
import { type FieldChange, setFields, type Splice } from "./frontMatter";
import type { Layout, OwnRange, TextSpan } from "./layout";
import { impactTexts, parsePostmortem, type PostmortemDocument, readTitle, type RowSection, sectionIn, spanText } from "./parsePostmortem";
import {
  headingOf,
  type Postmortem,
  type PostmortemAction,
  type PostmortemEntry,
  postmortemInstants,
  postmortemLists,
  postmortemSections,
  type PostmortemText,
  type SectionName,
  writeIssue,
} from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";
import { newTable } from "./renderTable";
import { blockSplices, readBlocks } from "./rowBlocks";
import { actionColumns, entryColumns, impactColumns, type RowColumns, type RowContext } from "./rowColumns";
import { ownText, sectionText } from "./sectionText";
import { isGenericTitle, normalTitle, splitTitle, titleLine } from "./titleHeading";

/**
 * Renders a post-mortem file. With the previous document, only differences are written, and custom sections, fields, comments
 * and columns keep every byte. Fields in front matter that cannot be changed are omitted: see `unwrittenEdits`.
 */
export function renderPostmortem(postmortem: Postmortem, timezone: string, previous: PostmortemDocument = blankDocument(timezone)): string {
  // If the issue has another repository now, references without one are written out.
  const context: RowContext = { timezone, home: postmortem.issue?.repository ?? localRepository };
  const lineBreak = lineBreakOf(previous.text);
  const splices: readonly (Splice & { readonly isSection?: true })[] = [
    ...changeFields(postmortem, previous).splices,
    ...titleSplices(postmortem, previous, lineBreak),
    ...postmortemSections.flatMap(({ name }) => {
      if (name === "timeline") return timelineSplices(postmortem, entryColumns(context), previous, lineBreak);
      if (name === "actions") return rowSplices(name, actionsBefore(previous, context), postmortem.actions, actionColumns(context), previous, lineBreak);
      return name === "impact" ? impactSplices(postmortem, previous, lineBreak) : textSplices(name, normalIn(name, postmortem.texts[name], previous), previous, lineBreak);
    }),
    ...ownSplices(postmortem, previous, lineBreak),
  ];
  if (!isBehindOpenFence(previous, splices)) return applySplices(previous.text, splices.toSorted((a, b) => Number(a.isSection === true) - Number(b.isSection === true)));
  const closed = `${previous.text}${headingBreak(previous.text, previous.text.length, lineBreak)}${previous.layout.openFence ?? ""}${lineBreak}`;
  return renderPostmortem(postmortem, timezone, parsePostmortem(closed, timezone));
}

/** The edits of fields that cannot be written, because the front matter is broken or the field is not a plain text or list. */
export function unwrittenEdits(postmortem: Postmortem, previous: PostmortemDocument): readonly PostmortemEdit[] {
  const failed = new Set(changeFields(postmortem, previous).failed);
  return [
    ...plainFields.filter((field) => failed.has(field)).map((field) => ({ kind: "field" as const, field, value: postmortem[field] ?? "" })),
    ...postmortemLists.filter((list) => failed.has(list)).map((list) => ({ kind: "list" as const, list, value: postmortem[list] })),
    ...postmortemInstants.filter((instant) => failed.has(instant)).map((instant) => ({ kind: "instant" as const, instant, value: postmortem.instants[instant] ?? "" })),
    ...(failed.has("events-until") ? [{ kind: "eventsUntil" as const, value: postmortem.eventsUntil ?? "" }] : []),
  ];
}

/** Whether something would be inserted inside a fenced block that is open at the end of the file. */
function isBehindOpenFence({ text, layout }: PostmortemDocument, splices: readonly Splice[]): boolean {
  const last = [...layout.sections, ...layout.own].reduce((latest, section) => Math.max(latest, section.start), 0);
  return layout.openFence !== undefined && splices.some((splice) => splice.start >= (last === 0 ? text.length : last));
}

const plainFields = ["severity", "priority", "lead", "owner", "status", "review", "reviewed"] as const;

/** The fields of the front matter. */
function fieldTexts(postmortem: Postmortem): readonly FieldChange[] {
  return [
    { key: "issue", value: postmortem.issue === undefined ? "" : writeIssue(postmortem.issue) },
    ...plainFields.map((key) => ({ key, value: normalField(postmortem[key] ?? "") })),
    ...postmortemLists.map((key) => ({ key, value: postmortem[key].map(normalField).filter((name) => name !== "") })),
    ...postmortemInstants.map((key) => ({ key, value: postmortem.instants[key] ?? "" })),
    { key: "events-until", value: postmortem.eventsUntil ?? "" },
  ];
}

function fieldChanges(postmortem: Postmortem, { postmortem: was }: PostmortemDocument): readonly FieldChange[] {
  const before = new Map(fieldTexts(was).map(({ key, value }) => [key, JSON.stringify(value)]));
  return fieldTexts(postmortem).filter(({ key, value }) => before.get(key) !== JSON.stringify(value));
}

/** The changes of fields, and the names of those that cannot be written. */
function changeFields(postmortem: Postmortem, previous: PostmortemDocument): { readonly splices: readonly Splice[]; readonly failed: readonly string[] } {
  const { front } = previous.layout;
  const changes = fieldChanges(postmortem, previous).map((change) => ({ ...change, name: change.key, key: fieldKey(front, change.key) }));
  const { splices, failed } = setFields(previous.text, front, changes);
  return { splices, failed: changes.filter(({ key }) => failed.includes(key)).map(({ name }) => name) };
}

/** A text as the section can contain it. */
function normalIn(name: PostmortemText, text: string, { layout }: PostmortemDocument): string {
  const range = sectionIn(layout, name);
  return sectionText(text, range?.level ?? placeOf(name, layout).level, layout.style);
}

function titleSplices(postmortem: Postmortem, { text, layout, postmortem: was }: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const title = normalTitle(postmortem.title);
  if (title === was.title) return [];
  const heading = layout.title;
  if (readTitle(layout).from === "field") {
    const { splices, failed } = setFields(text, layout.front, [{ key: fieldKey(layout.front, "title"), value: title }]);
    if (failed.length === 0 && title !== "") return splices;
  }
  if (heading === undefined) return [{ start: layout.front.end, end: layout.front.end, text: `${lineBreak}${titleLine(title)}${lineBreak}` }];
  const { line, level, words, underlined } = heading;
  const prefix = isGenericTitle(words) && splitTitle(words).prefix === "" ? `${words.trim()}:` : splitTitle(words).prefix;
  return [{ start: line.start, end: line.start + line.text.length, text: titleLine(title, prefix, underlined ? "" : "#".repeat(level)) }];
}

function textSplices(name: PostmortemText, text: string, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  if (text === previous.postmortem.texts[name]) return [];
  const range = sectionIn(previous.layout, name);
  return [range === undefined ? newSection(name, text.replaceAll("\n", lineBreak) + lineBreak, previous, lineBreak) : contentSplice(range, text, previous.text, lineBreak)];
}

/** Replaces the content of a section, without the blank lines around it. */
function contentSplice({ start, end }: Pick<TextSpan, "start" | "end">, text: string, file: string, lineBreak: string): Splice {
  const written = text.replaceAll("\n", lineBreak);
  const content = file.slice(start, end);
  const atEnd = end === file.length;
  if (text === "") return { start, end, text: atEnd ? "" : lineBreak };
  if (content.trim() !== "") return { start: start + leadingBlank(content), end: start + content.length - blankLinesAtEnd(content).length, text: written };
  return { start, end, text: headingBreak(file, start, lineBreak) + lineBreak + written + lineBreak + (atEnd ? "" : lineBreak) };
}

/** The text after the last line with content. */
function blankLinesAtEnd(text: string): string {
  return /[\r\n]\s*$/.exec(text.slice(text.trimEnd().length))?.[0] ?? "";
}

/** The text and the table of the impact. The text surrounds the table: a change goes to the part that it is in. */
function impactSplices(postmortem: Postmortem, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const text = normalIn("impact", postmortem.texts.impact, previous);
  const range = sectionIn(previous.layout, "impact");
  const [block] = previous.rows.impact;
  if (range === undefined || block === undefined) {
    const isSame = text === previous.postmortem.texts.impact;
    if (isSame || postmortem.impact.length === 0) return [...textSplices("impact", text, previous, lineBreak), ...rowSplices("impact", previous.postmortem.impact, postmortem.impact, impactColumns, previous, lineBreak)];
    const both = [text, newTable(postmortem.impact, impactColumns, "\n").trimEnd()].filter((part) => part !== "").join("\n\n");
    return [range === undefined ? newSection("impact", both.replaceAll("\n", lineBreak) + lineBreak, previous, lineBreak) : contentSplice(range, both, previous.text, lineBreak)];
  }
  const rows = rowSplices("impact", previous.postmortem.impact, postmortem.impact, impactColumns, previous, lineBreak);
  const was = impactTexts(previous.layout, previous.text, range, block);
  if (text === was.whole) return rows;
  const [before, after] = [spanText(previous.layout, previous.text, was.before), spanText(previous.layout, previous.text, was.after)];
  const parts = aroundTable(text, before, after);
  return [
    ...(parts.before === before ? [] : [contentSplice(was.before, parts.before, previous.text, lineBreak)]),
    ...rows,
    ...(parts.after === after ? [] : [contentSplice(was.after, parts.after, previous.text, lineBreak)]),
  ];
}

function aroundTable(text: string, before: string, after: string): { readonly before: string; readonly after: string } {
  if (after === "") return { before: text, after };
  if (text === after) return { before: "", after };
  if (text.endsWith(`\n\n${after}`)) return { before: text.slice(0, -after.length).trimEnd(), after };
  if (before !== "" && text.startsWith(`${before}\n\n`)) return { before, after: text.slice(before.length).trimStart() };
  return { before: text, after: "" };
}

function rowSplices<Row extends { readonly id: string; readonly others: readonly string[] }>(name: RowSection, was: readonly Row[], rows: readonly Row[], columns: RowColumns<Row>, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const blocks = previous.rows[name];
  if (blocks.length > 0) return blockSplices(blocks, was, rows, columns, lineBreak);
  return rows.length === 0 ? [] : [appended(name, newTable(rows, columns, lineBreak), previous, lineBreak)];
}

/** The action items of the file, whose issues without a repository are in that of the incident. */
function actionsBefore({ postmortem, rows }: PostmortemDocument, context: RowContext): readonly PostmortemAction[] {
  return (postmortem.issue?.repository ?? localRepository) === context.home ? postmortem.actions : readBlocks(rows.actions, actionColumns(context), "a");
}

/** Adds content at the end of a section. */
function appended(name: SectionName, written: string, previous: PostmortemDocument, lineBreak: string): Splice {
  const range = sectionIn(previous.layout, name);
  if (range === undefined) return newSection(name, written, previous, lineBreak);
  const content = previous.text.slice(range.start, range.end);
  const isEmpty = content.trim() === "";
  const start = range.start + (isEmpty ? 0 : content.length - blankLinesAtEnd(content).length);
  const before = isEmpty ? headingBreak(previous.text, range.start, lineBreak) + lineBreak : lineBreak + lineBreak;
  return { start, end: range.end, text: before + written + (range.end === previous.text.length ? "" : lineBreak) };
}

/** The rows of the timeline and, below them, the keys of hidden events. */
function timelineSplices({ hidden, timeline }: Postmortem, columns: RowColumns<PostmortemEntry>, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const keys = [...new Set(hidden.filter((key) => key !== ""))];
  const isSame = JSON.stringify(keys) === JSON.stringify(previous.postmortem.hidden);
  const [first, ...others] = previous.layout.hidden;
  const removed = (line: MarkdownLine): Splice => ({ start: line.start - blankBefore(previous.text, line), end: line.start + line.text.length + line.end.length, text: "" });
  const marks = first === undefined || isSame ? [] : [keys.length === 0 ? removed(first) : { start: first.start, end: first.start + first.text.length, text: writeHidden(keys) }, ...others.map(removed)];
  if (first !== undefined || isSame) return [...rowSplices("timeline", previous.postmortem.timeline, timeline, columns, previous, lineBreak), ...marks];
  const line = writeHidden(keys) + lineBreak;
  const block = previous.rows.timeline.at(-1);
  if (block === undefined) return [appended("timeline", timeline.length === 0 ? line : newTable(timeline, columns, lineBreak) + lineBreak + line, previous, lineBreak)];
  return [...rowSplices("timeline", previous.postmortem.timeline, timeline, columns, previous, lineBreak), { start: block.end, end: block.end, text: headingBreak(previous.text, block.end, lineBreak) + lineBreak + line }];
}

/** The length of the line break of a blank line before a line, if there is a blank line after it as well. */
function blankBefore(text: string, line: MarkdownLine): number {
  const after = /^(?:\r\n|\r|\n|$)/.test(text.slice(line.start + line.text.length + line.end.length, line.start + line.text.length + line.end.length + 2));
  return after ? (/(?<=[\r\n])(?:\r\n|(?<!\r)\n|\r)$/.exec(text.slice(Math.max(0, line.start - 4), line.start))?.[0].length ?? 0) : 0;
}

/** Custom sections keep their order. One that the file does not have is added at the end. */
function ownSplices({ own }: Postmortem, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const ranges = new Map<string, OwnRange>(previous.layout.own.map((range) => [range.id, range]));
  const texts = new Map(previous.postmortem.own.map(({ id, text }) => [id, text]));
  const { length } = previous.text;
  return own.flatMap(({ id, heading, text }) => {
    const range = ranges.get(id);
    const level = range?.level ?? lastLevel(previous.layout);
    const isTaken = (name: SectionName): boolean => sectionIn(previous.layout, name)?.heading === headingOf(name);
    const written = ownText(text, { before: texts.get(id) ?? "", level, style: previous.layout.style, isTaken });
    if (range !== undefined) return texts.get(id) === written ? [] : [contentSplice(range, written, previous.text, lineBreak)];
    const content = written === "" ? "" : lineBreak + written.replaceAll("\n", lineBreak) + lineBreak;
    return [{ start: length, end: length, text: `${headingBreak(previous.text, length, lineBreak)}${lineBreak}${"#".repeat(level)} ${normalTitle(heading)}${lineBreak}${content}`, isSection: true as const }];
  });
}

function headingBreak(text: string, start: number, lineBreak: string): string {
  const last = text[start - 1];
  return last === "\n" || last === "\r" ? "" : lineBreak;
}

interface NewSection extends Splice {
  /** Applied after the changes of sections, which may end at the same position. */
  readonly isSection: true;
}

/** Inserts a missing section before the next existing one. */
function newSection(name: SectionName, content: string, { text, layout }: PostmortemDocument, lineBreak: string): NewSection {
  const { at, level } = placeOf(name, layout);
  const written = `${"#".repeat(level)} ${headingOf(name)}${lineBreak}${lineBreak}${content}`;
  if (at !== undefined) return { start: at, end: at, text: written + lineBreak, isSection: true };
  return { start: text.length, end: text.length, text: headingBreak(text, text.length, lineBreak) + lineBreak + written, isSection: true };
}

/** Where a missing section is inserted: before the next one, with a heading of the same level, otherwise at the end of the file. */
function placeOf(name: SectionName, layout: Layout): { readonly at?: number; readonly level: number } {
  const order = postmortemSections.map((section) => section.name);
  const next = layout.sections.filter((section) => order.indexOf(section.name) > order.indexOf(name)).toSorted((a, b) => a.headingStart - b.headingStart)[0];
  return next === undefined ? { level: lastLevel(layout) } : { at: next.headingStart, level: next.level };
}

/** The level of a heading that ends all sections. */
function lastLevel(layout: Layout): number {
  const ranges = [...layout.sections, ...layout.own];
  return ranges.length === 0 ? 2 : ranges.reduce((lowest, { level }) => Math.min(lowest, level), 6);
}

/** Applies all changes. Changes at the same position are applied in the given order. */
function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, splice.start), splice.text);
    from = Math.max(from, splice.end);
  }
  return parts.join("") + text.slice(from);
}

/** A file with all parts of a post-mortem, without content. */
function blankDocument(timezone: string): PostmortemDocument {
  const fields = ["issue", ...plainFields, ...postmortemLists, ...postmortemInstants, "events-until"];
  const context: RowContext = { timezone, home: localRepository };
  const tables = { timeline: newTable([], entryColumns(context), "\n"), actions: newTable([], actionColumns(context), "\n") };
  const sections = postmortemSections.map(({ name, heading }) => `\n## ${heading}\n${name === "timeline" || name === "actions" ? `\n${tables[name]}` : ""}`);
  const text = ["---", ...fields.map((field) => (field === "status" ? "status: Draft" : `${field}:`)), "---", "", titleLine(""), ...sections].join("\n");
  return parsePostmortem(text.replaceAll("\n\n\n", "\n\n"), timezone);
}
