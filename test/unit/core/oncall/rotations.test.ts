import assert from 'node:assert/strict';
import { dateFrom } from '../../../../src/core/model/calendarDate';
import { deskRoles } from '../../../../src/core/model/desk';
import type { Shift } from '../../../../src/core/model/shift';
import { holdersAt, holdingAt, nextShifts, shiftAt, shiftsBetween } from '../../../../src/core/oncall/rotation';
import { deskOf, problemsOf } from '../desk/deskText';

// Los Angeles is UTC-8, from 8 March (02:00) to 1 November (02:00) 2026 UTC-7; London is UTC, from 29 March to 25 October 2026 UTC+1.
const people = "people: [{ login: ana }, { login: ben }, { login: cleo }]";

const losAngeles = (more: string): string => `timezone: America/Los_Angeles\n${people}\nrotation: { starts: 2026-01-05, ${more} }`;

function shown(shift: Shift | undefined): string {
  if (shift === undefined) return "nobody";
  const holders = Object.entries(shift.holders).map(([role, login]) => `${role}=${login}`);
  return [shift.from, shift.to, ...holders, ...(shift.rotation === undefined ? [] : [`(${shift.rotation})`])].join(" ");
}

function held(text: string, at: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(holdingAt(deskOf(text), at)).map(([role, { login, from, to }]) => [role, `${login} ${from} ${to}`]));
}

describe("Shifts that change in the morning", () => {
  const nine = losAngeles('changesAt: "09:00"');
  const cases: readonly (readonly [what: string, desk: string, at: string, shift: string])[] = [
    ["begin at that time", nine, "2026-01-05T17:00:00Z", "2026-01-05T17:00:00Z 2026-01-12T17:00:00Z primary=ana backup=ben"],
    ["have not begun one second before", nine, "2026-01-05T16:59:59Z", "nobody"],
    ["go on until the last second before it", nine, "2026-01-12T16:59:59Z", "2026-01-05T17:00:00Z 2026-01-12T17:00:00Z primary=ana backup=ben"],
    ["lose an hour with the clock", nine, "2026-03-09T15:59:59Z", "2026-03-02T17:00:00Z 2026-03-09T16:00:00Z primary=cleo backup=ana"],
    ["gain an hour with the clock", nine, "2026-11-02T16:59:59Z", "2026-10-26T16:00:00Z 2026-11-02T17:00:00Z primary=ana backup=ben"],
    ["go over the year's end", nine, "2027-01-01T00:00:00Z", "2026-12-28T17:00:00Z 2027-01-04T17:00:00Z primary=ana backup=ben"],
    // 02:30 does not exist on 8 March: half past three, 10:30Z, is as much later.
    ["begin as much later where the clock skips their time", losAngeles('changesAt: "02:30", every: 1d').replace("2026-01-05", "2026-03-07"), "2026-03-08T10:30:00Z", "2026-03-08T10:30:00Z 2026-03-09T09:30:00Z primary=ben backup=cleo"],
    ["have not begun before that", losAngeles('changesAt: "02:30", every: 1d').replace("2026-01-05", "2026-03-07"), "2026-03-08T10:29:59Z", "2026-03-07T10:30:00Z 2026-03-08T10:30:00Z primary=ana backup=ben"],
    // 01:30 comes twice on 1 November, first at 08:30Z.
    ["begin at the first of two", losAngeles('changesAt: "01:30", every: 1d').replace("2026-01-05", "2026-10-31"), "2026-11-01T08:30:00Z", "2026-11-01T08:30:00Z 2026-11-02T09:30:00Z primary=ben backup=cleo"],
    ["stay begun at the second of two", losAngeles('changesAt: "01:30", every: 1d').replace("2026-01-05", "2026-10-31"), "2026-11-01T09:30:00Z", "2026-11-01T08:30:00Z 2026-11-02T09:30:00Z primary=ben backup=cleo"],
    ["begin on a leap day in London", `timezone: Europe/London\n${people}\nrotation: { starts: 2028-02-28, every: 1d, roles: [primary], changesAt: "08:00" }`, "2028-02-29T08:00:00Z", "2028-02-29T08:00:00Z 2028-03-01T08:00:00Z primary=ben"],
    ["begin an hour earlier in London's summer", `timezone: Europe/London\n${people}\nrotation: { starts: 2026-03-28, every: 1d, roles: [primary], changesAt: "08:00" }`, "2026-03-29T07:00:00Z", "2026-03-29T07:00:00Z 2026-03-30T07:00:00Z primary=ben"],
  ];
  for (const [what, desk, at, expected] of cases) it(what, () => assert.equal(shown(shiftAt(deskOf(desk), at)), expected));

  it("apply to the days of an override too", () => {
    assert.deepEqual(nextShifts(deskOf(losAngeles('changesAt: "09:00", overrides: [{ from: 2026-01-06, to: 2026-01-07, primary: cleo }]')), "2026-01-05T00:00:00Z", 3).map(shown), [
      "2026-01-05T17:00:00Z 2026-01-06T17:00:00Z primary=ana backup=ben",
      "2026-01-06T17:00:00Z 2026-01-08T17:00:00Z primary=cleo backup=ben",
      "2026-01-08T17:00:00Z 2026-01-12T17:00:00Z primary=ana backup=ben",
    ]);
  });
});

describe("Parts of the day", () => {
  const support = `timezone: Europe/London\n${people}\nrotations:\n  morning: { starts: 2026-03-23, every: 1d, from: 08:00, to: 13:00, days: Mon-Fri }\n  afternoon: { starts: 2026-03-23, from: 13:00, to: 18:00, days: Mon-Fri, people: [ben, cleo], roles: [afternoon, deputy] }`;
  const night = `timezone: Europe/London\n${people}\nrotation: { starts: 2026-03-23, from: 20:00, to: 08:00, roles: [night] }`;

  it("are held by different people, each in a role of its own", () => {
    assert.deepEqual(held(support, "2026-03-24T08:00:00Z"), { morning: "ben 2026-03-24T08:00:00Z 2026-03-24T13:00:00Z" });
    assert.deepEqual(held(support, "2026-03-24T13:00:00Z"), { afternoon: "ben 2026-03-24T13:00:00Z 2026-03-24T18:00:00Z", deputy: "cleo 2026-03-24T13:00:00Z 2026-03-24T18:00:00Z" });
  });

  it("have nobody on call before, after and at the weekend", () => {
    for (const at of ["2026-03-24T07:59:59Z", "2026-03-24T18:00:00Z", "2026-03-28T10:00:00Z"]) assert.deepEqual([held(support, at), holdersAt(deskOf(support), at), shown(shiftAt(deskOf(support), at))], [{}, {}, "nobody"]);
  });

  it("keep their local time when the clock changes", () => {
    assert.deepEqual(held(support, "2026-03-30T07:00:00Z"), { morning: "cleo 2026-03-30T07:00:00Z 2026-03-30T12:00:00Z" });
    assert.deepEqual(held(support, "2026-03-30T06:59:59Z"), {});
  });

  it("can extend past midnight, also over a clock change and a shift change", () => {
    assert.deepEqual(held(night, "2026-03-28T21:00:00Z"), { night: "ana 2026-03-28T20:00:00Z 2026-03-29T07:00:00Z" });
    assert.deepEqual(held(night, "2026-03-30T06:59:59Z"), { night: "ana 2026-03-29T19:00:00Z 2026-03-30T07:00:00Z" });
    assert.deepEqual(held(night, "2026-03-30T19:00:00Z"), { night: "ben 2026-03-30T19:00:00Z 2026-03-31T07:00:00Z" });
  });

  it("end or start at midnight when only one time is given", () => {
    const text = (part: string): string => `${people}\nrotation: { starts: 2026-01-05, roles: [one], ${part} }`;
    assert.deepEqual(held(text("from: 13:00"), "2026-01-06T20:00:00Z"), { one: "ana 2026-01-06T13:00:00Z 2026-01-07T00:00:00Z" });
    assert.deepEqual(held(text("to: 13:00"), "2026-01-06T10:00:00Z"), { one: "ana 2026-01-06T00:00:00Z 2026-01-06T13:00:00Z" });
    assert.deepEqual(held(text("days: Mon-Fri"), "2026-01-06T10:00:00Z"), { one: "ana 2026-01-05T00:00:00Z 2026-01-10T00:00:00Z" });
  });

  it("are found as the next shifts", () => {
    assert.deepEqual(nextShifts(deskOf(support), "2026-03-27T09:00:00Z", 2).map(shown), [
      "2026-03-30T07:00:00Z 2026-03-30T12:00:00Z morning=cleo (morning)",
      "2026-03-31T07:00:00Z 2026-03-31T12:00:00Z morning=ana (morning)",
    ]);
  });
});

describe("Several rotations", () => {
  const layers = `${people}\nrotation: { starts: 2026-01-05 }\nrotations:\n  second-line: { starts: 2026-01-07, every: 2w, people: [cleo, ana] }`;

  it("resolve each role by its own shifts", () => {
    assert.deepEqual(held(layers, "2026-01-08T00:00:00Z"), {
      primary: "ana 2026-01-05T00:00:00Z 2026-01-12T00:00:00Z",
      backup: "ben 2026-01-05T00:00:00Z 2026-01-12T00:00:00Z",
      "second-line": "cleo 2026-01-07T00:00:00Z 2026-01-21T00:00:00Z",
    });
  });

  it("are listed together by start, including those that overlap the first and last day", () => {
    assert.deepEqual(shiftsBetween(deskOf(layers), dateFrom("2026-01-11"), dateFrom("2026-01-12")).map(shown), [
      "2026-01-05T00:00:00Z 2026-01-12T00:00:00Z primary=ana backup=ben",
      "2026-01-07T00:00:00Z 2026-01-21T00:00:00Z second-line=cleo (second-line)",
      "2026-01-12T00:00:00Z 2026-01-19T00:00:00Z primary=ben backup=cleo",
    ]);
  });

  it("have roles that runbooks can mention", () => assert.deepEqual(deskRoles(deskOf(layers)), ["primary", "backup", "second-line", "lead", "communications", "scribe"]));

  it("are empty before they start, and for an empty span of time", () => {
    assert.deepEqual(shiftsBetween(deskOf(layers), dateFrom("2026-01-01"), dateFrom("2026-01-04")), []);
    assert.deepEqual(shiftsBetween(deskOf(layers), dateFrom("2026-01-12"), dateFrom("2026-01-10")), []);
    assert.deepEqual(held(layers, "2026-01-04T23:59:59Z"), {});
  });

  it("include the night before the first day", () => {
    const night = `${people}\nrotation: { starts: 2026-01-05, every: 1d, roles: [night], from: 20:00, to: 08:00 }`;
    assert.deepEqual(shiftsBetween(deskOf(night), dateFrom("2026-01-07"), dateFrom("2026-01-07")).map(shown), [
      "2026-01-06T20:00:00Z 2026-01-07T08:00:00Z night=ben",
      "2026-01-07T20:00:00Z 2026-01-08T08:00:00Z night=cleo",
    ]);
  });

  it("have no role in common, and report shared roles", () => {
    assert.deepEqual(problemsOf(`${layers.replace("second-line:", "backup:")}`), ["error duplicateName backup"]);
    assert.deepEqual(problemsOf(layers.replace("every: 2w", "roles: [other, primary]")), ["error duplicateName primary"]);
  });

  it("report problems in them", () => {
    assert.deepEqual(problemsOf(layers.replace("every: 2w", "changesAt: 9")), ["error wrongType changesAt"]);
    assert.deepEqual(problemsOf(layers.replace("every: 2w", "changesAt: 9:00")), ["error badTime 9:00"]);
    assert.deepEqual(problemsOf(layers.replace("every: 2w", "days: Monday")), ["error badHours Monday"]);
    assert.deepEqual(problemsOf(layers.replace("every: 2w", "overrides: [{ from: 2026-02-01, to: 2026-01-01, primary: dan }]")), ["error badDate 2026-01-01", "warning unknownRole primary", "warning unknownPerson dan"]);
  });
});

describe("A holding", () => {
  const covered = losAngeles("overrides: [{ from: 2026-01-06, to: 2026-01-07, primary: cleo }, { from: 2026-01-09, to: 2026-01-09, backup: cleo }]");

  it("is not ended by an override of another role", () => {
    assert.deepEqual(held(covered, "2026-01-05T12:00:00Z"), { primary: "ana 2026-01-05T08:00:00Z 2026-01-06T08:00:00Z", backup: "ben 2026-01-05T08:00:00Z 2026-01-09T08:00:00Z" });
    assert.deepEqual(held(covered, "2026-01-09T12:00:00Z"), { primary: "ana 2026-01-08T08:00:00Z 2026-01-12T08:00:00Z", backup: "cleo 2026-01-09T08:00:00Z 2026-01-10T08:00:00Z" });
  });

  it("is ended by an override of its own role", () => {
    assert.deepEqual(held(covered, "2026-01-07T12:00:00Z"), { primary: "cleo 2026-01-06T08:00:00Z 2026-01-08T08:00:00Z", backup: "ben 2026-01-05T08:00:00Z 2026-01-09T08:00:00Z" });
  });

  it("ends with its shift, even when the same person continues", () => {
    assert.equal(held(losAngeles("people: [ana], roles: [primary]"), "2026-01-05T12:00:00Z")["primary"], "ana 2026-01-05T08:00:00Z 2026-01-12T08:00:00Z");
  });
});

describe("A planned shift", () => {
  const planned = (more = ""): string => losAngeles(`planned: { 2026-01-12: { primary: cleo, backup: ana } }${more}`);

  it("is held by the people named for it, and the order continues after it", () => {
    assert.deepEqual(nextShifts(deskOf(planned()), "2026-01-05T07:00:00Z", 3).map(shown), [
      "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben",
      "2026-01-12T08:00:00Z 2026-01-19T08:00:00Z primary=cleo backup=ana",
      "2026-01-19T08:00:00Z 2026-01-26T08:00:00Z primary=cleo backup=ana",
    ]);
  });

  it("is superseded by an override, whose person then holds no second role", () => {
    assert.equal(
      shown(shiftAt(deskOf(planned(", overrides: [{ from: 2026-01-13, to: 2026-01-13, primary: ana }]")), "2026-01-13T08:00:00Z")),
      "2026-01-13T08:00:00Z 2026-01-14T08:00:00Z primary=ana backup=cleo",
    );
  });

  it("leaves an unnamed role to the next in order", () => {
    assert.equal(shown(shiftAt(deskOf(losAngeles("planned: { 2026-01-12: { backup: ben } }")), "2026-01-12T08:00:00Z")), "2026-01-12T08:00:00Z 2026-01-19T08:00:00Z primary=cleo backup=ben");
    assert.equal(shown(shiftAt(deskOf(losAngeles("planned: { 2026-01-12: }")), "2026-01-12T08:00:00Z")), "2026-01-12T08:00:00Z 2026-01-19T08:00:00Z primary=ben backup=cleo");
  });

  it("must start with a shift, and name existing people and roles", () => {
    assert.deepEqual(problemsOf(losAngeles("planned: { 2026-01-13: { primary: dan, boss: ana } }")), ["warning noTurn 2026-01-13", "warning unknownPerson dan", "warning unknownRole boss"]);
    assert.deepEqual(problemsOf(losAngeles("planned: { 2025-12-29: { primary: ana } }")), ["warning noTurn 2025-12-29"]);
    assert.deepEqual(problemsOf(losAngeles("planned: { 2026-02-30: { primary: ana } }")), ["error badDate 2026-02-30"]);
    assert.deepEqual(problemsOf(losAngeles("planned: { soon: { primary: ana } }")), ["error badDate soon"]);
  });
});
