import type * as vscode from "vscode";
import type { Problem } from "../../core/problem";
import { adviceOn } from "../../core/runbook/adviceOn";
import type { RunbookAdviceCode } from "../../core/runbook/fixRunbook";
import { readMarkdown } from "../../markdown/readMarkdown";
import type { RunbookPlace } from "./runbookDocuments";

/** The problems of a runbook in an editor, with those that only today's date, the desk's people or its issues make. */
export async function problemsIn(document: vscode.TextDocument, { session, path }: RunbookPlace): Promise<readonly Problem<RunbookAdviceCode>[]> {
  const runbook = await session.runbooks.get(path);
  if (runbook === undefined) return [];
  const issues = session.issues.snapshot()?.issues;
  const labels = issues === undefined ? {} : { labels: issues.flatMap((issue) => issue.labels) };
  return [...runbook.problems, ...adviceOn(runbook, document.getText(), { desk: session.desk.config(), now: session.clock.now(), ...labels, read: readMarkdown })];
}
