import type * as v from "valibot";
import type { IssueRecord } from "../../core/metrics/issueHistory";
import type { SourceProblem, UnreadableIssue } from "../../core/metrics/report";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import { refKey, type Repository } from "../../core/model/issueRef";
import { isRecord } from "../../core/model/record";
import type { TimelineEvent } from "../../core/model/timelineEvent";
import { applyMarks, type DeskComment, isDeskComment, readDeskComment } from "./deskComment";
import { withoutDuplicates } from "./duplicates";
import { type FullIssue, withCommentChecklists } from "./fullIssue";
import { type GithubApi, ownerAndName } from "./githubApi";
import { authorOf, isPullRequest, toIssue } from "./githubIssue";
import { readEvent } from "./githubTimeline";
import { keyOf } from "./keyMark";
import { movedChecklists } from "./longChecklists";
import { readPagesSoFar } from "./pages";
import { datedCommentsResponse, eventsResponse, issuesResponse } from "./responses";
import { readAuthor, type Trust } from "./trust";

/** The lists that are read of each repository, each with 100 entries for a request. */
type RepositoryList = "issues" | "events" | "comments";

interface ReadingParts {
  readonly api: GithubApi;
  readonly trust: Trust;
  /** Called after each request. */
  readonly onPage: (repository: Repository, list: RepositoryList) => void;
}

interface GithubRecords {
  readonly records: readonly IssueRecord[];
  /** Repositories and issues that could not be read completely. */
  readonly unreadable: readonly UnreadableIssue[];
  /** Why, in the order in which it happened. */
  readonly failures: readonly Failure[];
}

/**
 * Reads all issues of repositories with their events, for metrics: by the lists of each repository, so that it takes one request for
 * 100 issues, 100 events or 100 comments. After a failure, what was read before is returned; issues whose events may be missing are
 * not, and are listed.
 */
export async function readGithubRecords(parts: ReadingParts, repositories: readonly Repository[]): Promise<GithubRecords> {
  const all: GithubRecords[] = [];
  for (const repository of repositories) all.push(await readRepositoryRecords(parts, repository));
  return { records: all.flatMap(({ records }) => records), unreadable: all.flatMap(({ unreadable }) => unreadable), failures: all.flatMap(({ failures }) => failures) };
}

type DatedComment = v.InferOutput<typeof datedCommentsResponse>[number];

async function readRepositoryRecords({ api, trust, onPage }: ReadingParts, repository: Repository): Promise<GithubRecords> {
  const name = ownerAndName(repository);
  const subject = { repository };
  const noted = (list: RepositoryList) => (): void => onPage(repository, list);
  const issues = await readPagesSoFar(api, subject, issuesResponse, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "created", direction: "desc", per_page: 100, ...extras }), noted("issues"));
  if (issues.failure !== undefined && issues.raw.length === 0) return { records: [], unreadable: [{ name: repository, reason: problemOf(issues.failure) }], failures: [issues.failure] };
  // Both at once, so that after a rate limit the newest entries of both are known.
  const [events, comments] = await Promise.all([
    readPagesSoFar(api, subject, eventsResponse, (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras }), noted("events")),
    readPagesSoFar(api, subject, datedCommentsResponse, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "created", direction: "desc", per_page: 100, ...extras }), noted("comments")),
  ]);

  // While pages were read, entries can move from one page to the next.
  const raw = [...new Map(issues.raw.map((one) => [one.number, one])).values()].filter((one) => !isPullRequest(one));
  const bare = raw.map((one) => toIssue(one, repository));
  await trust.resolveAuthors(repository, [...bare.map(authorOf), ...comments.raw.map(readAuthor)]);
  const byIssue = groupByIssue(comments.raw, ({ issue_url }) => Number(/\/issues\/(\d+)$/.exec(issue_url)?.[1]));
  const eventsOf = groupByIssue(events.raw, (event) => (isRecord(event["issue"]) ? Number(event["issue"]["number"]) : NaN));
  const { issues: full } = withoutDuplicates(bare.map((issue) => placed(issue, byIssue.get(issue.ref.number) ?? [], trust)), keyOf);

  const [eventsEnd, commentsEnd] = [endOf(events, (event) => String(event["created_at"])), endOf(comments, (comment) => comment.created_at)];
  const isKnown = ({ createdAt }: Issue): boolean => millisecondsOf(createdAt) >= Math.max(eventsEnd, commentsEnd);
  const failures = [issues, events, comments].flatMap(({ failure }) => failure ?? []);
  return {
    records: full.filter(isKnown).map((issue) => ({ issue, events: readEvents(issue, eventsOf.get(issue.ref.number) ?? [], byIssue.get(issue.ref.number) ?? [], trust) })),
    unreadable: [
      ...(issues.failure === undefined ? [] : [{ name: repository, reason: problemOf(issues.failure) }]),
      ...full.filter((issue) => !isKnown(issue)).map((issue) => ({ name: refKey(issue.ref), reason: "noHistory" as const, created: millisecondsOf(issue.createdAt) })),
    ],
    failures,
  };
}

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
  const desk = comments.flatMap((raw): readonly DeskComment[] => {
    const one = isDeskComment(raw.body ?? "") ? readDeskComment(raw) : undefined;
    return one === undefined ? [] : [one];
  });
  const marked = applyMarks(issue, desk, trust);
  const kept = movedChecklists(marked.body).map((moved) => {
    const comment = comments.find(({ id }) => id === moved.comment);
    return comment === undefined ? { ...moved, text: "" } : { ...moved, text: comment.body ?? "", by: readAuthor(comment) };
  });
  return withCommentChecklists(marked, kept, trust);
}

function readEvents(issue: Issue, events: readonly Readonly<Record<string, unknown>>[], comments: readonly DatedComment[], trust: Trust): readonly TimelineEvent[] {
  const said = comments.map(({ body, user, author_association, created_at }) => ({ event: "commented", body: body ?? "", user, author_association, created_at }));
  return [...events, ...said].flatMap((raw) => readEvent(raw, issue, trust));
}

/** The time before which a list, which is read from its newest entry, may lack entries because a request failed. */
function endOf<T>({ raw, failure }: { readonly raw: readonly T[]; readonly failure?: Failure }, timeOf: (one: T) => string): number {
  if (failure === undefined) return -Infinity;
  const last = raw.at(-1);
  return last === undefined ? Infinity : millisecondsOf(timeOf(last)) + 1;
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
