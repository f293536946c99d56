import type { Failure } from "../../../core/model/failure";
import type { Repository } from "../../../core/model/issueRef";
import type { GithubApi } from "../githubApi";
import type { StoredHistory } from "./storedHistory";

/** What is read of a repository, each with up to 100 entries for a request. */
export type RepositoryList = "issues" | "events" | "comments" | "boards";

/** What a reading of a repository takes, in either way. */
export interface HistoryParts {
  readonly api: GithubApi;
  /** Called after each response, with how many of the repository's issues were read, of how many. */
  readonly onPage: (repository: Repository, list: RepositoryList, issues: number, of: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** What a reading of a repository gives, in either way. */
export interface HistoryReading {
  readonly history: StoredHistory;
  /** Empty if it was canceled. */
  readonly failures: readonly Failure[];
  /** Why moves on project boards cannot be read, if so. */
  readonly boards?: BoardProblem;
  /** What queries cost of their hourly limit. */
  readonly points: number;
}

/** `noScope`: the token lacks the permission `read:project`. `hiddenBoards`: only some boards cannot be read. */
export interface BoardProblem {
  readonly kind: "noScope" | "noBoards" | "hiddenBoards";
  /** In the words of the server. */
  readonly reason: string;
}

/** A response that got lost once is often there a moment later. */
export function isTransient(failure: Failure): boolean {
  return (failure.kind === "serverError" && [502, 503, 504].includes(failure.status)) || (failure.kind === "offline" && failure.answeredBy === undefined);
}
