import * as v from "valibot";
import type { Failure } from "../../../core/model/failure";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/record";
import { failed } from "../../../core/model/result";
import { type Call, type GithubApi, ownerAndName } from "../githubApi";
import { datedCommentsResponse, issuesResponse, type RawIssue, type Shape } from "../responses";
import type { ListSource } from "./historyLists";
import type { StoredComment, StoredHistory } from "./storedHistory";

/** What is read of a repository, each with up to 100 entries for a request. */
export type RepositoryList = "issues" | "events" | "comments" | "boards";

export interface HistoryParts {
  readonly api: GithubApi;
  /** Called after each response, with how many of the repository's issues were read, of how many. */
  readonly onPage: (repository: Repository, list: RepositoryList, issues: number, of: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** `noScope`: the token lacks the permission `read:project`. `hiddenBoards`: only some boards cannot be read. */
export interface BoardProblem {
  readonly kind: "noScope" | "noBoards" | "hiddenBoards";
  /** In the words of the server. */
  readonly reason: string;
}

export interface HistoryReading {
  readonly history: StoredHistory;
  readonly failures: readonly Failure[];
  /** Why moves on project boards cannot be read, if so. */
  readonly boards?: BoardProblem;
  /** What queries cost of their hourly limit. */
  readonly points: number;
}

/** The lists of a repository. Failures are collected until the reading is canceled. */
export interface RepositoryLists {
  readonly isAborted: () => boolean;
  readonly failures: Failure[];
  source<T>(list: RepositoryList, shape: Shape<T[]>): ListSource<T>;
  /** Keeps why a list could not be read. */
  noted<T extends { readonly failure?: Failure }>(reading: T): T;
  issues: ListSource<RawIssue>;
  comments: ListSource<StoredComment>;
  issuesSince(since: string | undefined): Call;
  commentsSince(since: string | undefined): Call;
}

export function repositoryLists({ api, signal }: HistoryParts, repository: Repository, onAnswer: (list: RepositoryList) => void): RepositoryLists {
  const name = ownerAndName(repository);
  const failures: Failure[] = [];
  const isAborted = (): boolean => signal?.aborted === true;

  function source<T>(list: RepositoryList, shape: Shape<T[]>): ListSource<T> {
    const read: GithubApi["read"] = async (...request) => {
      if (isAborted()) return failed({ kind: "offline", server: api.server });
      const first = await api.read(...request);
      const answer = first.kind === "failed" && isTransient(first.failure) && !isAborted() ? await api.read(...request) : first;
      if (answer.kind === "ok") onAnswer(list);
      return answer;
    };
    return { api: { server: api.server, read }, subject: { repository }, shape };
  }

  return {
    isAborted, failures, source,
    noted(reading) {
      if (reading.failure !== undefined && !isAborted()) failures.push(reading.failure);
      return reading;
    },
    issues: source("issues", withDefaults(issuesResponse, ({ number, created_at, closed_at }) => ({ html_url: `${api.server}/${repository}/issues/${String(number)}`, updated_at: closed_at ?? created_at }))),
    comments: source("comments", withDefaults(datedCommentsResponse, ({ created_at }) => ({ updated_at: created_at }))),
    issuesSince: (since) => (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "updated", direction: "asc", per_page: 100, ...(since === undefined ? {} : { since }), ...extras }),
    commentsSince: (since) => (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "updated", direction: "asc", per_page: 100, ...(since === undefined ? {} : { since }), ...extras }),
  };
}

/** A response that got lost once is often there a moment later. */
export function isTransient(failure: Failure): boolean {
  return (failure.kind === "serverError" && [502, 503, 504].includes(failure.status)) || (failure.kind === "offline" && failure.answeredBy === undefined);
}

/** Adds fields that figures can do without, since some servers with this API leave them out. */
function withDefaults<T>(shape: Shape<T[]>, defaults: (one: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Shape<T[]> {
  return v.pipe(v.unknown(), v.transform((all) => (Array.isArray(all) ? all.map((one: unknown) => (isRecord(one) ? { ...defaults(one), ...one } : one)) : all)), shape);
}
