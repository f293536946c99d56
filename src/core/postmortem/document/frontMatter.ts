import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLSeq } from "yaml";
import { isTooLarge, optionalFrontMatter, readFrontMatterYaml } from "../../markup/frontMatter";
import { lineBreakOf, normalField } from "../../markup/textLines";
import type { BrokenReason } from "../../model/issue";
import { alignRows } from "./alignRows";

/** Why the front matter of a file cannot be changed: it is TOML, or YAML that cannot be parsed or is not a list of fields. */
export type FrontMatterProblem = Extract<BrokenReason, "toml" | "badYaml" | "tooLarge" | "badFields">;

/** The fields of front matter and their positions in the file. */
export interface FrontMatter {
  /** Where the text after the front matter starts. */
  readonly end: number;
  /** By key in lower case, with `-` between words. The first of several fields with the same key counts. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Where a new field is inserted. `undefined` if the file has no front matter, or if it cannot be changed. */
  readonly place?: { readonly at: number; readonly indent: string };
  readonly problem?: FrontMatterProblem;
}

interface Field {
  /** One value for a plain text, several for a list of them, `undefined` for anything else. */
  readonly values: readonly string[] | undefined;
  readonly start: number;
  readonly end: number;
  /** The items of a list in the file. Absent for a plain text. */
  readonly list?: FieldList;
}

interface FieldList {
  readonly flow: boolean;
  readonly items: readonly Item[];
  /** Whether all items are plain texts. */
  readonly whole: boolean;
}

interface Item {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A replacement of one range of a text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** New values of a field: a plain text or a list. */
export interface FieldChange {
  readonly key: string;
  readonly value: string | readonly string[];
}

/** Parses the front matter at the start of a text, if there is any. Never fails: `problem` states what cannot be changed. */
export function readFrontMatter(text: string): FrontMatter {
  const parts = optionalFrontMatter(text);
  if (parts === undefined) return { end: text.startsWith("\uFEFF") ? 1 : 0, fields: new Map() };
  const { language, opening, source, closing, body } = parts;
  const [from, end] = [opening.length, text.length - body.length];
  if (language === "toml") return { end, fields: plainFields(source, from, "="), problem: "toml" };
  const reading = readFrontMatterYaml(source);
  if (reading.document === undefined) return { end, fields: plainFields(source, from, ":"), problem: isTooLarge(reading) ? "tooLarge" : "badYaml" };
  const map = reading.document.contents;
  const at = end - closing.length;
  if (map === null) return { end, fields: new Map(), place: { at, indent: "" } };
  if (!isMap(map) || map.flow === true) return { end, fields: new Map(), problem: "badFields" };
  const fields = new Map<string, Field>();
  for (const pair of map.items) {
    const read = readPair(pair, from);
    if (read !== undefined && !fields.has(read.key)) fields.set(read.key, read.field);
  }
  const first = map.range?.[0] ?? 0;
  return { end, fields, place: { at, indent: source.slice(source.lastIndexOf("\n", first - 1) + 1, first) } };
}

function readPair(pair: Pair, from: number): { readonly key: string; readonly field: Field } | undefined {
  const { key, value } = pair;
  if (!isScalar(key)) return undefined;
  const range = rangeOf(value);
  const [start, end] = range === undefined ? [-1, -1] : [from + range[0], from + range[1]];
  const field = (): Field => {
    if (isScalar(value)) {
      const words = scalarText(value);
      return { values: words === undefined ? undefined : [words], start, end };
    }
    if (!isSeq(value)) return { values: undefined, start, end };
    const items = listItems(value, from);
    return { values: items.map((item) => item.value), start, end, list: { flow: value.flow === true, items, whole: items.length === value.items.length } };
  };
  return { key: normalKey(String(key.value)), field: field() };
}

/** Items that are not plain texts are omitted. */
function listItems(list: YAMLSeq, from: number): readonly Item[] {
  return list.items.flatMap((item) => {
    const range = rangeOf(item);
    const value = isScalar(item) ? normalField(scalarText(item) ?? "") : "";
    return range === undefined || value === "" ? [] : [{ value, start: from + range[0], end: from + range[1] }];
  });
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  const [start, end]: readonly unknown[] = node.range;
  return typeof start === "number" && typeof end === "number" ? [start, end] : undefined;
}

function scalarText(scalar: Scalar): string | undefined {
  const { value, source } = scalar;
  if (typeof value === "string") return value.trim();
  if (value === null) return source === undefined || source === "" ? "" : undefined;
  return source;
}

function normalKey(key: string): string {
  return key.trim().toLowerCase().replace(/[\s_]+/g, "-");
}

/** The fields of front matter that is not valid YAML: lines with one plain value, for reading only. */
function plainFields(source: string, from: number, sign: ":" | "="): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const line of source.split(/\r\n|\r|\n/)) {
    const at = line.indexOf(sign);
    const key = normalKey(line.slice(0, Math.max(0, at)));
    const value = line.slice(at + 1).trim();
    if (!/^[\w-]{1,60}$/.test(key) || /^[[{|>&*!]/.test(value) || fields.has(key)) continue;
    fields.set(key, { values: [/^(["'])(.*)\1$/.exec(value)?.[2] ?? value], start: from, end: from });
  }
  return fields;
}

/** The texts of a field. Empty without the field, `undefined` if it contains something else. */
export function fieldValues(front: FrontMatter, key: string): readonly string[] | undefined {
  const field = front.fields.get(key);
  return field === undefined ? [] : field.values;
}

interface FieldSplices {
  readonly splices: readonly Splice[];
  /** Keys of fields that cannot be changed. */
  readonly failed: readonly string[];
}

/** The changes that set fields. Comments, style and other fields stay the same. An empty value leaves only the key. */
export function setFields(text: string, front: FrontMatter, changes: readonly FieldChange[]): FieldSplices {
  if (front.problem !== undefined) return { splices: [], failed: changes.map(({ key }) => key) };
  const lineBreak = lineBreakOf(text);
  const added = changes.filter(({ key }) => !front.fields.has(key)).map(({ key, value }) => `${front.place?.indent ?? ""}${key}:${spaced(writeValue(value))}${lineBreak}`);
  const [at, wrapped] = front.place === undefined ? [front.end, ["---" + lineBreak, ...added, `---${lineBreak}${lineBreak}`]] : [front.place.at, added];
  const results = changes.flatMap(({ key, value }) => {
    const field = front.fields.get(key);
    return field === undefined ? [] : [{ key, splices: changeField(text, field, value, lineBreak) }];
  });
  return {
    splices: [...results.flatMap(({ splices }) => splices ?? []), ...(added.length === 0 ? [] : [{ start: at, end: at, text: wrapped.join("") }])],
    failed: results.flatMap(({ key, splices }) => (splices === undefined ? [key] : [])),
  };
}

function changeField(text: string, field: Field, value: string | readonly string[], lineBreak: string): readonly Splice[] | undefined {
  if (field.values === undefined || field.start < 0) return undefined;
  if (field.list !== undefined) return listSplices(text, field, field.list, typeof value === "string" ? splitNames(value) : value, lineBreak);
  const [old = ""] = field.values;
  if (typeof value === "string") return [scalarSplice(text, field, writeScalar(value), lineBreak)];
  const plain = old !== "" && value.length > 0 && value.every((name) => !name.includes(","));
  return [scalarSplice(text, field, plain ? writeScalar(value.join(", ")) : value.length === 0 ? "" : writeList(value), lineBreak)];
}

function scalarSplice(text: string, field: Field, scalar: string, lineBreak: string): Splice {
  const before = /\s/.test(text[field.start - 1] ?? "") || scalar === "" ? "" : " ";
  const old = text.slice(field.start, field.end);
  const after = old.endsWith("\n") ? lineBreak : text[field.end] === "#" ? " " : "";
  return { start: field.start, end: field.end, text: before + scalar + after };
}

/** Changes only the items that differ. */
function listSplices(text: string, field: Field, list: FieldList, values: readonly string[], lineBreak: string): readonly Splice[] | undefined {
  const { items } = list;
  const origin = alignRows(items.map(({ value }) => [value]), values.map((value) => [value]));
  if (!list.flow) return items.length === 0 ? undefined : blockSplices(text, items, values, origin, lineBreak);
  if (!list.whole) return undefined;
  const kept = new Set(origin);
  const first = items.find((_item, place) => kept.has(place));
  const isOneLine = !/[\r\n]/.test(text.slice(field.start, field.end));
  if (isOneLine || first === undefined) {
    const written = values.map((value, index) => itemText(text, items[origin[index] ?? -1], value));
    return [{ start: field.start, end: field.end, text: `[${written.join(", ")}]` }];
  }
  const splices: Splice[] = [];
  for (const [index, item] of items.entries()) {
    if (kept.has(index)) continue;
    const next = items[index + 1];
    const hasLater = items.some((_item, place) => place > index && kept.has(place));
    splices.push(next !== undefined && hasLater ? { start: item.start, end: next.start, text: "" } : { start: items[index - 1]?.end ?? item.start, end: item.end, text: "" });
  }
  let last: Item | undefined;
  for (const [index, value] of values.entries()) {
    const item = items[origin[index] ?? -1];
    if (item !== undefined) splices.push({ start: item.start, end: item.end, text: itemText(text, item, value) });
    else if (last !== undefined) splices.push({ start: last.end, end: last.end, text: `, ${writeItem(value)}` });
    else splices.push({ start: first.start, end: first.start, text: `${writeItem(value)}, ` });
    last = item ?? last;
  }
  return splices;
}

function itemText(text: string, item: Item | undefined, value: string): string {
  return item?.value === value ? text.slice(item.start, item.end) : writeItem(value);
}

function blockSplices(text: string, items: readonly Item[], values: readonly string[], origin: readonly (number | undefined)[], lineBreak: string): readonly Splice[] {
  const kept = new Set(origin);
  const splices: Splice[] = items.flatMap((item, index) => (kept.has(index) ? [] : [{ ...linesOf(text, item), text: "" }]));
  let last: Item | undefined;
  for (const [index, value] of values.entries()) {
    const item = items[origin[index] ?? -1];
    if (item === undefined) {
      const near = linesOf(text, last ?? items[0] ?? { value, start: 0, end: 0 });
      const at = last === undefined ? near.start : near.end;
      splices.push({ start: at, end: at, text: `${near.dash}${writeItem(value)}${lineBreak}` });
    } else if (item.value !== value) {
      splices.push({ start: item.start, end: item.end, text: writeItem(value) });
    }
    last = item ?? last;
  }
  return splices;
}

/** The lines of an item, and its first line up to the value. */
function linesOf(text: string, { start, end }: Item): { readonly start: number; readonly end: number; readonly dash: string } {
  const first = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const rest = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
  rest.lastIndex = end;
  return { start: first, end: end + (rest.exec(text)?.[0].length ?? 0), dash: text.slice(first, start) };
}

/** Splits names that are written as one text, such as `Portal, Ledger`. */
export function splitNames(text: string): readonly string[] {
  return text.split(",").map(normalField).filter((name) => name !== "");
}

function writeList(values: readonly string[]): string {
  return values.length === 0 ? "" : `[${values.map(writeItem).join(", ")}]`;
}

/** A text as an item of a list, with quotes if needed. */
export function writeItem(value: string): string {
  return /[,[\]{}]/.test(value) ? JSON.stringify(value) : writeScalar(value);
}

/** Formats a text as a YAML value on one line, with quotes only if needed. */
export function writeScalar(value: string): string {
  if (value === "") return "";
  const line = `key: ${value}\n`;
  const map = /^[\p{L}\p{N}]/u.test(value) ? readFrontMatterYaml(line).document?.contents : undefined;
  const read = isMap(map) && map.items.length === 1 && map.items[0] !== undefined ? readPair(map.items[0], 0)?.field : undefined;
  return read?.list === undefined && read?.values?.[0] === value && read.end === line.length - 1 ? value : JSON.stringify(value);
}

function writeValue(value: string | readonly string[]): string {
  return typeof value === "string" ? writeScalar(value) : writeList(value);
}

function spaced(value: string): string {
  return value === "" ? "" : ` ${value}`;
}
