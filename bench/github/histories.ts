import { renderMilestone } from "../../src/core/markup/milestone";
import { businessTime } from "../../src/core/calendar/businessTime";
import { parseDesk } from "../../src/core/desk/parseDesk";
import { deskHistory } from "../../src/core/metrics/history/deskHistory";
import { createMeasureCache, type MeasureCache } from "../../src/core/metrics/measureCache";
import { metricsReport } from "../../src/core/metrics/report";
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

/**
 * Requests and time for the histories of 2,000 issues on GitHub: the first time, after ten issues changed, and without a change. The
 * baseline of requests is one for 100 issues and one for 100 events. `shown` is the time until a new window has the report of a year
 * from what is stored, and the whole time until it is known that nothing changed.
 */
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
  const { desk } = parseDesk("timezone: Europe/Berlin\nhours: { Mon-Fri: [\"09:00-17:00\"] }\nkinds: { incident: { respondWithin: 1h } }\npriorities: { high: { respondWithin: 30m } }\nservices: [Portal]\n");
  if (desk === undefined) throw new Error("The desk is invalid.");
  const time = businessTime(desk);
  function report({ records, unreadable }: GithubRecords, cache: MeasureCache): void {
    if (desk === undefined) return;
    const desks = deskHistory([{ from: "2026-01-01T00:00:00Z", desk, time }]);
    metricsReport({ desks, records, unreadable, cache, deskFolder: "", now: new Date(now).toISOString() }, { from: "2026-01-01", to: "2026-12-31" });
  }
  async function read(): Promise<Cost & { readonly milliseconds: number; readonly queries: number; readonly shown: number }> {
    const [from, began] = [github.requests.length, performance.now()];
    const cache = createMeasureCache();
    let shown = 0;
    const onStored = (records: GithubRecords): void => {
      report(records, cache);
      shown = performance.now() - began;
    };
    const clock = { now: () => new Date(now).toISOString(), wait: async () => undefined };
    const api = githubApi({ server: github.url, token: async () => "token", clock, log: memoryLog() });
    const trust = createTrust({ api, memory, account: async () => ok("ana"), people: () => [] });
    const found: GithubRecords = await readGithubRecords({ api, trust, memory, clock, account: "ana", stages: ["To do", "In progress", "Done"], onPage: () => undefined, onStored }, [repository]);
    if (found.records.length !== count) throw new Error(`${found.records.length} issues were read.`);
    report(found, cache);
    return { ...costOf(github.requests.slice(from)), queries: found.points, milliseconds: performance.now() - began, shown };
  }

  const first = await read();
  now += 3_600_000;
  for (let number = 1; number <= 10; number += 1) web.reopen(number, "ana");
  const changed = await read();
  const same = await read();
  const size = [...stored.values()].reduce((sum, text) => sum + text.length, 0);
  await github.close();
  const pages = (count * (1 + events)) / perPage;
  const figure = (name: string, value: number, unit: string, baseline: number): Figure => ({ name: `${name}, histories of ${count} issues`, value: Number(value.toFixed(1)), unit, baseline });
  return [
    figure("requests the first time", first.requests, "requests", pages),
    figure("points of queries the first time", first.queries, "points", pages),
    figure("time of the first reading, most of it in the fake server", first.milliseconds, "ms", 60_000),
    figure("requests after ten changed", changed.requests, "requests", 5),
    figure("requests without a change", same.requests, "requests", 4),
    figure("of the hourly limit without a change", same.hourly, "requests", 1),
    figure("time until stored figures are shown", same.shown, "ms", 1000),
    figure("time of a reading without a change", same.milliseconds, "ms", 1000),
    figure("stored", size / 1_000_000, "MB", 10),
  ];
}
