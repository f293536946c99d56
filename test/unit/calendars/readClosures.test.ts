import { data } from 'date-holidays/data';
import assert from 'node:assert/strict';
import { readClosures } from '../../../src/calendars/readClosures';
import type { Holiday } from '../../../src/core/model/desk';

function event(...lines: readonly string[]): string {
  return ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
}

function calendar(...events: readonly string[]): string {
  return `${["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A//B//EN", ...events, "END:VCALENDAR"].join("\r\n")}\r\n`;
}

/** What a calendar file closes in a year, a word each. */
function closed(text: string, year: number): readonly string[] {
  const { closures, problems } = readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "America/Los_Angeles");
  assert.deepEqual(problems, []);
  return closures(year).map((closure) => (closure.kind === "day" ? closure.date : `${closure.from}/${closure.to}`));
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

  it("moves one event of a series and skips another", () => {
    const row = event("UID:1", "DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=MONTHLY;COUNT=3");
    const moved = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260701", "DTSTART;VALUE=DATE:20260703", "DTEND;VALUE=DATE:20260704");
    const dropped = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260801", "DTSTART;VALUE=DATE:20260801", "STATUS:CANCELLED");
    assert.deepEqual(closed(calendar(row, moved, dropped), 2026), ["2026-06-01", "2026-07-03"]);
  });

  for (const [what, text] of [["another text", "Monday to Friday"], ["nothing", ""], ["half a file", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART"], ["an event without a date", calendar(event("UID:1"))]] as const) {
    it(`reports an event that is ${what} and ignores it`, () => {
      const { closures, problems } = readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "UTC");
      assert.deepEqual(problems.map(({ kind, name }) => `${kind} ${name}`), [what === "an event without a date" ? "badEvent a.ics" : "badCalendar a.ics"]);
      assert.deepEqual(closures(2026), []);
    });
  }

  it("reports a missing file", () => {
    assert.deepEqual(readClosures([{ kind: "calendar", path: "a.ics" }], new Map(), "UTC").problems, [{ kind: "missing", name: "a.ics" }]);
  });

  it("limits the cost of an endless series and reports that it is ignored", () => {
    const text = calendar(event("UID:1", "SUMMARY:Tick", "DTSTART:19000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"));
    const { closures, problems } = readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "UTC");
    assert.deepEqual(closures(2026), []);
    assert.deepEqual(problems, [{ kind: "badEvent", name: "a.ics", reason: "Tick" }]);
  });
});

/** The problems of a calendar file, a word each, for a desk in a time zone. */
function problemsIn(text: string, timezone = "Europe/Berlin"): readonly string[] {
  return readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), timezone).problems.map((problem) => `${problem.kind} ${"reason" in problem ? problem.reason : ""}`);
}

/** What a calendar closes in some years, for a desk in a time zone. */
function closedIn(timezone: string, years: readonly number[], ...events: readonly string[]): Readonly<Record<number, readonly string[]>> {
  const { closures, problems } = readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", calendar(...events)]]), timezone);
  assert.deepEqual(problems, []);
  return Object.fromEntries(years.map((year) => [year, closures(year).map((closure) => (closure.kind === "day" ? closure.date : `${closure.from}/${closure.to}`)).toSorted()]));
}

describe("An event belongs to every year that it overlaps in the desk's time zone", () => {
  const both = [2026, 2027];
  const cases: readonly (readonly [what: string, timezone: string, events: readonly (readonly string[])[], closed: readonly [readonly string[], readonly string[]]])[] = [
    ["west of UTC, where it is still the year before", "America/Denver", [["UID:1", "DTSTART:20270101T010000Z", "DTEND:20270101T050000Z"]], [["2027-01-01T01:00:00Z/2027-01-01T05:00:00Z"], []]],
    ["east of UTC, where it is the next year already", "Asia/Tokyo", [["UID:1", "DTSTART:20261231T230000Z", "DTEND:20261231T235900Z"]], [[], ["2026-12-31T23:00:00Z/2026-12-31T23:59:00Z"]]],
    ["over midnight of the new year, in both", "Europe/Berlin", [["UID:1", "DTSTART:20261231T220000Z", "DTEND:20270101T010000Z"]], [["2026-12-31T22:00:00Z/2027-01-01T01:00:00Z"], ["2026-12-31T22:00:00Z/2027-01-01T01:00:00Z"]]],
    ["for days over the new year, by its length", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20261230", "DURATION:P4D"]], [["2026-12-30", "2026-12-31"], ["2027-01-01", "2027-01-02"]]],
    ["each year on its last day, in UTC", "America/Denver", [["UID:1", "DTSTART:20200101T020000Z", "DURATION:PT2H", "RRULE:FREQ=YEARLY"]], [["2026-01-01T02:00:00Z/2026-01-01T04:00:00Z", "2027-01-01T02:00:00Z/2027-01-01T04:00:00Z"].slice(1), ["2028-01-01T02:00:00Z/2028-01-01T04:00:00Z"]]],
    ["each 31 December as a night", "Europe/Berlin", [["UID:1", "DTSTART;TZID=Europe/Berlin:20201231T220000", "DURATION:PT8H", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"]], [["2025-12-31T21:00:00Z/2026-01-01T05:00:00Z", "2026-12-31T21:00:00Z/2027-01-01T05:00:00Z"], ["2026-12-31T21:00:00Z/2027-01-01T05:00:00Z", "2027-12-31T21:00:00Z/2028-01-01T05:00:00Z"]]],
    ["moved into the year before", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY"], ["UID:1", "RECURRENCE-ID;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20261231"]], [["2026-01-01", "2026-12-31"], []]],
    ["moved into the year after", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20251231", "RRULE:FREQ=YEARLY"], ["UID:1", "RECURRENCE-ID;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20270104"]], [[], ["2027-01-04", "2027-12-31"]]],
    ["moved, without its series", "Europe/Berlin", [["UID:1", "RECURRENCE-ID;VALUE=DATE:20260703", "DTSTART;VALUE=DATE:20260706"]], [["2026-07-06"], []]],
    ["moved in a series that was cancelled", "Europe/Berlin", [["UID:1", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20260703", "RRULE:FREQ=DAILY;COUNT=3"], ["UID:1", "RECURRENCE-ID;VALUE=DATE:20260704", "DTSTART;VALUE=DATE:20260706"]], [["2026-07-06"], []]],
    ["moved, where the one it was is named in UTC", "Europe/Berlin", [["UID:1", "DTSTART;TZID=Europe/Berlin:20260701T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"], ["UID:1", "RECURRENCE-ID:20260702T100000Z", "DTSTART;TZID=Europe/Berlin:20260703T120000", "DURATION:PT1H"]], [["2026-07-01T10:00:00Z/2026-07-01T11:00:00Z", "2026-07-03T10:00:00Z/2026-07-03T11:00:00Z"], []]],
    ["moved with all that come later", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20261230", "RRULE:FREQ=DAILY;COUNT=4"], ["UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20270110"]], [["2026-12-30"], ["2027-01-10", "2027-01-11", "2027-01-12"]]],
    ["dropped with all that come later", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20261230", "RRULE:FREQ=DAILY"], ["UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20261231", "STATUS:CANCELLED"]], [["2026-12-30"], []]],
    ["on further dates, and the one it begins with", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20261230", "RDATE;VALUE=DATE:20261231,20270101"]], [["2026-12-30", "2026-12-31"], ["2027-01-01"]]],
    ["in further periods", "America/Denver", [["UID:1", "DTSTART:20261230T200000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20270101T010000Z/PT2H"]], [["2026-12-30T20:00:00Z/2026-12-30T21:00:00Z", "2027-01-01T01:00:00Z/2027-01-01T03:00:00Z"], []]],
    ["but not on dates taken out, whatever zone they are written in", "Europe/Berlin", [["UID:1", "DTSTART;TZID=Europe/Berlin:20261230T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261231T110000Z", "EXDATE;VALUE=DATE:20270101"]], [["2026-12-30T11:00:00Z/2026-12-30T12:00:00Z"], ["2027-01-02T11:00:00Z/2027-01-02T12:00:00Z"]]],
    ["until a moment in UTC", "Asia/Tokyo", [["UID:1", "DTSTART;TZID=Asia/Tokyo:20261231T080000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20270101T230000Z"]], [["2026-12-30T23:00:00Z/2026-12-31T00:00:00Z"], ["2026-12-31T23:00:00Z/2027-01-01T00:00:00Z", "2027-01-01T23:00:00Z/2027-01-02T00:00:00Z"]]],
    ["at the desk's own time, where no zone is named", "Pacific/Auckland", [["UID:1", "DTSTART:20270101T003000", "DURATION:PT1H"]], [[], ["2026-12-31T11:30:00Z/2026-12-31T12:30:00Z"]]],
    ["each leap day", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY"]], [[], []]],
    ["each 31st", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:20260831", "RRULE:FREQ=MONTHLY;COUNT=4"]], [["2026-08-31", "2026-10-31", "2026-12-31"], ["2027-01-31"]]],
    ["each year since long ago", "Europe/Berlin", [["UID:1", "DTSTART;VALUE=DATE:19300101", "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"]], [["2026-01-01"], ["2027-01-01"]]],
  ];
  for (const [what, timezone, events, [first, second]] of cases) it(what, () => assert.deepEqual(closedIn(timezone, both, ...events.map((lines) => event(...lines))), { 2026: first, 2027: second }));

  it("whichever year is requested first", () => {
    const row = event("UID:1", "DTSTART:20200101T020000Z", "DURATION:PT2H", "RRULE:FREQ=YEARLY");
    assert.deepEqual(closedIn("Europe/Berlin", [2028], event("UID:1", "DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY"))[2028], ["2028-02-29"]);
    assert.deepEqual(closedIn("America/Denver", [2030, 2026], row)[2026], closedIn("America/Denver", [2026], row)[2026]);
  });
});

describe("The time zone that an event names", () => {
  const china = ["BEGIN:VTIMEZONE", "TZID:China Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE"].join("\r\n");
  const timed = (zone: string, day = "20260612"): string => event("UID:1", `DTSTART;TZID=${zone}:${day}T150000`, `DTEND;TZID=${zone}:${day}T170000`);
  const inChina = ["2026-06-12T07:00:00Z/2026-06-12T09:00:00Z"];

  it("is the definition in the file, under any name", () => {
    assert.deepEqual(closedIn("Europe/Berlin", [2026], china, timed("China Standard Time"))[2026], inChina);
    assert.deepEqual(closedIn("Europe/Berlin", [2026], china.replace("China Standard Time", "Our office"), timed("Our office"))[2026], inChina);
    // Also before the first rule that the file gives.
    assert.deepEqual(closedIn("Europe/Berlin", [2026], china.replace("China Standard Time", "Office").replace("16010101", "20300101"), timed("Office"))[2026], inChina);
  });

  it("is a Windows name if the file defines nothing", () => {
    assert.deepEqual(closedIn("Europe/Berlin", [2026], timed("China Standard Time"))[2026], inChina);
    assert.deepEqual(closedIn("America/Denver", [2026], timed("W. Europe Standard Time", "20261225"))[2026], ["2026-12-25T14:00:00Z/2026-12-25T16:00:00Z"]);
    assert.deepEqual(closedIn("America/Denver", [2026], timed("GMT Standard Time"))[2026], ["2026-06-12T14:00:00Z/2026-06-12T16:00:00Z"]);
  });

  it("is a name of the time zone database, also after a prefix", () => {
    for (const zone of ["Asia/Shanghai", "/citadel.org/20210210_1/Asia/Shanghai", "/freeassociation.sourceforge.net/Asia/Shanghai"]) assert.deepEqual(closedIn("Europe/Berlin", [2026], timed(zone))[2026], inChina);
  });

  it("is reported if unknown, and other events still count", () => {
    const text = calendar(timed("Customized Time Zone"), event("UID:2", "DTSTART;VALUE=DATE:20260613"));
    assert.deepEqual(problemsIn(text), ["unknownZone Customized Time Zone"]);
    assert.deepEqual(readClosures([{ kind: "calendar", path: "a.ics" }], new Map([["a.ics", text]]), "Europe/Berlin").closures(2026), [{ kind: "day", date: "2026-06-13" }]);
    assert.deepEqual(problemsIn(calendar("BEGIN:VTIMEZONE\r\nTZID:Empty\r\nEND:VTIMEZONE", timed("Empty"))), ["unknownZone Empty"]);
  });

  it("is reported with an event that is not supported", () => {
    assert.deepEqual(problemsIn(calendar(event("UID:1", "SUMMARY:Never", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), event("UID:2", "SUMMARY:Nothing"))).at(-1), "badEvent Nothing");
  });

  it("keeps its local time over a night in which the clock changes", () => {
    const nights = event("UID:1", "DTSTART;TZID=Europe/Berlin:20260328T220000", "DTEND;TZID=Europe/Berlin:20260329T060000", "RRULE:FREQ=DAILY;COUNT=2");
    assert.deepEqual(closedIn("Europe/Berlin", [2026], nights)[2026], ["2026-03-28T21:00:00Z/2026-03-29T04:00:00Z", "2026-03-29T20:00:00Z/2026-03-30T04:00:00Z"]);
  });
});

describe("A country's public holidays", () => {
  const of = (holiday: Holiday, year: number): readonly string[] => readClosures([holiday], new Map(), "UTC", data).closures(year).flatMap((closure) => (closure.kind === "day" ? [closure.date] : []));

  it("are those of the country, or of a region", () => {
    assert.ok(of({ kind: "country", country: "US" }, 2026).includes("2026-11-26"));
    const [england, scotland] = ["ENG", "SCT"].map((region) => of({ kind: "country", country: "GB", region }, 2026));
    assert.equal(england?.includes("2026-11-30"), false);
    assert.equal(scotland?.includes("2026-11-30"), true);
  });

  it("are observed in the year before if New Year's Day is a Saturday", () => {
    assert.deepEqual(of({ kind: "country", country: "US" }, 2021).filter((date) => date > "2021-12-26"), ["2021-12-31"]);
    assert.deepEqual(of({ kind: "country", country: "US" }, 2022).filter((date) => !date.startsWith("2022")), []);
  });

  it("report an unknown country or region", () => {
    const problems = (country: string, region?: string) => readClosures([{ kind: "country", country, ...(region === undefined ? {} : { region }) }], new Map(), "UTC", data).problems;
    assert.deepEqual(problems("QQ"), [{ kind: "unknownCountry", name: "QQ" }]);
    assert.deepEqual(problems("GB", "QQ"), [{ kind: "unknownRegion", name: "QQ" }]);
    assert.deepEqual(problems("GB", "sct"), []);
  });
});
