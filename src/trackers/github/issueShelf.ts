import { millisecondsOf } from "../../core/instantTime";
import { isRecord } from "../../core/isRecord";
import type { Instant, Issue } from "../../core/issue/issue";
import { localRepository, type IssueRef, type Repository } from "../../core/issue/issueRef";
import type { Clock, Log, Memory } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import type { GithubApi } from "./githubApi";
import type { Notice } from "./notice";
import { asReading, mergeIssues, readChanges, readWhole, type RepositoryReading } from "./repositoryReading";
import { shortlyBefore } from "./tries";
import { changedInComments, wholeIssues, type WholeIssue } from "./wholeIssue";

export interface ShelfParts {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly memory: Memory;
  readonly log: Log;
  readonly repositories: () => readonly Repository[];
  readonly account: () => Promise<Result<string>>;
  readonly told: (notice: Notice) => void;
}

/** Issues as they were last read, of one account, kept over restarts. */
export interface IssueShelf {
  /** Reads what changed, all repositories side by side. */
  refresh(): Promise<Result<Kept>>;
  /** What was last read, without a request; absent before the first reading. */
  kept(): Promise<Kept | undefined>;
  /** Takes an issue over that was read or written on its own. */
  put(issue: Issue): void;
  /** Forgets an issue that is not there any more. */
  drop(ref: IssueRef): void;
}

export interface Kept {
  readonly at: Instant;
  readonly issues: readonly Issue[];
}

const place = (repository: Repository): string => `reading/${repository}`;

/** Nothing is read before the first call. */
export function issueShelf({ api, clock, memory, log, repositories, account, told }: ShelfParts): IssueShelf {
  const readings = new Map<Repository, RepositoryReading>();
  let at: Instant | undefined;
  let login: string | undefined;
  let loaded: Promise<void> | undefined;
  let running: Promise<Result<Kept>> | undefined;
  let waiting: Promise<Result<Kept>> | undefined;

  const wanted = (): readonly Repository[] => repositories().filter((repository) => repository !== localRepository);

  async function load(): Promise<void> {
    for (const repository of wanted()) {
      const read = await memory.read(place(repository));
      const value = read.kind === "ok" && isRecord(read.value) ? read.value : undefined;
      const reading = asReading(value?.["reading"]);
      if (reading === undefined || typeof value?.["login"] !== "string" || typeof value["at"] !== "string") continue;
      login ??= value["login"];
      if (value["login"] !== login) continue;
      readings.set(repository, reading);
      at = at === undefined || value["at"] < at ? value["at"] : at;
    }
  }

  function all(): Kept | undefined {
    const names = wanted();
    return at === undefined ? undefined : { at, issues: names.flatMap((repository) => readings.get(repository)?.issues ?? []) };
  }

  async function readAll(): Promise<Result<Kept>> {
    await (loaded ??= load());
    const who = await account();
    if (who.kind === "failed") return who;
    // What another account may see is none of this one's business.
    if (login !== who.value) readings.clear();
    login = who.value;
    const now = clock.now();
    const results = await Promise.all(wanted().map(async (repository) => ({ repository, result: await readOne(repository) })));
    const failures = results.flatMap(({ repository, result }) => (result.kind === "failed" ? [{ repository, failure: result.failure }] : []));
    const [first] = failures;
    if (first !== undefined && (failures.length === results.length || failures.some(({ failure }) => !concernsOne(failure.kind)))) {
      return failed((failures.find(({ failure }) => !concernsOne(failure.kind)) ?? first).failure);
    }
    for (const { repository, failure } of failures) told({ kind: "unread", repository, failure });
    at = now;
    return ok({ at, issues: all()?.issues ?? [] });
  }

  async function readOne(repository: Repository): Promise<Result<undefined>> {
    const known = readings.get(repository);
    const began = clock.now();
    const whole = known === undefined || isOld(known, began);
    const read = whole ? await readWhole(api, clock, repository) : await readChanges(api, repository, known);
    if (read.kind === "failed") return read;
    const fresh = await wholeIssues(api, read.value?.issues ?? [], known?.issues ?? []);
    const numbers = new Set(fresh.map(({ ref }) => ref.number));
    const commented = whole ? [] : await changedInComments(api, known.issues.filter(({ ref }) => !numbers.has(ref.number)));
    const answer = read.value ?? known;
    if (answer === undefined || (read.value === undefined && commented.length === 0)) return ok(undefined);
    const { name } = answer;
    if (name !== undefined && name.toLowerCase() !== repository.toLowerCase()) told({ kind: "renamed", from: repository, to: name });
    // Issues may have been put here while this was read: what was read then is no newer. Of the others, those that are in no whole reading are gone.
    const now = readings.get(repository)?.issues ?? [];
    const asked = new Set(known?.issues);
    const put = new Map(now.flatMap((issue) => (asked.has(issue) ? [] : [[issue.ref.number, issue] as const])));
    const before = now.filter(({ createdAt }) => !whole || createdAt >= shortlyBefore(began));
    const later = [...fresh, ...commented].filter(({ ref, updatedAt }) => updatedAt > (put.get(ref.number)?.updatedAt ?? ""));
    const reading = { ...answer, issues: mergeIssues(before, later) };
    readings.set(repository, reading);
    const kept = await memory.write(place(repository), { login, at: clock.now(), reading });
    if (kept.kind === "failed") log.error(`The issues of ${repository} could not be kept for the next start: ${kept.failure.kind}`);
    return ok(undefined);
  }

  function change({ repository }: IssueRef, edit: (issues: readonly WholeIssue[]) => readonly WholeIssue[]): void {
    const reading = readings.get(repository);
    if (reading !== undefined) readings.set(repository, { ...reading, issues: edit(reading.issues) });
  }

  /** A reading that began before somebody asked may lack what they wrote just then, so they wait for the next one. */
  function refresh(): Promise<Result<Kept>> {
    if (running === undefined) {
      running = readAll().finally(() => (running = undefined));
      return running;
    }
    waiting ??= running.then(nothing, nothing).then(() => {
      waiting = undefined;
      return refresh();
    });
    return waiting;
  }

  return {
    refresh,
    async kept() {
      await (loaded ??= load());
      return all();
    },
    put: (issue) => change(issue.ref, (issues) => mergeIssues(issues, [issue])),
    drop: (ref) => change(ref, (issues) => issues.filter(({ ref: { number } }) => number !== ref.number)),
  };
}

function nothing(): void {}

/** Deleted and moved issues are found out twice a day. */
const longest = 12 * 3_600_000;

function isOld({ wholeAt }: RepositoryReading, now: Instant): boolean {
  return wholeAt === undefined || millisecondsOf(now) - millisecondsOf(wholeAt) > longest;
}

/** Whether such a failure says nothing of the other repositories. */
function concernsOne(kind: string): boolean {
  return kind === "forbidden" || kind === "noRepository" || kind === "issuesOff";
}
