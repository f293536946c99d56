import assert from "node:assert/strict";
import { renderChecklist } from "../../../../../src/core/markup/checklistRegion";
import { markStep } from "../../../../../src/core/checklist/marking";
import { reportJson } from "../../../../../src/core/metrics/export/exportReport";
import { reportMarkdown } from "../../../../../src/core/metrics/export/renderReport";
import { metricsReport, type MetricsReport } from "../../../../../src/core/metrics/report";
import { metricsState, requestOf } from "../../../../../src/host/panels/metrics/metricsState";
import { readRunbookTitles } from "../../../../../src/host/panels/metrics/runbookNames";
import { instantAt, millisecondsOf } from "../../../../../src/core/model/instant";
import type { Runbook } from "../../../../../src/core/model/runbook";
import { runbookCache } from "../../../../../src/host/app/runbookCache";
import { fill } from "../../../../../src/protocol/fill";
import type { MetricsSection, MetricsState, MetricsSubject } from "../../../../../src/protocol/metrics";
import { memoryFiles } from "../../../../support/memoryFiles";
import { readExample } from "../../../../support/metricsExample";
import { loopingChecklist } from "../../../../support/sampleChart";
import { memoryLog } from "../../../../support/memoryLog";

const example = readExample(`
  A 2026-11-02 09:00 reported with incident
  A 2026-11-02 16:00 closed
  B 2026-11-03 09:00 reported with incident
  C 2026-11-04 09:00 reported with incident
  D 2026-10-04 09:00 reported with incident
  D 2026-10-04 16:00 closed
  2026-11-20 12:00 now
`);

const paths = ["runbooks/release.md", "runbooks/qa.md#manual-qa", "runbooks/other.md", "runbooks/gone.md"];

/** A checklist whose loop made two passes. */
const checklist = (runbook: string, startedAt: string): string => {
  const begun = { ...loopingChecklist(), id: `run-${runbook}`, runbook, startedAt };
  const done = ["build", "test", "passed>fix", "fix", "again>test", "test", "passed>review"].reduce((now, id, index) => markStep(now, id, { kind: "done", by: "ana", at: instantAt(millisecondsOf(startedAt) + index * 60_000) }) ?? assert.fail(id), begun);
  return `${renderChecklist(done, "local")}\n\n`;
};

const records = example.records.map((record, index) => ({ ...record, issue: { ...record.issue, body: checklist(paths[index] ?? "", record.issue.createdAt) } }));

const { files } = memoryFiles({
  "runbooks/release.md": "# Release\n\n- [ ] Build\n",
  "runbooks/qa.md": "# Quality\n\n## Manual QA\n\n- [ ] Try\n",
  "runbooks/other.md": "---\ntitle: release\n---\n\n- [ ] Do\n",
});

const cache = runbookCache({ files, unsaved: () => undefined, log: memoryLog(), desk: () => example.desks.current.desk, deskFolder: () => "runbooks", folders: () => ["runbooks"] });

const { desks, now } = example;

const { desk } = desks.current;

const reportOf = (subject: MetricsSubject): MetricsReport => metricsReport({ desks, records, now, deskFolder: "runbooks", unreadable: [] }, requestOf(subject, desk, now));

async function pageOf(subject: MetricsSubject, get: (path: string) => Promise<Runbook | undefined> = cache.one): Promise<MetricsState> {
  const report = reportOf(subject);
  return metricsState({
    desk, stale: false, subject, outcome: { kind: "report", report, notes: [] }, progress: undefined, problem: undefined, list: `runbook/${paths[1]}`, runbookTitles: await readRunbookTitles({ get }, report), now,
    language: "en", t: (message, ...values) => fill(message, ...values), brokenReason: (reason) => reason, describeFailure: ({ kind }) => kind,
  });
}

const shown = [["Manual QA", "runbooks/qa.md#manual-qa"], ["Release (runbooks/release.md)", "runbooks/release.md"], ["release (runbooks/other.md)", "runbooks/other.md"], ["runbooks/gone.md", undefined]];

const sorted = (all: readonly (readonly [string, string | undefined])[]): unknown => all.toSorted(([a], [b]) => (a < b ? -1 : 1));

describe("Runbooks on the page of metrics", () => {
  it("have their titles, with the path as a tooltip, and in the text if another one has the same title; those that are gone have their path", async () => {
    const { content, controls } = await pageOf({});
    assert.ok(content.kind === "report");
    const section = (all: readonly MetricsSection[], id: string): MetricsSection => all.find((one) => one.id === id) ?? assert.fail(id);
    const rowsOf = ({ tables }: MetricsSection, table: number, column: number) => (tables[table]?.rows ?? []).flatMap((row) => { const fact = row[column]; return fact === undefined ? [] : [[fact.text, fact.hint] as const]; });
    const [runbooks, breakdown] = [section(content.sections, "runbooks"), section(content.breakdowns, "runbook")];
    assert.deepEqual(sorted(rowsOf(runbooks, 0, 0)), shown);
    assert.deepEqual(sorted(rowsOf(breakdown, 0, 0)), shown);
    assert.deepEqual(sorted(controls.issues.find(({ title }) => title === "Runbook")?.choices.map(({ label, hint }) => [label, hint] as const) ?? []), shown);
    // The other charts and tables are about this period only.
    const ofPeriod = shown.slice(0, 3).map(([name, hint]) => [name, hint] as const);
    const bars = (of: MetricsSection, chart: number) => { const one = of.charts[chart]; return one?.kind === "bars" ? one.bars.map(({ name, hint }) => [name, hint] as const) : []; };
    assert.deepEqual(sorted(bars(runbooks, 0)), ofPeriod);
    assert.deepEqual(sorted(bars(runbooks, 1).map(([name, hint]) => [/ \((.*)\)$/.exec(name)?.[1] ?? name, hint] as const)), ofPeriod);
    assert.deepEqual(sorted(runbooks.charts.slice(2).map((chart) => [chart.title.replace("Time per step: ", ""), chart.kind === "bars" ? chart.hint : ""] as const)), ofPeriod);
    assert.deepEqual(sorted(rowsOf(runbooks, 1, 1)), ofPeriod);
    assert.equal(content.list?.title, "Checklists of Manual QA: one issue");
  });

  it("are selected by their path, and named by their title where nothing was reported", async () => {
    const subject = { from: "2025-03-01", to: "2025-03-31", only: { by: "runbook", name: paths[1] ?? "" } } as const;
    const { content, controls } = await pageOf(subject);
    assert.deepEqual(controls.only, subject.only);
    assert.match(content.kind === "notice" ? content.text : "", /^No issue with “Manual QA” was reported/);
  });

  it("are named by their paths in reports and exports", () => {
    for (const text of [reportJson(reportOf({})), reportMarkdown(reportOf({})).replaceAll("\\", "")]) for (const path of paths) assert.ok(text.includes(path), path);
  });

  it("have their path if a title is empty", async () => {
    const { controls } = await pageOf({}, async (path) => { const one = await cache.one(path); return one && { ...one, title: " " }; });
    assert.deepEqual(controls.issues.find(({ title }) => title === "Runbook")?.choices.map(({ label }) => label), paths.toSorted());
  });
});
