import type { Desk } from "../desk/desk";
import { dateTextOf } from "../duty/localTime";
import type { Instant } from "../issue/issue";
import type { Problem } from "../problem";
import { deskLabels } from "./deskLabels";
import { doubtfulLabels } from "./doubtfulLabels";
import { doubtfulNames } from "./doubtfulNames";
import type { RunbookAdviceCode } from "./fixRunbook";
import type { MarkdownDocument } from "./markdownDocument";
import { reviewProblem } from "./reviewProblem";
import type { Runbook } from "./runbook";
import { runbookContext } from "./runbookContext";

/** What a runbook is judged by beside its own text. */
export interface AdviceScene {
  readonly desk: Desk;
  readonly now: Instant;
  /** The labels that issues have; absent as long as nobody knows. */
  readonly labels?: readonly string[];
  /** Gives a text's Markdown, where that is needed. */
  readonly read: (text: string) => MarkdownDocument;
}

/** What only the date, the people of the desk or the labels of its issues make doubtful in a runbook. */
export function adviceOn(runbook: Runbook, text: string, { desk, now, labels, read }: AdviceScene): readonly Problem<RunbookAdviceCode>[] {
  const labelled = labels !== undefined && [runbook.details, ...runbook.templates].some((each) => each.labels.length > 0);
  // Most runbooks call for none of it, and need not be read a second time.
  if (runbook.details.reviewEvery === undefined && !labelled && (desk.people.length === 0 || !text.includes("@"))) return [];
  const markdown = read(text);
  const review = reviewProblem(runbook, markdown.lines, dateTextOf(now, desk.timezone));
  return [...(review === undefined ? [] : [review]), ...doubtfulNames(markdown, runbookContext(desk)), ...(labels === undefined ? [] : doubtfulLabels(runbook, markdown, deskLabels(desk, labels)))];
}
