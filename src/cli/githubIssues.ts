import { deskRepositories, homeDesk } from "../core/github/homeDesk";
import { repositoryOf } from "../core/github/remotes";
import { readServer, readToken } from "../core/github/server";
import { type DeskHistory, deskHistory, peopleEver } from "../core/metrics/history/deskHistory";
import type { IssueRecord } from "../core/metrics/history/issueHistory";
import type { UnreadableIssue } from "../core/metrics/report";
import type { Failure } from "../core/model/failure";
import { instantAt } from "../core/model/instant";
import type { Repository } from "../core/model/issueRef";
import type { Memory } from "../core/model/ports";
import { distinctNames } from "../core/model/names";
import { failed, ok, type Result } from "../core/model/result";
import { githubApi } from "../trackers/github/githubApi";
import { readGithubRecords, type SourceNote } from "../trackers/github/history/readRecords";
import { createTrust } from "../trackers/github/trust";
import { remoteAddresses } from "./gitHistory";
import { formatMessage } from "./output";

/** The environment variables that are used. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Progress = (sentence: string, isFirst: boolean) => void;

/** The issues of a desk. */
export interface FoundIssues {
  /** On GitHub, with the repositories of the checkout if its `desk.yml` names none. */
  readonly desks: DeskHistory;
  readonly records: readonly IssueRecord[];
  readonly unreadable: readonly UnreadableIssue[];
  /** Sentences about what the issues, and the figures from them, lack. */
  readonly notes: readonly string[];
  /** A sentence about the requests that were sent. */
  readonly requests?: string;
}

/**
 * Reads the issues of a desk's repositories with their events. The token and the server come from the environment. `progress` is
 * called after each request, and knows which are the first of a list. Fails if nothing could be read.
 */
export async function readGithubIssues(found: DeskHistory, folder: string, environment: Environment, progress: Progress): Promise<Result<FoundIssues, string>> {
  const server = readServer(environment["GITHUB_SERVER_URL"]?.trim() || "https://github.com");
  if (server === undefined) return failed("GITHUB_SERVER_URL is not the address of a GitHub server. Use the form https://github.example.com.");
  const typed = environment["GITHUB_TOKEN"]?.trim() ?? "";
  if (typed === "") return failed("There is no token. Set GITHUB_TOKEN to a token that can read the issues of the desk's repositories.");
  const token = readToken(typed);
  if (token === undefined) return failed("GITHUB_TOKEN is not a token, because it contains spaces or other characters that a token does not have.");
  const desks = await withHome(found, folder, server);
  const repositories = deskRepositories(desks.current.desk);
  if (repositories.length === 0) return failed("The desk has no repository on the server. Name one under “kinds” in desk.yml, or add a remote to the checkout.");

  let requests = 0;
  const counted: typeof globalThis.fetch = (input, init) => {
    requests += 1;
    return globalThis.fetch(input, init);
  };
  const silent = (): void => undefined;
  const clock = { now: () => instantAt(Date.now()), wait };
  const api = githubApi({ server, token: async () => token, clock, log: { info: silent, error: silent }, fetch: counted });
  const logins = peopleEver(desks);
  const trust = createTrust({ api, memory: noMemory, account: () => api.login(), people: () => logins });
  const seen = new Set<string>();
  const onPage = (repository: Repository, list: string): void => {
    const key = `${repository} ${list}`;
    progress(formatMessage("{0}: {1} ({2} requests so far)", repository, list, String(requests)), !seen.has(key));
    seen.add(key);
  };
  const stages = distinctNames(desks.versions.toReversed().flatMap(({ desk }) => desk.stages));
  const { records, unreadable, failures, notes, points } = await readGithubRecords({ api, trust, clock, onPage, stages, account: "" }, repositories);
  const [first] = failures;
  if (records.length === 0 && first !== undefined) return failed(describeFailure(first));
  return ok({
    desks, records, unreadable,
    notes: [
      ...new Set([...failures.map(describeFailure), ...notes.map(describeNote)]),
      ...(failures.length === 0 ? [] : ["The figures cover only what could be read. What is missing is listed as left out."]),
    ],
    requests: formatMessage("{0} requests were sent to {1}. Queries cost {2} points of the hourly limit.", String(requests), server, String(points)),
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** The versions of the desk, with the repositories of the checkout for kinds that name none. */
async function withHome({ versions }: DeskHistory, folder: string, server: string): Promise<DeskHistory> {
  const home = [...new Set((await remoteAddresses(folder)).flatMap((address) => repositoryOf(address, server) ?? []))].slice(0, 1);
  const [first, ...others] = versions.map((version) => ({ ...version, desk: homeDesk(version.desk, home) }));
  if (first === undefined) throw new Error("A desk has at least one version.");
  return deskHistory([first, ...others]);
}

/** Nothing is remembered between two calls of the command. */
const noMemory: Memory = {
  keys: async () => ok([]),
  read: async () => ok(undefined),
  text: async () => ok(""),
  write: async () => ok(undefined),
  remove: async () => ok(undefined),
};

function describeNote(note: SourceNote): string {
  switch (note.kind) {
    case "noScope":
      return formatMessage("Moves on the project boards of {0} are not included, because the token lacks the permission “read:project”. Stages come from labels only.", note.repository);
    case "hiddenBoards":
      return formatMessage("Moves on some project boards of {0} cannot be read. Server response: {1}", note.repository, note.reason);
    case "noBoards":
      return formatMessage("Moves on the project boards of {0} cannot be read, so stages come from labels only. Server response: {1}", note.repository, note.reason);
    case "fewEvents":
      return formatMessage("The server does not list events of {0} before {1}, so issues that are older are left out.", note.repository, note.before);
  }
}

function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case "signedOut":
      return formatMessage("{0} does not accept the token in GITHUB_TOKEN. It may have expired, or belong to another server than the one in GITHUB_SERVER_URL.", failure.server);
    case "limited":
      return formatMessage("{0} is rate-limiting requests until {1}. Run the command again later.", failure.server, failure.until);
    case "noRepository":
      return formatMessage("The repository {0} does not exist, or the token cannot read it. Check its name in desk.yml and the repositories of the token.", failure.repository);
    case "issuesOff":
      return formatMessage("The repository {0} has no issues. Enable them in its settings, or remove it from desk.yml.", failure.repository);
    case "forbidden":
      return formatMessage("The token cannot read the issues of {0}{1}. Give it read access to issues{2}.", failure.repository, failure.reason === undefined ? "" : ` (${failure.reason})`, failure.scope === undefined ? "" : `: the scope “${failure.scope}”`);
    case "offline":
      return failure.answeredBy === undefined
        ? formatMessage("{0} did not respond. Check the connection and GITHUB_SERVER_URL.", failure.server)
        : formatMessage("The answer of {0} is not from GitHub. Check GITHUB_SERVER_URL, and whether a proxy or a network answers instead.", failure.server);
    case "serverError":
      return formatMessage("{0} returned an error (status {1}). Check GITHUB_SERVER_URL, or run the command again later.", failure.server, String(failure.status));
    case "refused":
      return formatMessage("{0} refused a request: {1}", failure.server, failure.reason);
    default:
      return formatMessage("The issues could not be read ({0}).", failure.kind);
  }
}
