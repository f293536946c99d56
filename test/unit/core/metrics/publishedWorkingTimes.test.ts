import assert from "node:assert/strict";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { localTime } from "../../../../src/core/calendar/localTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { deskHistory } from "../../../../src/core/metrics/history/deskHistory";
import { metricsReport } from "../../../../src/core/metrics/report";
import { instantAt } from "../../../../src/core/model/instant";

interface Schedule {
  readonly timezone?: string;
  readonly hours: string;
  readonly holidays?: string;
  /** From when to when, in local time, and the seconds in between in business time. */
  readonly times: readonly (readonly [from: string, to: string, seconds: number])[];
}

const hour = 3600;

const always = '{ Mon-Sun: ["00:00-24:00"] }';

const nineToFive = '{ Mon-Fri: ["09:00-17:00"] }';

const twoShifts = '["08:00-13:00", "14:00-18:00"]';

/** Working times with which other programs are tested, or their documents explain them. The dates are theirs. */
const schedules: Readonly<Record<string, Schedule>> = {
  "Znuny: days without breaks, Christmas": {
    timezone: "Europe/Berlin", hours: always, holidays: "[2015-12-24, 2015-12-25, 2015-12-26, 2015-12-31]",
    times: [["2015-12-23T08:10:15", "2015-12-28T17:10:14", 205_199], ["2015-02-17T22:35:49", "2015-02-19T23:05:49", 48.5 * hour], ["2016-02-01T12:15:41", "2016-02-06T10:15:41", 118 * hour]],
  },
  "Znuny: the clocks go forward in Berlin": { timezone: "Europe/Berlin", hours: always, times: [["2016-03-26T22:24:39", "2016-03-28T23:24:39", 48 * hour], ["2015-02-17T12:00:00", "2015-05-18T12:00:00", 90 * 24 * hour - hour]] },
  "Znuny: two shifts each day": { timezone: "Europe/Berlin", hours: `{ Mon-Sun: ${twoShifts} }`, times: [["2016-02-01T12:15:41", "2016-02-06T12:15:41", 45 * hour]] },
  "Znuny: two shifts on weekdays, around a change of the clocks": {
    timezone: "Europe/Berlin", hours: `{ Mon-Fri: ${twoShifts} }`,
    times: [["2016-03-25T12:15:41", "2016-03-29T10:15:41", 16 * hour], ["2016-03-24T12:15:41", "2016-03-30T10:15:41", 34 * hour], ["2016-03-25T08:15:41", "2016-03-25T14:15:41", 5 * hour], ["2016-03-25T08:00:00", "2016-03-25T15:00:00", 6 * hour]],
  },
  "Znuny: clocks that change at midnight in São Paulo": { timezone: "America/Sao_Paulo", hours: always, times: [["2015-02-21T22:00:00", "2015-02-22T02:00:00", 5 * hour], ["2015-02-20T22:10:05", "2015-02-25T04:30:20", 372_015], ["2015-10-17T22:00:00", "2015-10-18T04:00:00", 5 * hour]] },
  "Znuny: clocks that change at midnight in Tehran, where hours have a half": { timezone: "Asia/Tehran", hours: always, times: [["2015-09-21T12:00:00", "2015-09-22T04:00:00", 17 * hour], ["2015-03-21T12:00:00", "2015-03-22T04:00:00", 15 * hour]] },
  "Znuny: the clocks go back in Sydney in April": { timezone: "Australia/Sydney", hours: always, times: [["2015-01-21T12:00:00", "2015-04-22T04:00:00", 90 * 24 * hour + 17 * hour]] },
  "the holidays of a year (operating_hours)": {
    hours: nineToFive, holidays: "[2016-01-01, 2016-01-18, 2016-02-15, 2016-05-30, 2016-07-04, 2016-09-05, 2016-10-10, 2016-11-11, 2016-11-24, 2016-12-25]",
    times: [["01-04", 1], ["01-18", 10], ["02-15", 29], ["02-29", 39], ["05-30", 103], ["07-04", 127], ["09-05", 171], ["10-10", 195], ["11-28", 228], ["12-30", 252]].map(([day, days]) => ["2016-01-01T09:00:00", `2016-${String(day)}T18:01:00`, Number(days) * 8 * hour] as const),
  },
  "a holiday at an edge (operating_hours)": { hours: nineToFive, holidays: "[2016-11-01, 2016-11-04]", times: [["2016-11-01T10:00:00", "2016-11-01T18:00:00", 0], ["2016-11-01T16:00:00", "2016-11-03T10:00:00", 9 * hour], ["2016-11-02T16:00:00", "2016-11-04T10:00:00", 9 * hour], ["2016-10-31T16:00:00", "2016-11-02T08:59:00", hour]] },
  "a week of unequal days (Biz)": { hours: '{ Mon: ["09:00-17:00"], Tue: ["10:00-16:00"], Wed: ["09:00-17:00"], Thu: ["10:00-16:00"], Fri: ["09:00-17:00"], Sat: ["11:00-14:30"] }', holidays: "[2006-01-01]", times: [["2006-01-01T00:00:00", "2006-01-08T00:00:00", 39.5 * hour]] },
  "from Sunday to Monday, and a weekend (WorkingHours)": { hours: nineToFive, times: [["2014-08-03T08:32:00", "2014-08-04T10:32:00", 5520], ["2014-04-13T09:10:24", "2014-04-14T09:10:24", 624], ["2014-04-11T20:00:00", "2014-04-14T05:00:00", 0], ["2014-04-07T07:00:00", "2014-04-07T20:00:00", 8 * hour]] },
  "all Mondays of two years (WorkingHours)": { hours: '{ Mon: ["00:00-24:00"] }', times: [["2014-04-06T12:00:00", "2016-04-06T12:00:00", 105 * 24 * hour]] },
  "a lunch break, also a week later (WorkingHours)": { hours: '{ Mon: ["07:00-12:00", "13:00-18:00"] }', times: [["2014-04-07T11:59:00", "2014-04-07T13:01:00", 120], ["2014-04-07T11:00:00", "2014-04-14T13:00:00", 11 * hour]] },
  "before the opening, around it, and a week (GLPI)": { hours: '{ Mon-Fri: ["08:00-20:00"] }', times: [["2019-01-01T07:00:00", "2019-01-01T09:00:00", hour], ["2019-01-01T06:00:00", "2019-01-01T07:00:00", 0], ["2019-01-01T00:00:00", "2019-01-08T00:00:00", 60 * hour]] },
  "reported on a holiday: an hour, and 1, 3, 5 and 10 days of nine hours (Matrix42)": {
    timezone: "Europe/Berlin", hours: '{ Mon-Fri: ["08:00-17:00"] }', holidays: "[2009-04-13, 2009-05-01]",
    times: [["04-14T09:00", 1], ["04-15T08:00", 9], ["04-17T08:00", 27], ["04-21T08:00", 45], ["04-28T08:00", 90]].map(([end, hours]) => ["2009-04-13T00:00:00", `2009-${String(end)}:00`, Number(hours) * hour] as const),
  },
  "8, 12, 24 and 48 hours over a holiday and weekends (Matrix42)": {
    timezone: "Europe/Berlin", hours: '{ Mon-Fri: ["08:00-17:00"] }', holidays: "[2009-05-01]",
    times: [["05-04T11:00", 8], ["05-04T15:00", 12], ["05-06T09:00", 24], ["05-08T15:00", 48]].map(([end, hours]) => ["2009-04-30T12:00:00", `2009-${String(end)}:00`, Number(hours) * hour] as const),
  },
  "24 hours on long and on short days (Freshdesk)": { hours: '{ Mon-Sun: ["09:00-21:00"] }', times: [["2026-11-16T09:00:00", "2026-11-17T21:00:00", 24 * hour]] },
  "a reply outside of the hours takes no time (Keeping)": { hours: '{ Mon-Fri: ["07:00-17:00"] }', times: [["2026-11-17T18:00:00", "2026-11-17T23:00:00", 0], ["2026-11-17T18:00:00", "2026-11-18T08:00:00", hour]] },
  "reported as the desk closes on Friday, or in the night of Saturday (Ticket0)": { timezone: "Europe/Copenhagen", hours: nineToFive, times: [["2026-11-13T17:00:00", "2026-11-16T13:00:00", 4 * hour], ["2026-11-14T03:00:00", "2026-11-16T13:00:00", 4 * hour]] },
  "four hours over a holiday on Friday (a guide to Salesforce)": { hours: nineToFive, holidays: "[2026-11-20]", times: [["2026-11-19T15:00:00", "2026-11-23T11:00:00", 4 * hour]] },
  "a weekend of days that begin at ten (Tungsten Insight)": { hours: '{ Mon-Fri: ["10:00-18:00"] }', times: [["2026-11-13T12:00:00", "2026-11-16T12:00:00", 8 * hour]] },
};

describe("Metrics of published working times", () => {
  for (const [name, { timezone = "UTC", hours, holidays = "[]", times }] of Object.entries(schedules)) {
    it(name, () => {
      const { desk } = parseDesk(`timezone: ${timezone}\nhours: ${hours}\nholidays: ${holidays}\n`);
      assert.ok(desk !== undefined);
      const at = (text: string): string => instantAt(localTime(text, "start", timezone));
      const records = times.map(([from, to], index) => ({
        issue: { ref: { repository: "local", number: index + 1 }, title: "One", body: "", state: "closed" as const, labels: ["incident"], assignees: [], author: "ana", createdAt: at(from), updatedAt: at(to), closedAt: at(to), location: { kind: "file" as const, path: ".desk/incident/1-one.md" } },
        events: [{ kind: "closed" as const, at: at(to), by: "ana" }],
      }));
      const { counted } = metricsReport({ desks: deskHistory([{ from: at("2000-01-01T00:00:00"), desk, time: businessTime(desk) }]), records, now: "2026-12-31T00:00:00Z", unreadable: [], deskFolder: "" }, { from: "2026-01-01", to: "2026-12-31" });
      const found = new Map(counted.map(({ issue, timeToResolve }) => [issue.ref.number, (timeToResolve?.business ?? -1000) / 1000]));
      assert.deepEqual(times.map(([from, to], index) => [from, to, found.get(index + 1)]), times.map((time) => [...time]));
    });
  }
});
