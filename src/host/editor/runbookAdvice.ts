import type * as vscode from "vscode";
import { dateTextOf } from "../../core/duty/localTime";
import type { Problem } from "../../core/problem";
import { doubtfulNames } from "../../core/runbook/doubtfulNames";
import type { RunbookAdviceCode } from "../../core/runbook/fixRunbook";
import { reviewProblem } from "../../core/runbook/reviewProblem";
import { runbookContext } from "../../core/runbook/runbookContext";
import { readMarkdown } from "../../markdown/readMarkdown";
import type { RunbookPlace } from "./runbookDocuments";

/** The problems of a runbook in an editor, with those that only today's date or the desk's people make. */
export async function problemsIn(document: vscode.TextDocument, { session, path }: RunbookPlace): Promise<readonly Problem<RunbookAdviceCode>[]> {
  const runbook = await session.runbook(path);
  if (runbook === undefined) return [];
  const { desk } = session.desk();
  const text = document.getText();
  // Most runbooks call for neither, and need not be read a second time.
  if (runbook.details.reviewEvery === undefined && (desk.people.length === 0 || !text.includes("@"))) return runbook.problems;
  const markdown = readMarkdown(text);
  const review = reviewProblem(runbook, markdown.lines, dateTextOf(session.clock.now(), desk.timezone));
  return [...runbook.problems, ...(review === undefined ? [] : [review]), ...doubtfulNames(markdown, runbookContext(desk))];
}
