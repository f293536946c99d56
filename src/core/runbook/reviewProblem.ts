import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, daysBetween } from "../calendarDate";
import { parseDuration } from "../desk/duration";
import type { Problem } from "../problem";
import type { Runbook, RunbookDetails } from "./runbook";

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
