import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { endingShift, handoffShift, reminderAt } from '../../../../src/core/handoff/handoffDue';
import type { Desk } from '../../../../src/core/model/desk';

function deskOf(text: string): Desk {
  return parseDesk(text).desk ?? assert.fail("The desk of this test is broken");
}

const people = "people: [{ login: ana }, { login: ben }, { login: cho }]\n";

const weekly = deskOf(`timezone: America/Los_Angeles\nhours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }\n${people}rotation: { starts: 2026-11-16, every: 1w, roles: [primary, backup] }\n`);

const week = { from: "2026-11-16T08:00:00Z", to: "2026-11-23T08:00:00Z" };

describe("the shift that is handed over", () => {
  it("goes from the primary to the next primary, with the next backup", () => {
    assert.deepEqual(handoffShift(weekly, "Ana", "2026-11-20T18:00:00Z"), { outgoing: "Ana", role: "primary", ...week, incoming: "ben", beside: ["cho"] });
  });

  it("goes from the backup to the next backup", () => {
    assert.deepEqual(handoffShift(weekly, "ben", "2026-11-20T18:00:00Z"), { outgoing: "ben", role: "backup", ...week, incoming: "cho", beside: ["ben"] });
  });

  it("covers the last week and goes to the primary, for a person who is not on call", () => {
    assert.deepEqual(handoffShift(weekly, "cho", "2026-11-20T18:00:00Z"), { outgoing: "cho", from: "2026-11-13T18:00:00Z", to: "2026-11-20T18:00:00Z", incoming: "ana", beside: ["ben"] });
  });

  it("ends where somebody covers a part of it, and goes to them", () => {
    const covered = deskOf(`timezone: UTC\n${people}rotation: { starts: 2026-11-16, every: 1w, roles: [primary, backup], overrides: [{ from: 2026-11-20, to: 2026-11-21, primary: cho }] }\n`);
    const shift = handoffShift(covered, "ana", "2026-11-19T12:00:00Z");
    assert.deepEqual([shift.to, shift.incoming, shift.beside], ["2026-11-20T00:00:00Z", "cho", ["ben"]]);
  });

  describe("in a day of several parts", () => {
    const parts = deskOf(`timezone: UTC\nhours: { Mon-Fri: ["08:00-18:00"] }\n${people}rotations:
  morning: { starts: 2026-11-16, every: 1w, days: Mon-Fri, from: "08:00", to: "13:00" }
  afternoon: { starts: 2026-11-16, every: 1w, days: Mon-Fri, from: "13:00", to: "18:00", people: [cho, ben] }
  database: { starts: 2026-11-16, every: 1w, days: Mon-Fri, from: "08:00", to: "18:00", people: [dan, eve], roles: [database, deputy] }
  on-call: { starts: 2026-11-16, every: 1w, from: "18:00", to: "08:00", people: [ben, ana], roles: [on-call, second] }
`);
    const next = (login: string, now: string) => {
      const { role, to, incoming, beside } = handoffShift(parts, login, now);
      return [role, to, incoming, beside];
    };

    it("goes to the next part of the day, then to on-call with its second person, and back in the morning", () => {
      assert.deepEqual(next("ana", "2026-11-18T09:00:00Z"), ["morning", "2026-11-18T13:00:00Z", "cho", []]);
      assert.deepEqual(next("cho", "2026-11-18T15:00:00Z"), ["afternoon", "2026-11-18T18:00:00Z", "ben", ["ana"]]);
      assert.deepEqual(next("ben", "2026-11-18T23:00:00Z"), ["on-call", "2026-11-19T08:00:00Z", "ana", []]);
    });

    it("goes from a second person to the next one in the same role", () => {
      assert.deepEqual(next("eve", "2026-11-18T15:00:00Z"), ["deputy", "2026-11-18T18:00:00Z", "eve", ["dan"]]);
    });

    it("goes to the next holder of the role on a later day when nothing starts at its end", () => {
      assert.deepEqual(next("ben", "2026-11-21T02:00:00Z"), ["on-call", "2026-11-21T08:00:00Z", "ben", ["ana"]]);
    });

    it("reminds a tenth of the shift before its end, in a night without business hours too", () => {
      const business = businessTime(parts);
      assert.equal(reminderAt(business, "2026-11-18T09:00:00Z", { from: "2026-11-18T08:00:00Z", to: "2026-11-18T13:00:00Z" }), "2026-11-18T12:30:00Z");
      assert.equal(reminderAt(business, "2026-11-18T19:00:00Z", { from: "2026-11-18T18:00:00Z", to: "2026-11-19T08:00:00Z" }), "2026-11-19T06:36:00Z");
      assert.equal(reminderAt(business, "2026-11-19T07:00:00Z", { from: "2026-11-18T18:00:00Z", to: "2026-11-19T08:00:00Z" }), "2026-11-19T07:00:00Z");
    });
  });

  it("is undefined when the desk has no rotation", () => {
    const none = handoffShift(deskOf("timezone: UTC\n"), "ana", "2026-11-20T18:00:00Z");
    assert.deepEqual([none.incoming, none.role, none.beside], [undefined, undefined, []]);
  });

  it("ends for the first role only, and only if somebody else continues", () => {
    const now = "2026-11-20T18:00:00Z";
    assert.equal(endingShift(weekly, "ana", now)?.incoming, "ben");
    assert.equal(endingShift(weekly, "ben", now), undefined);
    assert.equal(endingShift(weekly, "cho", now), undefined);
    const alone = deskOf("timezone: UTC\npeople: [{ login: ana }]\nrotation: { starts: 2026-11-16, every: 1w, roles: [primary] }\n");
    assert.equal(endingShift(alone, "ana", now), undefined);
  });
});

describe("the reminder at the end of a shift", () => {
  const business = businessTime(weekly);

  for (const [what, now, expected] of [
    ["is two hours of business time before it: Friday at three", "2026-11-20T18:00:00Z", "2026-11-20T23:00:00Z"],
    ["is due once less is left", "2026-11-20T23:00:01Z", "2026-11-20T23:00:01Z"],
    ["is due on the weekend", "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z"],
  ] as const) {
    it(what, () => assert.equal(reminderAt(business, now, week), expected));
  }

  it("is two hours before it when all hours count", () => {
    assert.equal(reminderAt(businessTime({ ...weekly, hours: [] }), "2026-11-20T18:00:00Z", week), "2026-11-23T06:00:00Z");
  });
});
