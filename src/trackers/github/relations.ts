import { relationsOf } from "../../core/markup/linkRegion";
import type { Issue } from "../../core/model/issue";
import { type IssueRef, refKey } from "../../core/model/issueRef";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../../core/model/relations";
import { ok, type Result } from "../../core/model/result";
import { issuesResponse } from "./responses";
import { type Call, type GithubApi, ownerAndName } from "./githubApi";
import { refOf, toIssue } from "./githubIssue";
import { mentionIn, timelineEvents } from "./githubTimeline";

type NativeKind = Exclude<RelatedIssue["kind"], "related">;

/** Reads the links of an issue: a request for each kind of link that it has, and its timeline for pull requests. */
export async function readRelations(api: GithubApi, issue: Issue, named: (ref: IssueRef) => IssueRef): Promise<Result<IssueRelations>> {
  const { ref, native } = issue;
  const one = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const at = { ...one, per_page: 100 };
  const [parents, children, blockedBy, blocks, events] = await Promise.all([
    read("parent", native?.parent === undefined ? 0 : 1, async (octokit, extras) => {
      const { data, ...rest } = await octokit.rest.issues.getParent({ ...one, ...extras });
      return { ...rest, data: [data] };
    }),
    read("child", native?.children, (octokit, extras) => octokit.rest.issues.listSubIssues({ ...at, ...extras })),
    read("blockedBy", native?.blockedBy, (octokit, extras) => octokit.rest.issues.listDependenciesBlockedBy({ ...at, ...extras })),
    read("blocks", native?.blocks, (octokit, extras) => octokit.rest.issues.listDependenciesBlocking({ ...at, ...extras })),
    timelineEvents(api, ref),
  ]);
  if (events.kind === "failed") return events;
  const found: RelatedIssue[] = [];
  for (const each of [parents, children, blockedBy, blocks]) {
    if (each.kind === "failed") return each;
    found.push(...each.value);
  }
  return ok(relationsOf(issue, found, pullRequestsIn(events.value)));

  async function read(kind: NativeKind, count: number | undefined, call: Call): Promise<Result<readonly RelatedIssue[]>> {
    if (!count) return ok([]);
    const answer = await api.read({ repository: ref.repository, ref }, issuesResponse, call);
    // The last link was removed meanwhile, or the server does not support the request.
    if (answer.kind === "failed") return answer.failure.kind === "gone" ? ok([]) : answer;
    return ok(answer.value.kind === "same" ? [] : answer.value.data.map((raw) => {
      const { title, state } = toIssue(raw);
      return { kind, ref: named(refOf(raw)), title, state };
    }));
  }
}

/** The pull requests that mention the issue, from the timeline. Entries in an unknown format are skipped. */
function pullRequestsIn(events: readonly unknown[]): readonly LinkedPullRequest[] {
  const found = new Map<string, LinkedPullRequest>();
  for (const event of events) {
    const other = mentionIn(event);
    if (other?.isPullRequest !== true) continue;
    const { ref, title, url, state } = other;
    found.set(refKey(ref), { ref, title, url, state });
  }
  return [...found.values()];
}
