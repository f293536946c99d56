import { type Issue, isWork } from "../model/issue";

/** Issues to choose from: open ones before closed ones, work before checklists and handoffs, the latest first. */
export function orderedForChoice(issues: readonly Issue[], kindOf: (issue: Issue) => string | undefined): readonly Issue[] {
  const rank = (issue: Issue): number => 2 * Number(issue.state === "closed") + Number(!isWork(kindOf(issue)));
  return issues
    .map((issue) => ({ issue, rank: rank(issue) }))
    .sort((a, b) => a.rank - b.rank || (a.issue.createdAt < b.issue.createdAt ? 1 : -1))
    .map(({ issue }) => issue);
}
