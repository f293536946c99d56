import type { Checklist } from "../../core/model/checklist";
import type { Repository } from "../../core/model/issueRef";
import type { Clock, Log, Memory } from "../../core/model/ports";
import type { Result } from "../../core/model/result";
import type { IssueIndex } from "../../core/search/issueIndex";
import type { GithubApi } from "./githubApi";
import type { Notice } from "./notices";

/** Dependencies of the tracker. */
export interface GithubTrackerParts {
  readonly api: GithubApi;
  /** The repositories that are listed. Others can be written to. */
  readonly repositories: () => readonly Repository[];
  readonly clock: Clock;
  readonly memory: Memory;
  /** The index for searching issues. Default: one of the tracker's own. */
  readonly issueIndex?: IssueIndex;
  readonly log: Log;
  /** The login that the token belongs to. */
  readonly account: () => Promise<Result<string>>;
  readonly onNotice: (notice: Notice) => void;
  /** Logins of the desk's people. Their marks count, whatever the server reports about them. */
  readonly people?: () => readonly string[];
  /** Whether this workspace may write to the repository. Called before each write. */
  readonly mayWrite?: (repository: Repository) => Promise<boolean>;
  /** Link target of a checklist's title. */
  readonly runbookUrl?: (checklist: Checklist) => string | undefined;
  /** Minimum time that another writer may need between reading and writing an issue, in milliseconds. */
  readonly settleDelay?: number;
  /** Time between two searches for a write without a response, in milliseconds. */
  readonly pause?: number;
}
