import type { Checklist } from "../../core/model/checklist";
import type { Repository } from "../../core/model/issueRef";
import type { Clock, Log, Memory } from "../../core/model/ports";
import type { Result } from "../../core/model/result";
import type { IssueIndex } from "../../core/search/issueIndex";
import type { GithubApi } from "./githubApi";
import type { Notice } from "./notices";

/** What the tracker is made from. */
export interface GithubTrackerParts {
  readonly api: GithubApi;
  /** Those that are listed; others can be written to. */
  readonly repositories: () => readonly Repository[];
  readonly clock: Clock;
  readonly memory: Memory;
  /** What issues are searched with; one of the tracker's own unless given. */
  readonly issueIndex?: () => Promise<IssueIndex>;
  readonly log: Log;
  /** The login of whose token it is. */
  readonly account: () => Promise<Result<string>>;
  readonly onNotice: (notice: Notice) => void;
  /** Logins of the desk's people: what they write counts, whatever the server says of them. */
  readonly people?: () => readonly string[];
  /** Whether this workspace may write there; asked before each write. */
  readonly mayWrite?: (repository: Repository) => Promise<boolean>;
  /** Where a run's title links to. */
  readonly runbookUrl?: (checklist: Checklist) => string | undefined;
  /** Milliseconds that another writer may need between reading an issue and writing it, at least. */
  readonly settleDelay?: number;
  /** Milliseconds between two looks for a write whose answer was lost. */
  readonly pause?: number;
}
