import { signedIn } from "./access";
import { type Call, invalid, refusal } from "./exchange";
import { page } from "./pages";
import type { Desk, Route } from "./route";
import { issuesOf, rightsOf, type StoredIssue, type StoredRepository } from "./world";

interface Found {
  readonly repository: StoredRepository;
  readonly issue: StoredIssue;
  readonly score: number;
}

/** The search for issues: words anywhere in title, body and comments, and the most common qualifiers. */
export const searchRoutes: readonly Route[] = [{
  method: "GET", template: "/search/issues",
  handle: (desk, call) => {
    const { user } = signedIn(call);
    const { words, qualifiers } = readQuery(call.query.get("q") ?? "");
    if (!qualifiers.some(({ name, value }) => ["is", "type"].includes(name) && /^(?:issue|pr|pull-request)$/.test(value))) {
      throw refusal(422, "Query must include 'is:issue' or 'is:pull-request'");
    }
    const visible = [...desk.world.repositories.values()].filter(repository => rightsOf(repository, user.login).read);
    const named = qualifiers.filter(({ name }) => name === "repo").map(({ value }) => value);
    if (named.length > 0 && !named.some(name => visible.some(({ fullName }) => fullName.toLowerCase() === name))) {
      throw invalid("Search", "q", "invalid", "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.");
    }
    const found = visible.flatMap(repository => issuesOf(repository, desk.world.now() - call.staleness)
      .filter(issue => qualifiers.every(qualifier => holds(qualifier, repository, issue)))
      .map(issue => ({ repository, issue, score: score(issue, words) }))).filter(({ score: points }) => points > 0);
    const sort = call.query.get("sort");
    const sign = call.query.get("order") === "asc" ? 1 : -1;
    const key = ({ issue, score: points }: Found) => sort === "created" ? issue.createdAt : sort === "updated" ? issue.updatedAt : sort === "comments" ? issue.comments.length : points;
    const sorted = found.toSorted((a, b) => (sort === null ? -1 : sign) * (key(a) - key(b)) || b.issue.createdAt - a.issue.createdAt).slice(0, 1000);
    const { items, link } = page(call, sorted, `${desk.api}/search/issues`);
    const body = { total_count: found.length, incomplete_results: false, search_type: "lexical", items: items.map(one => shape(desk, one)) };
    return { status: 200, body, headers: link === undefined ? {} : { Link: link } };
  },
}];

interface Qualifier {
  readonly name: string;
  readonly value: string;
  readonly not: boolean;
}

function readQuery(text: string): { readonly words: readonly string[]; readonly qualifiers: readonly Qualifier[] } {
  if ([...text].length > 1000) throw invalid("Search", "q", "invalid");
  if (/(?:^|\s)(?:OR|AND|NOT)(?:\s|$)|[()]/.test(text.replaceAll(/"[^"]*"/g, ""))) throw invalid("Search", "q", "invalid", "This fake knows neither parentheses nor operators; GitHub itself refuses them in part.");
  const words: string[] = [];
  const qualifiers: Qualifier[] = [];
  for (const [, not, name, quoted, plain] of text.matchAll(/(-)?(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = (quoted ?? plain ?? "").toLowerCase();
    if (name === undefined) words.push(value);
    else qualifiers.push({ name, value, not: not !== undefined });
  }
  return { words, qualifiers };
}

/** Several `repo:` qualifiers must all match, as on GitHub, so that nothing is found. */
function holds({ name, value, not }: Qualifier, repository: StoredRepository, issue: StoredIssue): boolean {
  const has = (values: readonly string[]) => values.some(one => one.toLowerCase() === value);
  const test = () => {
    switch (name) {
      case "repo": return has([repository.fullName]);
      case "org": case "user": return has([repository.fullName.split("/")[0] ?? ""]);
      case "state": return has([issue.state]);
      case "is": case "type":
        if (value === "issue") return !issue.pullRequest;
        if (value === "pr" || value === "pull-request") return issue.pullRequest;
        return value === "open" || value === "closed" ? issue.state === value : value === "locked" ? issue.locked : true;
      case "label": return has(issue.labels);
      case "assignee": return has(issue.assignees);
      case "author": return has([issue.login]);
      case "in": case "sort": return true;
      default: throw invalid("Search", "q", "invalid", `This fake does not know the qualifier "${name}".`);
    }
  };
  return test() !== not;
}

function score(issue: StoredIssue, words: readonly string[]): number {
  const title = issue.title.toLowerCase();
  const text = [title, issue.body ?? "", ...issue.comments.map(comment => comment.body)].join("\n").toLowerCase();
  if (!words.every(word => text.includes(word))) return 0;
  return 1 + words.filter(word => title.includes(word)).length;
}

function shape(desk: Desk, { repository, issue, score: points }: Found): Record<string, unknown> {
  const { closed_by: _closedBy, parent_issue_url: _parent, ...rest } = desk.shapes.issue(repository, issue);
  return { ...rest, score: points };
}

/** The rate limit that a call counts against. */
export function resourceOf(call: Pick<Call, "path">): "core" | "search" | "graphql" {
  if (call.path === "/api/graphql") return "graphql";
  return call.path.startsWith("/search/") ? "search" : "core";
}
