import { checkFlowchart } from "../flowchart/chartChecks";
import { parseDuration } from "../model/desk";
import type { MarkdownBlock, MarkdownDocument } from "../model/markdownDocument";
import { escapePattern } from "../model/markdownText";
import type { Problem, TextRange } from "../model/problem";
import type { Runbook, RunbookChart, RunbookLink, RunbookProblemCode } from "../model/runbook";
import { requestProblems } from "./requestProblems";
import type { RunbookContext } from "./runbookContext";
import type { SectionDraft } from "./sections";
import type { StepDraft } from "./steps";
import { readTimer } from "./stepTimer";

type RunbookProblem = Problem<RunbookProblemCode>;

/** A link of a text, with the place of its destination. */
export interface FoundLink {
  readonly link: RunbookLink;
  readonly range: TextRange;
}

/** What was read from a text, for its checks. `found`: the problems that reading has found. */
export interface TextReading {
  readonly document: MarkdownDocument;
  readonly context: RunbookContext;
  readonly drafts: readonly StepDraft[];
  readonly sections: readonly SectionDraft[];
  readonly links: readonly FoundLink[];
  readonly charts: readonly RunbookChart[];
  readonly found: readonly RunbookProblem[];
}

/** The runbook with its problems. They are found when they are first asked for, because most who read a runbook do not show them. */
export function withProblems(runbook: Omit<Runbook, "problems">, reading: TextReading): Runbook {
  // What was read is kept only until then.
  const state: { reading: TextReading | undefined; problems: readonly RunbookProblem[] } = { reading, problems: [] };
  return {
    ...runbook,
    get problems() {
      if (state.reading !== undefined) {
        state.problems = textProblems(state.reading);
        state.reading = undefined;
      }
      return state.problems;
    },
  };
}

/** What is wrong with the text of a runbook by itself, in the order of the text. */
function textProblems({ document, context, drafts, sections, links, charts, found }: TextReading): readonly RunbookProblem[] {
  const { lines } = document;
  const problems = [
    ...found,
    ...badTimers(drafts, lines),
    ...requestProblems(drafts, lines, context),
    ...emptyGates(sections, drafts, lines),
    ...nearBoxes(document),
    ...brokenLinks(links, context),
    ...charts.flatMap((chart) => chartProblems(chart, lines)),
  ];
  return problems.sort(byPosition);
}

function badTimers(drafts: readonly StepDraft[], lines: readonly string[]): readonly RunbookProblem[] {
  const problems: RunbookProblem[] = [];
  for (const { text, line } of drafts) {
    const within = readTimer(text);
    if (within !== undefined && parseDuration(within) === undefined) problems.push({ severity: "error", code: "badDuration", range: lineRange(lines, line), details: { name: within, field: "within" } });
  }
  return problems;
}

function emptyGates(sections: readonly SectionDraft[], steps: readonly StepDraft[], lines: readonly string[]): readonly RunbookProblem[] {
  const firstStep = nextStepLine(steps.filter((step) => step.source !== "section"));
  return sections.flatMap((section) => {
    const isEmpty = section.gate && firstStep(section.line + 1) >= section.endLine;
    return isEmpty ? [{ severity: "warning" as const, code: "emptyGate" as const, range: lineRange(lines, section.line), details: { name: section.title } }] : [];
  });
}

/** Finds the line of the first step at or below a line. Lines must be requested in ascending order. */
function nextStepLine(steps: readonly StepDraft[]): (line: number) => number {
  const state = { next: 0 };
  return (line) => {
    while ((steps[state.next]?.line ?? Infinity) < line) state.next += 1;
    return steps[state.next]?.line ?? Infinity;
  };
}

function brokenLinks(links: readonly FoundLink[], { exists }: RunbookContext): readonly RunbookProblem[] {
  if (exists === undefined) return [];
  return links.flatMap(({ link, range }) => (exists(link.path) ? [] : [{ severity: "warning" as const, code: "brokenLink" as const, range, details: { path: link.path } }]));
}

function chartProblems({ line, chart, isProcedure }: RunbookChart, lines: readonly string[]): readonly RunbookProblem[] {
  const below = line + 1;
  const cut = chart.edges.flatMap(({ label = "", written, line: own }) => (written === undefined ? [] : [cutLabel(below + own, written, label, lines)]));
  const flaws = [...chart.problems, ...(isProcedure ? checkFlowchart(chart) : [])];
  return [...cut, ...flaws.map(({ code, line: own, details }) => ({ severity: "warning" as const, code, range: lineRange(lines, below + own), details }))];
}

function cutLabel(line: number, label: string, drawn: string, lines: readonly string[]): RunbookProblem {
  const column = (lines[line] ?? "").search(new RegExp(`(?<=[-=.][ \\t]*)${escapePattern(label)}[-=.]`));
  const range = column < 0 ? lineRange(lines, line) : { startLine: line, startColumn: column, endLine: line, endColumn: column + label.length };
  return { severity: "information", code: "cutLabel", range, details: { name: label, drawn } };
}

/** The range of a line without the space around it. */
export function lineRange(lines: readonly string[], line: number): TextRange {
  const text = lines[line] ?? "";
  return { startLine: line, startColumn: text.length - text.trimStart().length, endLine: line, endColumn: text.trimEnd().length };
}

function byPosition(a: RunbookProblem, b: RunbookProblem): number {
  return a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn;
}

/** The start of a line that looks like a task item: a list marker and brackets with up to three characters. */
const start = /^([\s>]*)([-*+\u2022\u2023\u2013\u2014\u2212]|\d{1,9}[.)])([ \t]*)([[\uFF3B])([^[\](){}\uFF3B\uFF3D]{0,3})([\]\uFF3D])(\s*)(.*)$/su;

/** Valid content of the brackets: nothing, blanks, or common check marks. */
const open = /^[\s_-]*$/u;

const done = /^\s*[xX\uFF58\uFF38\u2713\u2714\u2611]\s*$/u;

/**
 * Lines that resemble task items, in a text with task items: `- [] x`, `- [ ]x`, `-[ ] x`, `- [  ] x`, `- [-] x`, full-width
 * brackets, and bullets that are not Markdown. Without a warning, these steps would be missing.
 */
function nearBoxes({ blocks, lines, frontMatter }: MarkdownDocument): readonly Problem<"nearBox">[] {
  const boxes = new Set<number>();
  for (const block of blocks) if (block.kind === "item" && block.checked !== undefined) boxes.add(block.line);
  if (boxes.size === 0) return [];
  const problems: Problem<"nearBox">[] = [];
  let code: ReadonlySet<number> | undefined;
  let references: ReadonlySet<string> | undefined;
  for (let line = (frontMatter?.endLine ?? -1) + 1; line < lines.length; line += 1) {
    const text = lines[line] ?? "";
    if ((!text.includes("[") && !text.includes("\uFF3B")) || boxes.has(line)) continue;
    const found = readNearBox(text);
    // Most texts have no such line, so that these are not needed.
    if (found === undefined || (code ??= linesAsWritten(blocks)).has(line) || (references ??= referencesIn(lines)).has(found.inner.trim().toLowerCase())) continue;
    const { indent, written, fixed } = found;
    const range = { startLine: line, startColumn: indent.length, endLine: line, endColumn: indent.length + written.length };
    problems.push({ severity: "warning", code: "nearBox", range, details: { name: written.trimEnd(), box: fixed } });
  }
  return problems;
}

interface NearBox {
  readonly indent: string;
  readonly written: string;
  readonly fixed: string;
  readonly inner: string;
}

function readNearBox(text: string): NearBox | undefined {
  const [, indent = "", mark = "", gap = "", left = "", inner = "", right = "", after = "", rest = ""] = start.exec(text) ?? [];
  if (mark === "" || rest.trim() === "") return undefined;
  const isDone = done.test(inner);
  if (!isDone && !open.test(inner)) return undefined;
  // A link, image or footnote reference, or a word in brackets followed by punctuation.
  if (after === "" && /^[([:\uFF08\uFF1A]/u.test(rest)) return undefined;
  if (after === "" && /^[\p{P}\p{S}]/u.test(rest) && !/^[*_`"'\u201C\u2018@~<]/u.test(rest)) return undefined;
  const isBullet = /^[-*+]$/.test(mark);
  // Emphasis that starts with brackets, a rule or a range of numbers is not a list.
  if (mark === "*" && gap === "" && rest.includes("*")) return undefined;
  if (left === "[" && right === "]" && gap !== "" && after !== "" && /^[ xX]$/.test(inner) && (isBullet || /^\d/.test(mark))) return undefined;
  const written = `${mark}${gap}${left}${inner}${right}${after}`;
  return { indent, written, fixed: `${isBullet || /^\d/.test(mark) ? mark : "-"} [${isDone ? "x" : " "}] `, inner };
}

/** Short references in brackets whose definitions are elsewhere in the text. */
function referencesIn(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => (line.includes("]:") ? (/^\s*\[\s*(\S{1,3})\s*\]:/.exec(line)?.[1]?.toLowerCase() ?? []) : [])));
}

/** Lines of code and HTML. */
function linesAsWritten(blocks: readonly MarkdownBlock[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const block of blocks) {
    if (block.kind !== "fence" && block.kind !== "code" && block.kind !== "html" && block.kind !== "table") continue;
    for (let line = block.line; line < block.endLine; line += 1) found.add(line);
  }
  return found;
}
