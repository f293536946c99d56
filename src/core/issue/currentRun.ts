import { openSteps } from "../runbook/marking";
import type { Run } from "../runbook/run";
import { compareInstants } from "./compareInstants";
import type { Issue } from "./issue";
import { readRuns } from "./runRegion";

/** A run and the issue it is on. */
export interface CurrentRun {
  readonly issue: Issue;
  readonly run: Run;
}

/**
 * The run that is most likely meant where each runbook is shown, by the runbook's path: of the unfinished ones on open issues one
 * that `me` began or whose issue `me` is assigned to, else anybody's; of several the one that began last.
 */
export function currentRuns(issues: readonly Issue[], me: string | undefined): ReadonlyMap<string, CurrentRun> {
  const found = new Map<string, CurrentRun>();
  const isMine = ({ issue, run }: CurrentRun): boolean => me !== undefined && (run.by === me || issue.assignees.includes(me));
  for (const issue of issues) {
    if (issue.state !== "open") continue;
    for (const run of readRuns(issue.body, issue.ref.repository)) {
      if (openSteps(run).length === 0) continue;
      const one = { issue, run };
      const other = found.get(run.runbook);
      const order = other === undefined ? 1 : Number(isMine(one)) - Number(isMine(other)) || compareInstants(run.startedAt, other.run.startedAt);
      if (order > 0) found.set(run.runbook, one);
    }
  }
  return found;
}
