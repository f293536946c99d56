import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { readYamlTree } from "./yamlTree";

/** A map in a YAML text that is to be edited. */
export interface EditedMap {
  readonly text: string;
  readonly map: YAMLMap;
}

/** The map at a path of keys. Returns `undefined` if there is none, or if it is an alias. */
export function editedMap(text: string, keys: readonly string[]): EditedMap | undefined {
  const contents = readYamlTree(text).document?.contents;
  const map = keys.reduce<unknown>((node, key) => (isMap(node) ? pairIn(node, key)?.value : undefined), contents);
  return isMap(map) && map.items.length > 0 ? { text, map } : undefined;
}

/** Appends items, each in one line of flow YAML, to the list under a key. A missing key is added. Returns `undefined` if the value is not a list. */
export function addItems({ text, map }: EditedMap, key: string, items: readonly string[]): TextEdit | undefined {
  const pair = pairIn(map, key);
  if (pair === undefined) return addPair({ text, map }, key, { flow: `[${items.join(", ")}]`, lines: items.map((item) => `- ${item}`) });
  if (isNothing(pair.value)) return fillPair({ text, map }, pair, { flow: `[${items.join(", ")}]`, lines: items.map((item) => `- ${item}`) });
  return isSeq(pair.value) ? addToList(text, pair.value, items) : undefined;
}

function addToList(text: string, list: YAMLSeq, items: readonly string[]): TextEdit {
  const start = list.range?.[0] ?? 0;
  const last = list.items.at(-1);
  if (last === undefined) return insertion(start + 1, items.join(", "));
  if (list.flow === true) return insertion(endOf(text, last), items.map((item) => `, ${item}`).join(""));
  return insertion(lineEnd(text, endOf(text, last)), lines(text, columnOf(text, start), items.map((item) => `- ${item}`)));
}

/** A new entry of a map: a plain key and a value in flow YAML. */
interface NewEntry {
  readonly key: string;
  readonly value: string;
}

/** Adds entries to the map under a key, sorted by key. A missing key is added. The entries must not exist yet. */
export function addEntries({ text, map }: EditedMap, key: string, entries: readonly NewEntry[]): readonly TextEdit[] | undefined {
  const shown = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((entry) => ({ key: entry.key, line: `${entry.key}: ${entry.value}` }));
  const whole = { flow: `{ ${shown.map(({ line }) => line).join(", ")} }`, lines: shown.map(({ line }) => line) };
  const pair = pairIn(map, key);
  if (pair === undefined) return [addPair({ text, map }, key, whole)];
  if (isNothing(pair.value)) return [fillPair({ text, map }, pair, whole)];
  if (!isMap(pair.value)) return undefined;
  const { items, range, flow } = pair.value;
  if (items.length === 0) return [insertion((range?.[0] ?? 0) + 1, ` ${whole.lines.join(", ")} `)];
  const byOffset = new Map<number, string>();
  for (const { key: added, line } of shown) {
    const before = items.findLast((item) => keyText(item) < added) ?? items.at(-1);
    const end = endOf(text, before?.value ?? before?.key);
    const offset = flow === true ? end : lineEnd(text, end);
    byOffset.set(offset, (byOffset.get(offset) ?? "") + (flow === true ? `, ${line}` : lines(text, columnOf(text, startOf(items[0]?.key)), [line])));
  }
  return [...byOffset].map(([offset, newText]) => insertion(offset, newText));
}

/** Replaces the value at a path. Returns `undefined` if there is none, or if it is an alias. */
export function replaceValue({ text, map }: EditedMap, keys: readonly (string | number)[], value: string): TextEdit | undefined {
  const node = nodeAt(map, keys);
  if (isNothing(node) || !(isScalar(node) || isMap(node) || isSeq(node))) return undefined;
  return { from: startOf(node), to: endOf(text, node), newText: value };
}

/** Appends a key with a plain value to the map at a path. Returns `undefined` if there is no such map or the key exists. */
export function addScalar({ text, map }: EditedMap, keys: readonly (string | number)[], key: string, value: string): TextEdit | undefined {
  const node = nodeAt(map, keys);
  if (!isMap(node) || node.items.length === 0 || pairIn(node, key) !== undefined) return undefined;
  const last = node.items.at(-1);
  const end = endOf(text, isNothing(last?.value) ? last?.key : last?.value);
  if (node.flow === true) return insertion(end, `, ${key}: ${value}`);
  return insertion(lineEnd(text, end), lines(text, columnOf(text, startOf(node.items[0]?.key)), [`${key}: ${value}`]));
}

/** Copies one list item from one text to the same position in the other, with an additional key. Returns `undefined` if either has no such list. */
export function copyItem(from: EditedMap, to: EditedMap, keys: readonly string[], index: number, more: NewEntry): TextEdit | undefined {
  const [source, target] = [nodeAt(from.map, keys), nodeAt(to.map, keys)];
  const item = isSeq(source) ? source.items[index] : undefined;
  if (!isSeq(target) || target.items.length === 0 || !isMap(item)) return undefined;
  const added = addScalar({ text: from.text, map: item }, [], more.key, more.value);
  if (added === undefined) return undefined;
  const [start, end] = [startOf(item), Math.max(endOf(from.text, item), added.from)];
  const written = from.text.slice(start, added.from) + added.newText + from.text.slice(added.from, end);
  const column = columnOf(from.text, start);
  // Keep the relative indentation of the item's lines.
  const indented = (by: number): string => written.replace(/(\r?\n) */g, (line, lineBreak: string) => `${lineBreak}${" ".repeat(Math.max(line.length - lineBreak.length - column + by, 0))}`);
  const next = target.items[index];
  const last = target.items.at(-1);
  if (target.flow === true) return next === undefined ? insertion(endOf(to.text, last), `, ${indented(columnOf(to.text, startOf(last)))}`) : insertion(startOf(next), `${indented(columnOf(to.text, startOf(next)))}, `);
  const dash = columnOf(to.text, target.range?.[0] ?? 0);
  const line = `- ${indented(dash + 2)}`;
  if (next === undefined) return insertion(lineEnd(to.text, endOf(to.text, last)), `${to.text.includes("\r\n") ? "\r\n" : "\n"}${" ".repeat(dash)}${line}`);
  const before = to.text.lastIndexOf("-", startOf(next) - 1);
  return insertion(before, `${line}${to.text.includes("\r\n") ? "\r\n" : "\n"}${" ".repeat(dash)}`);
}

/** A value as flow YAML, and as lines of a block. */
interface NewValue {
  readonly flow: string;
  readonly lines: readonly string[];
}

function addPair({ text, map }: EditedMap, key: string, value: NewValue): TextEdit {
  const last = map.items.at(-1);
  const end = endOf(text, isNothing(last?.value) ? last?.key : last?.value);
  if (map.flow === true) return insertion(end, `, ${key}: ${value.flow}`);
  const column = columnOf(text, startOf(map.items[0]?.key));
  return insertion(lineEnd(text, end), lines(text, column, [`${key}:`, ...value.lines.map((line) => `  ${line}`)]));
}

/** Sets the value of a key that has none. */
function fillPair({ text, map }: EditedMap, { key }: Pair, value: NewValue): TextEdit {
  const end = endOf(text, key);
  if (map.flow === true) return text[end] === ":" ? insertion(end + 1, ` ${value.flow}`) : insertion(end, `: ${value.flow}`);
  return insertion(lineEnd(text, end), lines(text, columnOf(text, startOf(key)) + 2, value.lines));
}

function nodeAt(map: YAMLMap, keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((at, key) => (isMap(at) ? pairIn(at, String(key))?.value : isSeq(at) && typeof key === "number" ? at.items[key] : undefined), map);
}

function pairIn(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyText(pair) === key);
}

function keyText({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function insertion(at: number, newText: string): TextEdit {
  return { from: at, to: at, newText };
}

function startOf(node: unknown): number {
  return (isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined) ?? 0;
}

/** The end of a node's own text. The range of a block extends to the next line. */
function endOf(text: string, node: unknown): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return endOf(text, isNothing(last?.value) ? last?.key : last?.value);
  }
  if (isSeq(node) && node.flow !== true) return endOf(text, node.items.at(-1));
  const end = (isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[1] : undefined) ?? 0;
  return text.slice(0, end).trimEnd().length;
}

/** The end of a line, before its line break. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Formats new lines with the same indentation and the text's line breaks. */
function lines(text: string, column: number, added: readonly string[]): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return added.map((line) => `${end}${" ".repeat(column)}${line}`).join("");
}

/** Replaces the text between the offsets `from` and `to` (exclusive) with `newText`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

/** Applies edits that do not overlap, in any order. Their offsets refer to the original text. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.toSorted((a, b) => b.from - a.from).reduce((all, { from, to, newText }) => all.slice(0, from) + newText + all.slice(to), text);
}
