import { type MarkdownLine, markdownLines, readHeading } from "../../markup/textLines";
import { markAtEnd } from "./entrySource";
import { type ItemTime, readItemTime } from "./itemTime";
import type { RowColumns } from "./rowColumns";
import { sectionText } from "./sectionText";
import { normalCell } from "./table";

/** A list whose items are rows, or parts that each start with a heading, with its position in a text. */
export interface ItemList {
  readonly start: number;
  readonly end: number;
  readonly items: readonly ListItem[];
}

/** A list item in parts. Concatenating them gives the exact text, up to the blank lines after it. */
export interface ListItem {
  /** Indentation, and bullet, number or the signs of a heading. */
  readonly bullet: string;
  /** `[ ] ` or `[x] `, if the rows have a check box. */
  readonly box: string;
  readonly time: ItemTime | undefined;
  /** The rest of the first paragraph, without fields. */
  readonly text: string;
  /** Fields at the end of the first paragraph, such as ` · Owner: ana`. */
  readonly fields: readonly ItemField[];
  /** A hidden mark at the end of the first paragraph, with the space before it. */
  readonly mark: string;
  /** Further lines, starting with the line break. */
  readonly more: string;
  /** Line breaks and blank lines before the next item. */
  readonly gap: string;
}

interface ItemField {
  /** What separates the field from the text before it. */
  readonly before: string;
  readonly name: string;
  readonly value: string;
}

const headingStart = /^ {0,3}#{1,6}[ \t]+/;

const itemStart = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)/;

/** What a line is to the list before it: its next item, the first item of another list, a part of the last item, or its end. */
type LineRole = "item" | "newList" | "part" | "end";

type ItemLines = readonly (readonly MarkdownLine[])[];

/** The lists of a text. `roleOf` gets the items of the list that the line would continue, none if there is no such list. */
function collectLists<Row>(lines: readonly MarkdownLine[], columns: RowColumns<Row>, roleOf: (line: MarkdownLine, items: ItemLines, before: MarkdownLine | undefined) => LineRole): readonly ItemList[] {
  const lists: ItemList[] = [];
  let items: MarkdownLine[][] = [];
  const finish = (): void => {
    if (items.length > 0) lists.push(readList(items, columns));
    items = [];
  };
  for (const [index, line] of lines.entries()) {
    const role = roleOf(line, items, lines[index - 1]);
    if (role === "end" || role === "newList") finish();
    if (role === "item" || role === "newList") items.push([line]);
    else if (role === "part") items.at(-1)?.push(line);
  }
  finish();
  return lists;
}

/** All lists outside of fenced blocks, with nested lists as part of their items. */
export function findLists<Row>(lines: readonly MarkdownLine[], columns: RowColumns<Row>): readonly ItemList[] {
  return collectLists(lines, columns, (line, items, before) => {
    if (!line.fenced && itemStart.test(line.text) && !isRule(line.text) && !isNested(line, items)) return "item";
    const isBlank = line.text.trim() === "";
    const isIndented = /^(?: {2,}|\t)/.test(line.text);
    return isBlank || isIndented || (!line.fenced && isContinued(line, before)) ? "part" : "end";
  });
}

function isRule(text: string): boolean {
  return /^ {0,3}([-*])(?:[ \t]*\1){2,}[ \t]*$/.test(text);
}

/** Parts of a section that start with a heading with a time. Each ends at the next heading of its level or a higher one. */
export function findTimedHeadings<Row>(lines: readonly MarkdownLine[], columns: RowColumns<Row>): readonly ItemList[] {
  let level = 0;
  return collectLists(lines, columns, (line, items) => {
    const heading = readHeading(line);
    if (heading === undefined || (items.length > 0 && heading.level > level)) return "part";
    if (readItemTime(heading.words) === undefined) return "end";
    const role = heading.level === level ? "item" : "newList";
    level = heading.level;
    return role;
  });
}

/** Paragraphs and lines that start with a time, without bullets. */
export function findTimedLines<Row>(lines: readonly MarkdownLine[], columns: RowColumns<Row>): readonly ItemList[] {
  return collectLists(lines, columns, (line, items) => {
    const isText = !line.fenced && readHeading(line) === undefined && !/^(?:[ \t]|[-*+>|<](?![*])|\d{1,9}[.)][ \t])/.test(line.text);
    if (isText && readItemTime(line.text) !== undefined) return "item";
    const isAfterBlank = items.at(-1)?.at(-1)?.text.trim() === "";
    return line.text.trim() === "" || (isText && !isAfterBlank) ? "part" : "end";
  });
}

/** Whether an item is indented at least as much as the text of the list's items. */
function isNested(line: MarkdownLine, [item]: ItemLines): boolean {
  const first = item?.[0];
  const indent = (text: string): number => /^ */.exec(text)?.[0].length ?? 0;
  return first !== undefined && indent(line.text) >= indent(first.text) + 2;
}

/** Whether a line without indentation continues the paragraph of the line before it. */
function isContinued(line: MarkdownLine, before: MarkdownLine | undefined): boolean {
  return before !== undefined && before.text.trim() !== "" && !before.fenced && readHeading(line) === undefined && !/^ {0,3}(?:[>|<]|$)/.test(line.text) && !isRule(line.text);
}

function readList<Row>(items: ItemLines, columns: RowColumns<Row>): ItemList {
  const texts = items.map((lines) => lines.map((line) => line.text + line.end).join(""));
  const start = items[0]?.[0]?.start ?? 0;
  const last = texts.at(-1) ?? "";
  const all = texts.reduce((length, text) => length + text.length, 0);
  const end = start + all - (last.length - last.trimEnd().length) + lineBreakAt(last, last.trimEnd().length).length;
  return { start, end, items: texts.map((text, index) => readItem(index < texts.length - 1 ? text : last.slice(0, last.trimEnd().length + lineBreakAt(last, last.trimEnd().length).length), columns)) };
}

function lineBreakAt(text: string, at: number): string {
  return /^[ \t]*(\r\n|\r|\n)/.exec(text.slice(at))?.[0] ?? "";
}

function readItem<Row>(text: string, columns: RowColumns<Row>): ListItem {
  const whole = text.trimEnd();
  const [bullet = ""] = headingStart.exec(whole) ?? itemStart.exec(whole) ?? [];
  const rest = whole.slice(bullet.length);
  const box = columns.list?.before === "checkbox" ? (/^\[[ xX]\](?:[ \t]+|$)/.exec(rest)?.[0] ?? "") : "";
  const time = columns.list?.before === "time" ? withoutGap(readItemTime(rest), rest) : undefined;
  const from = box.length + (time === undefined ? 0 : time.before.length + time.time.length + time.after.length);
  const body = rest.slice(from);
  const paragraph = headingStart.test(bullet) ? (/^[^\r\n]*/.exec(body)?.[0] ?? "") : firstParagraph(body);
  const mark = markAtEnd(paragraph);
  const { words, fields } = splitFields(paragraph.slice(0, paragraph.length - mark.length), columns);
  return { bullet, box, time, text: words, fields, mark, more: body.slice(paragraph.length), gap: text.slice(whole.length) };
}

/** The space before a field belongs to the field. */
function withoutGap(time: ItemTime | undefined, text: string): ItemTime | undefined {
  if (time === undefined || !time.after.endsWith(" ")) return time;
  const end = time.before.length + time.time.length + time.after.length;
  return text.startsWith(separator.trimStart(), end) ? { ...time, after: time.after.slice(0, -1) } : time;
}

/** The text up to a blank line or a nested list. */
function firstParagraph(text: string): string {
  const end = /(?:\r\n|\r|\n)(?=[ \t]*(?:[\r\n]|(?:[-*+]|\d{1,9}[.)])[ \t]|`{3}|~{3}))/.exec(text)?.index;
  return end === undefined ? text : text.slice(0, end);
}

const separator = " · ";

/** Fields are named like columns. Only those at the end count. */
function splitFields<Row>(text: string, columns: RowColumns<Row>): { readonly words: string; readonly fields: readonly ItemField[] } {
  const fields: ItemField[] = [];
  let words = text;
  for (;;) {
    const last = words.lastIndexOf(separator);
    const [at, before] = last < 0 && words.startsWith(separator.trimStart()) ? [0, separator.trimStart()] : [last, separator];
    const [, name, value] = at < 0 ? [] : (/^([A-Z][a-z]+):(?: (.*))?$/.exec(words.slice(at + before.length)) ?? []);
    if (name === undefined || !fieldsOf(columns).includes(name) || fields.some((field) => field.name === name)) return { words, fields: fields.toReversed() };
    fields.push({ before, name, value: value ?? "" });
    words = words.slice(0, at);
  }
}

/** Columns that are written as fields of an item. */
function fieldsOf<Row>(columns: RowColumns<Row>): readonly string[] {
  const { main, before } = columns.list ?? { main: "", before: "checkbox" };
  return columns.headings.filter((heading) => heading.toLowerCase() !== main && heading.toLowerCase() !== before);
}

/** The text of a column in an item. */
export function itemCell<Row>(item: ListItem, columns: RowColumns<Row>, column: string): string {
  if (column === columns.list?.main) return normalCell(headingStart.test(item.bullet) ? withoutTail(item.text) + item.more : dedented(item.text + item.more, item.bullet.length));
  if (column === "time" && columns.list?.before === "time") return item.time?.time ?? "";
  const value = normalCell(item.fields.find(({ name }) => name.toLowerCase() === column)?.value ?? "");
  if (column === "source") return `${value}${item.mark}`.trim();
  if (column !== "state" || item.box === "") return value;
  const isChecked = /x/i.test(item.box);
  if (isChecked) return /^(?:declined|not planned)$/.test(value) ? value : "done";
  return value === "done" ? "accepted" : value;
}

/** The text of a heading without the number signs that may end it. */
function withoutTail(text: string): string {
  return text.replace(/(?<![ \t#])[ \t]*#+[ \t]*$|^#+$/, "");
}

/** Removes up to that much indentation from all lines but the first, and the backslash before number signs that do not start a heading. */
function dedented(text: string, indent: number): string {
  return text.replace(/(\r\n|\r|\n)([ \t]*)(?:\\(?=#{1,6}[ \t]))?/g, (_all, lineBreak: string, blank: string) => lineBreak + blank.slice(Math.min(blank.length, blank.includes("\t") ? 1 : indent)));
}

/** The item with changed columns. Unchanged parts keep every byte. */
export function changeItem<Row>(item: ListItem, columns: RowColumns<Row>, changes: ReadonlyMap<string, string>, like: ListItem | undefined, lineBreak: string): ListItem {
  let changed = item;
  for (const [column, value] of changes) {
    if (column === columns.list?.main) changed = { ...changed, ...(headingStart.test(changed.bullet) ? writeBelow(value, changed, lineBreak) : writeText(value, changed.bullet.length, lineBreak)) };
    else if (column === "time" && columns.list?.before === "time") changed = { ...changed, time: changedTime(value, changed, like?.time) };
    else if (column === "source") changed = changedSource(changed, columns, value);
    else if (column === "state") changed = changedState(changed, columns, value);
    else changed = withField(changed, columns, column, value);
  }
  const { bullet, box, gap } = changed;
  const rule = changed.time === undefined && box === "" && isRule(bullet + (/^[^\r\n]*/.exec(changed.text)?.[0] ?? ""));
  return { ...changed, ...(rule ? { text: `\\${changed.text}` } : {}), bullet: bullet === "" || /\s$/.test(bullet) ? bullet : `${bullet} `, box: box === "" || /\s$/.test(box) ? box : `${box} `, gap: gap.replace(/^[ \t]+/, "") };
}

/** The text of a part that starts with a heading: below the heading, or from the heading's line on if that had a text. */
function writeBelow(value: string, { bullet, text }: ListItem, lineBreak: string): Pick<ListItem, "text" | "more"> {
  const level = bullet.trim().length;
  const [first = "", ...rest] = (withoutTail(text).trim() === "" ? `\n\n${sectionText(value, level, { highest: 1, underlined: false })}` : value).split("\n");
  const more = sectionText(rest.join("\n"), level, { highest: 1, underlined: false }).replaceAll("\n", lineBreak);
  return { text: first === "" ? text : first, more: more === "" ? "" : lineBreak + lineBreak + more };
}

function writeText(value: string, indent: number, lineBreak: string): Pick<ListItem, "text" | "more"> {
  // After a bullet or a time, a fence would only look like one that is closed where it opens.
  const { lines, openFence } = markdownLines(/^ {0,3}(?:`{3}|~{3})/.test(value) ? `\n${value}` : value);
  const safe = lines.map((line, index) => (index > 0 && readHeading(line) !== undefined ? `\\${line.text.trim()}` : line.text.trimEnd()));
  // Without a bullet, another line would be an item of its own.
  if (indent === 0) return { text: value.replaceAll("\n", "<br>"), more: "" };
  const all = [...safe, ...(openFence === undefined ? [] : [openFence])];
  const text = all.map((line, index) => (index === 0 || line === "" ? line : " ".repeat(indent) + line)).join(lineBreak);
  const first = firstParagraph(text);
  return { text: first, more: text.slice(first.length) };
}

/** A heading or a line without a bullet is a row only with a time that is recognized, so it keeps the time that it has. */
function changedTime(value: string, { time, bullet, text }: ListItem, like: ItemTime | undefined): ItemTime | undefined {
  const { before, after } = time ?? like ?? { before: "", after: ": " };
  const changed = value === "" ? undefined : { before, time: value.replaceAll("\n", " "), after: after === "" && !headingStart.test(bullet) ? " " : after };
  const needsTime = time !== undefined && (bullet === "" || headingStart.test(bullet));
  return needsTime && readItemTime(`${changed === undefined ? "" : before + changed.time + changed.after}${text}`) === undefined ? time : changed;
}

function changedSource<Row>(item: ListItem, columns: RowColumns<Row>, value: string): ListItem {
  const mark = markAtEnd(value);
  return { ...withField(item, columns, "source", value.slice(0, value.length - mark.length)), mark: mark === "" ? "" : ` ${mark.trim()}` };
}

function changedState<Row>(item: ListItem, columns: RowColumns<Row>, value: string): ListItem {
  if (item.box === "") return withField(item, columns, "state", value === "proposed" && !item.fields.some(({ name }) => name === "State") ? "" : value);
  const isClosed = value === "declined" || value === "not planned";
  const box = value === "done" ? item.box.replace(" ]", "x]") : isClosed ? item.box : item.box.replace(/x\]/i, " ]");
  return { ...withField(item, columns, "state", value === "done" || value === "proposed" ? "" : value), box };
}

function withField<Row>(item: ListItem, columns: RowColumns<Row>, column: string, value: string): ListItem {
  const name = fieldsOf(columns).find((heading) => heading.toLowerCase() === column) ?? column;
  const shown = value.trim().replaceAll("\n", "<br>").replaceAll(separator, ", ");
  if (shown === "") return { ...item, fields: item.fields.filter((one) => one.name !== name) };
  const isSpaced = item.text === "" && item.fields.length === 0 && /\s$/.test(item.time?.after ?? item.bullet + item.box);
  return { ...item, fields: item.fields.some((one) => one.name === name) ? item.fields.map((one) => (one.name === name ? { ...one, value: shown } : one)) : [...item.fields, { before: isSpaced ? separator.trimStart() : separator, name, value: shown }] };
}

/** A new item in the style of another. */
export function newItem<Row>(columns: RowColumns<Row>, changes: ReadonlyMap<string, string>, like: ListItem | undefined, lineBreak: string): ListItem {
  const bullet = (like?.bullet ?? "- ").replace(/\d+/, (digits) => String(Number(digits) + 1));
  const box = like === undefined || like.box === "" ? "" : "[ ] ";
  const empty: ListItem = { bullet, box, time: undefined, text: "", fields: [], mark: "", more: "", gap: "" };
  return changeItem(empty, columns, changes, like, lineBreak);
}

/** The text of an item with its gap. */
export function joinItem({ bullet, box, time, text, fields, mark, more, gap }: ListItem): string {
  const head = time === undefined ? "" : time.before + time.time + time.after;
  return bullet + box + head + text + fields.map((field) => `${field.before}${field.name}:${field.value === "" ? "" : ` ${field.value}`}`).join("") + mark + more + gap;
}
