import { outsideCode } from "../model/markdownText";
import { hasName } from "../model/names";
import type { Problem, TextRange } from "../model/problem";
import { roleMention } from "../model/roleMentions";
import type { RunbookProblemCode } from "../model/runbook";
import { fieldTypes, isOwnVariable, readRequests, type StepField, type StepRequests, type WrittenField, writtenFields } from "../model/stepRequests";
import type { RunbookContext } from "./runbookContext";

type RequestProblemCode = Extract<RunbookProblemCode, "unknownFieldType" | "fewChoices" | "fieldTwoTypes" | "ownVariable" | "unclosedField" | "unknownApprover" | "noApprover" | "severalApprovals">;

/** What requests need of a step. `text` may span several lines of the file. */
interface StepLines {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

const unclosed = /(?<!\{)\{\{[ \t]*(?=[\p{L}\p{N}])[^{}]*(?:\}(?!\})|$)/gu;

const approval = /\((?:[^()]*,)?\s*(approval by\b[^()]*)\)/gi;

/** Mistakes in the fields and approvals of steps, at their places. */
export function requestProblems(steps: readonly StepLines[], lines: readonly string[], context: RunbookContext): readonly Problem<RequestProblemCode>[] {
  const typed = new Map<string, { readonly field: StepField; readonly source: string }>();
  return steps.flatMap((step) => {
    if (!step.text.includes("{{") && !step.text.includes("(")) return [];
    return ownLines(step, lines).flatMap(({ plain, line }): readonly Problem<RequestProblemCode>[] => {
      const range = (startColumn: number, endColumn: number): TextRange => ({ startLine: line, startColumn, endLine: line, endColumn });
      return [
        ...writtenFields(plain).flatMap((written) => fieldProblems(written, range, typed)),
        ...[...plain.matchAll(unclosed)].map((match) => ({ severity: "warning" as const, code: "unclosedField" as const, range: range(match.index, match.index + match[0].trimEnd().length), details: { name: match[0].trimEnd() } })),
        ...[...plain.matchAll(approval)].flatMap((match) => approvalProblems(match, range, context)),
      ];
    });
  });
}

/** The lines of the step's own text. A text of several lines cannot have fields across lines. */
function ownLines({ text, line, endLine }: StepLines, lines: readonly string[]): readonly { readonly plain: string; readonly line: number }[] {
  const found: { readonly plain: string; readonly line: number }[] = [];
  let rest = text.length;
  for (let index = line; index < endLine && rest > 0; index += 1) {
    const source = lines[index] ?? "";
    if (source.trim() === "") break;
    found.push({ plain: outsideCode(source), line: index });
    rest -= source.replace(/^[\s>]*(?:[-*+]|\d{1,9}[.)])?\s*(?:\[[ xX]\]\s)?/, "").trim().length;
  }
  return found;
}

type RangeAt = (startColumn: number, endColumn: number) => TextRange;

function fieldProblems({ field, source, column, endColumn }: WrittenField, range: RangeAt, typed: Map<string, { readonly field: StepField; readonly source: string }>): readonly Problem<RequestProblemCode>[] {
  const { name, type, choices = [] } = field;
  const place = range(column, endColumn);
  if (isOwnVariable(name)) return [{ severity: type === undefined ? "information" : "warning", code: "ownVariable", range: place, details: { name } }];
  const text = source?.trim() ?? "";
  if (type === undefined) return [];
  const unknown = type === "text" && text.toLowerCase() !== "text";
  if (unknown) {
    const start = endColumn - 2 - (source?.length ?? 0) + (source?.search(/\S/) ?? 0);
    return [{ severity: "warning", code: "unknownFieldType", range: range(start, start + text.length), details: { name: text, types: fieldTypes.filter((one) => one !== "choice").join(", ") } }];
  }
  if (type === "choice" && choices.length < 2) return [{ severity: "warning", code: "fewChoices", range: place, details: { name } }];
  const first = typed.get(name);
  if (first === undefined) {
    typed.set(name, { field, source: text });
    return [];
  }
  const isSame = first.field.type === type && (first.field.choices ?? []).join("|") === choices.join("|");
  return isSame ? [] : [{ severity: "warning", code: "fieldTwoTypes", range: place, details: { name, first: first.source, optional: field.required ? "" : "?" } }];
}

function approvalProblems(match: RegExpMatchArray, range: RangeAt, { roles, people = [], approvers = [...roles, ...people] }: RunbookContext): readonly Problem<RequestProblemCode>[] {
  const [whole, inner = ""] = match;
  const start = (match.index ?? 0) + whole.lastIndexOf(inner);
  const mentions = [...inner.matchAll(roleMention)];
  if (mentions.length === 0) return [{ severity: "warning", code: "noApprover", range: range(start, start + inner.trimEnd().length), details: {} }];
  const nobody = people.length === 0 ? [] : mentions.filter(([, name = ""]) => !hasName(approvers, name));
  return [
    ...nobody.map(({ 0: written, index }) => ({ severity: "warning" as const, code: "unknownApprover" as const, range: range(start + index, start + index + written.length), details: { name: written.slice(1) } })),
    ...(/\band\b|&/i.test(inner) ? [{ severity: "warning" as const, code: "severalApprovals" as const, range: range(start, start + inner.trimEnd().length), details: {} }] : []),
  ];
}

/** What a step of a runbook asks for. The name of a role without a type is a variable that is filled in when the checklist starts. */
export function stepRequests(text: string, { roles }: Pick<RunbookContext, "roles">): StepRequests {
  const requests = readRequests(text);
  const isRole = ({ name, type }: StepField): boolean => type === undefined && roles.includes(name);
  return requests.fields.some(isRole) ? { ...requests, fields: requests.fields.filter((field) => !isRole(field)) } : requests;
}
