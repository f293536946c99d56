import assert from "node:assert/strict";
import { readClosings } from "../../../src/calendars/readClosings";
import type { Holiday } from "../../../src/core/desk/desk";

function event(...lines: readonly string[]): string {
  return ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
}

function calendar(...events: readonly string[]): string {
  return `${["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A//B//EN", ...events, "END:VCALENDAR"].join("\r\n")}\r\n`;
}

/** What a calendar file closes in a year, a word each. */
function closed(text: string, year: number): readonly string[] {
  const { closings, problems } = readClosings([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "America/Los_Angeles");
  assert.deepEqual(problems, []);
  return closings(year).map((closing) => (closing.kind === "day" ? closing.date : `${closing.from}/${closing.to}`));
}

describe("A calendar of holidays", () => {
  const cases: readonly (readonly [what: string, lines: readonly string[], days: readonly string[]])[] = [
    ["closes a whole day", ["UID:1", "DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261127"], ["2026-11-26"]],
    ["closes a day without an end", ["UID:1", "DTSTART;VALUE=DATE:20261126"], ["2026-11-26"]],
    ["closes several days, but those of another year", ["UID:1", "DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270103"], ["2026-12-30", "2026-12-31"]],
    ["closes the days that go over from the year before", ["UID:1", "DTSTART;VALUE=DATE:20251230", "DTEND;VALUE=DATE:20260103"], ["2026-01-01", "2026-01-02"]],
    ["repeats each year", ["UID:1", "DTSTART;VALUE=DATE:19991225", "RRULE:FREQ=YEARLY"], ["2026-12-25"]],
    ["repeats on the fourth Thursday of November", ["UID:1", "DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"], ["2026-11-26"]],
    ["leaves out what is taken out", ["UID:1", "DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=MONTHLY;COUNT=3", "EXDATE;VALUE=DATE:20260701"], ["2026-06-01", "2026-08-01"]],
    ["ends when it says", ["UID:1", "DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY;UNTIL=20250101"], []],
    ["is not closed by what is cancelled", ["UID:1", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20261126"], []],
    ["closes a stretch in UTC", ["UID:1", "DTSTART:20261124T200000Z", "DTEND:20261124T213000Z"], ["2026-11-24T20:00:00Z/2026-11-24T21:30:00Z"]],
    ["closes a stretch in a zone", ["UID:1", "DTSTART;TZID=Europe/London:20260701T120000", "DURATION:PT1H"], ["2026-07-01T11:00:00Z/2026-07-01T12:00:00Z"]],
    ["closes a stretch in the desk's zone", ["UID:1", "DTSTART:20261124T120000", "DTEND:20261124T130000"], ["2026-11-24T20:00:00Z/2026-11-24T21:00:00Z"]],
  ];
  for (const [what, lines, days] of cases) {
    it(what, () => assert.deepEqual(closed(calendar(event(...lines)), 2026), days));
  }

  it("moves one of a row, and drops another", () => {
    const row = event("UID:1", "DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=MONTHLY;COUNT=3");
    const moved = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260701", "DTSTART;VALUE=DATE:20260703", "DTEND;VALUE=DATE:20260704");
    const dropped = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260801", "DTSTART;VALUE=DATE:20260801", "STATUS:CANCELLED");
    assert.deepEqual(closed(calendar(row, moved, dropped), 2026), ["2026-06-01", "2026-07-03"]);
  });

  for (const [what, text] of [["another text", "Monday to Friday"], ["nothing", ""], ["half a file", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART"], ["an event without a date", calendar(event("UID:1"))]] as const) {
    it(`that is ${what} is told, and closes nothing`, () => {
      const { closings, problems } = readClosings([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "UTC");
      assert.deepEqual(problems.map(({ kind, name }) => `${kind} ${name}`), ["badCalendar a.ics"]);
      assert.deepEqual(closings(2026), []);
    });
  }

  it("that is not there is told", () => {
    assert.deepEqual(readClosings([{ kind: "calendar", path: "a.ics" }], new Map(), "UTC").problems, [{ kind: "missing", name: "a.ics" }]);
  });

  it("costs no more for a row without an end", () => {
    assert.deepEqual(closed(calendar(event("UID:1", "DTSTART:19000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")), 2026), []);
  });
});

describe("A country's public holidays", () => {
  const of = (holiday: Holiday, year: number): readonly string[] => readClosings([holiday], new Map(), "UTC").closings(year).flatMap((closing) => (closing.kind === "day" ? [closing.date] : []));

  it("are those of the country, and of a region with it", () => {
    assert.ok(of({ kind: "country", country: "US" }, 2026).includes("2026-11-26"));
    const [england, scotland] = ["ENG", "SCT"].map((region) => of({ kind: "country", country: "GB", region }, 2026));
    assert.equal(england?.includes("2026-11-30"), false);
    assert.equal(scotland?.includes("2026-11-30"), true);
  });

  it("are told where nobody knows the country or the region", () => {
    const problems = (country: string, region?: string) => readClosings([{ kind: "country", country, ...(region === undefined ? {} : { region }) }], new Map(), "UTC").problems;
    assert.deepEqual(problems("QQ"), [{ kind: "unknownCountry", name: "QQ" }]);
    assert.deepEqual(problems("GB", "QQ"), [{ kind: "unknownRegion", name: "QQ" }]);
    assert.deepEqual(problems("GB", "sct"), []);
  });
});
