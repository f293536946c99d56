import { isDate } from "../model/calendarDate";
import { parseDuration } from "../model/desk";
import type { MarkdownDocument } from "../model/markdownDocument";
import { decodeUri, resolvePath } from "../model/paths";
import type { Problem, TextRange } from "../model/problem";
import { checklistTimes, type RunbookProblemCode } from "../model/runbook";
import { fieldTypes } from "../model/stepRequests";
import { editDistance } from "../search/terms";
import { yamlText } from "./completeRunbook";
import { canLink, relativeLink, resolveRunbookLink, type TextChange } from "./links";
import type { RunbookContext } from "./runbookContext";

/** All problem codes of runbooks, including those that depend on the date or the desk. */
export type RunbookCheckCode = RunbookProblemCode | "stale" | "neverReviewed" | "doubtfulName" | "doubtfulLabel" | "brokenFragment";

/** A fix for a problem. `host` formats its title, and `text` is the inserted text. */
export interface RunbookFix {
  readonly kind: "replace" | "close" | "addItem" | "review";
  readonly text: string;
  readonly change: TextChange;
}

/** Input for fixes. */
export interface FixContext {
  readonly path: string;
  readonly document: MarkdownDocument;
  readonly context: RunbookContext;
  /** Paths of the desk's runbooks. */
  readonly runbooks: readonly string[];
  /** ISO date of today. */
  readonly today: string;
  /** The first item of a gate, in the display language. */
  readonly item: string;
}

/** The fixes of a problem, most likely first. Empty if only a person can know what was meant. */
export function fixesFor(problem: Problem<RunbookCheckCode>, context: FixContext): readonly RunbookFix[] {
  const { code, range, details } = problem;
  const name = details["name"] ?? "";
  const { kinds, roles, priorities, people = [] } = context.context;
  const put = (texts: readonly string[], before = ""): readonly RunbookFix[] => texts.map((text) => ({ kind: "replace", text: before + text, change: { range, text: before + text } }));
  switch (code) {
    case "unknownKind":
      return put(nearestNames(name, kinds));
    case "unknownRole":
      return put(nearestNames(name.replace(/^@/, ""), [...roles, ...people]));
    case "unknownPriority":
      return put(nearestNames(name, priorities));
    case "unknownApprover":
      return put(nearestNames(name, context.context.approvers ?? [...roles, ...people]), "@");
    case "unknownFieldType":
      return put(nearestNames(name.toLowerCase(), fieldTypes.filter((type) => type !== "choice")));
    case "fieldTwoTypes": {
      const field = (context.document.lines[range.startLine] ?? "").slice(range.startColumn, range.endColumn).replace(/:.*$/s, "").replace("{{", "").trim();
      return put([`{{${field}: ${details["first"] ?? ""}}}`]);
    }
    case "cutLabel":
      return put([` ${name} `]);
    case "unclosedField":
      return put([`${name.replace(/[\s}]+$/, "")}}}`]);
    case "severalApprovals":
      return put([(context.document.lines[range.startLine] ?? "").slice(range.startColumn, range.endColumn).replace(/\band\b|&/gi, "or")]);
    case "badWhen":
      return put(nearestNames(name.toLowerCase().replace(/[\s_]+/g, "-"), checklistTimes));
    case "badDate":
      return put([...new Set([...orderedDate(name), context.today])]);
    case "badDuration":
      return put(shortDuration(name));
    case "doubtfulName":
      return put([details["nearest"] ?? ""], "@");
    case "doubtfulLabel":
      return put([inYaml(details["nearest"] ?? "", context.document.lines[range.startLine]?.[range.startColumn - 1])]);
    case "nearBox":
      return put([details["box"] ?? ""]);
    case "brokenLink":
      return linkFixes(range, context);
    case "brokenFragment":
      return put(fragmentFix(context.document.lines[range.startLine]?.slice(range.startColumn, range.endColumn) ?? "", details["nearest"]));
    case "unclosedTemplate":
      return closeTemplate(range, context.document);
    case "emptyGate": {
      const place = { startLine: range.startLine, startColumn: range.endColumn, endLine: range.startLine, endColumn: range.endColumn };
      const text = `- [ ] ${context.item}`;
      return [{ kind: "addItem", text, change: { range: place, text: `\n\n${text}` } }];
    }
    case "stale":
      return [{ kind: "review", text: context.today, change: { range, text: (context.document.lines[range.startLine] ?? "").trimEnd().replace(/[\d-]{10}/, context.today) } }];
    case "neverReviewed":
      return [{ kind: "review", text: context.today, change: { range: { ...range, endLine: range.startLine, endColumn: range.startColumn }, text: `reviewed: ${context.today}\n` } }];
    default:
      return [];
  }
}

/** Formats a text for YAML. After a quotation mark it is unchanged. */
function inYaml(text: string, before: string | undefined): string {
  return before === '"' || before === "'" ? text : yamlText(text);
}

/** A date with other separators. The year must be first, so that month and day are unambiguous. */
function orderedDate(text: string): readonly string[] {
  const [, year = "", month = "", day = ""] = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(text.trim()) ?? [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDate(date) ? [date] : [];
}

function shortDuration(text: string): readonly string[] {
  const [, amount = "", unit = ""] = /^(\d+)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)$/i.exec(text.trim()) ?? [];
  const short = `${amount}${unit.charAt(0).toLowerCase()}`;
  return parseDuration(short) === undefined ? [] : [short];
}

/** Runbooks with the same name in other folders, followed by those with similar names. */
function linkFixes(range: TextRange, { path, document, runbooks }: FixContext): readonly RunbookFix[] {
  const written = document.lines[range.startLine]?.slice(range.startColumn, range.endColumn) ?? "";
  if (resolveRunbookLink(path, written) === undefined) return [];
  const [name = "", ...fragment] = written.split(/(?=#)/);
  const missing = fileName(resolvePath(path, decodeUri(name) ?? name) ?? "");
  const others = runbooks.filter((other) => other !== path && canLink(path, other));
  const same = others.filter((other) => fileName(other) === missing);
  const near = nearestNames(missing, others.map(fileName)).flatMap((one) => others.filter((other) => fileName(other) === one));
  return [...new Set([...same, ...near])].slice(0, 3).map((other) => {
    const text = relativeLink(path, other) + fragment.join("");
    return { kind: "replace", text, change: { range, text } };
  });
}

/** The link with the fragment of the nearest heading. Empty for a link whose address is elsewhere. */
function fragmentFix(written: string, nearest: string | undefined): readonly string[] {
  return nearest === undefined || !written.includes("#") ? [] : [`${written.replace(/#.*$/s, "")}#${nearest}`];
}

function fileName(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.[^.]+$/, "").toLowerCase();
}

/** Closes a template before the next heading or code block, otherwise at the end of its list item or the text. */
function closeTemplate({ startLine }: TextRange, { blocks, lines }: MarkdownDocument): readonly RunbookFix[] {
  const block = blocks.find((one) => one.kind === "fence" && one.line === startLine);
  const [, indent = "", mark = ""] = /^(.*?)(`{3,}|~{3,})/.exec(lines[startLine] ?? "") ?? [];
  if (block === undefined || mark === "" || indent.includes(">")) return [];
  const next = lines.slice(startLine + 1, block.endLine).findIndex((line) => /^\s{0,3}#{1,6}\s|^\s*(?:`{3,}|~{3,})\s*\S/.test(line));
  const end = lastWritten(lines, startLine, next < 0 ? block.endLine : startLine + 1 + next);
  const column = (lines[end] ?? "").length;
  const text = indent.replace(/\S/g, " ") + mark;
  return [{ kind: "close", text: mark, change: { range: { startLine: end, startColumn: column, endLine: end, endColumn: column }, text: `\n${text}` } }];
}

/** The last line with content before `end`. */
function lastWritten(lines: readonly string[], start: number, end: number): number {
  let last = end - 1;
  while (last > start && (lines[last] ?? "").trim() === "") last -= 1;
  return last;
}

/** The names that a word most likely means, best first: only the same name in another case if there is one, otherwise at most three. */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const word = typed.trim().toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === word);
  if (same.length > 0) return same;
  return [...new Set(names)]
    .map((name) => ({ name, distance: typos(word, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(0.4 * Math.max(word.length, name.length))))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A prefix, or a name with an ending, counts as one typo. */
function typos(word: string, name: string): number {
  const begun = word.length > 2 && (name.startsWith(word) || word.startsWith(name));
  return begun ? 1 : editDistance(word.slice(0, 60), name.slice(0, 60));
}
