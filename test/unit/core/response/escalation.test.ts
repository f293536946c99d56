import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { escalationLevels, peopleFor, standingRoles } from '../../../../src/core/response/escalation';
import { deskOf } from '../desk/deskText';

const desk = deskOf(`timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
people:
  - { login: ana }
  - { login: ben, roles: [on-site] }
  - { login: cleo, roles: [on-site, writer] }
rotation: { starts: 2026-01-05 }
escalation:
  - { after: 30m, to: [backup] }
  - { after: 1h, to: [on-site, ana, backup] }
  - { after: 2h, to: [writer] }
`);

const holders = { primary: "ana", backup: "ben" };

describe("The escalation policy", () => {
  it("asks level after level in business time, each person once", () => {
    const levels = escalationLevels(desk, holders, businessTime(desk), "2026-11-20T19:15:00Z", "2026-11-20T21:15:00Z");
    assert.deepEqual(
      levels.map(({ number, logins, at, passed }) => [number, logins.join(), at, passed]),
      [
        [1, "ben", "2026-11-20T19:45:00Z", true],
        [2, "ben,cleo,ana", "2026-11-20T21:15:00Z", true],
        [3, "cleo", "2026-11-20T22:15:00Z", false],
      ],
    );
  });

  it("resolves names to people", () => {
    assert.deepEqual(peopleFor(desk, holders, "primary"), ["ana"]);
    assert.deepEqual(peopleFor(desk, {}, "primary"), []);
    assert.deepEqual(peopleFor(desk, holders, "on-site"), ["ben", "cleo"]);
    assert.deepEqual(peopleFor(desk, holders, "Ana"), ["Ana"]);
    assert.deepEqual(peopleFor(desk, holders, "zoe"), []);
    assert.deepEqual(standingRoles(desk), ["on-site", "writer"]);
  });
});
