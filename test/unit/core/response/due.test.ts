import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import type { Closures } from '../../../../src/core/calendar/holidays';
import { parseDuration } from '../../../../src/core/model/desk';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import { businessLength } from '../../../../src/core/calendar/businessLength';
import { propertyRuns } from '../../../support/propertyRuns';
import { deskOf } from '../desk/deskText';

function given<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

// Los Angeles is UTC-8, from 8 March to 1 November 2026 UTC-7; London is UTC, from 29 March to 25 October 2026 UTC+1.
const office = 'timezone: America/Los_Angeles\nhours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }\nholidays: [2026-11-26, 2026-11-27, 2027-01-01]';

const nights = 'timezone: Europe/London\nhours: { Mon-Sun: ["22:00-06:00"] }';

const pacificNights = 'timezone: America/Los_Angeles\nhours: { Sat: ["22:00-06:00"] }';

const ops = 'timezone: Europe/London\nhours: { Mon-Fri: ["08:00-18:00"] }\nholidays: [2026-12-25, 2026-12-28]';

describe("When a response is due", () => {
  const cases: readonly (readonly [what: string, desk: string, reported: string, goal: string, due: string])[] = [
    ["in the morning", office, "2026-11-25T17:00:00Z", "1h", "2026-11-25T18:00:00Z"],
    ["over lunch", office, "2026-11-25T19:30:00Z", "1h", "2026-11-25T21:30:00Z"],
    ["at the very end of the morning", office, "2026-11-25T19:00:00Z", "1h", "2026-11-25T20:00:00Z"],
    ["reported at lunch", office, "2026-11-25T20:20:20Z", "1h", "2026-11-25T22:00:00Z"],
    ["reported as lunch begins", office, "2026-11-25T20:00:00Z", "1h", "2026-11-25T22:00:00Z"],
    ["one second before lunch", office, "2026-11-25T19:59:59Z", "1h", "2026-11-25T21:59:59Z"],
    ["one second before closing, two holidays and a weekend", office, "2026-11-26T00:59:59Z", "1h", "2026-11-30T16:59:59Z"],
    ["as the desk closes", office, "2026-11-26T01:00:00Z", "1h", "2026-11-30T17:00:00Z"],
    ["on a holiday", office, "2026-11-26T19:00:00Z", "1h", "2026-11-30T17:00:00Z"],
    ["on a Saturday", office, "2026-11-21T19:00:00Z", "1h", "2026-11-23T17:00:00Z"],
    ["over a weekend that loses an hour", office, "2026-03-07T00:30:00Z", "1h", "2026-03-09T15:30:00Z"],
    ["over a weekend that gains an hour", office, "2026-10-30T23:30:00Z", "1h", "2026-11-02T16:30:00Z"],
    ["over the year's end", office, "2027-01-01T00:30:00Z", "2h", "2027-01-04T17:30:00Z"],
    ["over a leap day", office.replace(/\nholidays.*/, ""), "2028-02-29T00:00:00Z", "9h", "2028-03-01T01:00:00Z"],
    ["in a day", office, "2026-11-23T18:00:00Z", "1d", "2026-11-24T18:00:00Z"],
    ["in a day over Thanksgiving", office, "2026-11-25T18:00:00Z", "1d", "2026-11-30T18:00:00Z"],
    ["in a week", office, "2026-11-09T18:00:00Z", "1w", "2026-11-16T18:00:00Z"],
    ["in a day of nights", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["22:00-06:00"] }', "2026-06-08T21:00:00Z", "1d", "2026-06-09T21:00:00Z"],
    ["in five days of nights", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["22:00-06:00"] }', "2026-06-08T21:00:00Z", "5d", "2026-06-15T21:00:00Z"],
    ["in a week of nights", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["22:00-06:00"] }', "2026-06-08T21:00:00Z", "1w", "2026-06-15T21:00:00Z"],
    ["in a day of nights that are written in two parts", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["22:00-24:00"], Tue-Sat: ["00:00-06:00"] }', "2026-06-08T21:00:00Z", "1d", "2026-06-09T21:00:00Z"],
    ["in a day of nights and a Saturday", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["22:00-06:00"], Sat: ["10:00-18:00"] }', "2026-06-08T21:00:00Z", "1d", "2026-06-09T21:00:00Z"],
    ["in a day of Friday nights alone", 'timezone: Europe/Berlin\nhours: { Fri: ["20:00-08:00"] }', "2026-06-05T19:00:00Z", "1d", "2026-06-12T19:00:00Z"],
    ["in a day of a week that seven days do not divide", 'timezone: UTC\nhours: { Mon-Fri: ["08:00-17:00"], Sat-Sun: ["09:00-13:00"] }', "2026-06-08T08:00:00Z", "1d", "2026-06-08T15:34:17.143Z"],
    ["in a day around the clock on weekdays", 'timezone: Europe/Berlin\nhours: { Mon-Fri: ["00:00-24:00"] }', "2026-06-08T21:00:00Z", "1d", "2026-06-09T21:00:00Z"],
    ["on a short day", `${office}\nexceptions: { 2026-12-24: ["08:00-10:00"] }`, "2026-12-24T17:30:00Z", "1h", "2026-12-25T16:30:00Z"],
    ["in a night that loses an hour", nights, "2026-03-29T00:30:00Z", "2h", "2026-03-29T02:30:00Z"],
    ["in a night that loses an hour, at its end", nights, "2026-03-28T22:00:00Z", "7h", "2026-03-29T05:00:00Z"],
    ["beyond a night that loses an hour", nights, "2026-03-28T22:00:00Z", "8h", "2026-03-29T22:00:00Z"],
    ["in a night that gains an hour", nights, "2026-10-24T21:00:00Z", "9h", "2026-10-25T06:00:00Z"],
    ["in a night that gains an hour, in the hour that comes twice", nights, "2026-10-24T21:00:00Z", "4h", "2026-10-25T01:00:00Z"],
    ["in a Pacific night that loses an hour", pacificNights, "2026-03-08T06:00:00Z", "7h", "2026-03-08T13:00:00Z"],
    ["in a Pacific night that gains an hour", pacificNights, "2026-11-01T05:00:00Z", "9h", "2026-11-01T14:00:00Z"],
    ["over Christmas and a holiday behind the weekend", ops, "2026-12-24T17:00:00Z", "2h", "2026-12-29T09:00:00Z"],
    ["without hours", "timezone: Asia/Tokyo", "2026-12-24T17:00:00Z", "2d", "2026-12-26T17:00:00Z"],
    ["around the clock over a lost hour", 'timezone: Europe/London\nhours: { Mon-Sun: ["00:00-24:00"] }', "2026-03-28T12:00:00Z", "24h", "2026-03-29T12:00:00Z"],
    ["in minutes", office, "2026-11-25T19:50:00Z", "15m", "2026-11-25T21:05:00Z"],
    ["of months ago", office, "2025-06-02T15:00:00Z", "1h", "2025-06-02T16:00:00Z"],
  ];
  for (const [what, text, reported, goal, due] of cases) {
    it(what, () => {
      const desk = deskOf(text);
      assert.equal(businessTime(desk).after(reported, businessLength(desk, given(parseDuration(goal)))), due);
    });
  }

  it("respects calendars: whole days, and spans within a day", () => {
    const closures: Closures = (year) => (year === 2026 ? [{ kind: "day", date: "2026-11-24" }, { kind: "stretch", from: "2026-11-23T22:00:00Z", to: "2026-11-23T23:30:00Z" }] : []);
    const time = businessTime(deskOf(office), closures);
    assert.equal(time.after("2026-11-23T21:30:00Z", 60 * 60_000), "2026-11-24T00:00:00Z");
    assert.equal(time.after("2026-11-24T00:30:00Z", 60 * 60_000), "2026-11-25T16:30:00Z");
    assert.deepEqual(time.openAt("2026-11-23T22:10:00Z"), { open: false, until: "2026-11-23T23:30:00Z" });
  });

  it("is undefined when the desk never opens again", () => {
    assert.equal(businessTime(deskOf(office), (year) => Array.from({ length: 366 }, (_, day) => ({ kind: "day" as const, date: instantAt(Date.UTC(year, 0, 1 + day)).slice(0, 10) }))).after("2026-11-23T21:30:00Z", 1), undefined);
  });
});

describe("Business time", () => {
  const time = fc.constantFrom("00:00", "01:30", "02:00", "02:30", "06:00", "08:00", "12:00", "13:00", "17:00", "22:00");
  const span = fc.tuple(time, time).filter(([from, to]) => from !== to).map(([from, to]) => `"${from}-${to}"`);
  const desks = fc
    .record({
      zone: fc.constantFrom("America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"),
      days: fc.uniqueArray(fc.constantFrom("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), { minLength: 1 }),
      span,
      holidays: fc.uniqueArray(fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`), { maxLength: 6 }),
    })
    .map(({ zone, days, span: hours, holidays }) => deskOf(`timezone: ${zone}\nhours: { ${days.map((day) => `${day}: [${hours}]`).join(", ")} }\nholidays: [${holidays.join(", ")}]`));
  const instants = fc.integer({ min: millisecondsOf("2026-02-20T00:00:00Z") / 1000, max: millisecondsOf("2026-11-10T00:00:00Z") / 1000 }).map((seconds) => instantAt(seconds * 1000));
  const goals = fc.integer({ min: 1, max: 40 * 3600 }).map((seconds) => seconds * 1000);

  it("between a report and its due instant equals the goal, and the due instant is not in closed time", () => {
    fc.assert(
      fc.property(desks, instants, goals, (desk, reported, goal) => {
        const business = businessTime(desk);
        const due = given(business.after(reported, goal));
        assert.equal(business.between(reported, due), goal);
        assert.equal(business.openAt(instantAt(millisecondsOf(due) - 1)).open, true);
        assert.equal(business.between(due, reported), -goal);
      }),
    );
  });

  it("of several days or weeks equals the sum of each", () => {
    fc.assert(
      fc.property(desks, instants, fc.integer({ min: 1, max: 6 }), fc.constantFrom("d" as const, "w" as const), (desk, reported, amount, unit) => {
        const business = businessTime(desk);
        const one = businessLength(desk, { amount: 1, unit });
        const each = Array.from({ length: amount }).reduce<string>((at) => given(business.after(at, one)), reported);
        assert.equal(business.after(reported, businessLength(desk, { amount, unit })), each);
      }),
    );
  });

  it("of a day ends at the same time on the next day, if all days are alike and no clock changes", () => {
    const hours = fc.record({ start: fc.integer({ min: 0, max: 23 }), length: fc.integer({ min: 1, max: 23 }), days: fc.constantFrom("Mon-Fri", "Sat", "Mon-Sun", "Mon, Wed, Fri") });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 9 }), instants, ({ start, length, days }, later, amount, reported) => {
        const clock = (hour: number): string => `${String(hour % 24).padStart(2, "0")}:00`;
        const due = (by: number): number => {
          const desk = deskOf(`timezone: UTC\nhours: { "${days}": ["${clock(by)}-${clock(by + length)}"] }`);
          const at = instantAt(millisecondsOf(reported) + by * 3_600_000);
          return millisecondsOf(given(businessTime(desk).after(at, businessLength(desk, { amount, unit: "d" })))) - by * 3_600_000;
        };
        // The same desk, opening some hours later each day: whatever was due is due as much later.
        fc.pre(start + later < 24);
        assert.equal(due(start + later), due(start));
      }),
    );
  });

  it("never makes a later report due earlier", () => {
    fc.assert(
      fc.property(desks, instants, fc.nat(10 * 86_400), goals, (desk, reported, later, goal) => {
        const business = businessTime(desk);
        assert.ok(given(business.after(reported, goal)) <= given(business.after(instantAt(millisecondsOf(reported) + later * 1000), goal)));
      }),
    );
  });

  it("adds up over years, in any parts", () => {
    fc.assert(
      fc.property(desks, instants, fc.nat(900 * 86_400), fc.nat(900 * 86_400), (desk, from, first, second) => {
        const business = businessTime(desk);
        const [middle, end] = [instantAt(millisecondsOf(from) + first * 1000), instantAt(millisecondsOf(from) + (first + second) * 1000)];
        assert.equal(business.between(from, end), business.between(from, middle) + business.between(middle, end));
        const parts = Array.from({ length: 20 }, (_, part) => [part, part + 1].map((edge) => instantAt(millisecondsOf(from) + edge * 86_400_000 * 7)));
        assert.equal(business.between(parts[0]?.[0] ?? "", parts[19]?.[1] ?? ""), parts.reduce((sum, [start = "", stop = ""]) => sum + business.between(start, stop), 0));
      }),
      { numRuns: propertyRuns(40) },
    );
  });

  it("agrees with the opening times, second by second", () => {
    fc.assert(
      fc.property(desks, instants, (desk, from) => {
        const business = businessTime(desk);
        const minutes = Array.from({ length: 600 }, (_, minute) => instantAt(millisecondsOf(from) + minute * 60_000));
        const open = minutes.filter((at) => business.openAt(at).open && business.openAt(instantAt(millisecondsOf(at) + 59_999)).open).length;
        const counted = business.between(from, instantAt(millisecondsOf(from) + 600 * 60_000));
        assert.ok(Math.abs(counted - open * 60_000) <= 6 * 60_000, `${counted} beside ${open} minutes`);
      }),
      { numRuns: propertyRuns(30) },
    );
  });
});
