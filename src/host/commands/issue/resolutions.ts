import { openSteps } from "../../../core/checklist/marking";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import type { Resolution } from "../../../core/markup/issueTexts";
import type { Checklist } from "../../../core/model/checklist";
import type { Issue } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";

/** What is still open on an issue. */
export interface RemainingWork {
  /** Checklists with open steps. */
  readonly checklists: readonly Checklist[];
  /** Open issues that were created from it. Issues that the desk does not know count as closed. */
  readonly children: readonly Issue[];
}

/** Open checklists and linked issues of an issue. */
export function remainingWork(facts: IssueFacts, find: (ref: IssueRef) => Issue | undefined): RemainingWork {
  return {
    checklists: facts.checklists.filter((checklist) => openSteps(checklist).length > 0),
    children: facts.children.map(find).filter((child) => child?.state === "open").filter((child) => child !== undefined),
  };
}

/** The usual resolutions for a kind of issue, the most likely first. */
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
