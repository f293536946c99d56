import { boardMoves } from "../../../core/metrics/boardMoves";
import type { IssueRecord } from "../../../core/metrics/issueHistory";
import type { SourceProblem, UnreadableIssue } from "../../../core/metrics/report";
import { sameData } from "../../../core/model/equality";
import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant, Issue } from "../../../core/model/issue";
import { refKey, type Repository } from "../../../core/model/issueRef";
import type { Memory } from "../../../core/model/ports";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import { applyMarks, issueNumberOf, readDeskComment } from "../deskComment";
import { withoutDuplicates } from "../duplicates";
import { type FullIssue, withCommentChecklists } from "../fullIssue";
import type { GithubApi } from "../githubApi";
import { authorOf, toIssue } from "../githubIssue";
import { readEvent } from "../githubTimeline";
import { keyOf } from "../keyMark";
import { movedChecklists } from "../longChecklists";
import { isWhole, readHistory } from "./readHistory";
import { type ListReading, loadHistory, saveHistory, type StoredEvent, type StoredHistory } from "./storedHistory";
import { readAuthor, type Trust } from "../trust";

/** The lists that are read of each repository, each with 100 entries for a request. `boards` are timelines. */
type RepositoryList = "issues" | "events" | "comments" | "boards";

/** What a reading of histories reports and takes, wherever they are. */
export type HistoryOptions = Pick<ReadingParts, "stages" | "onPage" | "signal" | "known">;

interface ReadingParts {
  readonly api: GithubApi;
  readonly trust: Trust;
  /** Where what was read is kept, so that the next reading asks only for what changed. */
  readonly memory: Memory;
  /** The login. Another account may not see the same issues. */
  readonly account: string;
  /** The stages of the desk, in all of its versions: a project board with such statuses has the stages of issues. */
  readonly stages: readonly string[];
  /** Called after each request, with how many issues were read. */
  readonly onPage: (repository: Repository, list: RepositoryList, issues: number) => void;
  /** Set to end the reading. What was read so far is kept. */
  readonly signal?: { readonly aborted: boolean };
  /** Records of an earlier reading. Those that did not change are returned again as the same objects. */
  readonly known?: ReadonlyMap<string, IssueRecord>;
}

/** What a reader should know about the issues of a repository. `noBoards`: the token or the server has no project boards. `fewEvents`: events before that time were read from the timelines of issues. */
export type SourceNote = { readonly kind: "noBoards"; readonly repository: Repository; readonly reason: string } | { readonly kind: "fewEvents"; readonly repository: Repository; readonly before: Instant };

export interface GithubRecords {
  readonly records: readonly IssueRecord[];
  /** Repositories and issues that could not be read completely. */
  readonly unreadable: readonly UnreadableIssue[];
  /** Why, in the order in which it happened. */
  readonly failures: readonly Failure[];
  readonly notes: readonly SourceNote[];
  /** What requests for project boards cost of their hourly limit. */
  readonly points: number;
}

/**
 * Reads all issues of repositories with their events, for metrics: by the lists of each repository, so that it takes one request for
 * 100 issues, 100 events or 100 comments, and one for the project boards of 100 issues. After a failure, what was read before is
 * kept and returned; issues whose events may be missing are not, and are listed. The next reading goes on from there.
 */
export async function readGithubRecords(parts: ReadingParts, repositories: readonly Repository[]): Promise<GithubRecords> {
  const all: GithubRecords[] = [];
  for (const repository of repositories) all.push(await readRepositoryRecords(parts, repository));
  return {
    records: all.flatMap(({ records }) => records),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    failures: all.flatMap(({ failures }) => failures),
    notes: all.flatMap(({ notes }) => notes),
    points: all.reduce((sum, { points }) => sum + points, 0),
  };
}

async function readRepositoryRecords(parts: ReadingParts, repository: Repository): Promise<GithubRecords> {
  const stored = await loadHistory(parts.memory, repository, parts.account);
  const found = await readHistory(parts, repository, stored);
  const { history, failures } = found;
  if (history !== stored) await saveHistory(parts.memory, repository, parts.account, history);
  const { issues: listed, events, comments, timelines } = history.read;
  const [failure] = failures;
  if (!listed.isBegun) return { records: [], unreadable: failure === undefined ? [] : [{ name: repository, reason: problemOf(failure) }], failures, notes: [], points: found.points };

  const bare = history.issues.map((one) => toIssue(one, repository));
  await parts.trust.resolveAuthors(repository, [...bare.map(authorOf), ...history.comments.map(readAuthor)]);
  const commentsOf = groupByIssue(history.comments, issueNumberOf);
  const eventsOf = groupByIssue(history.events, ({ issue }) => issue);
  const moves = boardMoves(groupByIssue(history.moves, ({ issue }) => issue), parts.stages);
  const { issues: full } = withoutDuplicates(bare.map((issue) => placed(issue, commentsOf.get(issue.ref.number) ?? [], parts.trust)), keyOf);
  // Older events are in the timelines.
  const eventsEnd = history.cut === undefined ? endOf(events) : timelines.isBegun && timelines.next === undefined ? -Infinity : millisecondsOf(history.cut);
  const end = Math.max(eventsEnd, endOf(comments));
  const isKnown = ({ createdAt }: Issue): boolean => millisecondsOf(createdAt) >= end;
  return {
    records: full.filter(isKnown).map((issue) => {
      const { number } = issue.ref;
      const own = moves.get(number);
      const record = { issue, events: timelineOf(issue, eventsOf.get(number) ?? [], commentsOf.get(number) ?? [], parts.trust), ...(own === undefined ? {} : { moves: own }) };
      const before = parts.known?.get(refKey(issue.ref));
      return before !== undefined && sameData(before, record) ? before : record;
    }),
    unreadable: [
      // Issues are missing, or what changed since they were read.
      ...(failure !== undefined && (listed.next !== undefined || isWhole(stored)) ? [{ name: repository, reason: problemOf(failure) }] : []),
      ...full.filter((issue) => !isKnown(issue)).map((issue) => ({ name: refKey(issue.ref), reason: "noHistory" as const, created: millisecondsOf(issue.createdAt) })),
    ],
    failures,
    notes: [...(found.noBoards === undefined ? [] : [{ kind: "noBoards" as const, repository, reason: found.noBoards }]), ...(history.cut === undefined ? [] : [{ kind: "fewEvents" as const, repository, before: history.cut }])],
    points: found.points,
  };
}

type DatedComment = StoredHistory["comments"][number];

function groupByIssue<T>(all: readonly T[], numberOf: (one: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) {
    const number = numberOf(one);
    const group = groups.get(number);
    if (group === undefined) groups.set(number, [one]);
    else group.push(one);
  }
  return groups;
}

/** The issue with the marks that count, from its own text and from comments. */
function placed(issue: ReturnType<typeof toIssue>, comments: readonly DatedComment[], trust: Trust): FullIssue {
  const marked = applyMarks(issue, comments.flatMap((raw) => readDeskComment(raw) ?? []), trust);
  const kept = movedChecklists(marked.body).map((moved) => {
    const comment = comments.find(({ id }) => id === moved.comment);
    return comment === undefined ? { ...moved, text: "" } : { ...moved, text: comment.body ?? "", by: readAuthor(comment) };
  });
  return withCommentChecklists(marked, kept, trust);
}

function timelineOf(issue: Issue, events: readonly StoredEvent[], comments: readonly DatedComment[], trust: Trust): readonly TimelineEvent[] {
  const said = comments.flatMap(({ body, user, author_association, created_at }) => readEvent({ event: "commented", body: body ?? "", user, author_association, created_at }, issue, trust));
  return [...events.map(eventOf), ...said];
}

function eventOf({ kind, at, by, name = "" }: StoredEvent): TimelineEvent {
  switch (kind) {
    case "labeled":
    case "unlabeled":
      return { kind, at, by, label: name };
    case "assigned":
    case "unassigned":
      return { kind, at, by, login: name };
    case "closed":
    case "reopened":
      return { kind, at, by };
  }
}

/** The time before which a list, which is read from its newest entry, may lack entries. */
function endOf({ isBegun, next, oldest }: ListReading): number {
  if (isBegun && next === undefined) return -Infinity;
  return oldest === undefined ? Infinity : millisecondsOf(oldest) + 1;
}

function problemOf({ kind }: Failure): SourceProblem {
  switch (kind) {
    case "noRepository":
      return "noRepository";
    case "limited":
      return "rateLimit";
    case "forbidden":
    case "issuesOff":
    case "signedOut":
    case "refused":
      return "noAccess";
    default:
      return "noAnswer";
  }
}
