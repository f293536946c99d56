import assert from 'node:assert/strict';
import type { Shift } from '../../../../src/core/model/shift';
import { firstRoleOnCall, holdersAt, nextShift, nextShifts, shiftAt } from '../../../../src/core/oncall/rotation';
import { deskOf } from '../desk/deskText';

// Los Angeles is UTC-8, from 8 March to 1 November 2026 UTC-7; London is UTC, from 29 March to 25 October 2026 UTC+1.
const losAngeles = (more = "", people = "{ login: ana }, { login: ben }, { login: cleo }", every = "1w"): string =>
  `timezone: America/Los_Angeles\npeople: [${people}]\nrotation: { starts: 2026-01-05, every: ${every}, roles: [primary, backup]${more} }`;

const london = "timezone: Europe/London\npeople: [{ login: ana }, { login: ben }]\nrotation: { starts: STARTS, every: 1d, roles: [primary] }";

function shown(shift: Shift | undefined): string {
  if (shift === undefined) return "nobody";
  return `${shift.from} ${shift.to} ${Object.entries(shift.holders).map(([role, login]) => `${role}=${login}`).join(" ")}`.trim();
}

describe("Who is on call", () => {
  const cases: readonly (readonly [what: string, desk: string, at: string, shift: string])[] = [
    ["one second before the first turn", losAngeles(), "2026-01-05T07:59:59Z", "nobody"],
    ["as the first shift starts", losAngeles(), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben"],
    ["in its last second", losAngeles(), "2026-01-12T07:59:59Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben"],
    ["as the backup becomes primary", losAngeles(), "2026-01-12T08:00:00Z", "2026-01-12T08:00:00Z 2026-01-19T08:00:00Z primary=ben backup=cleo"],
    ["in the week that loses an hour", losAngeles(), "2026-03-08T12:00:00Z", "2026-03-02T08:00:00Z 2026-03-09T07:00:00Z primary=cleo backup=ana"],
    ["in the week that gains an hour", losAngeles(), "2026-11-02T07:59:59Z", "2026-10-26T07:00:00Z 2026-11-02T08:00:00Z primary=ana backup=ben"],
    ["over the year's end", losAngeles(), "2027-01-01T00:00:00Z", "2026-12-28T08:00:00Z 2027-01-04T08:00:00Z primary=ana backup=ben"],
    ["after the year's end", losAngeles(), "2027-01-04T08:00:00Z", "2027-01-04T08:00:00Z 2027-01-11T08:00:00Z primary=ben backup=cleo"],
    ["in shifts of two weeks", losAngeles("", undefined, "2w"), "2026-01-19T08:00:00Z", "2026-01-19T08:00:00Z 2026-02-02T08:00:00Z primary=ben backup=cleo"],
    ["on a leap day", london.replace("STARTS", "2028-02-28"), "2028-02-29T12:00:00Z", "2028-02-29T00:00:00Z 2028-03-01T00:00:00Z primary=ben"],
    ["on London's day of 23 hours", london.replace("STARTS", "2026-03-28"), "2026-03-29T22:59:59Z", "2026-03-29T00:00:00Z 2026-03-29T23:00:00Z primary=ben"],
    ["on London's day of 25 hours", london.replace("STARTS", "2026-10-24"), "2026-10-25T23:59:59Z", "2026-10-24T23:00:00Z 2026-10-26T00:00:00Z primary=ben"],
    ["in the order the rotation names", losAngeles(", people: [cleo, ana]"), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=cleo backup=ana"],
    ["passing over who is away all week", losAngeles("", '{ login: ana, away: ["2026-01-05/2026-01-11"] }, { login: ben }, { login: cleo }'), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ben backup=cleo"],
    ["passing over who is away in two parts", losAngeles("", '{ login: ana, away: [2026-01-08/2026-01-20, 2026-01-01/2026-01-07] }, { login: ben }, { login: cleo }'), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ben backup=cleo"],
    ["not passing over who is there one day", losAngeles("", '{ login: ana, away: ["2026-01-05/2026-01-10"] }, { login: ben }, { login: cleo }'), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben"],
    ["not passing over who leaves in the middle", losAngeles("", '{ login: ana, away: ["2026-01-08/2026-01-20"] }, { login: ben }, { login: cleo }'), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben"],
    ["with nobody twice", losAngeles("", "{ login: ana }"), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ana"],
    ["with everybody away", losAngeles("", "{ login: ana, away: [2026-01-01/2026-02-01] }"), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z"],
    ["with no people at all", losAngeles("", ""), "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z"],
    ["without a rotation", "team: A", "2026-01-05T08:00:00Z", "nobody"],
  ];
  for (const [what, desk, at, expected] of cases) {
    it(what, () => assert.equal(shown(shiftAt(deskOf(desk), at)), expected));
  }
});

describe("An override", () => {
  const withOverrides = (...overrides: string[]): string => losAngeles(`, overrides: [${overrides.join(", ")}]`);
  const shiftsFrom = (desk: string, count: number): readonly string[] => nextShifts(deskOf(desk), "2026-01-05T07:00:00Z", count).map(shown);

  it("in days applies from the first day to the end of the last", () => {
    assert.deepEqual(shiftsFrom(withOverrides("{ from: 2026-01-06, to: 2026-01-07, primary: cleo }"), 4), [
      "2026-01-05T08:00:00Z 2026-01-06T08:00:00Z primary=ana backup=ben",
      "2026-01-06T08:00:00Z 2026-01-08T08:00:00Z primary=cleo backup=ben",
      "2026-01-08T08:00:00Z 2026-01-12T08:00:00Z primary=ana backup=ben",
      "2026-01-12T08:00:00Z 2026-01-19T08:00:00Z primary=ben backup=cleo",
    ]);
  });

  it("in local times applies for an hour", () => {
    assert.equal(
      shown(shiftAt(deskOf(withOverrides("{ from: 2026-01-06T12:00, to: 2026-01-06T13:00, backup: cleo }")), "2026-01-06T20:59:59Z")),
      "2026-01-06T20:00:00Z 2026-01-06T21:00:00Z primary=ana backup=cleo",
    );
  });

  it("in local times follows the clock over its change", () => {
    assert.equal(
      shown(shiftAt(deskOf(withOverrides("{ from: 2026-03-07T22:00, to: 2026-03-08T06:00, primary: ben }")), "2026-03-08T12:59:59Z")),
      "2026-03-08T06:00:00Z 2026-03-08T13:00:00Z primary=ben backup=ana",
    );
  });

  it("across two shifts is split", () => {
    assert.deepEqual(shiftsFrom(withOverrides("{ from: 2026-01-11, to: 2026-01-12, backup: ana }"), 4).slice(1, 3), [
      "2026-01-11T08:00:00Z 2026-01-12T08:00:00Z primary=ben backup=ana",
      "2026-01-12T08:00:00Z 2026-01-13T08:00:00Z primary=ben backup=ana",
    ]);
  });

  it("that makes the backup primary leaves the backup's role to the next person", () => {
    assert.equal(
      shown(shiftAt(deskOf(withOverrides("{ from: 2026-01-05, to: 2026-01-11, primary: ben }")), "2026-01-05T08:00:00Z")),
      "2026-01-05T08:00:00Z 2026-01-12T08:00:00Z primary=ben backup=cleo",
    );
  });

  it("is superseded by a later one in the list", () => {
    const desk = withOverrides("{ from: 2026-01-05, to: 2026-01-11, primary: cleo }", "{ from: 2026-01-07, to: 2026-01-07, primary: dan }").replace("{ login: cleo }", "{ login: cleo }, { login: dan }");
    assert.equal(shown(shiftAt(deskOf(desk), "2026-01-07T08:00:00Z")), "2026-01-07T08:00:00Z 2026-01-08T08:00:00Z primary=dan backup=ben");
  });
});

describe("The next shifts", () => {
  it("start after now, and do not include the current one", () => {
    assert.deepEqual(nextShifts(deskOf(losAngeles()), "2026-01-05T08:00:00Z", 2).map((shift) => shift.from), ["2026-01-12T08:00:00Z", "2026-01-19T08:00:00Z"]);
  });

  it("have no gap or overlap over two years", () => {
    const shifts = nextShifts(deskOf(losAngeles(", overrides: [{ from: 2026-02-03, to: 2026-02-04T10:00, primary: ben }]")), "2026-01-01T00:00:00Z", 104);
    assert.deepEqual(shifts.slice(1).map((shift) => shift.from), shifts.slice(0, -1).map((shift) => shift.to));
  });

  it("are empty without a rotation, and when none are requested", () => {
    assert.deepEqual(nextShifts(deskOf("team: A"), "2026-01-05T08:00:00Z", 3), []);
    assert.deepEqual(nextShifts(deskOf(losAngeles()), "2026-01-05T08:00:00Z", 0), []);
  });
});

describe("The shift that starts next", () => {
  it("is that of the rotation whose shift starts first, and of the first rotation if several start together", () => {
    const desk = deskOf(`timezone: UTC
people: [{ login: ana }, { login: ben }]
rotations:
  morning: { starts: 2026-01-05, from: "08:00", to: "13:00" }
  database: { starts: 2026-01-05, from: "08:00", to: "18:00" }
  on-call: { starts: 2026-01-05, from: "18:00", to: "08:00" }`);
    const next = (at: string): readonly (string | undefined)[] => [nextShift(desk, at)?.rotation, nextShift(desk, at)?.from];
    assert.deepEqual(next("2026-01-05T09:00:00Z"), ["on-call", "2026-01-05T18:00:00Z"]);
    assert.deepEqual(next("2026-01-05T18:00:00Z"), ["morning", "2026-01-06T08:00:00Z"]);
    assert.equal(nextShift(deskOf("team: A"), "2026-01-05T09:00:00Z"), undefined);
  });
});

describe("The role that new issues go to", () => {
  const parts = deskOf(`timezone: UTC
people: [{ login: ana }, { login: ben }, { login: cleo }]
rotations:
  morning: { starts: 2026-01-05, from: "08:00", to: "13:00", people: [ana] }
  afternoon: { starts: 2026-01-05, from: "13:00", to: "18:00", roles: [afternoon, helper], people: [ben, cleo] }
  database: { starts: 2026-01-05, people: [cleo] }`);
  const roleAt = (at: string): string | undefined => firstRoleOnCall(parts, holdersAt(parts, at));

  it("is that of the first rotation that covers this part of the day", () => {
    assert.deepEqual(["2026-01-05T08:00:00Z", "2026-01-05T13:00:00Z", "2026-01-05T18:00:00Z"].map(roleAt), ["morning", "afternoon", "database"]);
  });

  it("is never a second role, and nothing before the first shift", () => {
    assert.equal(firstRoleOnCall(parts, { helper: "cleo" }), undefined);
    assert.equal(roleAt("2026-01-04T12:00:00Z"), undefined);
  });
});
