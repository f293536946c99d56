import * as vscode from "vscode";
import type { Issue } from "../../../core/issue/issue";
import type { IssueRef } from "../../../core/issue/issueRef";
import { readRuns } from "../../../core/issue/runRegion";
import { progress } from "../../../core/runbook/marking";
import type { Run } from "../../../core/runbook/run";
import type { DeskSession } from "../../app/session";
import { plainLabel } from "../../views/plainLabel";
import { pickOne } from "./pick";
import { chooseIssue, sayRef } from "./pickIssue";
import { readIssueTarget } from "./readTarget";

/** A run and the issue it is on. */
export interface ChosenRun {
  readonly ref: IssueRef;
  readonly run: Run;
}

/** The run an argument names, else the one a person picks; `undefined` when they leave, or it is not there any more. */
export async function chooseRun(session: DeskSession, argument: unknown, title: string): Promise<ChosenRun | undefined> {
  const t = vscode.l10n.t;
  const runsOf = ({ body, ref }: Issue): readonly Run[] => readRuns(body, ref.repository);
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?"), suits: (issue) => issue.state === "open" && runsOf(issue).length > 0 });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  const runs = issue === undefined ? [] : runsOf(issue);
  const named = readIssueTarget(argument)?.run;
  if (named !== undefined) {
    const run = runs.find(({ id }) => id === named);
    return run && { ref, run };
  }
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return { ref, run: only };
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: t("Which checklist of {0}?", sayRef(session, ref)),
    choices: runs.map((run) => {
      const { settled, total } = progress(run);
      return { label: plainLabel(run.title), description: `${settled}/${total}`, value: run };
    }),
  });
  return answer.kind === "next" ? { ref, run: answer.value } : undefined;
}
