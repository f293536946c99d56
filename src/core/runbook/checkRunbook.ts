import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateTextOf } from "../calendar/localTime";
import { deskLabels } from "../markup/labels";
import { dateFrom, dateText, daysBetween } from "../model/calendarDate";
import { type Desk, parseDuration } from "../model/desk";
import type { Instant } from "../model/issue";
import type { MarkdownDocument } from "../model/markdownDocument";
import { outsideCode } from "../model/markdownText";
import type { Problem, TextRange } from "../model/problem";
import { roleMention } from "../model/roleMentions";
import type { Runbook, RunbookDetails } from "../model/runbook";
import { isTypo } from "../search/terms";
import { type RunbookContext, runbookContext } from "./runbookContext";
import type { RunbookCheckCode } from "./runbookFixes";

/** What a runbook is judged by beside its own text. */
interface RunbookCheckContext {
  readonly desk: Desk;
  readonly now: Instant;
  /** The labels that issues have; absent as long as nobody knows. */
  readonly labels?: readonly string[];
  /** Gives a text's Markdown, where that is needed. */
  readonly read: (text: string) => MarkdownDocument;
}

/** What only the date, the people of the desk or the labels of its issues make doubtful in a runbook. */
export function findRunbookProblems(runbook: Runbook, text: string, { desk, now, labels, read }: RunbookCheckContext): readonly Problem<RunbookCheckCode>[] {
  const labelled = labels !== undefined && [runbook.details, ...runbook.templates].some((each) => each.labels.length > 0);
  // Most runbooks call for none of it, and need not be read a second time.
  if (runbook.details.reviewEvery === undefined && !labelled && (desk.people.length === 0 || !text.includes("@"))) return [];
  const markdown = read(text);
  const review = reviewProblem(runbook, markdown.lines, dateTextOf(now, desk.timezone));
  return [...(review === undefined ? [] : [review]), ...doubtfulNames(markdown, runbookContext(desk)), ...(labels === undefined ? [] : doubtfulLabels(runbook, markdown, deskLabels(desk, labels)))];
}

/**
 * Labels in front matter and templates that no issue has, but some nearly have: most likely a slip. Others are left alone,
 * for a label that no issue has yet may well be there, and so are numbered ones, as of versions.
 */
function doubtfulLabels(runbook: Pick<Runbook, "details" | "templates">, { frontMatter, lines }: MarkdownDocument, known: readonly string[]): readonly Problem<"doubtfulLabel">[] {
  const names = new Set(known.map((name) => name.toLowerCase()));
  const fieldsOf = (labels: readonly string[], start: number, end: number): readonly Problem<"doubtfulLabel">[] =>
    labels.flatMap((name) => {
      const word = name.toLowerCase();
      const nearest = names.has(word) || /\d/.test(word) ? undefined : known.find((one) => isTypo(word, one.toLowerCase()));
      const range = nearest === undefined ? undefined : positionOf(name, lines, start, end);
      return nearest === undefined || range === undefined ? [] : [{ severity: "information" as const, code: "doubtfulLabel" as const, range, details: { name, nearest } }];
    });
  return [
    ...(frontMatter === undefined ? [] : fieldsOf(runbook.details.labels, frontMatter.line, frontMatter.line + frontMatter.text.split("\n").length)),
    ...runbook.templates.flatMap((template) => fieldsOf(template.labels, template.line + 1, template.endLine)),
  ];
}

/** Where a label is written: in the line of the field or one below it. */
function positionOf(label: string, lines: readonly string[], start: number, end: number): TextRange | undefined {
  const field = lines.findIndex((line, index) => index >= start && index < end && /^[\s>]*labels\s*:/.test(line));
  const line = field < 0 ? -1 : lines.findIndex((text, index) => index >= field && index < end && text.includes(label));
  const startColumn = (lines[line] ?? "").indexOf(label);
  return startColumn < 0 ? undefined : { startLine: line, startColumn, endLine: line, endColumn: startColumn + label.length };
}

/**
 * Names after @ in steps that nobody on the desk has, but somebody nearly has: most likely a slip. Others may be anybody
 * elsewhere and are left alone, and so is everything on a desk that lists no people.
 */
export function doubtfulNames(document: MarkdownDocument, { roles, people = [] }: RunbookContext): readonly Problem<"doubtfulName">[] {
  const names = [...roles, ...people];
  const known = new Set(names.map((name) => name.toLowerCase()));
  if (people.length === 0) return [];
  return document.blocks.flatMap((block) => {
    if (block.kind !== "item" && block.kind !== "paragraph") return [];
    const lines = document.lines.slice(block.line, block.kind === "item" ? block.line + 1 : block.endLine);
    return lines.flatMap((text, index) =>
      [...outsideCode(text).matchAll(roleMention)].flatMap((match) => {
        const [written, name = ""] = match;
        const nearest = known.has(name.toLowerCase()) ? undefined : names.find((one) => isTypo(name.toLowerCase(), one.toLowerCase()));
        if (nearest === undefined) return [];
        const line = block.line + index;
        const range = { startLine: line, startColumn: match.index, endLine: line, endColumn: match.index + written.length };
        return [{ severity: "information" as const, code: "doubtfulName" as const, range, details: { name, nearest } }];
      }),
    );
  });
}

/** The ISO date by which a runbook's next review is due; `undefined` when it asks for none or was never reviewed. */
export function nextReview({ reviewed, reviewEvery }: Pick<RunbookDetails, "reviewed" | "reviewEvery">): string | undefined {
  const every = reviewEvery === undefined ? undefined : parseDuration(reviewEvery);
  if (reviewed === undefined || every === undefined) return undefined;
  const days = every.unit === "w" ? 7 * every.amount : every.unit === "d" ? every.amount : 0;
  return days === 0 ? undefined : dateText(addDays(dateFrom(reviewed), days));
}

/** A problem at the place of `reviewed` (else of `reviewEvery`) when a runbook is past its review, or has none yet though it asks for them. */
export function reviewProblem({ details }: Pick<Runbook, "details">, lines: readonly string[], today: string): Problem<"stale" | "neverReviewed"> | undefined {
  if (details.reviewEvery === undefined) return undefined;
  const due = nextReview(details);
  if (due !== undefined && daysBetween(dateFrom(due), dateFrom(today)) > 0) {
    return { severity: "information", code: "stale", range: fieldRange(lines, "reviewed"), details: { due, reviewed: details.reviewed ?? "" } };
  }
  const written = lines.some((line) => line.startsWith("reviewed:"));
  return written ? undefined : { severity: "information", code: "neverReviewed", range: fieldRange(lines, "reviewEvery"), details: {} };
}

/** The line of a field of front matter, which begins the text. */
function fieldRange(lines: readonly string[], field: string): Problem["range"] {
  const line = Math.max(lines.findIndex((one) => one.startsWith(`${field}:`)), 0);
  return { startLine: line, startColumn: 0, endLine: line, endColumn: (lines[line] ?? "").trimEnd().length };
}
