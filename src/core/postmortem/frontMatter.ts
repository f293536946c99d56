import { isMap, isScalar, type Pair, type Scalar } from "yaml";
import { isTooLarge, readFrontMatterYaml, splitYamlFrontMatter } from "../markup/frontMatter";
import type { BrokenReason } from "../model/issue";
import { failed, ok, type Result } from "../model/result";

/** The fields of front matter and their positions in the file. */
export interface FrontMatter {
  /** Where the text after the front matter starts. */
  readonly end: number;
  /** Where a new field is inserted. */
  readonly insertAt: number;
  readonly indent: string;
  readonly fields: ReadonlyMap<string, Field>;
}

interface Field {
  /** `undefined` when the value is not a plain text. */
  readonly value: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** A replacement of one range of a text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Parses the YAML between the `---` lines at the start of a text. */
export function readFrontMatter(text: string): Result<FrontMatter, BrokenReason> {
  const parts = splitYamlFrontMatter(text);
  if (parts === undefined) return failed("noFrontMatter");
  const { opening, source, closing, body } = parts;
  const from = opening.length;
  const reading = readFrontMatterYaml(source);
  if (reading.document === undefined) return failed(isTooLarge(reading) ? "tooLarge" : "badYaml");
  const map = reading.document.contents;
  if (!isMap(map) || map.flow === true) return failed("badFields");
  const fields = new Map<string, Field>();
  for (const pair of map.items) {
    const read = readPair(pair, from);
    if (read === undefined) return failed("badFields");
    fields.set(read.key, read.field);
  }
  const first = map.range?.[0] ?? 0;
  const indent = source.slice(source.lastIndexOf("\n", first - 1) + 1, first);
  return ok({ end: text.length - body.length, insertAt: text.length - body.length - closing.length, indent, fields });
}

function readPair(pair: Pair, from: number): { readonly key: string; readonly field: Field } | undefined {
  const { key, value } = pair;
  if (!isScalar(key) || typeof value !== "object" || value === null || !("range" in value)) return undefined;
  const range: unknown = value.range;
  if (!Array.isArray(range)) return undefined;
  const [start, end]: readonly unknown[] = range;
  if (typeof start !== "number" || typeof end !== "number") return undefined;
  return { key: String(key.value), field: { value: isScalar(value) ? scalarText(value) : undefined, start: from + start, end: from + end } };
}

function scalarText(scalar: Scalar): string | undefined {
  const { value, source } = scalar;
  if (typeof value === "string") return value.trim();
  if (value === null) return source === undefined || source === "" ? "" : undefined;
  return source;
}

/** The change that sets a field. Comments and other fields stay the same. An empty value leaves only the key. */
export function setField(text: string, front: FrontMatter, key: string, value: string): Splice {
  const field = front.fields.get(key);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const scalar = writeScalar(value);
  if (field === undefined) {
    return { start: front.insertAt, end: front.insertAt, text: `${front.indent}${key}:${scalar === "" ? "" : " "}${scalar}${lineBreak}` };
  }
  const before = /\s/.test(text[field.start - 1] ?? "") || scalar === "" ? "" : " ";
  const old = text.slice(field.start, field.end);
  const after = old.endsWith("\n") ? lineBreak : text[field.end] === "#" ? " " : "";
  return { start: field.start, end: field.end, text: before + scalar + after };
}

/** Formats a text as a YAML value on one line, with quotes only if needed. */
export function writeScalar(value: string): string {
  if (value === "") return "";
  const line = `key: ${value}\n`;
  const map = /^[\p{L}\p{N}]/u.test(value) ? readFrontMatterYaml(line).document?.contents : undefined;
  const read = isMap(map) && map.items.length === 1 && map.items[0] !== undefined ? readPair(map.items[0], 0)?.field : undefined;
  return read?.value === value && read.end === line.length - 1 ? value : JSON.stringify(value);
}
