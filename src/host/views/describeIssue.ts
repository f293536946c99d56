import type { Desk } from "../../core/desk/desk";
import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";
import { ageText } from "./age";
import { plainLabel } from "./plainLabel";

/** Words of the user's language that a description needs. */
export interface IssueWords {
  readonly closed: string;
}

/** One line of what matters: `#12 · In progress · high · ana · 2h · 3/7`. The repository is named when it is not `home`. */
export function describeIssue(issue: Issue, facts: IssueFacts, now: string, words: IssueWords, home: string): string {
  const number = home === issue.ref.repository ? `#${issue.ref.number}` : `${issue.ref.repository}#${issue.ref.number}`;
  return plainLabel(
    [
      number,
      issue.state === "closed" ? words.closed : facts.stage,
      facts.priority,
      issue.assignees.join(", "),
      ageText(issue.createdAt, now),
      facts.progress === undefined ? undefined : `${facts.progress.settled}/${facts.progress.total}`,
    ]
      .filter((part) => part !== undefined && part !== "")
      .join(" · "),
  );
}

/** The repository that issues of a kind need not name, because the kind has no other; empty when it has several. */
export function homeOf(desk: Desk, facts: IssueFacts): string {
  const repositories = (desk.kinds.find(({ name }) => name === facts.kind) ?? desk.kinds[0])?.repositories ?? [];
  return repositories.length === 1 ? (repositories[0] ?? "") : "";
}
