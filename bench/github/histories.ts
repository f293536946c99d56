import { renderMilestone } from "../../src/core/markup/milestone";
import { ok } from "../../src/core/model/result";
import { githubApi } from "../../src/trackers/github/githubApi";
import { type GithubRecords, readGithubRecords } from "../../src/trackers/github/history/readRecords";
import { createTrust } from "../../src/trackers/github/trust";
import { startFakeGithub } from "../../test/support/fakeGithub/fakeGithub";
import { memoryLog } from "../../test/support/memoryLog";
import { memoryMemory } from "../../test/support/memoryMemory";
import type { Figure } from "../figure";
import { type Cost, costOf } from "./cost";

const count = 2000;
const perPage = 100;
const events = 6;
const repository = "acme/live";

/** Requests and time for the histories of 2,000 issues on GitHub: the first time, after ten issues changed, and without a change. The baseline is one request for 100 entries of each list. */
export async function historyFigures(): Promise<readonly Figure[]> {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const github = await startFakeGithub({ checkDescription: false, now: () => now });
  github.addRepository(repository, { writers: ["ana"] });
  github.addUser("ana", "token", { scopes: ["repo", "read:project"] });
  const web = github.repository(repository);
  for (let number = 1; number <= count; number += 1) {
    now += 3_600_000;
    web.open({ title: `Incident ${number}`, labels: ["incident", "priority: high", "service: Portal"], body: "What happened" }, "ana");
    web.comment(number, renderMilestone("acknowledged", ""), "ana");
    web.label(number, "stage: In progress", "ana");
    web.move(number, "PVT_1", "In progress", "ana");
    web.assign(number, "ana", "ana");
    web.close(number, "ana");
  }
  const stored = new Map<string, string>();
  const memory = memoryMemory(stored);
  async function read(): Promise<Cost & { readonly milliseconds: number; readonly queries: number }> {
    const [from, began] = [github.requests.length, performance.now()];
    const api = githubApi({ server: github.url, token: async () => "token", clock: { now: () => new Date(now).toISOString(), wait: async () => undefined }, log: memoryLog() });
    const trust = createTrust({ api, memory, account: async () => ok("ana"), people: () => [] });
    const { records, points }: GithubRecords = await readGithubRecords({ api, trust, memory, account: "ana", stages: ["To do", "In progress", "Done"], onPage: () => undefined }, [repository]);
    if (records.length !== count) throw new Error(`${records.length} issues were read.`);
    return { ...costOf(github.requests.slice(from)), queries: points, milliseconds: performance.now() - began };
  }

  const first = await read();
  now += 3_600_000;
  for (let number = 1; number <= 10; number += 1) web.reopen(number, "ana");
  const changed = await read();
  const same = await read();
  const size = [...stored.values()].reduce((sum, text) => sum + text.length, 0);
  await github.close();
  const pages = (count * (1 + events + 1 + 1)) / perPage;
  const figure = (name: string, value: number, unit: string, baseline: number): Figure => ({ name: `${name}, histories of ${count} issues`, value: Number(value.toFixed(1)), unit, baseline });
  return [
    figure("requests the first time", first.requests, "requests", pages),
    figure("points of queries the first time", first.queries, "points", count / perPage),
    figure("time of the first reading, most of it in the fake server", first.milliseconds, "ms", 60_000),
    figure("requests after ten changed", changed.requests, "requests", 5),
    figure("requests without a change", same.requests, "requests", 4),
    figure("of the hourly limit without a change", same.hourly, "requests", 1),
    figure("time of a reading without a change", same.milliseconds, "ms", 1000),
    figure("stored", size / 1_000_000, "MB", 10),
  ];
}
