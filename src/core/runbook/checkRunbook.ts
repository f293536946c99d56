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

/** Input for checks that need more than the runbook's text. */
interface RunbookCheckContext {
  readonly desk: Desk;
  readonly now: Instant;
  /** The labels that issues have. Absent while they are unknown. */
  readonly labels?: readonly string[];
  /** Parses a text as Markdown, if needed. */
  readonly read: (text: string) => MarkdownDocument;
}

/** Problems that depend on the date, the desk's people or the labels of its issues. */
export function findRunbookProblems(runbook: Runbook, text: string, { desk, now, labels, read }: RunbookCheckContext): readonly Problem<RunbookCheckCode>[] {
  const labelled = labels !== undefined && [runbook.details, ...runbook.templates].some((each) => each.labels.length > 0);
  // Most runbooks need none of these checks, so this avoids parsing them again.
  if (runbook.details.reviewEvery === undefined && !labelled && (desk.people.length === 0 || !text.includes("@"))) return [];
  const markdown = read(text);
  const review = reviewProblem(runbook, markdown.lines, dateTextOf(now, desk.timezone));
  return [...(review === undefined ? [] : [review]), ...doubtfulNames(markdown, runbookContext(desk)), ...(labels === undefined ? [] : doubtfulLabels(runbook, markdown, deskLabels(desk, labels)))];
}

/**
 * Labels in front matter and templates that no issue has but that resemble an existing label, so they are probably typos. Other
 * unknown labels are accepted, because they may exist without an issue, and so are labels with numbers, such as versions.
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

/** The position of a label: in the line of the field or one below it. */
function positionOf(label: string, lines: readonly string[], start: number, end: number): TextRange | undefined {
  const field = lines.findIndex((line, index) => index >= start && index < end && /^[\s>]*labels\s*:/.test(line));
  const line = field < 0 ? -1 : lines.findIndex((text, index) => index >= field && index < end && text.includes(label));
  const startColumn = (lines[line] ?? "").indexOf(label);
  return startColumn < 0 ? undefined : { startLine: line, startColumn, endLine: line, endColumn: startColumn + label.length };
}

/**
 * Names after @ in steps that nobody on the desk has but that resemble a person's login, so they are probably typos. Other
 * unknown names are accepted. A desk without people has no problems.
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

/** The ISO date of a runbook's next review. Returns `undefined` when it has no review cycle or was never reviewed. */
export function nextReview({ reviewed, reviewEvery }: Pick<RunbookDetails, "reviewed" | "reviewEvery">): string | undefined {
  const every = reviewEvery === undefined ? undefined : parseDuration(reviewEvery);
  if (reviewed === undefined || every === undefined) return undefined;
  const days = every.unit === "w" ? 7 * every.amount : every.unit === "d" ? every.amount : 0;
  return days === 0 ? undefined : dateText(addDays(dateFrom(reviewed), days));
}

/** The problem of a runbook whose review is overdue or was never done, at the position of `reviewed` or `reviewEvery`. */
export function reviewProblem({ details }: Pick<Runbook, "details">, lines: readonly string[], today: string): Problem<"stale" | "neverReviewed"> | undefined {
  if (details.reviewEvery === undefined) return undefined;
  const due = nextReview(details);
  if (due !== undefined && daysBetween(dateFrom(due), dateFrom(today)) > 0) {
    return { severity: "information", code: "stale", range: fieldRange(lines, "reviewed"), details: { due, reviewed: details.reviewed ?? "" } };
  }
  const written = lines.some((line) => line.startsWith("reviewed:"));
  return written ? undefined : { severity: "information", code: "neverReviewed", range: fieldRange(lines, "reviewEvery"), details: {} };
}

/** The line of a front matter field at the start of the text. */
function fieldRange(lines: readonly string[], field: string): Problem["range"] {
  const line = Math.max(lines.findIndex((one) => one.startsWith(`${field}:`)), 0);
  return { startLine: line, startColumn: 0, endLine: line, endColumn: (lines[line] ?? "").trimEnd().length };
}
