import type { Issue } from "../../../core/issue/issue";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import type { IssueRef } from "../../../core/issue/issueRef";
import { openSteps } from "../../../core/runbook/marking";
import type { Run } from "../../../core/runbook/run";

/** What is still to do on an issue that is about to be closed. */
export interface Missing {
  /** Runs with open steps. */
  readonly runs: readonly Run[];
  /** Linked issues raised from it that are open. */
  readonly children: readonly Issue[];
}

/** What is open on an issue. Children that the desk does not know count as settled. */
export function missingBeforeClose(facts: IssueFacts, find: (ref: IssueRef) => Issue | undefined): Missing {
  return {
    runs: facts.runs.filter((run) => openSteps(run).length > 0),
    children: facts.children.map(find).filter((child) => child?.state === "open").filter((child) => child !== undefined),
  };
}
