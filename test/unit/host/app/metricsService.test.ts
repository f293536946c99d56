import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { metrics } from "../../../../src/cli/metrics";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { reportJson } from "../../../../src/core/metrics/exportReport";
import { metricsReport } from "../../../../src/core/metrics/report";
import type { Issue, IssueSnapshot } from "../../../../src/core/model/issue";
import type { IssueTracker } from "../../../../src/core/model/ports";
import { failed, ok, type Result } from "../../../../src/core/model/result";
import type { TimelineEvent } from "../../../../src/core/model/timelineEvent";
import { runbookContext } from "../../../../src/core/runbook/runbookContext";
import { createMetricsService, type MetricsService } from "../../../../src/host/app/metricsService";
import { readRunbook } from "../../../../src/markdown/readMarkdown";
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
  ".desk/issues/3-broken.md": "no front matter",
};

interface Parts {
  readonly service: MetricsService;
  readonly reads: string[];
  /** Replaces the snapshot, as a change of an issue does. */
  change(): void;
  readonly fired: () => number;
}

function open(stored: "files" | "github", tracker: Partial<IssueTracker> = {}, issues: readonly Issue[] = []): Parts {
  const { files } = memoryFiles(texts);
  const reads: string[] = [];
  const desk = parseDesk(deskText).desk ?? assert.fail();
  const time = businessTime(desk);
  const changes = testEmitter<unknown>();
  const never = testEmitter<void>();
  let snapshot: IssueSnapshot = { at: now, issues, broken: [] };
  let fired = 0;
  const service = createMetricsService({
    files: { ...files, read: (name) => { reads.push(name); return files.read(name); } },
    // Only the identity of the snapshot and the fact that something changed matter to the service.
    issues: { snapshot: () => snapshot, onDidChange: (listener, self) => changes.event(() => listener.call(self, { kind: "many" } as never)) },
    store: { tracker: tracker as IssueTracker, now: () => (stored === "files" ? { kind: "files" } : { kind: "github", server: "https://github.com", signedIn: true, repositories: [] }), onDidChange: never.event },
    desk: { config: () => desk, folder: () => "runbooks", onDidChange: never.event },
    runbooks: { get: async (name) => (name === "runbooks/incident.md" ? readRunbook(name, runbook, runbookContext(desk)) : undefined), onDidChange: never.event },
    clocks: { time: () => time, onDidChange: never.event },
    newEmitter: testEmitter,
    clock: { now: () => now },
  });
  service.onDidChange(() => (fired += 1));
  return { service, reads, fired: () => fired, change: () => { snapshot = { ...snapshot }; changes.fire(undefined); } };
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
      const printed = await metrics({ folder: "runbooks", ...request, format: "json", github: false }, { workingFolder: folder, now, environment: {}, note: () => undefined, progress: () => undefined });
      const source = await open("files").service.read(reading);
      const report = source?.kind === "ok" ? metricsReport({ ...source.value, now }, request) : assert.fail();
      assert.equal(reportJson(report), printed.kind === "ok" ? printed.value : printed.failure);
      assert.deepEqual([report.issues.length, report.issues[0]?.goal, report.issues[0]?.withinGoal, report.leftOut.length], [2, 30 * 60_000, false, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reads the files again only after an issue changed, and reports that figures may differ", async () => {
    const { service, reads, change, fired } = open("files");
    await service.read(reading);
    const once = reads.length;
    assert.ok(once > 3);
    await service.read(reading);
    assert.equal(reads.length, once);
    change();
    assert.equal(fired(), 1);
    await service.read(reading);
    assert.ok(reads.length > once);
  });

  it("asks a server for the events of each issue once, with progress, and stops when the reader cancels", async () => {
    const issues = [1, 2, 3].map((number) => sampleIssue({ ref: { repository: "acme/live", number } }));
    const asked: number[] = [];
    const timeline = async ({ number }: { readonly number: number }): Promise<Result<readonly TimelineEvent[]>> => { asked.push(number); return ok([]); };
    const { service } = open("github", { timeline }, issues);
    const signal = { aborted: false };
    const seen: string[] = [];
    assert.equal(await service.read({ signal, progress: (done, of) => { seen.push(`${done}/${of}`); signal.aborted = done === 1; } }), undefined);
    assert.deepEqual(asked, [1, 2]);
    const read = await service.read(reading);
    assert.equal(read?.kind === "ok" ? read.value.records.length : undefined, 3);
    assert.deepEqual(asked, [1, 2, 3]);
    assert.deepEqual(seen, ["0/3", "0/3", "1/3"]);
  });

  it("lists the issues without events after the server limits requests, and reads them next time", async () => {
    const issues = [1, 2, 3].map((number) => sampleIssue({ ref: { repository: "acme/live", number } }));
    let isLimited = true;
    let requests = 0;
    const timeline = async ({ number }: { readonly number: number }): Promise<Result<readonly TimelineEvent[]>> => {
      requests += 1;
      return isLimited && number > 1 ? failed({ kind: "limited", server: "https://github.com", until: now }) : ok([]);
    };
    const { service } = open("github", { timeline }, issues);
    const first = await service.read(reading);
    assert.deepEqual(first?.kind === "ok" && [first.value.records.length, first.value.unreadable.map(({ name, reason }) => [name, reason])], [1, [["acme/live#2", "noHistory"], ["acme/live#3", "noHistory"]]]);
    assert.equal(requests, 2);
    isLimited = false;
    const second = await service.read(reading);
    assert.equal(second?.kind === "ok" ? second.value.records.length : undefined, 3);
    assert.equal(requests, 4);
  });
});
