import { openSteps } from "../runbook/marking";
import type { Run } from "../runbook/run";
import { compareInstants } from "./compareInstants";
import type { Issue } from "./issue";
import { hasLogin, sameLogin } from "../desk/sameLogin";
import { readRuns } from "./runRegion";

/** A run and the issue it is on. */
export interface CurrentRun {
  readonly issue: Issue;
  readonly run: Run;
}

/** All unfinished runs on open issues, those that began last first. */
export function openRuns(issues: readonly Issue[]): readonly CurrentRun[] {
  const runs = issues.flatMap((issue) => (issue.state === "open" ? readRuns(issue.body, issue.ref.repository).map((run) => ({ issue, run })) : []));
  return runs.filter(({ run }) => openSteps(run).length > 0).sort((a, b) => compareInstants(b.run.startedAt, a.run.startedAt));
}

/**
 * The run that is most likely meant where each runbook is shown, by the runbook's path: of these one
 * that `me` began or whose issue `me` is assigned to, else anybody's; of several the first.
 */
export function currentRuns(runs: readonly CurrentRun[], me: string | undefined): ReadonlyMap<string, CurrentRun> {
  const found = new Map<string, CurrentRun>();
  const isMine = ({ issue, run }: CurrentRun): boolean => me !== undefined && (sameLogin(run.by, me) || hasLogin(issue.assignees, me));
  for (const one of runs) {
    const other = found.get(one.run.runbook);
    if (other === undefined || (isMine(one) && !isMine(other))) found.set(one.run.runbook, one);
  }
  return found;
}
