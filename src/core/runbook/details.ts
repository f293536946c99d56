import { maxFrontMatterLength, readFrontMatterYaml } from "../markup/frontMatter";
import type { YamlTree } from "../markup/yamlTree";
import { isDate } from "../model/calendarDate";
import { parseDuration } from "../model/desk";
import type { FrontMatterLines } from "../model/markdownDocument";
import { type Problem, type TextRange, textStart } from "../model/problem";
import { type ChecklistTime, checklistTimes, type RunbookDetails, type RunbookProblemCode } from "../model/runbook";
import type { RunbookContext } from "./runbookContext";

interface FrontMatter {
  readonly title?: string;
  readonly details: RunbookDetails;
  readonly problems: readonly Problem<RunbookProblemCode>[];
}

/** Parses a runbook's front matter. Unknown fields are ignored. Invalid fields are reported with their positions. */
export function readFrontMatter(source: FrontMatterLines | undefined, context: RunbookContext): FrontMatter {
  if (source === undefined || source.language === "toml") {
    return { ...present({ title: source === undefined ? undefined : tomlTitle(source.text) }), details: { labels: [], match: [] }, problems: [] };
  }
  const { fields, flaw } = readFields(source.text);
  const problems: Problem<RunbookProblemCode>[] = [];
  const place = (range: TextRange): TextRange => shifted(range, source.line);
  if (flaw !== undefined) {
    problems.push({ severity: "error", code: "badFrontMatter", range: place(flaw.range), details: { reason: flaw.reason } });
  }

  const text = (key: string): string | undefined => {
    const value = fields.get(key)?.value;
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const warn = (code: RunbookProblemCode, key: string, name: string): void => {
    problems.push({ severity: "warning", code, range: place(fields.get(key)?.range ?? textStart), details: { name, field: key } });
  };
  const checked = (key: string, code: RunbookProblemCode, good: (value: string) => boolean): string | undefined => {
    const value = text(key);
    if (value === undefined || good(value)) return value;
    warn(code, key, value);
    return undefined;
  };
  const named = (key: string, code: RunbookProblemCode, names: readonly string[]): string | undefined => {
    const value = text(key);
    if (value === undefined) return undefined;
    const name = findName(names, value.replace(/^@/, ""));
    if (name === undefined) warn(code, key, value);
    return name ?? value.replace(/^@/, "");
  };

  const when = text("when");
  const time = readChecklistTime(when);
  if (when !== undefined && time === undefined) warn("badWhen", "when", when);

  const people = [...context.roles, ...(context.people ?? [])];
  const title = text("title");
  const details: { -readonly [Key in keyof RunbookDetails]: RunbookDetails[Key] } = { labels: list(fields.get("labels")), match: list(fields.get("match")) };
  const set = <Key extends keyof RunbookDetails>(key: Key, value: RunbookDetails[Key] | undefined): void => {
    if (value !== undefined) details[key] = value;
  };
  set("kind", named("kind", "unknownKind", context.kinds));
  set("repository", text("repository"));
  set("assign", named("assign", "unknownRole", people));
  set("priority", named("priority", "unknownPriority", context.priorities));
  set("role", named("role", "unknownRole", people));
  set("when", time);
  set("within", checked("within", "badDuration", isDuration));
  set("respondWithin", checked("respondWithin", "badDuration", isDuration));
  set("updateEvery", checked("updateEvery", "badDuration", isDuration));
  set("reviewed", checked("reviewed", "badDate", isDate));
  set("reviewEvery", checked("reviewEvery", "badDuration", isDuration));
  set("handbook", readFlag(text("handbook")));
  return title === undefined ? { details, problems } : { title, details, problems };
}

/** TOML front matter is written by site generators. Only its title is used. */
function tomlTitle(text: string): string | undefined {
  const [top = ""] = text.split(/^\s*\[/m);
  const [, double, single] = /^\s*title\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')/m.exec(top) ?? [];
  const title = (double?.replace(/\\(["\\])/g, "$1") ?? single ?? "").trim();
  return title === "" ? undefined : title;
}

// Runbooks written for version 0.1.0 use these values. They are read, and never offered.
const oldChecklistTimes: ReadonlyMap<string | undefined, ChecklistTime> = new Map([["start-of-turn", "start-of-shift"], ["end-of-turn", "end-of-shift"]]);

function readChecklistTime(when: string | undefined): ChecklistTime | undefined {
  return oldChecklistTimes.get(when) ?? checklistTimes.find((one) => one === when);
}

function readFlag(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** Finds a name in a list, ignoring case, and returns it in the list's spelling. */
export function findName(names: readonly string[], name: string): string | undefined {
  return names.find((one) => one.toLowerCase() === name.toLowerCase());
}

/** The value of a field as a list. */
export function list(field: Field | undefined): readonly string[] {
  const value = field?.value;
  const texts = typeof value === "string" ? value.split(",") : (value ?? []);
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

/** Moves a range down by a number of lines. */
export function shifted(range: TextRange, lines: number): TextRange {
  return { ...range, startLine: range.startLine + lines, endLine: range.endLine + lines };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Removes undefined fields from an object. */
export function present<T extends Readonly<Record<string, unknown>>>(values: T): Present<T>;

export function present(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) result[key] = values[key];
  return result;
}

function isDuration(text: string): boolean {
  return parseDuration(text) !== undefined;
}

/** The `key: value` pairs of a YAML head. Positions count from its first line. */
interface Fields {
  readonly fields: ReadonlyMap<string, Field>;
  /** Why the YAML is invalid. The fields are then parsed line by line as far as possible. */
  readonly flaw?: { readonly reason: string; readonly range: TextRange };
}

interface Field {
  /** A text, a list of texts, or `undefined` for other values. */
  readonly value: string | readonly string[] | undefined;
  readonly range: TextRange;
}

/** Parses a small YAML map. Never throws. Valid lines are kept if the YAML is invalid. */
export function readFields(text: string): Fields {
  if (text.length > maxFrontMatterLength) return { fields: new Map(), flaw: { reason: "tooLarge", range: textStart } };
  const plain = readPlainLines(text);
  if (plain.whole) return { fields: plain.fields };
  const { tree, flaws } = readFrontMatterYaml(text);
  const [flaw] = flaws.filter((one) => one.severity === "error");
  if (tree === undefined) return { fields: plain.fields, flaw: flaw ?? { reason: "unreadable", range: textStart } };
  if (tree.kind !== "map") return { fields: new Map(), flaw: { reason: "noMap", range: tree.range } };
  return { fields: new Map(tree.entries.map((entry) => [entry.key, { value: textsOf(entry.value), range: entry.value.range }])) };
}

function textsOf(tree: YamlTree): Field["value"] {
  if (tree.kind === "scalar") return tree.value === null ? undefined : String(tree.value);
  if (tree.kind === "map") return undefined;
  const texts = tree.items.map(textsOf);
  return texts.flatMap((text) => (typeof text === "string" ? [text] : []));
}

// Only values that every YAML parser reads as the same text: words that are not numbers, booleans or null, dates, and durations.
const word = /^(?!(?:true|false|null|yes|no|on|off|nan|inf)$)(?:[A-Za-z](?:[\w/-]|'(?=\w))*(?: [\w/-](?:[\w/-]|'(?=\w))*)*|\d{4}-\d\d-\d\d|[1-9]\d*[mhdw])$/i;

const line = /^([A-Za-z][\w-]*):(?: +(?:"([^"\\\n]*)"|\[((?:[^[\]{}"'#&*!|>%@`:]|"[^"\\\n]*")*)\]|([^\n]*)))?$/;

/** A fast path for the common case of a few plain lines, because the YAML parser would take longer than parsing the whole Markdown. */
function readPlainLines(text: string): { readonly fields: ReadonlyMap<string, Field>; readonly whole: boolean } {
  const fields = new Map<string, Field>();
  let whole = true;
  text.split("\n").forEach((source, index) => {
    if (source.trim() === "" || source.startsWith("#")) return;
    const [, key, quoted, list, plain] = line.exec(source.trimEnd()) ?? [];
    const value = quoted ?? (list === undefined ? undefined : readPlainList(list)) ?? (plain !== undefined && word.test(plain) ? plain : undefined);
    if (key === undefined || value === undefined || fields.has(key)) {
      whole = false;
      if (key === undefined || plain === undefined || plain === "" || fields.has(key)) return;
    }
    const startColumn = source.length - source.slice(key.length + 1).trimStart().length;
    fields.set(key, {
      value: value ?? plain,
      range: { startLine: index, startColumn, endLine: index, endColumn: source.trimEnd().length },
    });
  });
  return { fields, whole };
}

function readPlainList(source: string): readonly string[] | undefined {
  const items = source.trim() === "" ? [] : splitAtCommas(source).map((item) => item.trim());
  const texts = items.map((item) => (word.test(item) ? item : /^"([^"]*)"$/.exec(item)?.[1]));
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** Splits at commas outside of quotes. */
function splitAtCommas(source: string): readonly string[] {
  const parts = [""];
  for (const [piece] of source.matchAll(/"[^"]*"|,|[^,"]+/g)) {
    if (piece === ",") parts.push("");
    else parts.push((parts.pop() ?? "") + piece);
  }
  return parts;
}
