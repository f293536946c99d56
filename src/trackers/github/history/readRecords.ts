import { boardMoves } from "../../../core/metrics/history/boardMoves";
import type { IssueRecord } from "../../../core/metrics/history/issueHistory";
import { readMilestone } from "../../../core/markup/milestone";
import type { SourceProblem, UnreadableIssue } from "../../../core/metrics/report";
import { sameData } from "../../../core/model/plainData";
import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant, Issue } from "../../../core/model/issue";
import { refKey, type Repository } from "../../../core/model/issueRef";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import { applyMarks, issueNumberOf, readDeskComment } from "../deskComment";
import { withoutDuplicates } from "../duplicates";
import { type FullIssue, withCommentChecklists } from "../fullIssue";
import { toIssue } from "../githubIssue";
import { readEvent } from "../githubTimeline";
import { keyOf } from "../keyMark";
import { movedChecklists } from "../longChecklists";
import type { BoardProblem, HistoryReading } from "./historyReading";
import { readHistory, type StoringParts } from "./readHistory";
import { emptyHistory, historyInUse, isWhole, type ListReading, loadHistory, saveHistory, type StoredEvent, type StoredHistory } from "./storedHistory";
import { deletedLogin, readAuthor, type Trust } from "../trust";

/** What a reading of histories reports and takes, wherever they are. */
export interface HistoryOptions extends Pick<ReadingParts, "stages" | "onPage" | "onStored" | "signal" | "known"> {
  /** Logins of the desk's people, in all of its versions. */
  readonly people: readonly string[];
}

interface ReadingParts extends StoringParts {
  readonly trust: Trust;
  /** The login for which it is stored. Another account may not see the same issues. */
  readonly account: string;
  /** The stages of the desk, in all of its versions: a project board with such statuses has the stages of issues. */
  readonly stages: readonly string[];
  /** Called before the first request with what was stored, if all of it was read to its end. */
  readonly onStored?: (records: GithubRecords) => void;
  /** Records of an earlier reading. Those that did not change are returned again as the same objects. */
  readonly known?: ReadonlyMap<string, IssueRecord>;
}

/** What a reader should know about the issues of a repository. Those on moves on project boards are the same as in `BoardProblem`. `fewEvents`: the server does not list events before that time, so older issues are left out. */
export type SourceNote = (BoardProblem & { readonly repository: Repository }) | { readonly kind: "fewEvents"; readonly repository: Repository; readonly before: Instant };

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
 * Reads all issues of repositories with their events, for metrics: one query for 100 issues and one for each 100 further events of an
 * issue. After a failure, what was read before is kept and returned; issues whose events may be missing are not, and are listed. The
 * next reading goes on from there.
 */
export async function readGithubRecords(parts: ReadingParts, repositories: readonly Repository[]): Promise<GithubRecords> {
  const { memory, account, trust, onStored } = parts;
  const stored = await Promise.all(repositories.map(async (repository) => ({ repository, history: memory === undefined ? emptyHistory : await loadHistory(memory, repository, account) })));
  let { known } = parts;
  if (onStored !== undefined && stored.length > 0 && stored.every(({ history }) => isWhole(historyInUse(history)))) {
    for (const { repository } of stored) await trust.load(repository);
    const records = joined(stored.map(({ repository, history }) => recordsOf({ ...parts, repository }, { history, failures: [], points: 0 })));
    known = new Map(records.records.map((record) => [refKey(record.issue.ref), record]));
    onStored(records);
  }
  const all: GithubRecords[] = [];
  for (const { repository, history } of stored) {
    const found = await readHistory(parts, repository, history);
    if (memory !== undefined && found.history !== history) await saveHistory(memory, repository, account, found.history);
    const { issues, comments } = historyInUse(found.history);
    await trust.resolveAuthors(repository, [...issues, ...comments].map(readAuthor));
    all.push(recordsOf({ ...parts, repository, ...(known === undefined ? {} : { known }) }, found));
  }
  return joined(all);
}

function joined(all: readonly GithubRecords[]): GithubRecords {
  return {
    records: all.flatMap(({ records }) => records),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    failures: all.flatMap(({ failures }) => failures),
    notes: all.flatMap(({ notes }) => notes),
    points: all.reduce((sum, { points }) => sum + points, 0),
  };
}

interface RecordParts extends Pick<ReadingParts, "trust" | "stages" | "known"> {
  readonly repository: Repository;
}

function recordsOf({ trust, stages, known, repository }: RecordParts, { history: read, failures, boards, points }: HistoryReading): GithubRecords {
  const [failure] = failures;
  const history = historyInUse(read);
  const isListed = history.by === "lists";
  const { isBegun, next } = isListed ? history.read.issues : history.read.queries;
  if (!isBegun) return { records: [], unreadable: failure === undefined ? [] : [{ name: repository, reason: problemOf(failure) }], failures, notes: [], points };

  const commentsOf = groupByIssue(history.comments, issueNumberOf);
  const eventsOf = groupByIssue(history.events, ({ issue }) => issue);
  const moves = boardMoves(groupByIssue(history.moves, ({ issue }) => issue), stages);
  const { issues: full } = withoutDuplicates(history.issues.map((one) => placed(toIssue(one, repository), commentsOf.get(one.number) ?? [], trust)), keyOf);
  const end = isListed ? Math.max(endOf(history.read.events), endOf(history.read.comments), history.cut === undefined ? -Infinity : millisecondsOf(history.cut)) : -Infinity;
  const isKnown = ({ createdAt }: Issue): boolean => millisecondsOf(createdAt) >= end;
  return {
    records: full.filter(isKnown).map((issue) => {
      const { number } = issue.ref;
      const own = moves.get(number);
      const record = { issue, events: timelineOf(issue, eventsOf.get(number) ?? [], commentsOf.get(number) ?? [], trust), ...(own === undefined ? {} : { moves: own }), ...(lacksMarks(issue, commentsOf.get(number) ?? [], trust) ? { isIncomplete: true } : {}) };
      const before = known?.get(refKey(issue.ref));
      return before !== undefined && sameData(before, record) ? before : record;
    }),
    unreadable: [
      // Issues are missing, or what changed since they were read.
      ...(failure !== undefined && (next !== undefined || isWhole(history)) ? [{ name: repository, reason: problemOf(failure) }] : []),
      ...full.filter((issue) => !isKnown(issue)).map((issue) => ({ name: refKey(issue.ref), reason: "noHistory" as const, created: millisecondsOf(issue.createdAt) })),
    ],
    failures,
    notes: [...(boards === undefined ? [] : [{ ...boards, repository }]), ...(history.cut === undefined ? [] : [{ kind: "fewEvents" as const, repository, before: history.cut }])],
    points,
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

/** Whether marks are ignored because the account of their author was deleted. It may have been one that counted. */
function lacksMarks({ ignoredMarks = [], ref }: FullIssue, comments: readonly DatedComment[], trust: Trust): boolean {
  const isDeleted = (login: string): boolean => login === deletedLogin;
  return ignoredMarks.some(({ by }) => isDeleted(by))
    || comments.some((raw) => isDeleted(readAuthor(raw).login) && !trust.counts(ref.repository, readAuthor(raw)) && readMilestone(raw.body ?? "") !== undefined);
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
