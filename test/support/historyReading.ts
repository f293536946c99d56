import type { IssueRecord } from "../../src/core/metrics/history/issueHistory";
import { renderMilestone } from "../../src/core/markup/milestone";
import { ok } from "../../src/core/model/result";
import { githubApi } from "../../src/trackers/github/githubApi";
import { type GithubRecords, readGithubRecords } from "../../src/trackers/github/history/readRecords";
import { createTrust } from "../../src/trackers/github/trust";
import type { FakeGithub } from "./fakeGithub/fakeGithub";
import type { WebRepository } from "./fakeGithub/web";
import { tokenOf } from "./githubPerson";
import { memoryLog } from "./memoryLog";
import { memoryMemory } from "./memoryMemory";

/** When histories are read. */
export const readingTime = "2026-11-20T12:00:00Z";

export interface HistoryRead extends GithubRecords {
  /** What was requested, as a list and a count. */
  readonly asked: Readonly<Record<string, number>>;
}

interface ReadingOptions {
  readonly token?: string;
  readonly account?: string;
  readonly repositories?: readonly string[];
  readonly signal?: { aborted: boolean };
  readonly onPage?: (repository: string, list: string, issues: number, of: number) => void;
  readonly onStored?: (records: GithubRecords) => void;
  readonly known?: ReadonlyMap<string, IssueRecord>;
  /** When it is read. */
  readonly now?: string;
  /** Nothing is stored, as by the command line. */
  readonly isOnly?: boolean;
}

/** Adds a repository with 120 incidents, each acknowledged and moved on a project board. All but the seventh are closed. */
export function addIncidents(github: FakeGithub, name: string): WebRepository {
  github.addRepository(name, { writers: ["ana", "ben"] });
  github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
  const repository = github.repository(name);
  for (let number = 1; number <= 120; number += 1) {
    github.setNow(() => Date.parse("2026-11-01T00:00:00Z") + number * 60_000);
    repository.open({ title: `Incident ${number}`, labels: ["incident"] }, "ben");
    repository.comment(number, renderMilestone("acknowledged", ""), "ben");
    repository.move(number, "PVT_support", "In progress", "ben");
    if (number !== 7) repository.close(number, "ben");
  }
  return repository;
}

/** Reads the histories of a repository's issues as a new window does, with what earlier ones stored. */
export function historyReader(github: FakeGithub, repository: string, stored: Map<string, string>): (options?: ReadingOptions) => Promise<HistoryRead> {
  return async ({ token = tokenOf("ana"), account = "ana", repositories = [repository], now = readingTime, isOnly = false, ...options } = {}) => {
    github.setNow(() => Date.parse(now));
    const before = github.requests.length;
    const api = githubApi({ server: github.url, token: async () => token, clock: { now: () => new Date().toISOString(), wait: async () => undefined }, log: memoryLog() });
    const trust = createTrust({ api, memory: memoryMemory(), account: async () => ok(account), people: () => ["ben"] });
    const records = await readGithubRecords({ api, trust, clock: { now: () => now }, ...(isOnly ? {} : { memory: memoryMemory(stored) }), account, stages: ["To do", "In progress", "Done"], onPage: () => undefined, ...options }, repositories);
    const asked: Record<string, number> = {};
    for (const { path, status } of github.requests.slice(before)) {
      const list = /\/issues\/(events|comments)/.exec(path)?.[1] ?? (/\/issues\?/.test(path) ? "issues" : path === "/api/graphql" ? "queries" : "others");
      const name = status === 304 ? `${list} (unchanged)` : list;
      asked[name] = (asked[name] ?? 0) + 1;
    }
    return { ...records, asked };
  };
}
