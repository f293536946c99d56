import { isDate } from "../calendarDate";
import { parseDuration } from "../desk/duration";
import { textStart, type Problem, type TextRange } from "../problem";
import { readFields, type Field } from "./fields";
import type { FrontMatterLines } from "./markdownDocument";
import type { ChecklistTime, RunbookDetails, RunbookProblemCode } from "./runbook";
import type { RunbookContext } from "./runbookContext";

export interface FrontMatter {
  readonly title?: string;
  readonly details: RunbookDetails;
  readonly problems: readonly Problem<RunbookProblemCode>[];
}

/** What a runbook's front matter says. Unknown fields are left alone; a field that is surely wrong is a problem at its place. */
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
  const time = checklistTimes.find((one) => one === when);
  if (when !== undefined && time === undefined) warn("badWhen", "when", when);

  return {
    ...present({ title: text("title") }),
    details: {
      ...present({
        kind: named("kind", "unknownKind", context.kinds),
        repository: text("repository"),
        assign: named("assign", "unknownRole", [...context.roles, ...(context.people ?? [])]),
        priority: named("priority", "unknownPriority", context.priorities),
        role: named("role", "unknownRole", [...context.roles, ...(context.people ?? [])]),
        when: time,
        within: checked("within", "badDuration", isDuration),
        respondWithin: checked("respondWithin", "badDuration", isDuration),
        updateEvery: checked("updateEvery", "badDuration", isDuration),
        reviewed: checked("reviewed", "badDate", isDate),
        reviewEvery: checked("reviewEvery", "badDuration", isDuration),
      }),
      labels: list(fields.get("labels")),
      match: list(fields.get("match")),
    },
    problems,
  };
}

/** TOML is what site generators write, and nothing but a title in it is for us. */
function tomlTitle(text: string): string | undefined {
  const [top = ""] = text.split(/^\s*\[/m);
  const [, double, single] = /^\s*title\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')/m.exec(top) ?? [];
  const title = (double?.replace(/\\(["\\])/g, "$1") ?? single ?? "").trim();
  return title === "" ? undefined : title;
}

/** Everything that `when` may say. */
export const checklistTimes: readonly ChecklistTime[] = ["start-of-day", "during-day", "end-of-day", "start-of-turn", "end-of-turn"];

/** The name in the spelling of the list, whatever its letter case. */
export function findName(names: readonly string[], name: string): string | undefined {
  return names.find((one) => one.toLowerCase() === name.toLowerCase());
}

/** A field that may hold one text or several, as several. */
export function list(field: Field | undefined): readonly string[] {
  const value = field?.value;
  const texts = typeof value === "string" ? value.split(",") : (value ?? []);
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

/** The range so many lines further down. */
export function shifted(range: TextRange, lines: number): TextRange {
  return { ...range, startLine: range.startLine + lines, endLine: range.endLine + lines };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without what is undefined in it. */
export function present<T extends Readonly<Record<string, unknown>>>(values: T): Present<T>;
export function present(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) result[key] = values[key];
  return result;
}

function isDuration(text: string): boolean {
  return parseDuration(text) !== undefined;
}
