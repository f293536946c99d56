import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";
import { ageText } from "./age";
import { plainLabel } from "./plainLabel";

/** Words of the user's language that a description needs. */
export interface IssueWords {
  readonly closed: string;
}

/** One line of what matters: `#12 · In progress · high · ana · 2h · 3/7`. Repositories are named where asked for. */
export function describeIssue(issue: Issue, facts: IssueFacts, now: string, words: IssueWords, home?: string): string {
  const number = home === undefined || home === issue.ref.repository ? `#${issue.ref.number}` : `${issue.ref.repository}#${issue.ref.number}`;
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
