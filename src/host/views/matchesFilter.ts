import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";
import type { IssueFilter } from "./outlineChoice";

/** Whether an issue is what the filter asks for; letter case does not matter. */
export function matchesFilter(issue: Issue, facts: IssueFacts, filter: IssueFilter, me: string | undefined): boolean {
  if (filter.state !== "all" && filter.state !== issue.state) return false;
  if (filter.priority !== undefined && !same(filter.priority, facts.priority)) return false;
  if (filter.stage !== undefined && !same(filter.stage, facts.stage)) return false;
  const { service } = filter;
  if (service !== undefined && !facts.services.some((each) => same(service, each))) return false;
  return assigned(issue, filter.assignee, me) && hasWords(issue, facts, filter.text ?? "");
}

function assigned(issue: Issue, wanted: string | undefined, me: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === "@nobody") return issue.assignees.length === 0;
  const login = wanted === "@me" ? me : wanted;
  return login !== undefined && issue.assignees.some((each) => same(login, each));
}

function hasWords(issue: Issue, facts: IssueFacts, text: string): boolean {
  if (text === "") return true;
  const hay = [issue.title, `#${issue.ref.number}`, ...issue.labels, ...issue.assignees, facts.stage].join("\n").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
