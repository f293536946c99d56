import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { metrics } from "../../../../src/cli/metrics";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { reportJson } from "../../../../src/core/metrics/export/exportReport";
import type { FileHistory } from "../../../../src/core/metrics/history/deskVersions";
import type { IssueRecord } from "../../../../src/core/metrics/history/issueHistory";
import { metricsReport } from "../../../../src/core/metrics/report";
import type { Failure } from "../../../../src/core/model/failure";
import type { Issue, IssueSnapshot } from "../../../../src/core/model/issue";
import type { Files, IssueTracker } from "../../../../src/core/model/ports";
import { failed, ok, type Result } from "../../../../src/core/model/result";
import { runbookContext } from "../../../../src/core/runbook/runbookContext";
import { createMetricsService, type MetricsService, type MetricsSource } from "../../../../src/host/app/metricsService";
import { readRunbook } from "../../../../src/markdown/readMarkdown";
import { createFilesTracker } from "../../../../src/trackers/files/filesTracker";
import type { GithubRecords, HistoryOptions } from "../../../../src/trackers/github/history/readRecords";
import { memoryFiles } from "../../../support/memoryFiles";
import { sampleIssue } from "../../../support/sampleIssue";
import { testEmitter } from "../../../support/testEmitter";

const now = "2026-11-20T12:00:00Z";

const deskText = `timezone: Europe/Berlin
hours: { Mon-Fri: ["09:00-17:00"] }
kinds: { incident: { respondWithin: 1h, runbook: incident.md }, request: }
services: [Portal]
`;

const runbook = "---\nrespondWithin: 30m\n---\n# Incident\n- [ ] Look\n";

const texts: Readonly<Record<string, string>> = {
  "runbooks/desk.yml": deskText,
  "runbooks/incident.md": runbook,
  ".desk/issues/1-portal.md": "---\ntitle: Portal is down\nstate: closed\ncreated: 2026-11-16T08:00:00Z\nclosed: 2026-11-16T10:00:00Z\nauthor: ana\nlabels: [incident, 'service: Portal']\n---\n",
  ".desk/issues/1.events.jsonl": [
    { id: "1/1", by: "ana", at: "2026-11-16T08:40:00Z", kind: "commented", markdown: "Acknowledged\n\n<!-- desk:moment acknowledged -->" },
    { id: "1/2", by: "ana", at: "2026-11-16T10:00:00Z", kind: "closed" },
  ].map((event) => `${JSON.stringify(event)}\n`).join(""),
  ".desk/issues/2-account.md": "---\ntitle: New account\nstate: open\ncreated: 2026-11-17T09:00:00Z\nauthor: ana\nlabels: [request]\n---\n",
  ".desk/triage/2026-11-ana.jsonl": `${JSON.stringify({ at: "2026-11-17T10:00:00Z", by: "ana", title: "How do I print?", minutes: 4 })}\n`,
  ".desk/issues/3-broken.md": "no front matter",
};

interface Parts {
  readonly service: MetricsService;
  readonly tracker: IssueTracker;
  readonly reads: string[];
  /** Replaces the snapshot, as a change of an issue does. */
  change(): void;
  readonly fired: () => number;
}

interface Options {
  readonly histories?: (options: HistoryOptions) => Promise<Result<GithubRecords>>;
  readonly issues?: readonly Issue[];
  readonly history?: FileHistory;
  readonly now?: () => string;
}

/** The source of issues in plain files, or on a server that gives `histories`. */
function open({ histories, issues = [], history, now: time = () => now }: Options = {}): Parts {
  const { files } = memoryFiles(texts);
  const reads: string[] = [];
  const desk = parseDesk(deskText).desk ?? assert.fail();
  const hours = businessTime(desk);
  const changes = testEmitter<unknown>();
  const never = testEmitter<void>();
  let snapshot: IssueSnapshot = { at: now, issues, broken: [] };
  let fired = 0;
  const watched: Files = { ...files, read: (name) => { reads.push(name); return files.read(name); } };
  const tracker = createFilesTracker({ files: watched, clock: { now: time, wait: async () => undefined }, ids: { next: () => "id" }, me: () => "ana" });
  const service = createMetricsService({
    files: watched,
    // Only the identity of the snapshot and the fact that something changed matter to the service.
    issues: { snapshot: () => snapshot, onDidChange: (listener, self) => changes.event(() => listener.call(self, { kind: "many" } as never)) },
    store: { tracker, records: (wanted) => tracker.records(wanted), histories: (options) => histories?.(options), onDidChange: never.event },
    history: () => history,
    timeOf: async (of) => businessTime(of),
    desk: { config: () => desk, folder: () => "runbooks", onDidChange: never.event },
    runbooks: { get: async (name) => (name === "runbooks/incident.md" ? readRunbook(name, runbook, runbookContext(desk)) : undefined), onDidChange: never.event },
    clocks: { time: () => hours, onDidChange: never.event },
    newEmitter: testEmitter,
    clock: { now: time },
  });
  service.onDidChange(() => (fired += 1));
  return { service, tracker, reads, fired: () => fired, change: () => { snapshot = { ...snapshot }; changes.fire(undefined); } };
}

const reading = { signal: { aborted: false }, progress: () => undefined };

const request = { from: "2026-11-01", to: "2026-11-30" };

describe("the source of metrics in the editor", () => {
  it("gives the same report as the command line on the same folder", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "desk-metrics-"));
    try {
      for (const [name, text] of Object.entries(texts)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
      const notes: string[] = [];
      const printed = await metrics({ folder: "runbooks", ...request, format: "json", github: false }, { workingFolder: folder, now, environment: {}, note: (sentence) => notes.push(sentence), progress: () => undefined });
      const source = await open().service.read(reading);
      const report = source?.kind === "ok" ? metricsReport({ ...source.value, now }, request) : assert.fail();
      assert.equal(reportJson(report, notes), printed.kind === "ok" ? printed.value : printed.failure);
      assert.deepEqual([report.answeredAtOnce.n, report.issues.length, report.issues[0]?.goal, report.issues[0]?.withinGoal, report.leftOut.length], [1, 2, 30 * 60_000, false, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reads the files again only after an issue changed, and reports that figures may differ", async () => {
    const { service, tracker, reads, change, fired } = open();
    const count = (): number => reads.filter((name) => name.startsWith(".desk/issues/")).length;
    await service.read(reading);
    const once = count();
    assert.ok(once > 3);
    await service.read(reading);
    assert.equal(count(), once);
    // As the views do.
    await tracker.list({ state: "all" });
    const listed = count();
    change();
    assert.equal(fired(), 1);
    await service.read(reading);
    assert.ok(count() > listed);
  });

  it("reports how many of the files were read, and ends when the reader cancels", async () => {
    const seen: string[] = [];
    await open().service.read({ signal: { aborted: false }, progress: (done, of) => seen.push(`${done}/${of}`) });
    assert.deepEqual(seen, ["0/0", "1/2", "2/2"]);
    const signal = { aborted: false };
    assert.equal(await open().service.read({ signal, progress: () => { signal.aborted = true; } }), undefined);
  });

  const recordOf = (number: number): IssueRecord => ({ issue: sampleIssue({ ref: { repository: "acme/live", number } }), events: [] });
  const whole: GithubRecords = { records: [1, 2, 3].map(recordOf), unreadable: [], failures: [], notes: [], points: 3 };

  it("reads a server with progress and the stages of all versions, stops when the reader cancels, and reads again only after a change or five minutes", async () => {
    const asked: HistoryOptions[] = [];
    let time = now;
    const { service, change } = open({
      issues: whole.records.map(({ issue }) => issue), now: () => time,
      histories: async (options) => {
        asked.push(options);
        for (const list of ["issues", "events"] as const) options.onPage("acme/live", list, 2, 3);
        return ok(whole);
      },
    });
    const seen: string[] = [];
    const signal = { aborted: false };
    assert.equal(await service.read({ signal, progress: (done, of) => { seen.push(`${done}/${of}`); signal.aborted = done > 0; } }), undefined);
    assert.deepEqual([seen, asked[0]?.stages, asked[0]?.signal], [["0/3", "2/3", "2/3"], ["To do", "In progress", "Done"], signal]);
    for (let reads = 0; reads < 2; reads += 1) {
      const read = await service.read(reading);
      assert.deepEqual(read?.kind === "ok" && [read.value.records.length, read.value.notes], [3, [{ kind: "deskOfToday" }]]);
    }
    assert.equal(asked.length, 2);
    time = "2026-11-20T12:06:00Z";
    await service.read(reading);
    change();
    await service.read(reading);
    assert.deepEqual([asked.length, asked[3]?.known?.get("acme/live#2")], [4, whole.records[1]]);
  });

  it("gives what an earlier window stored only before the first reading, and counts the issues of all repositories", async () => {
    const asked: HistoryOptions[] = [];
    const { service, change } = open({
      histories: async (options) => {
        asked.push(options);
        options.onStored?.({ ...whole, records: [recordOf(1)] });
        for (const [repository, done] of [["acme/live", 100], ["acme/live", 150], ["acme/engine", 20]] as const) options.onPage(repository, "issues", done, repository === "acme/live" ? 150 : 40);
        return ok(whole);
      },
    });
    const seen: (string | number)[] = [];
    const watched = { signal: { aborted: false }, progress: (done: number, of: number) => void seen.push(`${done}/${of}`), onStored: ({ records }: MetricsSource) => void seen.push(records.length) };
    const read = await service.read(watched);
    assert.deepEqual([seen, read?.kind === "ok" && read.value.records.length], [["0/0", 1, "100/150", "150/150", "170/190"], 3]);
    change();
    await service.read(watched);
    assert.deepEqual([asked.length, asked[1]?.onStored], [2, undefined]);
  });

  it("gives what was read before a failure, and reads the rest next time", async () => {
    const limited: Failure = { kind: "limited", server: "https://github.com", until: now };
    const noBoards = { kind: "noBoards", repository: "acme/live", reason: "no scope" } as const;
    const answers: GithubRecords[] = [
      { ...whole, records: [], failures: [limited] },
      { ...whole, records: [recordOf(1)], unreadable: [{ name: "acme/live#2", reason: "noHistory" }], failures: [limited], notes: [noBoards] },
      whole,
    ];
    const { service } = open({ histories: async () => ok(answers.shift() ?? whole) });
    assert.deepEqual(await service.read(reading), failed(limited));
    const second = await service.read(reading);
    assert.deepEqual(second?.kind === "ok" && [second.value.records.length, second.value.unreadable.length, second.value.notes], [1, 1, [{ kind: "deskOfToday" }, { kind: "unread", failure: limited }, noBoards]]);
    const third = await service.read(reading);
    assert.deepEqual(third?.kind === "ok" && [third.value.records.length, third.value.unreadable, third.value.notes], [3, [], [{ kind: "deskOfToday" }]]);
  });

  describe("with the history of desk.yml", () => {
    /** Commits of desk.yml by time. Its runbook was added with the first one. */
    const commits = (configurations: Readonly<Record<string, string>>): FileHistory => ({
      commitsOf: async (file) => Object.keys(configurations).slice(0, file === "desk.yml" ? undefined : 1).map((at) => ({ sha: at, at })).toReversed(),
      textOf: async (sha, file) => (file === "desk.yml" ? configurations[sha] : file === "incident.md" ? runbook : undefined),
    });
    const strict = deskText.replace("respondWithin: 1h", "respondWithin: 5m");

    async function versionsOf(history: FileHistory): Promise<readonly string[] | false | undefined> {
      const read = await open({ history }).service.read(reading);
      return read?.kind === "ok" && [...read.value.desks.versions.map(({ from, desk, details }) => `${from} ${desk.kinds[0]?.respondWithin === undefined ? "" : JSON.stringify(desk.kinds[0].respondWithin)} ${details?.("runbooks/incident.md") === undefined ? "no runbook" : "runbook"}`), ...read.value.notes.map(({ kind }) => kind)];
    }

    it("counts each version from its commit, and today's from the commit that has it", async () => {
      const [first, second, ...notes] = (await versionsOf(commits({ "2026-10-01T00:00:00Z": strict, "2026-11-10T00:00:00Z": deskText }))) || [];
      assert.match(first ?? "", /^2026-10-01T00:00:00Z .*5.* runbook$/);
      assert.match(second ?? "", /^2026-11-10T00:00:00Z .*1.* runbook$/);
      assert.deepEqual(notes, []);
    });

    it("counts what is not committed from now on", async () => {
      const versions = (await versionsOf(commits({ "2026-10-01T00:00:00Z": strict }))) || [];
      assert.deepEqual(versions.map((line) => line.slice(0, 20)), ["2026-10-01T00:00:00Z", now, "uncommitted"]);
    });

    it("asks a server for the marks of the people in all versions", async () => {
      const asked: HistoryOptions[] = [];
      const withPeople = (...logins: readonly string[]): string => `${deskText}people: [${logins.map((login) => `{ name: ${login}, login: ${login} }`).join()}]\n`;
      const { service } = open({
        history: commits({ "2026-10-01T00:00:00Z": withPeople("leo", "ana"), "2026-11-10T00:00:00Z": withPeople("Ana", "ben"), "2026-11-11T00:00:00Z": deskText }),
        histories: async (options) => (asked.push(options), ok(whole)),
      });
      await service.read(reading);
      assert.deepEqual(asked[0]?.people, ["Ana", "ben", "leo"]);
    });

    it("says that versions are missing in a shallow clone", async () => {
      const history = { ...commits({ "2026-10-01T00:00:00Z": deskText }), isShallow: async () => true };
      assert.deepEqual(((await versionsOf(history)) || []).slice(1), ["shallow"]);
    });

    it("counts today's desk for all time if nothing is known", async () => {
      const versions = (await versionsOf(commits({}))) || [];
      assert.deepEqual(versions.slice(1), ["deskOfToday"]);
    });
  });
});
