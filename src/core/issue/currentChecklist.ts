import { openSteps } from "../checklist/marking";
import { readChecklists } from "../markup/checklistRegion";
import type { Checklist } from "../model/checklist";
import { compareInstants } from "../model/instant";
import type { Issue } from "../model/issue";
import { hasLogin, sameLogin } from "../model/names";

/** A checklist and its issue. */
export interface CurrentChecklist {
  readonly issue: Issue;
  readonly checklist: Checklist;
}

/** All unfinished checklists on open issues, the most recently started first. */
export function openChecklists(issues: readonly Issue[]): readonly CurrentChecklist[] {
  const checklists = issues.flatMap((issue) => (issue.state === "open" ? readChecklists(issue.body, issue.ref.repository).map((checklist) => ({ issue, checklist })) : []));
  return checklists.filter(({ checklist }) => openSteps(checklist).length > 0).sort((a, b) => compareInstants(b.checklist.startedAt, a.checklist.startedAt));
}

/**
 * The checklist to show for each runbook path: the first one that `me` started or whose issue is assigned to `me`, otherwise
 * the first one of anybody.
 */
export function currentChecklists(checklists: readonly CurrentChecklist[], me: string | undefined): ReadonlyMap<string, CurrentChecklist> {
  const found = new Map<string, CurrentChecklist>();
  const isMine = ({ issue, checklist }: CurrentChecklist): boolean => me !== undefined && (sameLogin(checklist.by, me) || hasLogin(issue.assignees, me));
  for (const one of checklists) {
    const other = found.get(one.checklist.runbook);
    if (other === undefined || (isMine(one) && !isMine(other))) found.set(one.checklist.runbook, one);
  }
  return found;
}
