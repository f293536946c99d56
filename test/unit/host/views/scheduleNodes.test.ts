import assert from 'node:assert/strict';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { calendarNodes, scheduleGroups } from '../../../../src/host/views/scheduleNodes';

const now = "2026-11-20T18:00:00Z";

const titles = { own: "own", flaws: "flaws", away: "away" };

function groups(people: string, rotation: string, me: string | undefined = "ana") {
  const desk = parseDesk(`timezone: UTC\npeople: ${people}\nrotation: ${rotation}\n`).desk ?? assert.fail("broken desk");
  return scheduleGroups({ desk, now, formatInstant: (at) => at, titles, ...(me === undefined ? {} : { me }) });
}

const weekly = "{ starts: 2026-11-16, every: 1w, people: [ana, ben], roles: [primary] }";

describe("scheduleGroups", () => {
  it("shows the next shifts of the current user without the current one", () => {
    const [own, ...rest] = groups("[{ login: ana }, { login: ben }]", weekly);
    assert.deepEqual(rest, []);
    assert.deepEqual([own?.id, own?.count, own?.schedule], ["ownShifts", 4, true]);
    assert.deepEqual(own?.children[0], { kind: "ownShift", id: "own:primary:2026-11-30T00:00:00Z", role: "primary", from: "2026-11-30T00:00:00Z", to: "2026-12-07T00:00:00Z" });
  });

  it("shows no own shifts without a login", () => {
    assert.deepEqual(groups("[{ login: ana }, { login: ben }]", weekly, ""), []);
  });

  it("shows who is away now or within two weeks, in order", () => {
    const people = "[{ login: ana, away: [2026-12-04/2026-12-05] }, { login: ben, name: Ben, away: [2026-11-20, 2026-12-10/2026-12-11] }, { login: cleo, away: [2026-11-01/2026-11-19, 2026-12-05/2026-12-20] }]";
    const away = groups(people, weekly).find(({ id }) => id === "away");
    assert.deepEqual(away?.children, [
      { kind: "absence", id: "away:ben:2026-11-20", name: "Ben", from: "2026-11-20", to: "2026-11-20", now: true },
      { kind: "absence", id: "away:ana:2026-12-04", name: "ana", from: "2026-12-04", to: "2026-12-05", now: false },
    ]);
  });

  it("shows gaps, and roles covered only by someone who is away", () => {
    const flaws = groups("[{ login: ana, away: [2026-12-01/2026-12-02] }]", "{ starts: 2026-11-16, every: 1w, people: [ana], roles: [primary, backup] }").find(({ id }) => id === "flaws");
    assert.deepEqual(
      flaws?.children.map((node) => (node.kind === "flaw" ? [node.flaw.kind, node.flaw.role, node.day, node.from] : node.kind)),
      [["gap", "backup", "2026-11-20", "2026-11-16T00:00:00Z"], ["away", "primary", "2026-12-01", "2026-12-01T00:00:00Z"]],
    );
  });

  it("shows each calendar that is not applied", () => {
    const problem = { kind: "missing", name: "team.ics" } as const;
    assert.deepEqual(calendarNodes([problem]), [{ kind: "calendar", id: "calendar:missing:team.ics", problem }]);
  });
});
