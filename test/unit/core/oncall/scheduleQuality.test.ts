import assert from 'node:assert/strict';
import { type ScheduleFlaw, scheduleQuality } from '../../../../src/core/oncall/scheduleQuality';
import { deskOf } from '../desk/deskText';

function flaws(text: string, from = "2026-01-05", to = "2026-02-01"): readonly string[] {
  return scheduleQuality(deskOf(text), from, to).flaws.map(shown);
}

function shown({ kind, from, to, ...rest }: ScheduleFlaw): string {
  return [kind, from, to, ...Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`)].join(" ");
}

const team = (people: string, more = ""): string => `timezone: Europe/London\npeople: [${people}]\nrotation: { starts: 2026-01-05${more} }`;

const four = "{ login: ana }, { login: ben }, { login: cleo }, { login: dan }";

describe("The quality of a schedule", () => {
  it("has no problem when everybody takes turns with a break between", () => {
    assert.deepEqual(flaws(team(four, ", planned: { 2026-01-12: { primary: cleo, backup: dan }, 2026-01-19: { primary: ben, backup: ana }, 2026-01-26: { primary: dan, backup: cleo } }")), []);
  });

  it("reports gaps at full length, and only during on-call hours", () => {
    const away = '{ login: ana, away: ["2026-01-12/2026-01-25"] }';
    assert.deepEqual(flaws(team(away, ", roles: [primary]")).filter((flaw) => flaw.startsWith("gap")), ["gap 2026-01-12T00:00:00Z 2026-01-26T00:00:00Z role=primary"]);
    assert.deepEqual(flaws(team(away, ", roles: [primary], days: Mon-Fri, from: 09:00, to: 10:00"), "2026-01-16", "2026-01-19").filter((flaw) => flaw.startsWith("gap")), [
      "gap 2026-01-16T09:00:00Z 2026-01-16T10:00:00Z role=primary",
      "gap 2026-01-19T09:00:00Z 2026-01-19T10:00:00Z role=primary",
    ]);
  });

  it("reports people who are away for all or part of a shift", () => {
    const text = team('{ login: ana, away: [2026-01-07, "2026-01-10/2026-01-20"] }, { login: ben }, { login: cleo, away: [2026-01-14/2026-01-14] }', ", roles: [primary], overrides: [{ from: 2026-01-14, to: 2026-01-14, primary: cleo }]");
    assert.deepEqual(flaws(text), [
      "away 2026-01-07T00:00:00Z 2026-01-08T00:00:00Z role=primary login=ana whole=false",
      "away 2026-01-10T00:00:00Z 2026-01-12T00:00:00Z role=primary login=ana whole=false",
      "away 2026-01-14T00:00:00Z 2026-01-15T00:00:00Z role=primary login=cleo whole=true",
    ]);
  });

  it("reports consecutive shifts in any role by the person with most of them", () => {
    // In order the backup is the next primary: everybody comes twice.
    assert.deepEqual(flaws(team("{ login: ana }, { login: ben }, { login: cleo }"), "2026-01-05", "2026-01-18"), ["twoInARow 2026-01-12T00:00:00Z 2026-01-19T00:00:00Z login=ben"]);
    const cover = (to: string): string => team("{ login: ana }, { login: ben }", `, roles: [primary], overrides: [{ from: 2026-01-12, to: ${to}, primary: ana }]`);
    assert.deepEqual(flaws(cover("2026-01-15"), "2026-01-05", "2026-01-18"), ["twoInARow 2026-01-12T00:00:00Z 2026-01-19T00:00:00Z login=ana"]);
    assert.deepEqual(flaws(cover("2026-01-14"), "2026-01-05", "2026-01-18"), []);
  });

  it("counts Friday and Monday as consecutive when nobody works on weekends", () => {
    // Friday is ben's in order, and Monday cleo's: the weekend uses up nobody's place.
    const text = team("{ login: ana }, { login: ben }, { login: cleo }", ", every: 1d, days: Mon-Fri, roles: [primary]");
    assert.deepEqual(flaws(text, "2026-01-09", "2026-01-12"), []);
    assert.deepEqual(flaws(text.replace("roles:", "planned: { 2026-01-12: { primary: ben } }, roles:"), "2026-01-09", "2026-01-12"), ["twoInARow 2026-01-12T00:00:00Z 2026-01-13T00:00:00Z login=ben"]);
  });

  it("reports a newer primary without an experienced backup, if the desk marks experienced people", () => {
    const planned = ", planned: { 2026-01-05: { primary: ben, backup: cleo }, 2026-01-12: { primary: dan, backup: ana }, 2026-01-19: { primary: cleo, backup: ben } }";
    const rule = (people: string): readonly string[] => flaws(team(people, `${planned}, overrides: [{ from: 2026-01-20, to: 2026-01-21, primary: ana }]`), "2026-01-05", "2026-01-25").filter((flaw) => flaw.startsWith("no"));
    assert.deepEqual(rule(four), []);
    assert.deepEqual(rule(four.replace("ana }", "ana, experienced: true }")), [
      "noExperiencedBackup 2026-01-05T00:00:00Z 2026-01-12T00:00:00Z primary=ben backup=cleo",
      "noExperiencedBackup 2026-01-19T00:00:00Z 2026-01-20T00:00:00Z primary=cleo backup=ben",
      "noExperiencedBackup 2026-01-22T00:00:00Z 2026-01-26T00:00:00Z primary=cleo backup=ben",
    ]);
  });

  it("reports one person in two roles, within and across rotations", () => {
    const text = `${team(four, ", overrides: [{ from: 2026-01-06, to: 2026-01-06, primary: dan, backup: dan }]")}\nrotations: { night: { starts: 2026-01-10, people: [ben], every: 1d, from: 20:00, to: 06:00 } }`;
    assert.deepEqual(flaws(text, "2026-01-05", "2026-01-11").filter((flaw) => flaw.startsWith("twoRoles")), [
      "twoRoles 2026-01-06T00:00:00Z 2026-01-07T00:00:00Z login=dan roles=primary,backup",
      "twoRoles 2026-01-10T20:00:00Z 2026-01-11T06:00:00Z login=ben roles=backup,night",
      "twoRoles 2026-01-11T20:00:00Z 2026-01-12T00:00:00Z login=ben roles=backup,night",
    ]);
  });

  it("contains the number of shifts of each person, and the difference", () => {
    const { loads } = scheduleQuality(deskOf(team(four, ", people: [ana, ben, cleo], overrides: [{ from: 2026-01-05, to: 2026-01-11, backup: dan }]")), "2026-01-05", "2026-01-18");
    assert.deepEqual(loads, [{
      people: [
        { login: "ana", shifts: 1, byRole: { primary: 1, backup: 0 } },
        { login: "ben", shifts: 1, byRole: { primary: 1, backup: 0 } },
        { login: "cleo", shifts: 1, byRole: { primary: 0, backup: 1 } },
        { login: "dan", shifts: 1, byRole: { primary: 0, backup: 1 } },
      ],
      spread: 0,
      spreadByRole: { primary: 1, backup: 1 },
    }]);
    const uneven = scheduleQuality(deskOf(`${team(four)}\nrotations: { late: { starts: 2026-01-05, people: [ana, ben] } }`), "2026-01-05", "2026-01-25").loads;
    assert.deepEqual(uneven.map(({ rotation, spread }) => [rotation, spread]), [[undefined, 1], ["late", 1]]);
  });

  it("has no problem without shifts", () => {
    assert.deepEqual(scheduleQuality(deskOf("team: A"), "2026-01-05", "2026-02-01"), { flaws: [], loads: [] });
    assert.deepEqual(flaws(team(four), "2025-01-01", "2026-01-04"), []);
  });
});
