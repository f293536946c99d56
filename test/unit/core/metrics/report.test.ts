import assert from "node:assert/strict";
import { csv, reportCsv, reportJson } from "../../../../src/core/metrics/export/exportReport";
import { shareOf, summarize, summarizeTimes } from "../../../../src/core/metrics/figures";
import { periodBefore, periodOf } from "../../../../src/core/metrics/period";
import type { Group, Grouping, ReportFilter } from "../../../../src/core/metrics/groups";
import { type ComparedFigures, comparedLoad, comparedParts } from "../../../../src/core/metrics/periodFigures";
import { reportMarkdown, reportText } from "../../../../src/core/metrics/export/renderReport";
import { type MetricsReport, metricsReport } from "../../../../src/core/metrics/report";
import { formatLength } from "../../../../src/core/metrics/export/reportTables";
import { instantAt } from "../../../../src/core/model/instant";
import { type MetricsExample, readExample, reportOf } from "../../../support/metricsExample";

/** The issues of two months. */
const months = `
  desk.yml: timezone: Europe/Berlin
  desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
  A 2026-10-31 23:59 reported with incident, priority: high
  A 2026-11-02 09:10 acknowledged
  A 2026-11-02 10:00 closed
  B 2026-11-01 00:00 reported with incident, priority: high, service: Portal, SEV1
  B 2026-11-02 09:20 acknowledged
  B 2026-11-02 09:20 assigned zoe
  B 2026-11-02 10:00 unassigned zoe
  B 2026-11-02 10:00 assigned ben
  B 2026-11-02 11:00 closed
  B 2026-11-03 09:00 score 5
  C 2026-11-10 09:00 reported with request, priority: normal, service: Portal
  C 2026-11-10 10:00 acknowledged
  C 2026-11-10 10:00 assigned ben
  C 2026-11-12 09:00 closed
  C 2026-11-12 10:00 score 2
  C 2026-12-01 09:00 reopened
  D 2026-11-30 23:59 reported with incident
  E 2026-12-01 00:00 reported with incident
  F 2026-11-20 09:00 reported with incident, test
  G 2026-11-12 09:00 reported with request
  G 2026-11-12 09:30 closed
  G 2026-11-12 10:00 score none
  2026-12-02 12:00 now`;

function withBodies(example: MetricsExample, bodies: Readonly<Record<number, string>>): MetricsExample {
  return { ...example, records: example.records.map((record) => ({ ...record, issue: { ...record.issue, body: bodies[record.issue.ref.number] ?? record.issue.body } })) };
}

function november(text = months): MetricsReport {
  return reportOf(readExample(text), "2026-11-01", "2026-11-30");
}

const stage = (name: string): MetricsReport["stages"][number] => ({ stage: name, time: summarizeTimes([]) });

/** The figures of a group. */
function pick(groups: readonly Group[], by: Grouping, name: string): ComparedFigures {
  const { by: _by, name: _name, ...figures } = groups.find((group) => group.by === by && group.name === name) ?? assert.fail(name);
  return figures;
}

describe("The metrics of a period", () => {
  it("count the issues that were reported in it, in the desk's time zone, and those of the previous period", () => {
    const { issues, figures, previous, before } = november();
    assert.deepEqual(issues.map(({ issue }) => issue.ref.number), [2, 3, 7, 4]);
    assert.deepEqual([before.firstDate, before.lastDate, previous.figures.count], ["2026-10-01", "2026-10-31", 1]);
    assert.equal(figures.open, 2);
    assert.deepEqual([figures.timeToAcknowledge.wall.n, figures.timeToAcknowledge.open, figures.timeToAcknowledge.unknown], [2, 1, 1]);
    assert.deepEqual([figures.reopened, figures.reopenings], [1, 1]);
    // A was resolved in November and C was not, because it is open again; the reopening was in December.
    assert.deepEqual(figures.inPeriod, { resolved: 3, reopened: 0 });
    assert.deepEqual(reportOf(readExample(months), "2026-12-01", "2026-12-31").figures.inPeriod, { resolved: 0, reopened: 1 });
  });

  it("judge goals, also of issues that are late and not acknowledged", () => {
    // B within 30 minutes of opening, C within a day, D is late by now, and nothing is known of G.
    assert.deepEqual(november().figures.withinGoal, { n: 3, good: 2, share: 2 / 3 });
  });

  it("compare parts by their names, in the order that they have in both periods", () => {
    const figures = { ...november(), stages: ["B", "D"].map(stage), previous: { ...november(), stages: ["A", "B", "C"].map(stage) } };
    assert.deepEqual(comparedParts(figures, ({ stages }) => stages, (one) => one.stage).map(({ name, now, past }) => [name, now !== undefined, past !== undefined]), [["A", false, true], ["B", true, true], ["C", false, true], ["D", true, false]]);
  });

  it("compare the load of people in alphabetical order, also of those who only had some before", () => {
    const figures = { ...november(), previous: reportOf(readExample("A 2026-10-05 09:00 reported\nA 2026-10-05 09:05 assigned yan\nA 2026-10-05 09:06 assigned Ben\nB 2026-10-05 09:00 reported\nB 2026-10-05 09:05 assigned ana"), "2026-10-01", "2026-10-31") };
    assert.deepEqual(comparedLoad(figures).map(({ name }) => name), ["ana", "ben", "yan", "zoe"]);
  });

  it("are grouped in the desk's order, with those that have no value at the end", () => {
    const groups = november().groups.map(({ by, name, figures, previous }) => [by, name, figures.count, previous.figures.count]);
    assert.deepEqual(groups, [
      ["priority", "high", 1, 1], ["priority", "normal", 1, 0], ["priority", undefined, 2, 0],
      ["severity", "SEV1", 1, 0], ["severity", undefined, 3, 1],
      ["kind", "incident", 2, 1], ["kind", "request", 2, 0],
      ["service", "Portal", 2, 0], ["service", undefined, 2, 1],
      ["runbook", undefined, 4, 1],
    ]);
  });

  it("give every figure of the previous period, too", () => {
    const { previous } = reportOf(readExample(months), "2026-12-01", "2026-12-31");
    const { previous: _previous, timezone: _timezone, now: _now, period: _period, before: _before, leftOut: _leftOut, only: _only, counted: _counted, groups: _groups, answeredAtOnce: _answered, answeredBefore: _answeredBefore, ...figures } = november();
    assert.deepEqual(previous, figures);
  });

  it("give every figure of a group: that of its issues alone", () => {
    const portal = november().groups.find(({ by, name }) => by === "service" && name === "Portal") ?? assert.fail();
    assert.deepEqual(portal.issues.map(({ issue }) => issue.ref.number), [2, 3]);
    // B was in the first stage for an hour and 33 hours of a weekend, C was closed in December and reopened.
    assert.deepEqual(portal.stages.map(({ stage, time }) => [stage, time.wall.n]), [["To do", 2], ["Done", 1]]);
    assert.deepEqual(portal.load.map(({ login, assigned }) => [login, assigned.length]), [["ben", 2], ["zoe", 1]]);
    assert.deepEqual(portal.satisfaction, { asked: 2, answers: 2, good: 1, share: 0.5, answered: 1 });
    assert.deepEqual(portal.availability.map(({ service, impact }) => [service, impact.business]), [["Portal", 2 * 60 * 60_000]]);
    const december = reportOf(readExample(months), "2026-12-01", "2026-12-31").groups.find(({ by, name }) => by === "priority" && name === "high") ?? assert.fail();
    assert.deepEqual([december.issues.length, december.previous.issues.map(({ issue }) => issue.ref.number), december.previous.stages.map(({ stage }) => stage)], [0, [2], ["To do"]]);
  });

  it("count everybody who was assigned, in alphabetical order, and who has open issues at the end of the period", () => {
    const loads = ({ load }: MetricsReport) => load.map(({ login, assigned, open }) => [login, assigned.length, open.length]);
    assert.deepEqual(loads(november()), [["ben", 2, 0], ["zoe", 1, 0]]);
    assert.deepEqual(loads(reportOf(readExample(months), "2026-12-01", "2026-12-31")), [["ben", 0, 1]]);
  });

  it("list what is open at the end of the period by its age", () => {
    assert.deepEqual(november().openByAge.map(({ from, issues }) => [from, issues.map(({ ref }) => ref.number)]), [[0, [4]], [1, []], [7, []], [30, []], [90, []]]);
    const december = reportOf(readExample(months), "2026-12-01", "2026-12-31");
    assert.deepEqual(december.openByAge.map(({ issues }) => issues.map(({ ref }) => ref.number)), [[], [4, 5], [3], [], []]);
  });

  it("give satisfaction among answers, and answers among those asked", () => {
    assert.deepEqual(november().satisfaction, { asked: 3, answers: 2, good: 1, share: 0.5, answered: 2 / 3 });
  });

  it("summarize each time, and count what is open, unknown and reopened", () => {
    const { figures, satisfaction } = november(`
      A 2026-11-16 09:00 reported with incident
      A 2026-11-16 10:00 mitigated
      A 2026-11-16 11:00 closed
      A 2026-11-16 12:00 score 4
      B 2026-11-16 09:00 reported with incident
      B 2026-11-16 09:30 mitigated
      B 2026-11-16 10:00 closed
      B 2026-11-16 10:30 reopened
      B 2026-11-16 11:00 mitigated
      B 2026-11-16 11:30 closed
      B 2026-11-16 14:00 reopened
      B 2026-11-16 15:00 closed
      C 2026-11-16 09:00 reported with incident
      D 2026-11-16 09:00 reported with incident
      D 2026-11-16 12:00 marked closed
      E 2026-11-16 09:00 reported with request
      E 2026-11-16 10:00 closed
      E 2026-11-16 11:00 score 3`);
    const hours = ({ wall: { n, median = 0, p90 = 0 }, open, unknown }: MetricsReport["figures"]["timeToResolve"]): readonly number[] => [n, median / 3_600_000, p90 / 3_600_000, open, unknown];
    // To mitigate: 1 h, and 30 + 30 + 60 minutes. A request needs no mitigation. To resolve: 2 h, 3 h and 1 h.
    assert.deepEqual(hours(figures.timeToMitigate), [2, 1.5, 1.9, 1, 1]);
    assert.deepEqual(hours(figures.timeToResolve).map((value) => Number(value.toFixed(6))), [3, 2, 2.8, 1, 1]);
    assert.deepEqual([figures.count, figures.open, figures.reopened, figures.reopenings], [5, 1, 1, 2]);
    assert.deepEqual([satisfaction.good, satisfaction.answers], [1, 2]);
  });

  it("add the updates of all issues", () => {
    const { updates } = november(`
      desk.yml: audiences: { users: { updateEvery: { high: 1h, normal: 2h }, email: [a@example.org] } }
      A 2026-11-16 09:00 reported with incident, priority: high
      A 2026-11-16 09:00 acknowledged
      A 2026-11-16 10:00 update users
      A 2026-11-16 11:30 update users
      A 2026-11-16 11:45 resolved
      B 2026-11-17 09:00 reported with incident, priority: high
      B 2026-11-17 09:00 acknowledged
      B 2026-11-17 10:00 update users
      B 2026-11-17 10:30 resolved`);
    assert.deepEqual(updates, [{ audience: "users", n: 3, good: 2, share: 2 / 3 }]);
  });

  it("list what is left out in the period, and every file that cannot be read", () => {
    const { desks, records, now } = readExample(months);
    const report = metricsReport({ desks, records, now, deskFolder: "", unreadable: [{ name: ".desk/incident/9-x.md", reason: "badYaml" }] }, { from: "2026-11-01", to: "2026-11-30" });
    assert.deepEqual(report.leftOut, [{ ref: { repository: "local", number: 6 }, reason: "test" }, { name: ".desk/incident/9-x.md", reason: "badYaml" }]);
  });

  it("of one kind count that kind only, and availability only with incidents", () => {
    const { desks, records, now } = readExample(months);
    const only = (kind: string): MetricsReport => metricsReport({ desks, records, now, deskFolder: "", unreadable: [] }, { from: "2026-11-01", to: "2026-11-30", only: { kind } });
    assert.deepEqual([only("request").issues.length, only("request").availability], [2, []]);
    assert.deepEqual([only("incident").issues.length, only("incident").availability.length], [2, 2]);
  });

  it("of a filter count only issues with all its values, and list only the services that they had impact on", () => {
    const { desks, records, now } = readExample(months);
    const only = (filter: ReportFilter): MetricsReport => metricsReport({ desks, records, now, deskFolder: "", unreadable: [] }, { from: "2026-11-01", to: "2026-11-30", only: filter });
    const numbers = (filter: ReportFilter): readonly number[] => only(filter).issues.map(({ issue }) => issue.ref.number);
    assert.deepEqual([numbers({ service: "portal" }), numbers({ service: "Portal", priority: "high" }), numbers({ severity: "SEV1" }), numbers({ runbook: "a.md" })], [[2, 3], [2], [2], []]);
    assert.deepEqual(only({ service: "Portal" }), { ...only({}), ...pick(only({}).groups, "service", "Portal"), only: { service: "Portal" }, groups: only({ service: "Portal" }).groups, counted: only({ service: "Portal" }).counted });
    assert.match(reportMarkdown(only({ kind: "incident", priority: "high" })), /^## Metrics of 2026-11-01 to 2026-11-30, priority high, incident only$/m);
  });

  it("count action items that were closed on the day when they were due, and not those that nobody did", () => {
    const due = (date: string, more = ""): string => `Action item.\n\nDue: ${date}\n${more}`;
    const text = ["A", "B", "C", "D", "E", "F"].map((name) => `${name} 2026-11-02 09:00 reported with request, post-mortem action`).join("\n");
    const example = readExample(`${text}\nA 2026-11-10 23:30 closed\nB 2026-11-11 00:30 closed\nC 2026-11-09 10:00 closed\n2026-11-20 12:00 now`);
    const bodies = { 1: due("2026-11-10"), 2: due("2026-11-10"), 3: due("2026-11-10", "<!-- desk:field closed value=notPlanned at=2026-11-09T10:00:00Z by=ana -->\n"), 4: due("2026-11-10"), 5: due("2026-11-20"), 6: "no date" };
    const { actions } = reportOf(withBodies(example, bodies), "2026-11-01", "2026-11-30");
    assert.deepEqual([actions.n, actions.good, actions.late.map(({ ref }) => ref.number), actions.undated.length], [4, 1, [2, 3, 4], 1]);
  });
});

describe("The previous period", () => {
  const before = (from: string, to: string): readonly string[] => {
    const { firstDate, lastDate } = periodBefore(periodOf(from, to, "UTC"), "UTC");
    return [firstDate, lastDate];
  };

  it("has as many whole months, or as many days", () => {
    assert.deepEqual(before("2026-03-01", "2026-03-31"), ["2026-02-01", "2026-02-28"]);
    assert.deepEqual(before("2026-01-01", "2026-12-31"), ["2025-01-01", "2025-12-31"]);
    assert.deepEqual(before("2026-01-01", "2026-01-31"), ["2025-12-01", "2025-12-31"]);
    assert.deepEqual(before("2027-01-01", "2027-03-31"), ["2026-10-01", "2026-12-31"]);
    assert.deepEqual(before("2028-03-01", "2028-03-31"), ["2028-02-01", "2028-02-29"]);
    assert.deepEqual(before("2028-02-01", "2028-02-29"), ["2028-01-01", "2028-01-31"]);
    assert.deepEqual(before("2026-12-01", "2027-01-31"), ["2026-10-01", "2026-11-30"]);
    assert.deepEqual(before("2028-02-01", "2028-02-28"), ["2028-01-04", "2028-01-31"]);
    assert.deepEqual(before("2026-11-16", "2026-11-22"), ["2026-11-09", "2026-11-15"]);
    assert.deepEqual(before("2026-11-16", "2026-11-16"), ["2026-11-15", "2026-11-15"]);
  });

  it("begins and ends at midnight of the time zone", () => {
    const { from, to } = periodOf("2026-03-29", "2026-03-29", "Europe/Berlin");
    assert.deepEqual([instantAt(from), instantAt(to)], ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"]);
  });
});

describe("Summaries", () => {
  it("interpolate percentiles linearly, as PERCENTILE.INC does", () => {
    assert.deepEqual(summarize([]), { n: 0, isSmall: true });
    assert.deepEqual(summarize([7]), { n: 1, median: 7, p90: 7, isSmall: true });
    assert.deepEqual(summarize([4, 1, 3, 2]), { n: 4, median: 2.5, p90: 3.7, isSmall: true });
    assert.deepEqual(summarize([15, 20, 35, 40, 50]), { n: 5, median: 35, p90: 46, isSmall: true });
    assert.deepEqual(summarize([10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), { n: 11, median: 5, p90: 9, isSmall: false });
  });

  it("count a value of zero like any other", () => {
    const { timeToAcknowledge } = reportOf(readExample("A 2026-11-16 09:00 reported\nA 2026-11-16 09:00 acknowledged\nB 2026-11-16 09:00 reported\nB 2026-11-16 10:00 acknowledged"), "2026-11-01", "2026-11-30").figures;
    assert.deepEqual([timeToAcknowledge.business.n, timeToAcknowledge.business.median], [2, 1_800_000]);
  });

  it("of fewer than 11 values are small", () => {
    assert.deepEqual([10, 11].map((length) => summarize(Array.from({ length }, () => 1)).isSmall), [true, false]);
  });

  it("have no share without anything", () => {
    assert.deepEqual(shareOf([]), { n: 0, good: 0 });
    assert.deepEqual(shareOf([true, false, true, true]), { n: 4, good: 3, share: 0.75 });
  });

  it("show lengths in the unit that fits", () => {
    assert.deepEqual([0, 45_000, 59_600, 60_000, 3_599_000, 7_500_000, 360_000_000].map(formatLength), ["0s", "45s", "1m", "1m", "1h 00m", "2h 05m", "100h 00m"]);
  });
});

describe("The report of a period", () => {
  it("as JSON has instants in UTC and lengths in seconds, and omits what is unknown", () => {
    const json: unknown = JSON.parse(reportJson(november()));
    assert.ok(typeof json === "object" && json !== null && "issues" in json && "figures" in json && "availability" in json && Array.isArray(json.issues));
    const { from, to, timezone, leftOut, availability } = { from: "", to: "", timezone: "", leftOut: [], ...json };
    assert.deepEqual({ from, to, timezone, leftOut }, { from: "2026-11-01", to: "2026-11-30", timezone: "Europe/Berlin", leftOut: [{ ref: "#6", reason: "test" }] });
    assert.deepEqual(json.issues[0], {
      ref: "#2", title: "Issue 2", kind: "incident", priority: "high", severity: "SEV1", services: ["Portal"],
      reported: "2026-10-31T23:00:00Z", acknowledged: "2026-11-02T08:20:00Z", resolved: "2026-11-02T10:00:00Z", open: false, reopened: 0, goal: 1800, withinGoal: true,
      timeToAcknowledge: { business: 1200, wall: 120_000 }, timeToResolve: { business: 7200, wall: 126_000 },
      stages: { "To do": { business: 7200, wall: 126_000 } }, runbooks: [], satisfaction: 5,
    });
    assert.deepEqual(availability, {
      Portal: { impact: 126_000, share: 0.951388888889, affected: 126_000, business: { impact: 7200, share: 0.988095238095, affected: 7200 } },
      Ledger: { impact: 0, share: 1, affected: 0, business: { impact: 0, share: 1, affected: 0 } },
    });
  });

  it("as JSON has all figures of groups and of the previous period", () => {
    const json: unknown = JSON.parse(reportJson(november()));
    assert.ok(typeof json === "object" && json !== null && "figures" in json && typeof json.figures === "object" && json.figures !== null && "before" in json.figures && "service" in json.figures);
    const { before, service: { Portal: portal } } = { ...json.figures, service: { Portal: undefined, ...Object(json.figures.service) } };
    const names = Object.keys(json.figures).filter((name) => !["priority", "severity", "kind", "service", "runbook", "before", "answeredAtOnce", "overTime"].includes(name));
    assert.deepEqual(names, ["count", "open", "timeToAcknowledge", "timeToMitigate", "timeToResolve", "reopened", "reopenings", "inPeriod", "stages", "openByAge", "load", "updates", "actions", "runbooks", "satisfaction"]);
    assert.deepEqual(Object.keys(Object(before)), ["from", "to", ...names, "answeredAtOnce", "availability"]);
    assert.deepEqual(Object.keys(Object(portal)), [...names, "availability", "before"]);
    assert.deepEqual(Object.keys(Object(Object(portal).before)), [...names, "availability"]);
  });

  it("as Markdown compares every table with the previous period", () => {
    const text = reportMarkdown(reportOf(readExample(months), "2026-12-01", "2026-12-31"));
    for (const row of ["| To do | 1\\* | 11h 00m / 36h 00m | 11h 00m / 36h 00m | 4\\* | 6h 30m / 35h 31m |", "| ben | 0 | 1 | 2 | 0 |", "| Portal | 0s / 0s | 0s / 0s | 100.000% / 100.000% | 98.810% / 95.139% |"]) assert.ok(text.includes(row), `${row}\n${text}`);
  });

  it("as CSV has a row for each issue, also for those that are left out", () => {
    const rows = reportCsv(november()).split("\r\n");
    assert.equal(rows.length, 7);
    assert.match(rows[0] ?? "", /^ref,title,kind,priority,.*,stage To do \(business\),stage To do \(wall clock\),stage Done \(business\),stage Done \(wall clock\),remarks,left out$/);
    assert.match(rows[1] ?? "", /^#2,Issue 2,incident,high,SEV1,Portal,2026-10-31T23:00:00Z,2026-11-02T08:20:00Z,,2026-11-02T10:00:00Z,false,0,1800,true,1200,120000,,,7200,126000,7200,126000,,,,$/);
    assert.match(rows[5] ?? "", /^#6,+test$/);
  });

  it("as CSV contains no formula and no broken row", () => {
    assert.equal(csv([["=1+1", "+2", "-3", "@x", "\tx", "\rx", "＝1", -3, "a=b"]]), `"'=1+1","'+2","'-3","'@x","'\tx","'\rx","'＝1",-3,a=b\r\n`);
    assert.equal(csv([['say "hi", then\ngo', undefined, 1.5, " x"]]), `"say ""hi"", then\ngo",,1.5," x"\r\n`);
  });

  it("as CSV contains no formula after spaces, line breaks or semicolons, and nothing that controls a terminal", () => {
    assert.equal(csv([[" =1", "a;=1", "a\n@x", "a; b-c", "\u001b[31mred\u202E"]]), `"' =1",a;'=1,"a\n'@x",a; b-c," [31mred "\r\n`);
  });

  it("as Markdown mentions no issue of the repository that the document is in, and links to those of others", () => {
    const text = reportMarkdown(november(months.replaceAll("service: Portal", "service: x (#12; GH-3; acme/engine#4; a#5; $x$)")));
    assert.ok(text.includes("| x (#\u206012; GH-\u20603; acme/engine#4; a#5; \\$x\\$) | 2 |"), text);
  });

  it("as text shows no column wider than a terminal, and no table of a property that no issue has", () => {
    const shown = (text: string): string => reportText(november(text), (cell) => cell);
    const long = "Tell everybody who waits for an answer that it takes longer than expected, and why";
    const lines = shown(months.replaceAll("service: Portal", `service: ${long}`)).split("\n");
    assert.ok(lines.some((line) => line.startsWith("  Tell everybody who waits for an answer that it takes longer than expe…  2 ")), lines.join("\n"));
    assert.ok(shown(months).includes("\nBy severity\n"));
    assert.ok(!shown(months).includes("\nBy runbook\n"));
    assert.ok(!shown(months.replaceAll(", SEV1", "")).includes("\nBy severity\n"));
  });

  it("as Markdown does not reorder text", () => {
    assert.doesNotMatch(reportMarkdown(november(months.replaceAll("service: Portal", "service: a\u202Eb"))), /\u202E/);
  });

  it("as Markdown shows names of others as text, and says how it counts", () => {
    const text = reportMarkdown(november(months.replaceAll("service: Portal", "service: @all | <b>x</b> [y](z)")));
    assert.match(text, /\| @\u2060all \\\| \\<b\\>x\\<\/b\\> \\\[y\\\]\(z\) \| 2 \|/);
    assert.match(text, /## Metrics of 2026-11-01 to 2026-11-30/);
    assert.match(text, /### How it is counted\n\n- An issue belongs to the period in which it was reported/);
    assert.match(text, /\| #\u20606 \| It is a test\. \|/);
  });
});
