import { localRepository, type IssueRef, type Repository } from "../../core/issue/issueRef";
import type { Issue, NativeLinks } from "../../core/issue/issue";
import { readAuthor, type Author } from "./trust";

/** What is read of an issue as the API gives it; bodies and people may be missing. */
export interface RawIssue {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly assignees?: readonly { readonly login: string }[] | null | undefined;
  readonly user: { readonly login: string } | null;
  readonly author_association?: string | undefined;
  readonly comments?: number | undefined;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly html_url: string;
  readonly repository_url: string;
  readonly pull_request?: unknown;
  readonly type?: { readonly name: string } | null | undefined;
  /** These are absent where the server keeps no such links. */
  readonly parent_issue_url?: string | null | undefined;
  readonly sub_issues_summary?: { readonly total: number } | null | undefined;
  readonly issue_dependencies_summary?: { readonly blocked_by: number; readonly total_blocked_by: number; readonly total_blocking: number } | null | undefined;
}

/** An issue as the server gave it, its text as it stands there, whoever wrote it. */
export interface RepositoryIssue extends Issue, Pick<Author, "outsider"> {}

/** The issue as the core knows it, in the repository as the desk writes it, or else as the answer itself names it. */
export function toIssue(raw: RawIssue, repository: Repository = refOf(raw).repository): RepositoryIssue {
  const native = nativeLinks(raw, repository);
  const { login, ...author } = readAuthor(raw);
  return {
    ref: { repository, number: raw.number },
    title: raw.title,
    body: raw.body ?? "",
    state: raw.state === "closed" ? "closed" : "open",
    labels: raw.labels.flatMap((label) => (typeof label === "string" ? [label] : label.name === undefined ? [] : [label.name])),
    assignees: (raw.assignees ?? []).map(({ login }) => login),
    author: login,
    ...author,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
    ...(raw.closed_at === null ? {} : { closedAt: raw.closed_at }),
    location: { kind: "web", url: raw.html_url },
    ...(raw.type == null ? {} : { type: raw.type.name }),
    ...(native === undefined ? {} : { native }),
  };
}

function nativeLinks({ parent_issue_url, sub_issues_summary, issue_dependencies_summary: counts }: RawIssue, home: Repository): NativeLinks | undefined {
  const [, url, number] = /^(.+)\/issues\/(\d+)$/.exec(parent_issue_url ?? "") ?? [];
  const [children, blockedBy, blocks] = [sub_issues_summary?.total ?? 0, counts?.total_blocked_by ?? 0, counts?.total_blocking ?? 0];
  if (url === undefined && children + blockedBy + blocks === 0) return undefined;
  const repository = repositoryOf(url ?? "");
  // The desk may write its repository in other letters.
  const parent = { repository: repository.toLowerCase() === home.toLowerCase() ? home : repository, number: Number(number) };
  return { ...(url === undefined ? {} : { parent }), children, blockedBy, blockers: counts?.blocked_by ?? 0, blocks };
}

export function authorOf({ author, outsider }: RepositoryIssue): Author {
  return { login: author, ...(outsider === undefined ? {} : { outsider }) };
}

/** Lists of issues contain pull requests too. */
export function isPullRequest(raw: RawIssue): boolean {
  return raw.pull_request !== undefined && raw.pull_request !== null;
}

/** Which issue an answer speaks of: after a rename or a transfer another one than was asked for. */
export function refOf(raw: Pick<RawIssue, "number" | "repository_url">): IssueRef {
  return { repository: repositoryOf(raw.repository_url), number: raw.number };
}

function repositoryOf(url: string): Repository {
  return /\/repos\/([^/]+\/[^/]+)$/.exec(url)?.[1] ?? localRepository;
}
