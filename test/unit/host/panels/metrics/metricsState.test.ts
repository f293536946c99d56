import assert from "node:assert/strict";
import { metricsReport, type MetricsReport, type ReportRequest } from "../../../../../src/core/metrics/report";
import { metricsState } from "../../../../../src/host/panels/metrics/metricsState";
import { fill } from "../../../../../src/protocol/fill";
import type { MetricsChart, MetricsFact, MetricsReportView, MetricsState, MetricsSubject } from "../../../../../src/protocol/metrics";
import { readExample } from "../../../../support/metricsExample";

const example = readExample(`
  desk.yml: severities: [SEV1, SEV2]
  desk.yml: audiences: { customers: { updateEvery: { high: 1h, normal: 2h }, email: [users@example.org] } }
  A 2026-10-05 09:00 reported with incident, priority: high, service: Portal, SEV1
  A 2026-10-05 09:20 acknowledged
  A 2026-10-05 16:00 closed
  A 2026-10-06 09:00 reopened
  A 2026-11-03 10:00 closed
  B 2026-11-02 09:00 reported with incident, priority: high, service: Portal, SEV1
  B 2026-11-02 09:05 assigned ana
  B 2026-11-02 09:50 acknowledged
  B 2026-11-02 10:00 + stage: In progress
  B 2026-11-02 10:50 update customers
  B 2026-11-02 14:00 mitigated
  B 2026-11-02 16:00 closed
  B 2026-11-02 17:00 score 4
  B 2026-11-03 09:00 reopened
  B 2026-11-03 11:00 closed
  C 2026-11-04 09:00 reported with incident, priority: normal, service: Ledger
  C 2026-11-04 09:05 assigned ben
  C 2026-11-04 09:10 acknowledged
  D 2026-11-05 09:00 reported with request
  D 2026-11-05 12:00 closed
  E 2026-11-06 09:00 reported with request, priority: normal
  E 2026-11-06 10:00 acknowledged
  E 2026-11-06 11:00 closed
  E 2026-11-06 12:00 score 2
  2026-11-20 12:00 now
`);

const { desks, records, now } = example;

const reportOf = (request: ReportRequest): MetricsReport => metricsReport({ desks, records, now, deskFolder: "", unreadable: [] }, request);

const report = reportOf({ from: "2026-11-01", to: "2026-11-30" });

function pageOf(shown: MetricsReport, { subject = {}, list, runbookTitles = new Map() }: { readonly subject?: MetricsSubject; readonly list?: string | undefined; readonly runbookTitles?: ReadonlyMap<string, string> }): MetricsState {
  return metricsState({
    desk: desks.current.desk, stale: false, subject, outcome: { kind: "report", report: shown, notes: [{ kind: "deskOfToday" }] }, progress: undefined, problem: undefined, list, runbookTitles, now,
    language: "en", t: (message, ...values) => fill(message, ...values), brokenReason: (reason) => reason, describeFailure: ({ kind }) => kind,
  });
}

function viewOf(list?: string): MetricsReportView {
  const { content } = pageOf(report, { list });
  return content.kind === "report" ? content : assert.fail(content.title);
}

/** Each figure with its place. The first column of a table names its rows. */
function figuresOf({ figures, sections, breakdowns }: MetricsReportView): readonly (readonly [string, MetricsFact])[] {
  const barsOf = (chart: MetricsChart): readonly MetricsFact[] => (chart.kind === "bars" ? chart.bars.flatMap((bar) => bar.facts) : chart.kind === "columns" ? chart.points : chart.lines.flatMap(({ points }) => points));
  return [
    ...figures.flatMap(({ id, value, of, facts, before }) => [{ text: value, ...(of === undefined ? {} : { of }) }, ...facts, before].map((fact) => [id, fact] as const)),
    ...[...sections, ...breakdowns].flatMap(({ id, facts, charts, tables }) => [
      ...facts.filter(({ text }) => /\d/.test(text)),
      ...charts.flatMap(barsOf),
      ...tables.flatMap(({ names, rows }) => rows.flatMap((row) => row.slice(names))),
    ].map((fact) => [id, fact] as const)),
  ];
}

/** Nothing was counted, so there is nothing to open. */
const isNothing = ({ text }: MetricsFact): boolean => /^(?:–|0|0 .*|100\.000%|0s|Before: (?:none|0\b.*))$/.test(text);

describe("The page of metrics", () => {
  it("says without issues whether the period is over or a filter hides them, and offers a new incident only if it would be in the period", () => {
    const noticeOf = (subject: MetricsSubject, request: ReportRequest): readonly unknown[] => {
      const { content } = pageOf(reportOf(request), { subject });
      return content.kind === "notice" ? [content.text.replaceAll("\u2009", " "), ...content.buttons.map(({ action }) => action)] : assert.fail(content.kind);
    };
    assert.deepEqual(noticeOf({ from: "2025-03-01", to: "2025-03-31" }, { from: "2025-03-01", to: "2025-03-31" }), ["Nothing was reported in this period (Mar 1 – 31, 2025), and nothing was open at its end. Select another period above."]);
    const only = { by: "service", name: "Portal" } as const;
    assert.deepEqual(noticeOf({ period: "thisWeek", only }, { from: "2026-11-16", to: "2026-11-22", only: { service: "Portal" } }), ["No issue with “Portal” was reported in this period (Nov 16 – 22, 2026) or open at its end. Select all issues or another period above."]);
    const { content, notes } = pageOf(metricsReport({ desks, records: [], now, deskFolder: "", unreadable: [] }, { from: "2026-11-16", to: "2026-11-22" }), {});
    assert.deepEqual(notes, []);
    assert.deepEqual(pageOf(report, {}).notes, ["The Git history of desk.yml cannot be read, so the current goals, hours and holidays apply to all times."]);
    assert.match(content.kind === "notice" ? content.text : "", /and nothing is open\./);
    assert.deepEqual(content.kind === "notice" && content.buttons.map(({ action }) => action), ["declare"]);
  });

  it("points out at the top only what is listed at its end", () => {
    const endOf = (from: Pick<typeof example, "desks" | "records">, unreadable: readonly { readonly name: string; readonly reason: "badYaml" }[]): string =>
      pageOf(metricsReport({ desks: from.desks, records: from.records, now, deskFolder: "", unreadable }, { from: "2026-11-01", to: "2026-11-30" }), {}).controls.text.replace(/^.*[AP]M\./, "");
    const broken = [{ name: "a.md", reason: "badYaml" }] as const;
    const early = readExample("2026-11-16 09:00 reported with incident\n2026-11-16 08:50 acknowledged\n2026-11-16 12:00 closed\n2026-11-20 12:00 now");
    assert.equal(endOf(example, []), "");
    assert.equal(endOf(example, broken), " Left out: 1, listed at the end of the page.");
    assert.match(endOf(early, []), /^ Remarks: \d, listed at the end of the page\.$/);
    assert.match(endOf(early, broken), /^ Left out: 1\. Remarks: \d\. Both are listed at the end of the page\.$/);
  });

  it("lists issues for every figure that counts some, also of the previous period", () => {
    const all = figuresOf(viewOf());
    assert.ok(all.length > 150, String(all.length));
    assert.deepEqual(all.filter(([, fact]) => fact.of === undefined && !isNothing(fact)), []);
    const ids = new Set(all.map(([id]) => id));
    for (const id of ["count", "goal", "acknowledge", "mitigate", "resolve", "reopened", "trend", "stages", "ages", "availability", "updates", "satisfaction", "load", "priority", "severity", "kind", "service"]) assert.ok(ids.has(id), id);
    for (const of of new Set(all.flatMap(([, fact]) => fact.of ?? []))) assert.ok((viewOf(of).list?.rows.length ?? 0) > 0, of);
  });

  it("lists as many issues as a figure counts", () => {
    const counted = figuresOf(viewOf()).filter(([id, { text, of }]) => of !== undefined && /^\d+(?:\*|$)| (?:still open|assigned|open|missed the goal|resolved in the period.*|open, no time yet|closed, time not recorded)$/.test(text) && !(id === "updates"));
    assert.ok(counted.length > 60, String(counted.length));
    for (const [id, { text, of = "" }] of counted) assert.equal(viewOf(of).list?.rows.length, Number.parseInt(text, 10), `${id} ${text} ${of}`);
  });

  it("lists the longest times first, with what each issue adds to the figure", () => {
    assert.deepEqual(viewOf("acknowledge").list?.rows.map(({ ref, facts }) => [ref.number, /acknowledged after [^·]+/.exec(facts)?.[0].trim()]), [[5, "acknowledged after 1h 00m"], [2, "acknowledged after 50m"], [3, "acknowledged after 10m"]]);
    const facts = (of: string): readonly (string | undefined)[] => viewOf(of).list?.rows.map((row) => row.facts.split(" · ").at(-1)) ?? [];
    assert.deepEqual([facts("missed"), facts("stage/In progress"), facts("score/good"), facts("reopened")], [["goal: 30m of business time"], ["at this stage 7h 00m"], ["4 of 5"], ["reopened once"]]);
    assert.deepEqual(facts("audience/customers/missed").at(-1), "0 of 1 updates in time");
    // What was reported earlier has its measures as well.
    assert.match(viewOf("resolved").list?.rows[0]?.facts ?? "", /^high · reported Oct 5, 2026, 9:00\sAM · acknowledged after 20m · resolved after/);
  });
});
