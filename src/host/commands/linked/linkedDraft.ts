import type { DraftInput } from "../../../core/issue/draftIssue";
import type { IssueRef, Repository } from "../../../core/issue/issueRef";
import type { LinkTarget } from "../../../core/issue/operation";
import type { FilledTemplate } from "../../../core/runbook/fillTemplate";
import type { DeskSession } from "../../app/session";
import type { LinkedPlace } from "./linkedPlace";

/** What is known of a linked issue that is to be created. */
export interface LinkedWish {
  readonly kind: string;
  readonly title: string;
  readonly details: string;
  readonly repository: Repository | undefined;
  readonly filled: FilledTemplate | undefined;
}

/** What a linked issue is drafted from: labels, priority and who is assigned come from its template. */
export function linkedInput(session: DeskSession, { kind, title, details, repository, filled }: LinkedWish): DraftInput {
  const holder = session.clocks.holders()[filled?.assign?.replace(/^@/, "") ?? ""];
  return {
    kind,
    title,
    details,
    labels: filled?.labels ?? [],
    assignees: holder === undefined ? [] : [holder],
    ...(repository === undefined ? {} : { repository }),
    ...(filled?.priority === undefined ? {} : { priority: filled.priority }),
  };
}

/** Where the link goes: the step it was asked for, or the same step of the parent's run of that runbook. */
export function linkTargetOf(session: DeskSession, place: LinkedPlace, parent: IssueRef, step = place.runbook?.step): LinkTarget {
  if (place.step !== undefined) return { parent, relation: "child", step: place.step };
  const issue = session.issues.find(parent);
  if (issue === undefined || step === undefined) return { parent, relation: "child" };
  const runs = session.issues.factsOf(issue).runs.filter((run) => place.runbook === undefined || run.runbook === place.runbook.path);
  const run = runs.findLast(({ items }) => items.some((item) => item.kind === "step" && item.id === step));
  return { parent, relation: "child", ...(run === undefined ? {} : { step: { run: run.id, step } }) };
}
