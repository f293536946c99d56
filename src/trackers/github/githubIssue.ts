import type { CloseReason, Instant, Issue, NativeLinks } from "../../core/model/issue";
import { type IssueRef, localRepository, type Repository } from "../../core/model/issueRef";
import type { RawIssue } from "./responses";
import { type Author, readAuthor } from "./trust";

/** An issue as returned by the server, with its unmodified text. */
export interface RepositoryIssue extends Issue, Pick<Author, "outsider"> {
  /** Whether it is open and was closed before. */
  readonly wasReopened?: true;
  /** The version of the issue for which its reopening was read, by its update time, and the ETag of that response. */
  readonly reopeningRead?: { readonly of: Instant; readonly etag?: string };
}

/** Converts a response to an issue. The repository is spelled as in the desk, or as in the response. */
export function toIssue(raw: RawIssue, repository: Repository = refOf(raw).repository): RepositoryIssue {
  const native = nativeLinks(raw, repository);
  const { login, ...author } = readAuthor(raw);
  return {
    ref: { repository, number: raw.number },
    title: raw.title,
    body: raw.body ?? "",
    state: raw.state,
    labels: (raw.labels ?? []).map((label) => (typeof label === "string" ? label : label.name)),
    assignees: (raw.assignees ?? (raw.assignee === undefined ? [] : [raw.assignee])).map((each) => each.login),
    author: login,
    ...author,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
    ...(raw.closed_at === undefined ? {} : { closedAt: raw.closed_at }),
    ...closeReason(raw),
    ...(raw.state === "open" && raw.state_reason === "reopened" ? { wasReopened: true as const } : {}),
    location: { kind: "web", url: raw.html_url },
    ...(raw.type == null ? {} : { type: raw.type.name }),
    ...(native === undefined ? {} : { native }),
  };
}

function closeReason({ state, state_reason }: RawIssue): Pick<Issue, "closeReason"> {
  const reason = closeReasons.find((each) => stateReasons[each] === state_reason);
  return state === "open" || reason === undefined ? {} : { closeReason: reason };
}

/** The names of the reasons on GitHub. */
export const stateReasons = { completed: "completed", notPlanned: "not_planned", duplicate: "duplicate" } as const satisfies Record<CloseReason, string>;

const closeReasons: readonly CloseReason[] = ["completed", "notPlanned", "duplicate"];

function nativeLinks(raw: RawIssue, home: Repository): NativeLinks | undefined {
  const { sub_issues_summary, issue_dependencies_summary: counts } = raw;
  const parent = parentOf(raw, home);
  const [children, blockedBy, blocks] = [sub_issues_summary?.total ?? 0, counts?.total_blocked_by ?? 0, counts?.total_blocking ?? 0];
  if (parent === undefined && children + blockedBy + blocks === 0) return undefined;
  return { ...(parent === undefined ? {} : { parent }), children, blockedBy, blockers: counts?.blocked_by ?? 0, blocks };
}

/** The native parent of an issue. Its repository is spelled like `home` if it is the same. */
export function parentOf({ parent_issue_url }: RawIssue, home: Repository): IssueRef | undefined {
  const number = /\/issues\/(\d+)$/.exec(parent_issue_url ?? "")?.[1];
  const repository = repositoryOf(parent_issue_url ?? "");
  if (number === undefined || repository === undefined) return undefined;
  return { repository: repository.toLowerCase() === home.toLowerCase() ? home : repository, number: Number(number) };
}

export function authorOf({ author, outsider }: RepositoryIssue): Author {
  return { login: author, ...(outsider === undefined ? {} : { outsider }) };
}

/** Whether an entry of an issue list is a pull request. */
export function isPullRequest(raw: RawIssue): boolean {
  return raw.pull_request !== undefined;
}

/**
 * The reference of the issue in a response, which after a rename or transfer differs from the requested one. `otherwise` is the
 * repository if the response names none.
 */
export function refOf(raw: Partial<Pick<RawIssue, "repository_url" | "url">> & Pick<RawIssue, "number">, otherwise = localRepository): IssueRef {
  return { repository: repositoryOf(raw.repository_url ?? raw.url ?? "") ?? otherwise, number: raw.number };
}

/** The repository in an API address. */
function repositoryOf(url: string): Repository | undefined {
  return /\/repos\/([^/]+\/[^/]+)(?:\/issues\/\d+)?$/.exec(url)?.[1];
}
