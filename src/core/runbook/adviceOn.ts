import type { Desk } from "../desk/desk";
import { dateTextOf } from "../duty/localTime";
import type { Instant } from "../issue/issue";
import type { Problem } from "../problem";
import { doubtfulNames } from "./doubtfulNames";
import type { RunbookAdviceCode } from "./fixRunbook";
import type { MarkdownDocument } from "./markdownDocument";
import { reviewProblem } from "./reviewProblem";
import type { Runbook } from "./runbook";
import { runbookContext } from "./runbookContext";

/** What only the date at `now` or the people of the desk make doubtful in a runbook; `read` gives its Markdown, where that is needed. */
export function adviceOn(runbook: Runbook, text: string, { desk, now, read }: { readonly desk: Desk; readonly now: Instant; readonly read: (text: string) => MarkdownDocument }): readonly Problem<RunbookAdviceCode>[] {
  // Most runbooks call for neither, and need not be read a second time.
  if (runbook.details.reviewEvery === undefined && (desk.people.length === 0 || !text.includes("@"))) return [];
  const markdown = read(text);
  const review = reviewProblem(runbook, markdown.lines, dateTextOf(now, desk.timezone));
  return [...(review === undefined ? [] : [review]), ...doubtfulNames(markdown, runbookContext(desk))];
}
