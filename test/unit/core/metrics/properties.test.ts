import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { renderMilestone } from "../../../../src/core/markup/milestone";
import { deskHistory, type DeskVersion, sumTimes } from "../../../../src/core/metrics/history/deskHistory";
import { reportJson } from "../../../../src/core/metrics/export/exportReport";
import { issueHistory, type IssueRecord } from "../../../../src/core/metrics/history/issueHistory";
import { createMeasureCache } from "../../../../src/core/metrics/measureCache";
import { metricsReport, type MetricsReport } from "../../../../src/core/metrics/report";
import { instantAt, millisecondsOf } from "../../../../src/core/model/instant";
import type { Milestone, TimelineEvent } from "../../../../src/core/model/timelineEvent";
import { propertyRuns } from "../../../support/propertyRuns";

const now = "2026-12-15T00:00:00Z";

function version(from: string, yaml: string): DeskVersion {
  const { desk } = parseDesk(yaml);
  assert.ok(desk !== undefined);
  return { from, desk, time: businessTime(desk) };
}

const desks = deskHistory([
  version("2026-01-01T00:00:00Z", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["09:00-12:00", "13:00-17:00"] }\nservices: [Portal]\naudiences: { users: { email: [a@example.org] } }\n'),
  version("2026-11-05T12:34:00Z", 'timezone: Europe/Berlin\nhours: { Mon-Sat: ["06:00-22:00"] }\npriorities: { high: { respondWithin: 30m, updateEvery: 1h }, normal: }\nservices: [Portal]\nstages: [To do, Doing, Done]\n'),
  version("2026-11-20T00:00:00Z", "timezone: Europe/Berlin\nservices: [Portal]\n"),
]);

const labels = ["priority: high", "priority: normal", "stage: In progress", "stage: Doing", "stage: Unheard of", "SEV1", "SEV2", "service: Portal", "service: Other", "impact: partial", "other"];
const anyMilestone = fc.constantFrom<Milestone>("started", "detected", "acknowledged", "unacknowledged", "mitigated", "resolved", "update", "note");
const [start, end] = [millisecondsOf("2026-10-20T00:00:00Z"), millisecondsOf("2026-12-20T00:00:00Z")];
/** Some at the same time, some in the future, some before everything else. */
const anyTime = fc.oneof(fc.integer({ min: start / 1000, max: end / 1000 }), fc.constantFrom(start / 1000, start / 1000 + 3600, start / 1000 + 86_400)).map((seconds) => instantAt(seconds * 1000));

const anyEvent: fc.Arbitrary<TimelineEvent> = fc.tuple(anyTime, fc.constantFrom("ana", "ben")).chain(([at, by]) =>
  fc.oneof(
    fc.constantFrom<TimelineEvent>({ kind: "closed", at, by }, { kind: "reopened", at, by }),
    fc.record({ kind: fc.constantFrom("labeled" as const, "unlabeled" as const), at: fc.constant(at), by: fc.constant(by), label: fc.constantFrom(...labels) }),
    fc.record({ kind: fc.constantFrom("assigned" as const, "unassigned" as const), at: fc.constant(at), by: fc.constant(by), login: fc.constantFrom("ana", "ben") }),
    fc.tuple(anyMilestone, fc.option(anyTime)).map(([milestone, happened]): TimelineEvent => ({ kind: "commented", at, by, markdown: renderMilestone(milestone, "", { ...(happened === null ? {} : { at: happened }), ...(milestone === "update" ? { audience: "users" } : {}) }) })),
  ),
);

/** A line of an issue's text: marks with any time, and what a person made of them. */
const anyLine = fc.oneof(
  fc.tuple(fc.constantFrom("reported", "acknowledged", "resolved", "withdrawn", "updated"), anyTime).map(([name, at]) => `<!-- desk:clock ${name}=${at} -->`),
  fc.tuple(fc.constantFrom("started", "mitigated", "resolved", "closed", "reopened", "cancelled"), anyTime, anyTime).map(([name, value, at]) => `<!-- desk:field ${name} value=${value} at=${at} by=ana -->`),
  fc.constantFrom("<!-- desk:field satisfaction value=5 at=2026-11-20T00:00:00Z by=ana -->", "<!-- desk:field satisfaction value=many at=2026-11-20T00:00:00Z by=ana -->", "<!-- desk:clock reported=yesterday -->", "<!-- desk:field resolved value=1 at=2 -->", "Due: 2026-11-31", "Due: 2026-11-12", "<!-- desk:run id=a -->", "text"),
);

const anyRecord: fc.Arbitrary<IssueRecord> = fc.record({ body: fc.array(anyLine, { maxLength: 4 }), isAction: fc.boolean(), number: fc.integer({ min: 1, max: 99 }), createdAt: anyTime, closedAt: fc.option(anyTime), isClosed: fc.boolean(), labels: fc.subarray(labels), assignees: fc.subarray(["ana", "ben"]), events: fc.array(anyEvent, { maxLength: 14 }) })
  .map(({ body, isAction, number, createdAt, closedAt, isClosed, labels: now_, assignees, events }) => ({
    issue: {
      ref: { repository: "local", number }, title: "One", body: `${body.join("\n")}\n`, state: isClosed ? "closed" : "open", labels: ["incident", ...(isAction ? ["post-mortem action"] : []), ...now_], assignees, author: "ana", createdAt, updatedAt: createdAt,
      ...(closedAt === null ? {} : { closedAt }), location: { kind: "file", path: ".desk/incident/1-one.md" },
    } as const,
    events,
  }));

function report(records: readonly IssueRecord[], from = "2026-10-01", to = "2026-12-31"): MetricsReport {
  return metricsReport({ desks, records, now, unreadable: [], deskFolder: "" }, { from, to });
}

describe("Metrics of any history", () => {
  it("times at stages add up to the life of the issue, and business time is never longer", () => {
    fc.assert(fc.property(anyRecord, (record) => {
      const history = issueHistory(record, desks, millisecondsOf(now));
      const [measures] = report([record]).issues;
      if (measures === undefined || history.end === undefined) return;
      const sum = sumTimes(measures.stages.map(({ time }) => time));
      assert.deepEqual(sum, desks.between(history.reported, history.end));
      for (const times of [...measures.stages.map(({ time }) => time), measures.timeToAcknowledge, measures.timeToMitigate, measures.timeToResolve]) {
        if (times !== undefined) assert.ok(times.business >= 0 && times.business <= times.wall, JSON.stringify(times));
      }
    }), { numRuns: propertyRuns(1000) });
  });

  it("the order of events, and events that are reported twice, change nothing", () => {
    fc.assert(fc.property(anyRecord, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean(), (record, random, isDoubled) => {
      const shuffled = record.events.map((event) => ({ event, rank: random.next().value })).toSorted((a, b) => a.rank - b.rank).map(({ event }) => event);
      const same = report([{ ...record, events: isDoubled ? [...shuffled, ...record.events] : shuffled }]);
      assert.equal(reportJson(same), reportJson(report([record])));
    }), { numRuns: propertyRuns(1000) });
  });

  it("the parts of a period add up to the whole, and no number is negative or missing", () => {
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (records, day) => {
      const middle = `2026-11-${String(day).padStart(2, "0")}`;
      const next = day === 30 ? "2026-12-01" : `2026-11-${String(day + 1).padStart(2, "0")}`;
      const whole = report(records);
      const parts = [report(records, "2026-10-01", middle), report(records, next, "2026-12-31")];
      const sum = (of: (one: MetricsReport) => number): void => assert.equal(parts.reduce((total, part) => total + of(part), 0), of(whole));
      sum(({ issues }) => issues.length);
      sum(({ leftOut }) => leftOut.length);
      sum(({ figures }) => figures.open);
      sum(({ figures }) => figures.timeToAcknowledge.wall.n);
      sum(({ figures }) => figures.timeToResolve.wall.n);
      sum(({ figures }) => figures.withinGoal.n);
      sum(({ figures }) => figures.withinGoal.good);
      sum(({ figures }) => figures.reopenings);
      sum(({ figures }) => figures.inPeriod.resolved);
      sum(({ figures }) => figures.inPeriod.reopened);
      sum(({ updates }) => updates.reduce((total, { n }) => total + n, 0));
      const affected = ({ availability }: MetricsReport): number => Math.round(availability.reduce((total, { affected: { wall } }) => total + wall, 0));
      sum(affected);
      assert.doesNotMatch(reportJson(whole), /: (?:null|-\d)/);
      for (const { share } of whole.availability) assert.ok((share.wall ?? 1) >= -1e-9 && (share.wall ?? 1) <= 1);
    }), { numRuns: propertyRuns(300) });
  });

  it("what is open at the end of a period is what was open before, was reported or reopened, and was not closed", () => {
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 8 }), (records) => {
      const open = (one: MetricsReport): number => one.openByAge.reduce((sum, { issues }) => sum + issues.length, 0);
      const [before, after] = [report(records, "2026-10-01", "2026-10-31"), report(records, "2026-11-01", "2026-11-30")];
      const { from, to } = after.period;
      const isIn = (at: number | undefined): boolean => at !== undefined && from <= at && at < to;
      const counted = new Set([...before.issues, ...after.issues, ...report(records, "2026-01-01", "2026-12-31").issues].map(({ issue }) => issue));
      const changes = records.filter(({ issue }) => counted.has(issue)).map((record) => issueHistory(record, desks, millisecondsOf(now))).filter(({ end }) => end !== undefined).flatMap(({ rounds }) => rounds);
      assert.equal(open(after), open(before) + changes.filter((round) => isIn(round.from)).length - changes.filter(({ closed }) => isIn(closed)).length);
    }), { numRuns: propertyRuns(300) });
  });

  it("a second report that uses what was measured before is the same as a fresh one, also later", () => {
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 6 }), fc.array(anyTime, { minLength: 1, maxLength: 3 }), (records, times) => {
      const cache = createMeasureCache();
      for (const at of times) {
        const input = { desks, records, now: at, unreadable: [], deskFolder: "" };
        const period = { from: "2026-10-01", to: "2026-12-31" };
        assert.equal(reportJson(metricsReport({ ...input, cache }, period)), reportJson(metricsReport(input, period)));
      }
    }), { numRuns: propertyRuns(500) });
  });

  it("a percentile lies between the smallest and the largest value", () => {
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 12 }), (records) => {
      const { issues, figures } = report(records);
      const all = issues.flatMap(({ timeToResolve }) => timeToResolve?.wall ?? []);
      const { median, p90 } = figures.timeToResolve.wall;
      if (all.length === 0) assert.equal(median, undefined);
      else assert.ok(median !== undefined && p90 !== undefined && Math.min(...all) <= median && median <= p90 && p90 <= Math.max(...all));
    }), { numRuns: propertyRuns(300) });
  });
});
