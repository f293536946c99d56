import assert from 'node:assert/strict';
import { businessTime, holidaysBetween } from '../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import type { Desk } from '../../../../src/core/model/desk';
import { roleShift } from '../../../../src/core/oncall/rotation';
import { onCallDays } from '../../../../src/core/oncall/scheduleDays';

function deskOf(text: string): Desk {
  return parseDesk(`timezone: America/Los_Angeles\npeople: [{ login: ana }, { login: ben }, { login: cleo }]\n${text}`).desk ?? assert.fail("broken desk");
}

describe("onCallDays", () => {
  it("returns whole days without times, and both holders if the shift changes within the day", () => {
    const desk = deskOf("rotation: { starts: 2026-11-16, every: 1w, changesAt: '08:00', people: [ana, ben], roles: [primary] }");
    assert.deepEqual(onCallDays(desk, "2026-11-22", "2026-11-24"), [
      { date: "2026-11-22", parts: [{ role: "primary", login: "ana" }] },
      { date: "2026-11-23", parts: [{ role: "primary", login: "ana", to: "08:00" }, { role: "primary", login: "ben", from: "08:00" }] },
      { date: "2026-11-24", parts: [{ role: "primary", login: "ben" }] },
    ]);
  });

  it("joins parts that an override of another role splits, includes gaps, and has nothing before the first shift", () => {
    const desk = deskOf("rotation: { starts: 2026-11-16, every: 1w, people: [ana], roles: [primary, backup], overrides: [{ from: 2026-11-17T12:00, to: 2026-11-17T13:00, backup: cleo }] }");
    assert.deepEqual(onCallDays(desk, "2026-11-15", "2026-11-17"), [
      { date: "2026-11-15", parts: [] },
      { date: "2026-11-16", parts: [{ role: "primary", login: "ana" }, { role: "backup" }] },
      {
        date: "2026-11-17",
        parts: [{ role: "primary", login: "ana" }, { role: "backup", to: "12:00" }, { role: "backup", login: "cleo", from: "12:00", to: "13:00" }, { role: "backup", from: "13:00" }],
      },
    ]);
  });

  it("only includes days with on-call hours and each rotation's own roles", () => {
    const desk = deskOf("rotation: { starts: 2026-11-16, every: 1w, days: Mon-Fri, from: '09:00', to: '17:00', people: [ana], roles: [primary] }\nrotations:\n  night: { starts: 2026-11-16, every: 1w, people: [ben], roles: [night] }");
    assert.deepEqual(onCallDays(desk, "2026-11-20", "2026-11-21"), [
      { date: "2026-11-20", parts: [{ role: "primary", login: "ana", from: "09:00", to: "17:00" }, { role: "night", login: "ben" }] },
      { date: "2026-11-21", parts: [{ role: "night", login: "ben" }] },
    ]);
  });
});

describe("holidaysBetween", () => {
  it("returns dates that the desk lists, and closed days with business hours, but no weekends", () => {
    const desk = deskOf('hours: { Mon-Fri: ["09:00-17:00"] }\nholidays: [2026-11-26]\nexceptions: { 2026-11-27: [] }');
    assert.deepEqual([...holidaysBetween(desk, businessTime(desk, () => [{ kind: "day", date: "2026-11-30" }]), "2026-11-20", "2026-12-01")], ["2026-11-26", "2026-11-27", "2026-11-30"]);
  });

  it("returns listed dates of a desk without hours", () => {
    const desk = deskOf("holidays: [2026-11-26, 2027-01-01]");
    assert.deepEqual([...holidaysBetween(desk, businessTime(desk), "2026-11-20", "2026-12-01")], ["2026-11-26"]);
  });
});

describe("roleShift", () => {
  const desk = deskOf("rotation: { starts: 2026-11-16, every: 1w, people: [ana, ben], roles: [primary], overrides: [{ from: 2026-11-24, to: 2026-11-28, primary: cleo }] }");
  const { rotation } = desk;
  if (rotation === undefined) throw new Error("The desk of this test has no rotation");

  it("returns the person with most of the shift", () => {
    assert.deepEqual(roleShift(desk, rotation, "primary", 1), { from: "2026-11-23", to: "2026-11-29", login: "cleo" });
  });

  it("is undefined before the first shift, and for a role that nobody holds", () => {
    assert.equal(roleShift(desk, rotation, "primary", -1), undefined);
    assert.equal(roleShift(desk, rotation, "backup", 0), undefined);
  });
});
