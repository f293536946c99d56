import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { metrics } from "../../../../../src/cli/metrics";
import { businessTime } from "../../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../../src/core/desk/parseDesk";
import { deskHistory } from "../../../../../src/core/metrics/history/deskHistory";
import { metricsReport } from "../../../../../src/core/metrics/report";
import { formatLength } from "../../../../../src/core/metrics/export/reportTables";
import { metricsState, requestOf } from "../../../../../src/host/panels/metrics/metricsState";
import type { MetricsReportView, MetricsSection, MetricsSubject } from "../../../../../src/protocol/metrics";
import { fill } from "../../../../../src/protocol/fill";
import { readAnswerFiles } from "../../../../../src/trackers/files/readAnswers";
import { readRecords } from "../../../../../src/trackers/files/readRecords";
import { memoryFiles } from "../../../../support/memoryFiles";
import { mixedDesk, mixedNow } from "../../../../support/mixedDesk";

interface Summary { readonly n: number; readonly median?: number; readonly p90?: number }
interface Times { readonly business: Summary; readonly wall: Summary }
interface Share { readonly n: number; readonly good: number; readonly share?: number }
interface Measure extends Times { readonly open: number; readonly unknown: number }
interface Answers { readonly n: number; readonly minutes: Summary }
interface Runbook { readonly started: number; readonly finished: number; readonly loops: readonly { readonly step: string; readonly passes: Summary & { readonly max?: number } }[]; readonly steps: readonly ({ readonly step: string } & Times)[] }
interface Figures {
  readonly stages: Named<Times>; readonly openByAge: readonly { readonly n: number }[]; readonly load: Named<{ readonly assigned: number; readonly open: number }>;
  readonly updates: Named<Share>; readonly actions: Share & { readonly late: readonly string[] }; readonly runbooks: Named<Runbook>;
  readonly count: number; readonly open: number; readonly reopened: number;
  readonly timeToAcknowledge: Measure & { readonly withinGoal: Share }; readonly timeToMitigate: Measure; readonly timeToResolve: Measure;
  readonly inPeriod: { readonly resolved: number; readonly reopened: number };
}
type Named<T> = Readonly<Record<string, T>>;
interface Group extends Figures { readonly before: Figures }
interface Impact { readonly impact: number; readonly share?: number; readonly affected: number }
type Grouping = "priority" | "severity" | "kind" | "service" | "runbook";

/** What is read of the JSON. */
interface Printed {
  readonly issues: readonly { readonly ref: string; readonly remarks?: readonly string[] }[];
  readonly leftOut: readonly { readonly ref: string }[];
  readonly figures: Figures & { readonly answeredAtOnce: Answers; readonly before: Figures & { readonly answeredAtOnce: Answers; readonly availability: Named<Impact & { readonly business: Impact }> } } & Readonly<Record<Grouping, Named<Group>>> & {
    readonly satisfaction: { readonly asked: number; readonly answers: number; readonly good: number; readonly share?: number; readonly answered?: number };
    readonly overTime: readonly { readonly count: number; readonly timeToAcknowledge: Times; readonly timeToResolve: Times }[];
  };
  readonly availability: Named<Impact & { readonly business: Impact }>;
}

const texts = mixedDesk();
const desk = parseDesk(texts["runbooks/desk.yml"] ?? "").desk ?? assert.fail();

/** What the page shows of the same files. */
async function pageOf(subject: MetricsSubject): Promise<MetricsReportView> {
  const { files } = memoryFiles(texts);
  const read = await readRecords(files);
  assert.ok(read.kind === "ok");
  const desks = deskHistory([{ from: mixedNow, desk, time: businessTime(desk) }]);
  const report = metricsReport({ ...read.value, answers: await readAnswerFiles(files), desks, deskFolder: "runbooks", now: mixedNow }, requestOf(subject, desk, mixedNow));
  const { content } = metricsState({
    desk, stale: false, subject, outcome: { kind: "report", report, notes: [] }, progress: undefined, list: undefined, problem: undefined, runbookTitles: new Map(), now: mixedNow, language: "en",
    t: (message, ...values) => fill(message, ...values), brokenReason: (reason) => reason, describeFailure: ({ kind }) => kind,
  });
  assert.ok(content.kind === "report");
  return content;
}

const length = (seconds: number | undefined): string => (seconds === undefined ? "–" : formatLength(seconds * 1000));
const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)}%`;
const shareText = ({ n, good, share }: Share): string => (share === undefined ? "–" : `${good} of ${n} (${percent(share)})`);
const decimal = (value: number | undefined): string => String(Math.round((value ?? 0) * 10) / 10);

/** The cells of the table of a section; empty if the page has no such section. */
const cellsOf = (sections: readonly MetricsSection[], id: string, table = 0): readonly (readonly string[])[] =>
  sections.find((section) => section.id === id)?.tables[table]?.rows.map((row) => row.map(({ text }) => text.replace(/\*$/, ""))) ?? [];

/** The parts of both periods in the order of the page. A part that one period does not have is not known there. */
function bothOf<T>(names: readonly (string | undefined)[], now: Named<T>, before: Named<T>): readonly (readonly [string, T | undefined, T | undefined])[] {
  assert.deepEqual(new Set(names), new Set([...Object.keys(now), ...Object.keys(before)]));
  return names.map((name = "") => [name, now[name], before[name]]);
}

/** Compares every number that both have. */
function compare(page: MetricsReportView, { figures, availability, issues, leftOut }: Printed, clock: "business" | "wall"): void {
  const head = new Map(page.figures.map((figure) => [figure.id, figure]));
  const factsOf = (id: string): string => head.get(id)?.facts.map(({ text }) => text).join("; ") ?? "";
  const valueOf = (id: string): string | undefined => head.get(id)?.value;
  assert.equal(valueOf("count"), String(figures.count));
  const { answeredAtOnce: answered, before: { answeredAtOnce: answeredBefore } } = figures;
  const answersText = answered.n + answeredBefore.n === 0 ? "" : `${answered.n} answered at once, without an issue (${answered.minutes.median === undefined ? "" : `median ${answered.minutes.median} min; `}before: ${answeredBefore.n}); `;
  assert.equal(factsOf("count"), `${figures.open} still open; ${answersText}${figures.inPeriod.resolved} resolved in the period, reported at any time`);
  assert.match(head.get("count")?.before.text ?? "", new RegExp(`^Before: ${figures.before.count} \\(`));
  assert.equal(valueOf("reopened"), String(figures.reopened));
  assert.ok(factsOf("reopened").includes(`${figures.inPeriod.reopened} reopened in the period`));
  const { withinGoal } = figures.timeToAcknowledge;
  assert.equal(valueOf("goal"), withinGoal.share === undefined ? "–" : percent(withinGoal.share));
  if (withinGoal.n > 0) assert.ok(factsOf("goal").startsWith(`${withinGoal.good} of ${withinGoal.n}`));
  for (const [id, measure, before] of [["acknowledge", figures.timeToAcknowledge, figures.before.timeToAcknowledge], ["mitigate", figures.timeToMitigate, figures.before.timeToMitigate], ["resolve", figures.timeToResolve, figures.before.timeToResolve]] as const) {
    const { n, median, p90 } = measure[clock];
    assert.equal(valueOf(id), length(median));
    if (n > 1) assert.match(factsOf(id), new RegExp(`^Median of ${n} issues, .*; 90th percentile: ${length(p90)}(;|$)`));
    assert.equal(factsOf(id).includes(`${measure.open} open, no time yet`), measure.open > 0);
    assert.equal(factsOf(id).includes(`${measure.unknown} closed, time not recorded`), measure.unknown > 0);
    assert.ok(head.get(id)?.before.text.startsWith(before[clock].median === undefined ? "Before: none" : `Before: ${length(before[clock].median)}`));
  }
  for (const by of ["priority", "severity", "kind", "service", "runbook"] as const) {
    const hasGoal = Object.values(figures[by]).some((one) => one.timeToAcknowledge.withinGoal.n > 0);
    const isMitigated = Object.values(figures[by]).some((one) => one.timeToMitigate.wall.n > 0);
    const rows = Object.entries(figures[by]).map(([name, one]) => {
      const lengths = ({ [clock]: { n, median, p90 } }: Times): readonly string[] => [String(n), length(median), length(p90)];
      return [
        name === "" ? `No ${by}` : name, String(one.count), String(one.before.count), String(one.open), String(one.reopened),
        ...(hasGoal ? [shareText(one.timeToAcknowledge.withinGoal), shareText(one.before.timeToAcknowledge.withinGoal)] : []),
        ...lengths(one.timeToAcknowledge), ...(isMitigated ? lengths(one.timeToMitigate) : []), ...lengths(one.timeToResolve), length(one.before.timeToResolve[clock].median),
      ];
    });
    assert.deepEqual(cellsOf(page.breakdowns, by), Object.keys(figures[by]).some((name) => name !== "") ? rows : [], by);
  }
  const { sections } = page;
  const { before } = figures;
  const namesIn = (id: string): readonly (string | undefined)[] => cellsOf(sections, id).map(([name]) => name);
  const zero = (value: number | undefined): string => String(value ?? 0);
  const none: Share = { n: 0, good: 0 };
  assert.deepEqual(cellsOf(sections, "stages"), bothOf(namesIn("stages"), figures.stages, before.stages).map(([stage, now, past]) => [stage, zero(now?.[clock].n), length(now?.[clock].median), length(now?.[clock].p90), zero(past?.[clock].n), length(past?.[clock].median)]));
  assert.deepEqual(cellsOf(sections, "ages").map(([, ...counts]) => counts), figures.openByAge.some(({ n }) => n > 0) ? figures.openByAge.map(({ n }, index) => [String(n), zero(before.openByAge[index]?.n)]) : []);
  // The same person can be spelled differently in both periods.
  const [load, loadBefore] = [figures.load, before.load].map((of) => Object.fromEntries(Object.entries(of).map(([login, one]) => [login.toLowerCase(), one])));
  assert.deepEqual(cellsOf(sections, "load").map(([, ...counts]) => counts), [...new Set([...Object.keys(load ?? {}), ...Object.keys(loadBefore ?? {})])].toSorted().map((login) => [load?.[login]?.assigned, load?.[login]?.open, loadBefore?.[login]?.assigned, loadBefore?.[login]?.open].map(zero)));
  assert.deepEqual(cellsOf(sections, "updates"), bothOf(namesIn("updates"), figures.updates, before.updates).map(([audience, { n, good } = none, past = none]) => [audience, String(good), String(n - good), String(n), shareText(past)]));
  const actions = (of: Figures["actions"]): readonly string[] => [String(of.good), String(of.late.length)];
  assert.deepEqual(cellsOf(sections, "actions").map(([, ...counts]) => counts), figures.actions.n + before.actions.n === 0 ? [] : [0, 1].map((index) => [actions(figures.actions)[index], actions(before.actions)[index]]));
  const { asked, answers, good, share, answered: part } = figures.satisfaction;
  const satisfied = [...(share === undefined ? [] : [`${good} of ${answers} answers are 4 or 5 (${percent(share)}).`]), ...(part === undefined ? [] : [`${answers} of ${asked} people who were asked answered (${percent(part)}).`])];
  assert.deepEqual(sections.find(({ id }) => id === "satisfaction")?.facts.flatMap(({ text }) => (/^\d/.test(text) ? [text] : [])) ?? [], satisfied);
  const runbooks = Object.entries(figures.runbooks);
  assert.deepEqual(cellsOf(sections, "runbooks"), bothOf(namesIn("runbooks"), figures.runbooks, before.runbooks).map(([name, now, past]) => [name, zero(now?.started), zero(now?.finished), zero(past?.started), zero(past?.finished)]));
  assert.deepEqual(cellsOf(sections, "runbooks", 1).map((row) => row.slice(0, -1)), runbooks.flatMap(([name, { loops }]) => loops.map(({ step, passes }) => [step, name, String(passes.n), decimal(passes.median), decimal(passes.p90), decimal(passes.max)])));
  assert.deepEqual(cellsOf(sections, "runbooks", 2).map((row) => row.slice(0, -1)), runbooks.flatMap(([name, { steps }]) => steps.map(({ step, ...time }) => [step, name, String(time[clock].n), length(time[clock].median), length(time[clock].p90)])));
  assert.deepEqual(cellsOf(sections, "availability"), bothOf(namesIn("availability"), availability, before.availability).map(([service, now, past]) => {
    const own = clock === "wall" ? now : now?.business;
    const availableOf = (one: Impact | undefined): string => (one?.share === undefined ? "–" : percent(one.share, 3));
    return [service, availableOf(own), length(own?.impact), length(own?.affected), availableOf(clock === "wall" ? past : past?.business)];
  }));
  assert.deepEqual(cellsOf(sections, "trend").map(([, ...cells]) => cells), figures.count === 0 || figures.overTime.length < 2 ? [] : figures.overTime.map((part) => [String(part.count), length(part.timeToAcknowledge[clock].median), length(part.timeToResolve[clock].median)]));
  assert.deepEqual(page.leftOut.map(({ name }) => name), leftOut.map(({ ref }) => ref));
  assert.deepEqual(page.remarks.map(({ name }) => name), issues.flatMap(({ ref, remarks = [] }) => remarks.map(() => ref)));
}

describe("The page of metrics and desk metrics", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-metrics-"));
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const periods = [["2026-06-01", "2026-11-30"], ["2026-10-01", "2026-10-31"], ["2026-11-01", "2026-11-30"], ["2026-07-02", "2026-07-02"], ["2026-08-15", "2026-10-14"], ["2026-01-01", "2026-12-31"], ["2026-12-01", "2026-12-31"]] as const;
  for (const [from, to] of periods) {
    for (const kind of [undefined, "incident", "request"]) {
      it(`have the same numbers from ${from} to ${to}${kind === undefined ? "" : ` of the kind ${kind}`}`, async () => {
        const request = { folder: "runbooks", from, to, format: "json" as const, github: false, ...(kind === undefined ? {} : { only: { kind } }) };
        const printed = await metrics(request, { workingFolder: folder, now: mixedNow, environment: {}, note: () => undefined, progress: () => undefined });
        assert.ok(printed.kind === "ok");
        for (const clock of ["business", "wall"] as const) compare(await pageOf({ from, to, clock, ...(kind === undefined ? {} : { only: { by: "kind", name: kind } }) }), JSON.parse(printed.value), clock);
      });
    }
  }
});
