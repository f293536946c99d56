import fc from 'fast-check';
import assert from 'node:assert/strict';
import { addDays, dayOfWeek } from 'temporal-polyfill/fns/PlainDate';
import { dateFrom, dateText } from '../../../../src/core/model/calendarDate';
import type { Desk, Rotation } from '../../../../src/core/model/desk';
import { planShifts } from '../../../../src/core/oncall/planning/planShifts';
import { holdersAt, shiftsBetween } from '../../../../src/core/oncall/rotation';
import { scheduleCalendar } from '../../../../src/core/oncall/scheduleCalendar';
import { scheduleQuality } from '../../../../src/core/oncall/scheduleQuality';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleDesk } from '../../../support/sampleDesk';
import { deskOf } from '../desk/deskText';

/** Who is primary on each day of some shifts, with the day. */
function primaries(desk: Desk, from: string, to: string): readonly string[] {
  return shiftsBetween(desk, dateFrom(from), dateFrom(to)).map((shift) => `${shift.from.slice(5, 10)} ${shift.holders["primary"] ?? "nobody"}`);
}

const seven = "people: [{ login: a1 }, { login: a2 }, { login: a3 }, { login: a4 }, { login: a5 }, { login: a6 }, { login: a7 }]";

const three = "people: [{ login: ana }, { login: ben }, { login: cy }]";

describe("The order of a rotation", () => {
  it("does not advance in a shift without working days", () => {
    const desk = deskOf(`${seven}\nrotation: { starts: 2026-06-01, every: 1d, days: Mon-Fri, roles: [primary] }`);
    const names = primaries(desk, "2026-06-01", "2026-06-12").map((line) => line.slice(6)).join(" ");
    assert.equal(names, "a1 a2 a3 a4 a5 a6 a7 a1 a2 a3");
  });

  it("starts with the first working day, if that is not the day on which the rotation starts", () => {
    const desk = deskOf(`${three}\nrotation: { starts: 2026-06-06, every: 1d, days: Mon-Fri, roles: [primary] }`);
    assert.deepEqual(primaries(desk, "2026-06-06", "2026-06-09"), ["06-08 ana", "06-09 ben"]);
  });

  it("counts on-call hours past midnight as part of the day on which they start", () => {
    const desk = deskOf(`${three}\nrotation: { starts: 2026-06-01, every: 1d, days: Fri, from: 20:00, to: 08:00, roles: [primary] }`);
    assert.deepEqual(primaries(desk, "2026-06-01", "2026-06-30"), ["06-05 ana", "06-12 ben", "06-19 cy", "06-26 ana"]);
  });

  it("skips only people who are away on all working days", () => {
    const week = (away: string): string => `people: [{ login: ana, away: [${away}] }, { login: ben }, { login: cy }]\nrotation: { starts: 2026-06-08, every: 1w, days: Mon-Fri, from: 09:00, to: 17:00, roles: [primary] }`;
    const holder = (away: string): string => holdersAt(deskOf(week(away)), "2026-06-10T12:00:00Z")["primary"] ?? "nobody";
    assert.equal(holder("2026-06-08/2026-06-12"), "ben");
    assert.equal(holder("2026-06-08/2026-06-09, 2026-06-10/2026-06-20"), "ben");
    assert.equal(holder("2026-06-09/2026-06-12"), "ana");
    assert.equal(holder("2026-06-08/2026-06-11"), "ana");
    assert.equal(holder("2026-06-08, 2026-06-09, 2026-06-11, 2026-06-12"), "ana");
  });

  it("does not count the morning after the last day of a shift", () => {
    const nights = `people: [{ login: ana, away: [2026-06-08/2026-06-12] }, { login: ben }]\nrotation: { starts: 2026-06-08, every: 1w, days: Mon-Fri, from: 22:00, to: 06:00, roles: [primary] }`;
    assert.deepEqual(holdersAt(deskOf(nights), "2026-06-13T03:00:00Z"), { primary: "ben" });
  });

  it("is the same for the planner, the schedule quality and the calendar", () => {
    const desk = deskOf(`${seven}\nrotation: { starts: 2026-06-01, every: 1d, days: Mon-Fri, roles: [primary] }`);
    assert.deepEqual(scheduleQuality(desk, "2026-06-01", "2026-06-30").flaws, []);
    assert.deepEqual(scheduleQuality(desk, "2026-06-01", "2026-06-09").loads[0]?.people.map(({ shifts }) => shifts), [1, 1, 1, 1, 1, 1, 1]);
    const calendar = scheduleCalendar(shiftsBetween(desk, dateFrom("2026-06-05"), dateFrom("2026-06-08")), desk, "2026-06-01T00:00:00Z");
    assert.deepEqual(calendar.match(/SUMMARY:.*(?=\r)/g), ["SUMMARY:a5 (primary)", "SUMMARY:a6 (primary)"]);
    const plan = planShifts(desk, { from: "2026-06-06", shifts: 1 });
    assert.deepEqual(plan?.shifts.map(({ starts }) => starts), ["2026-06-08"]);
    assert.deepEqual(plan?.loads.filter(({ before }) => before === 0).map(({ login }) => login), ["a6", "a7"]);
  });

  it("lets the planner treat an override of all working days as one of the whole shift", () => {
    const desk = deskOf(`${three}\nrotation: { starts: 2026-06-01, every: 1w, days: Mon-Fri, roles: [primary], overrides: [{ from: 2026-06-08, to: 2026-06-12, primary: cy }] }`);
    assert.deepEqual(planShifts(desk, { from: "2026-06-08", shifts: 1 })?.shifts[0]?.choices, [{ role: "primary", login: "cy", reasons: [{ kind: "override" }] }]);
  });
});

describe("A first and a last day", () => {
  const week = (people: string, more = ""): Desk => deskOf(`people: [${people}]\nrotation: { starts: 2026-01-05, every: 1w, roles: [primary]${more} }`);

  it("add a new person behind those who were there, and keep every earlier shift", () => {
    const [before, after] = [week("{ login: ana }, { login: ben }, { login: cy }"), week("{ login: ana }, { login: ben }, { login: cy }, { login: new, from: 2026-06-15 }")];
    assert.deepEqual(holdersAt(after, "2026-06-10T12:00:00Z"), { primary: "ben" });
    assert.deepEqual(primaries(after, "2026-01-05", "2026-06-14"), primaries(before, "2026-01-05", "2026-06-14"));
    assert.deepEqual(primaries(after, "2026-06-15", "2026-07-12"), ["06-15 cy", "06-22 new", "06-29 ana", "07-06 ben"]);
  });

  it("count from the next shift if the first day is within one", () => {
    assert.deepEqual(primaries(week("{ login: new, from: 2026-06-17 }, { login: ana }, { login: ben }, { login: cy }"), "2026-06-15", "2026-07-05"), ["06-15 cy", "06-22 new", "06-29 ana"]);
  });

  it("remove a person after their last shift, and the order continues from there", () => {
    assert.deepEqual(primaries(week("{ login: ana }, { login: ben, until: 2026-06-10 }, { login: cy }"), "2026-06-01", "2026-07-05"), ["06-01 ana", "06-08 ben", "06-15 cy", "06-22 ana", "06-29 cy"]);
  });

  it("report a person who leaves during their last shift", () => {
    const { flaws } = scheduleQuality(week("{ login: ana }, { login: ben, until: 2026-06-10 }, { login: cy }"), "2026-06-08", "2026-06-14");
    assert.deepEqual(flaws, [{ kind: "away", role: "primary", login: "ben", from: "2026-06-11T00:00:00Z", to: "2026-06-15T00:00:00Z", whole: false }]);
  });

  it("can apply to one rotation only", () => {
    const desk = deskOf("people: [{ login: ana }, { login: ben }, { login: cy }]\nrotation: { starts: 2026-01-05, roles: [primary], people: [ana, { login: ben, from: 2026-01-19 }] }\nrotations:\n  second: { starts: 2026-01-05, people: [ben, cy] }");
    assert.deepEqual(holdersAt(desk, "2026-01-12T12:00:00Z"), { primary: "ana", second: "cy" });
    assert.deepEqual(holdersAt(desk, "2026-01-19T12:00:00Z"), { primary: "ben", second: "ben" });
  });

  it("leave nobody when everybody has left, and support the limits of time", () => {
    assert.deepEqual(primaries(week("{ login: ana, from: 0001-01-01, until: 2026-01-11 }"), "2026-01-05", "2026-01-18"), ["01-05 ana", "01-12 nobody"]);
    assert.deepEqual(primaries(week("{ login: ana, until: 9999-12-31 }, { login: ben, from: 9999-12-31 }"), "2026-01-12", "2026-01-12"), ["01-12 ana"]);
  });

  it("are respected by the planner", () => {
    const desk = week("{ login: ana }, { login: ben, until: 2026-01-18 }, { login: new, from: 2026-01-26 }");
    const plan = planShifts(desk, { from: "2026-01-05", shifts: 6 });
    assert.deepEqual(plan?.shifts.slice(2).filter(({ holders }) => holders["primary"] === "ben"), []);
    assert.deepEqual(plan?.shifts.slice(0, 3).filter(({ holders }) => holders["primary"] === "new"), []);
  });
});

// The rules again, day by day and without counting: the oracle for every rotation.

interface Member {
  readonly login: string;
  readonly from: string;
  readonly until: string;
}

function slowPrimaries(rotation: Rotation, members: readonly Member[], days: number): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const length = rotation.every.amount * (rotation.every.unit === "w" ? 7 : 1);
  let last: string | undefined;
  for (let number = 0; number * length < days; number += 1) {
    const dates = Array.from({ length }, (_, step) => addDays(dateFrom(rotation.starts), number * length + step)).filter((day) => rotation.days?.includes(dayOfWeek(day)) !== false);
    const [first] = dates;
    if (first === undefined) continue;
    const place = members.findIndex(({ login }) => login === last);
    const inTurn = [...members.slice(place + 1), ...members.slice(0, place + 1)];
    const holder = inTurn.find(({ from, until }) => from <= dateText(first) && dateText(first) <= until)?.login;
    for (const day of dates) found.set(dateText(day), holder);
    last = holder ?? last;
  }
  return found;
}

describe("Every rotation", () => {
  const dates = fc.integer({ min: 0, max: 120 }).map((day) => dateText(addDays(dateFrom("2026-01-01"), day)));
  const members: fc.Arbitrary<readonly Member[]> = fc.uniqueArray(fc.record({ login: fc.constantFrom("a", "b", "c", "d", "e", "f"), from: fc.option(dates, { freq: 2, nil: "0000-01-01" }), until: fc.option(dates, { freq: 2, nil: "9999-12-31" }) }), { selector: ({ login }) => login, minLength: 1 });
  const rotations = fc.record({
    starts: dates,
    every: fc.record({ amount: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom("d" as const, "w" as const) }),
    days: fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: undefined }),
  });
  const deskFor = (shape: { starts: string; every: Rotation["every"]; days: number[] | undefined }, people: readonly Member[]): Desk & { rotation: Rotation } => ({
    ...sampleDesk,
    timezone: "UTC",
    people: people.map(({ login }) => ({ login, experienced: false, roles: [], away: [] })),
    rotation: { starts: shape.starts, every: shape.every, ...(shape.days === undefined ? {} : { days: shape.days }), dayStarts: "00:00", roles: ["primary"], people: people.map(({ login }) => login), terms: people, planned: [], overrides: [] },
  });
  const byDay = (desk: Desk & { rotation: Rotation }, days: number): ReadonlyMap<string, string | undefined> => {
    const first = dateFrom(desk.rotation.starts);
    const all = Array.from({ length: days }, (_, step) => dateText(addDays(first, step)));
    const shifts = shiftsBetween(desk, first, addDays(first, days - 1));
    return new Map(all.flatMap((day) => shifts.filter(({ from, to }) => from.slice(0, 10) <= day && day < to.slice(0, 10)).map(({ holders }) => [day, holders["primary"]] as const)));
  };

  it("follows the rules, day by day", () => {
    fc.assert(
      fc.property(rotations, members, (shape, people) => {
        const desk = deskFor(shape, people);
        const length = shape.every.amount * (shape.every.unit === "w" ? 7 : 1);
        const days = Math.ceil(90 / length) * length;
        assert.deepEqual([...byDay(desk, days)], [...slowPrimaries(desk.rotation, people, days)]);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it("keeps everybody's shifts before the first day of a person who is added, wherever they are in the list", () => {
    fc.assert(
      fc.property(rotations, members, dates, fc.nat(6), (shape, people, from, at) => {
        const added = [...people].toSpliced(at, 0, { login: "new", from, until: "9999-12-31" });
        const [before, after] = [byDay(deskFor(shape, people), 100), byDay(deskFor(shape, added), 100)];
        for (const [day, login] of before) if (day < from) assert.equal(after.get(day), login, day);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it("keeps everybody's shifts up to the last day of a person who leaves", () => {
    fc.assert(
      fc.property(rotations, members, dates, (shape, people, until) => {
        const left = people.map((one, index) => (index === 0 && until < one.until ? { ...one, until } : one));
        const [before, after] = [byDay(deskFor(shape, people), 100), byDay(deskFor(shape, left), 100)];
        for (const [day, login] of before) if (day <= until) assert.equal(after.get(day), login, day);
      }),
      { numRuns: propertyRuns(60) },
    );
  });
});
