import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { clockTime, startOfDay } from '../../../../src/core/calendar/localTime';
import { dateFrom } from '../../../../src/core/model/calendarDate';
import { instantAt } from '../../../../src/core/model/instant';
import { propertyRuns } from '../../../support/propertyRuns';
import { deskOf } from '../desk/deskText';

// Los Angeles is UTC-8, from 8 March to 1 November 2026 UTC-7; London is UTC, from 29 March to 25 October 2026 UTC+1.
const office = 'timezone: America/Los_Angeles\nhours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }\nholidays: [2026-11-26, 2026-11-27, 2027-01-01]';

const night = 'timezone: Europe/London\nhours: { Sat: ["22:00-06:00"] }';

const sundays = (span: string): string => `timezone: America/Los_Angeles\nhours: { Sun: ["${span}"] }`;

const always = 'timezone: Europe/London\nhours: { Mon-Sun: ["00:00-24:00"] }';

describe("Whether the desk is open", () => {
  const cases: readonly (readonly [what: string, desk: string, at: string, answer: string])[] = [
    ["in the morning", office, "2026-11-25T18:00:00Z", "open until 2026-11-25T20:00:00Z"],
    ["as it opens", office, "2026-11-25T16:00:00Z", "open until 2026-11-25T20:00:00Z"],
    ["one second before it opens", office, "2026-11-25T15:59:59Z", "closed until 2026-11-25T16:00:00Z"],
    ["one second before lunch", office, "2026-11-25T19:59:59Z", "open until 2026-11-25T20:00:00Z"],
    ["as lunch begins", office, "2026-11-25T20:00:00Z", "closed until 2026-11-25T21:00:00Z"],
    ["in the evening before two holidays and a weekend", office, "2026-11-26T01:00:00Z", "closed until 2026-11-30T16:00:00Z"],
    ["on a holiday at noon", office, "2026-11-26T18:00:00Z", "closed until 2026-11-30T16:00:00Z"],
    ["over a weekend that loses an hour", office, "2026-03-07T01:00:00Z", "closed until 2026-03-09T15:00:00Z"],
    ["over a weekend that gains an hour", office, "2026-10-31T00:00:00Z", "closed until 2026-11-02T16:00:00Z"],
    ["over the year's end", office, "2027-01-01T01:00:00Z", "closed until 2027-01-04T16:00:00Z"],
    ["in a night that loses an hour", night, "2026-03-29T00:30:00Z", "open until 2026-03-29T05:00:00Z"],
    ["in a night that gains an hour", night, "2026-10-25T00:30:00Z", "open until 2026-10-25T06:00:00Z"],
    ["at midnight of a span past it", night, "2026-01-18T00:00:00Z", "open until 2026-01-18T06:00:00Z"],
    ["before a span that the clock skips", sundays("02:00-03:00"), "2026-03-08T09:00:00Z", "closed until 2026-03-15T09:00:00Z"],
    ["in a span that begins in the skipped hour", sundays("02:30-04:00"), "2026-03-08T10:30:00Z", "open until 2026-03-08T11:00:00Z"],
    ["in an hour that comes twice", sundays("01:00-02:00"), "2026-11-01T09:30:00Z", "open until 2026-11-01T10:00:00Z"],
    ["before openings that holidays hide for weeks", `${sundays("08:00-09:00")}\nholidays: [2026-02-01, 2026-02-08, 2026-02-15, 2026-02-22]`, "2026-01-31T12:00:00Z", "closed until 2026-03-01T16:00:00Z"],
    ["around the clock", always, "2026-06-01T12:00:00Z", "open"],
    ["around the clock until a holiday far off", `${always}\nholidays: [2026-12-25, 2025-12-25]`, "2026-06-01T12:00:00Z", "open until 2026-12-25T00:00:00Z"],
    ["around the clock on the holiday", `${always}\nholidays: [2026-12-25]`, "2026-12-25T12:00:00Z", "closed until 2026-12-26T00:00:00Z"],
    ["without hours", "holidays: [2026-12-25, { calendar: off.ics }]", "2026-12-25T12:00:00Z", "open"],
    ["on a short day", `${office}\nexceptions: { 2026-12-24: ["08:00-10:30"] }`, "2026-12-24T17:00:00Z", "open until 2026-12-24T18:30:00Z"],
    ["on a holiday with hours of its own", `${office}\nexceptions: { 2026-11-26: ["10:00-11:00"] }`, "2026-11-26T01:00:00Z", "closed until 2026-11-26T18:00:00Z"],
    ["on a Saturday with hours", `${office}\nexceptions: { 2026-11-28: ["10:00-11:00"] }`, "2026-11-28T18:30:00Z", "open until 2026-11-28T19:00:00Z"],
    ["on a date that is closed by itself", `${office}\nexceptions: { 2026-11-23: [] }`, "2026-11-23T18:30:00Z", "closed until 2026-11-24T16:00:00Z"],
  ];
  for (const [what, text, at, expected] of cases) {
    it(what, () => {
      const { open, until } = businessTime(deskOf(text)).openAt(at);
      assert.equal(`${open ? "open" : "closed"}${until === undefined ? "" : ` until ${until}`}`, expected);
    });
  }
});

describe("The hours of a date", () => {
  const zones = ["Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Beirut", "Asia/Kathmandu", "Africa/Cairo", "Africa/Casablanca", "Antarctica/Troll", "Australia/Lord_Howe", "Pacific/Apia"];
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`);

  const perDay = 86_400_000;
  const dateOfDay = (day: number): string => instantAt(day * perDay).slice(0, 10);

  /** Days of two years, as days since 1970, on which the clocks of a zone change. */
  function changes(zone: string): readonly number[] {
    const starts = Array.from({ length: 731 }, (_, index) => startOfDay(dateFrom(dateOfDay(14_976 + index)), zone));
    return starts.flatMap((start, index) => ((starts[index + 1] ?? start + perDay) - start === perDay ? [] : [14_976 + index]));
  }

  it("are those of the clocks there, also on dates when they change", () => {
    const days = zones.flatMap((zone) => [...changes(zone), 14_980].map((day) => [zone, day] as const));
    assert.ok(days.length > 3 * zones.length);
    fc.assert(fc.property(fc.constantFrom(...days), time, time, ([zone, day], a, b) => {
      fc.pre(a !== b);
      const [from = a, to = b] = [a, b].sort();
      const hours = businessTime(deskOf(`timezone: ${zone}\nhours: { Mon-Sun: ["00:00-24:00"] }\nexceptions: { ${dateOfDay(day)}: ["${from}-${to}"], ${dateOfDay(day - 1)}: [], ${dateOfDay(day + 1)}: [] }`));
      const [opens, closes] = [clockTime(`${dateOfDay(day)}T${from}`, zone), clockTime(`${dateOfDay(day)}T${to}`, zone)];
      assert.equal(hours.millisecondsBetween(startOfDay(dateFrom(dateOfDay(day - 1)), zone), startOfDay(dateFrom(dateOfDay(day + 2)), zone)), closes - opens);
    }), { numRuns: propertyRuns(500) });
  });
});

describe("Business time that the clock skips", () => {
  const cases: readonly (readonly [what: string, desk: string, from: string, to: string, minutes: number])[] = [
    ["does not count on a date that the time zone skipped", 'timezone: Pacific/Apia\nhours: { Mon-Fri: ["09:00-17:00"] }', "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 480],
    ["ends with the skipped hour", sundays("01:00-02:30"), "2026-03-08T08:00:00Z", "2026-03-08T20:00:00Z", 60],
    ["starts with the skipped hour", sundays("02:30-04:00"), "2026-03-08T08:00:00Z", "2026-03-08T20:00:00Z", 60],
    ["counts once where another span follows", 'timezone: America/Los_Angeles\nhours: { Sun: ["01:00-02:30", "03:00-05:00"] }', "2026-03-08T08:00:00Z", "2026-03-08T20:00:00Z", 180],
  ];
  for (const [what, text, from, to, minutes] of cases) it(what, () => assert.equal(businessTime(deskOf(text)).between(from, to) / 60_000, minutes));
});
