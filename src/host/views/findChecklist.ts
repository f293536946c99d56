import type { Desk } from "../../core/desk/desk";
import { checklistKind } from "../../core/issue/checklistKind";
import type { Issue } from "../../core/issue/issue";
import { issueFacts } from "../../core/issue/issueFacts";
import type { Run } from "../../core/runbook/run";
import type { Runbook } from "../../core/runbook/runbook";

export interface FoundChecklist {
  readonly issue: Issue;
  readonly runs: readonly Run[];
}

/** The issue that holds a role checklist of that day, whether its run has begun or only its title tells it. */
export function findChecklist(issues: readonly Issue[], desk: Desk, runbook: Runbook, date: string): FoundChecklist | undefined {
  return issues
    .filter((issue) => issue.title.endsWith(` · ${date}`))
    .map((issue) => ({ issue, facts: issueFacts(issue, desk) }))
    .filter(({ facts }) => facts.kind === checklistKind)
    .map(({ issue, facts }) => ({ issue, runs: facts.runs }))
    .find(({ issue, runs }) => runs.some((run) => run.runbook === runbook.path) || (runs.length === 0 && issue.title === `${runbook.title} · ${date}`));
}
