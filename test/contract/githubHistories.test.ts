import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { metrics } from "../../src/cli/metrics";
import { businessTime } from "../../src/core/calendar/businessTime";
import { parseDesk } from "../../src/core/desk/parseDesk";
import { deskHistory } from "../../src/core/metrics/history/deskHistory";
import { readVersions } from "../../src/core/metrics/history/deskVersions";
import { reportJson } from "../../src/core/metrics/export/exportReport";
import { renderMilestone } from "../../src/core/markup/milestone";
import { metricsReport } from "../../src/core/metrics/report";
import type { Desk } from "../../src/core/model/desk";
import { githubFileHistory } from "../../src/trackers/github/fileHistory";
import { githubApi } from "../../src/trackers/github/githubApi";
import type { GithubRecords } from "../../src/trackers/github/history/readRecords";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import type { WebRepository } from "../support/fakeGithub/web";
import { tokenOf } from "../support/githubPerson";
import { historyReader, readingTime } from "../support/historyReading";
import { memoryLog } from "../support/memoryLog";

const live = "acme/live";

describe("the histories of issues on GitHub", () => {
  let github: FakeGithub;
  let stored: Map<string, string>;
  let read: ReturnType<typeof historyReader>;
  let repository: WebRepository;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(live, { writers: ["ana", "ben"] });
    github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
    repository = github.repository(live);
    stored = new Map();
    at("2026-11-16T09:00:00Z");
    read = historyReader(github, live, stored);
  });

  afterEach(() => github.close());

  function at(time: string): void {
    github.setNow(() => Date.parse(time));
  }

  function openMany(count: number): void {
    for (let number = 1; number <= count; number += 1) {
      at(new Date(Date.parse("2026-11-01T00:00:00Z") + number * 60_000).toISOString());
      repository.open({ title: `Incident ${number}`, labels: ["incident"] }, "ben");
      if (number % 2 === 0) repository.comment(number, renderMilestone("acknowledged", ""), "ben");
      repository.move(number, "PVT_support", "Todo", "ben");
      repository.move(number, "PVT_support", "In Progress", "ben");
      repository.close(number, "ben");
    }
  }

  const movesOf = ({ records }: GithubRecords, number: number): readonly string[] => records.find(({ issue }) => issue.ref.number === number)?.moves?.map(({ stage, before }) => `${before ?? "?"} > ${stage}`) ?? [];

  it("contain the moves on the project board that has the desk's stages", async () => {
    repository.open({ title: "A" }, "ben");
    repository.move(1, "PVT_roadmap", "Now", "ben");
    repository.move(1, "PVT_support", "Todo", "ben");
    repository.move(1, "PVT_support", "🏗 In progress", "ben");
    repository.takeOff(1, "PVT_support", "ben");
    repository.open({ title: "B" }, "ben");
    const all = await read();
    assert.deepEqual(movesOf(all, 1), [" > To do", "To do > In progress", "? > "]);
    assert.deepEqual([all.records.find(({ issue }) => issue.ref.number === 2)?.moves, all.notes, all.failures], [undefined, [], []]);
  });

  it("are read without boards if the token lacks read:project, and with them once it has it", async () => {
    openMany(2);
    github.addUser("ana", "narrow", { scopes: ["repo"] });
    const without = await read({ token: "narrow" });
    assert.deepEqual([without.records.length, movesOf(without, 1), without.failures], [2, [], []]);
    assert.match(without.notes.map((note) => (note.kind === "noScope" ? note.reason : "")).join(""), /\['read:project'\]/);
    const { records, notes } = await read();
    assert.deepEqual([records.length, records[0]?.moves?.length, notes], [2, 2, []]);
    // Later, what was read of boards is kept.
    repository.reopen(1, "ben");
    await read();
    for (const token of ["narrow", tokenOf("ana")]) {
      const again = await read({ token });
      assert.deepEqual([again.records[0]?.moves?.length, again.failures], [2, []]);
    }
  });

  it("have the boards of all issues although a token that lacks read:project read the first of them", async () => {
    openMany(150);
    github.addUser("ana", "narrow", { scopes: ["repo"] });
    at(readingTime);
    github.limit({ kind: "primary", login: "ana", remaining: 2, resetIn: 600, resource: "graphql" });
    assert.equal((await read({ token: "narrow" })).records.length, 100);
    github.clearFaults();
    await read();
    const { records } = await read();
    assert.equal(records.filter(({ moves }) => moves !== undefined).length, 150);
  });

  it("take two queries without a change if the token lacks read:project", async () => {
    openMany(250);
    github.addUser("ana", "narrow", { scopes: ["repo"] });
    assert.deepEqual((await read({ token: "narrow" })).asked, { queries: 1 + 3 });
    assert.equal((await read({ token: "narrow" })).asked["queries"], 2);
  });

  it("are read without boards from a server that has none", async () => {
    openMany(1);
    github.state.boards = false;
    const { records, notes, failures } = await read();
    assert.deepEqual([records.length, notes.map(({ kind }) => kind), failures], [1, ["noBoards"], []]);
  });

  it("contain all moves of an issue that has more than fit in one response", async () => {
    repository.open({ title: "A" }, "ben");
    for (let move = 0; move < 130; move += 1) repository.move(1, "PVT_support", move % 2 === 0 ? "Todo" : "In progress", "ben");
    const { records, asked } = await read();
    assert.deepEqual([records[0]?.moves?.length, asked["queries"]], [130, 2]);
  });

  /** The server answers no queries. */
  const noQueries = (): void => github.fault({ match: ({ path: each }) => each === "/api/graphql", times: 1000, do: { kind: "status", status: 404, body: { message: "Not Found" } } });

  it("take the first time one query for 100 issues, and then two free requests and one query", async () => {
    openMany(250);
    const first = await read();
    assert.deepEqual(first.asked, { queries: 3 });
    assert.deepEqual([first.records.length, first.points, first.failures], [250, 9, []]);
    const again = await read({ known: new Map(first.records.map((record) => [`${live}#${record.issue.ref.number}`, record])) });
    assert.deepEqual(again.asked, { issues: 1, comments: 1, queries: 1 });
    assert.ok(again.records.every((record) => first.records.includes(record)), "records that did not change are the same objects");
    const kept = [...stored.values()].join();
    assert.deepEqual((await read()).asked, { "issues (unchanged)": 1, "comments (unchanged)": 1, queries: 1 });
    assert.equal([...stored.values()].join(), kept);

    at("2026-11-19T00:00:00Z");
    repository.reopen(7, "ben");
    repository.comment(7, renderMilestone("acknowledged", ""), "ben");
    repository.move(7, "PVT_support", "Done", "ben");
    const changed = await read();
    assert.deepEqual(changed.asked, { issues: 1, comments: 1, queries: 2 });
    const seven = changed.records.find(({ issue }) => issue.ref.number === 7);
    assert.deepEqual([seven?.issue.state, seven?.events.map(({ kind }) => kind).toSorted(), movesOf(changed, 7).length], ["open", ["closed", "commented", "labeled", "reopened"], 3]);
    // A move alone does not change the issue.
    repository.move(7, "PVT_support", "Todo", "ben");
    assert.equal(movesOf(await read(), 7).length, 4);
  });

  it("take no requests for pull requests and their comments", async () => {
    for (let number = 1; number <= 250; number += 1) {
      repository.open({ title: "A change", pullRequest: true, labels: ["a"] }, "ben");
      repository.comment(number, "Looks good", "ana");
    }
    assert.deepEqual((await read()).asked, { queries: 1 });
    repository.open({ title: "A" }, "ben");
    const { records, asked } = await read();
    assert.deepEqual([records.length, asked["queries"]], [1, 2]);
  });

  it("take one query for each 100 events of a single issue", async () => {
    repository.open({ title: "A" }, "ben");
    for (let event = 0; event < 450; event += 1) (event % 2 === 0 ? repository.label : repository.unlabel)(1, "a", "ben");
    const { records, asked } = await read();
    assert.deepEqual([records[0]?.events.length, asked], [450, { queries: 5 }]);
  });

  it("are read by lists where the server answers no queries: one request for 100 issues, events or comments, and then one for each list", async () => {
    openMany(250);
    noQueries();
    const first = await read();
    // The events are a label and a closing each.
    assert.deepEqual(first.asked, { queries: 1, issues: 3, events: 5, comments: 2 });
    assert.deepEqual([first.records.length, first.failures, first.notes.map(({ kind }) => kind)], [250, [], ["noBoards"]]);
    await read();
    assert.deepEqual((await read()).asked, { "issues (unchanged)": 1, "events (unchanged)": 1, "comments (unchanged)": 1 });
    at("2026-11-19T00:00:00Z");
    repository.reopen(7, "ben");
    const changed = await read();
    assert.deepEqual(changed.records.find(({ issue }) => issue.ref.number === 7)?.events.map(({ kind }) => kind).toSorted(), ["closed", "labeled", "reopened"]);
  });

  it("go on after a rate limit where they stopped, by queries", async () => {
    openMany(250);
    at("2026-11-20T12:00:00Z");
    github.limit({ kind: "primary", login: "ana", remaining: 2, resetIn: 600, resource: "graphql" });
    const first = await read();
    assert.deepEqual([first.records.length, first.unreadable, first.failures.map(({ kind }) => kind)], [200, [{ name: live, reason: "rateLimit" }], ["limited"]]);
    github.clearFaults();
    const second = await read();
    assert.deepEqual([second.records.length, second.unreadable, second.failures], [250, [], []]);
    // The third page; then what changed meanwhile.
    assert.deepEqual(second.asked, { queries: 2, issues: 1, comments: 1 });
  });

  it("go on after a rate limit where they stopped, by lists", async () => {
    openMany(250);
    noQueries();
    at("2026-11-20T12:00:00Z");
    github.limit({ kind: "primary", login: "ana", remaining: 6, resetIn: 600 });
    const first = await read();
    assert.ok(first.records.length > 0 && first.records.length < 250, String(first.records.length));
    assert.equal(first.records.length + first.unreadable.filter(({ reason }) => reason === "noHistory").length, 250);
    assert.deepEqual(first.failures[0]?.kind, "limited");
    github.clearFaults();
    noQueries();
    const second = await read();
    assert.deepEqual([second.records.length, second.unreadable, second.failures], [250, [], []]);
    // Seven pages of events and comments in all, three were read before; then what changed in each list.
    assert.deepEqual([second.asked["issues"], (second.asked["events"] ?? 0) + (second.asked["comments"] ?? 0)], [1, 4 + 2]);
  });

  it("stop when the reader cancels, and go on from there", async () => {
    openMany(250);
    const signal = { aborted: false };
    let pages = 0;
    const first = await read({ signal, onPage: () => { pages += 1; signal.aborted = pages === 2; } });
    assert.deepEqual([first.asked, first.failures], [{ queries: 2 }, []]);
    const second = await read();
    assert.deepEqual([second.records.length, second.failures, second.asked], [250, [], { queries: 2, issues: 1, comments: 1 }]);
  });

  it("are left out if they are older than the events that lists go back to", async () => {
    openMany(250);
    noQueries();
    repository.limitEventPages(2);
    const { records, notes, unreadable } = await read();
    assert.deepEqual([records.length, unreadable.length, notes.map(({ kind }) => kind)], [100, 150, ["noBoards", "fewEvents"]]);
  });

  it("keep what was read when a later reading fails, and list what is missing", async () => {
    openMany(3);
    await read();
    at("2026-11-19T00:00:00Z");
    repository.reopen(1, "ben");
    github.fault({ match: ({ path: each }) => each.includes("/issues/comments"), times: 2, do: { kind: "status", status: 502 } });
    const { records, unreadable, failures } = await read();
    // Its events are not known yet, so it stays as it was.
    assert.deepEqual([records.length, records.find(({ issue }) => issue.ref.number === 1)?.issue.state], [3, "closed"]);
    assert.deepEqual([unreadable, failures.length], [[{ name: live, reason: "noAnswer" }], 1]);
    const later = await read();
    assert.equal(later.records.find(({ issue }) => issue.ref.number === 1)?.issue.state, "open");
  });

  it("give the editor and the command line the same figures", async () => {
    openMany(30);
    at("2026-11-18T00:00:00Z");
    repository.reopen(3, "ben");
    const folder = mkdtempSync(path.join(os.tmpdir(), "desk-histories-"));
    try {
      const text = `kinds: { incident: { repository: ${live}, respondWithin: 1h } }\n`;
      mkdirSync(path.join(folder, ".git"));
      writeFileSync(path.join(folder, "desk.yml"), text);
      at("2026-11-20T12:00:00Z");
      const period = { from: "2026-11-01", to: "2026-11-30" };
      const said: string[] = [];
      const printed = await metrics({ folder: ".", ...period, format: "json", github: true }, { workingFolder: folder, now: "2026-11-20T12:00:00Z", environment: { GITHUB_TOKEN: tokenOf("ana"), GITHUB_SERVER_URL: github.url }, note: (sentence) => said.push(sentence), progress: () => undefined });
      const desk = parseDesk(text).desk ?? assert.fail();
      const { records, unreadable } = await read();
      const report = metricsReport({ records, unreadable, desks: deskHistory([{ from: "2026-11-20T12:00:00Z", desk, time: businessTime(desk) }]), deskFolder: "", now: "2026-11-20T12:00:00Z" }, period);
      assert.equal(reportJson(report, said.filter((sentence) => !sentence.includes("requests were sent"))), printed.kind === "ok" ? printed.value : printed.failure);
      assert.ok(report.issues.find(({ issue }) => issue.ref.number === 3)?.stages.some(({ stage }) => stage === "In progress"));
      assert.deepEqual(report.issues.flatMap(({ remarks }) => remarks), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("come with earlier versions of the desk, from the commits of its files", async () => {
    at("2026-10-01T00:00:00Z");
    repository.putFile("ops/desk.yml", "team: Old\nkinds: { incident: { runbook: incident.md } }\n");
    repository.putFile("ops/incident.md", "# Incident\n");
    at("2026-11-01T00:00:00Z");
    repository.putFile("ops/desk.yml", "team: Größer\nkinds: { incident: { runbook: incident.md } }\n");
    const api = githubApi({ server: github.url, token: async () => tokenOf("ana"), clock: { now: () => new Date().toISOString(), wait: async () => undefined }, log: memoryLog() });
    const history = githubFileHistory(api, live, "ops/");
    const today = new Map([["desk.yml", "team: Größer\nkinds: { incident: { runbook: incident.md } }\n"], ["incident.md", "# Incident\n"]]);
    const readers = { deskFolder: "ops", time: async (desk: Desk) => businessTime(desk), details: () => undefined };
    const { versions, isCommitted } = await readVersions(history, today, readers);
    assert.deepEqual([versions.map(({ from, desk }) => `${from} ${desk.team}`), isCommitted], [["2026-10-01T00:00:00Z Old", "2026-11-01T00:00:00Z Größer"], true]);
    assert.equal((await readVersions(history, new Map([...today, ["desk.yml", "team: New\n"]]), readers)).isCommitted, false);
    assert.deepEqual((await readVersions(githubFileHistory(api, live, ""), today, readers)).versions, []);
  });

  it("are stored without texts of people and tokens, and read again if what is stored is broken", async () => {
    at("2026-11-10T00:00:00Z");
    repository.open({ title: "A", body: "My password is secret" }, "ben");
    repository.comment(1, "Call me at 555", "ben");
    await read();
    const text = [...stored.values()].join("");
    assert.doesNotMatch(text, new RegExp(`password|555|${tokenOf("ana")}`));
    for (const [key] of stored) stored.set(key, text.slice(0, 50));
    const { records, asked } = await read();
    assert.deepEqual([records.length, asked], [1, { queries: 1 }]);
    for (const version of [1, 99]) {
      for (const [key] of stored) stored.set(key, text.replace('"version":2', `"version":${version}`));
      const again = await read();
      assert.deepEqual([again.records.length, again.asked], [1, { queries: 1 }]);
    }
  });
});
