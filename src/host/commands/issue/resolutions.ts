import { openSteps } from "../../../core/checklist/marking";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import type { Checklist } from "../../../core/model/checklist";
import type { Issue } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";

/** What is still to do on an issue that is about to be closed. */
export interface Missing {
  /** Runs with open steps. */
  readonly checklists: readonly Checklist[];
  /** Linked issues raised from it that are open. */
  readonly children: readonly Issue[];
}

/** What is open on an issue. Children that the desk does not know count as settled. */
export function missingBeforeClose(facts: IssueFacts, find: (ref: IssueRef) => Issue | undefined): Missing {
  return {
    checklists: facts.checklists.filter((checklist) => openSteps(checklist).length > 0),
    children: facts.children.map(find).filter((child) => child?.state === "open").filter((child) => child !== undefined),
  };
}

/** A usual way for an issue to end. */
export type Resolution =
  | "answered"
  | "known"
  | "addedToKnown"
  | "diagnosed"
  | "fixed"
  | "workaround"
  | "reproducer"
  | "filed"
  | "recovered"
  | "done"
  | "declined"
  | "withdrawn";

/** The usual ways for issues of a kind to end, the likeliest first. */
export function resolutionsFor(kind: string | undefined): readonly Resolution[] {
  switch (kind) {
    case "incident":
      return ["fixed", "workaround", "answered", "known", "addedToKnown", "diagnosed", "reproducer", "filed", "recovered"];
    case "request":
      return ["done", "answered", "known", "addedToKnown", "filed", "declined", "withdrawn"];
    case "issue":
      return ["fixed", "known", "addedToKnown", "workaround", "declined", "withdrawn"];
    default:
      return ["done", "declined", "withdrawn"];
  }
}
