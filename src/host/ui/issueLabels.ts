import type { IssueFacts } from "../../core/issue/issueFacts";
import { hasTestLabel } from "../../core/markup/labels";
import type { Desk } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import type { Urgency } from "../../core/response/urgency";
import { ageText } from "./format";
import { plainLabel } from "./safeText";

/** Texts in the user's language that a description needs. */
export interface IssueLabels {
  readonly closed: string;
  /** Marks an exercise. */
  readonly test: string;
}

/** An issue in one line: `#12 · In progress · high · ana · 2h · 3/7`. Includes the repository if it is not `home`. */
export function describeIssue(issue: Issue, facts: IssueFacts, now: string, labels: IssueLabels, home: string): string {
  return `${plainLabel(formatRef(issue.ref, home))} · ${describeState(issue, facts, now, labels)}`;
}

/** The number for a narrow row: `#12`, or `engine#12` where the repository is not `home`. */
export function shortNumber({ repository, number }: IssueRef, home: string): string {
  return plainLabel(repository === home ? `#${number}` : `${repository.split("/").at(-1) ?? ""}#${number}`);
}

/** The same line without the number. */
export function describeState(issue: Issue, facts: IssueFacts, now: string, labels: IssueLabels): string {
  return plainLabel(
    [
      hasTestLabel(issue.labels) ? labels.test : undefined,
      issue.state === "closed" ? labels.closed : facts.stage,
      facts.priority,
      issue.assignees.join(", "),
      ageText(issue.createdAt, now),
      facts.progress === undefined ? undefined : `${facts.progress.done}/${facts.progress.total}`,
    ]
      .filter((part) => part !== undefined && part !== "")
      .join(" · "),
  );
}

/** The only repository of the issue's kind, which labels omit. Empty if the kind has several. */
export function homeRepository(desk: Desk, facts: IssueFacts): string {
  const repositories = (desk.kinds.find(({ name }) => name === facts.kind) ?? desk.kinds[0])?.repositories ?? [];
  return repositories.length === 1 ? (repositories[0] ?? "") : "";
}

/** An issue with the facts derived from it. */
export interface KnownIssue {
  readonly issue: Issue;
  readonly facts: IssueFacts;
  /** The next due time of an open issue. */
  readonly urgency?: Urgency;
}
