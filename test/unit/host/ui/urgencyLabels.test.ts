import assert from 'node:assert/strict';
import type { Urgency } from '../../../../src/core/response/urgency';
import { timeFormat } from '../../../../src/host/ui/format';
import { describeUrgency, formatFullUrgency, formatUrgency } from '../../../../src/host/ui/urgencyLabels';
import { fill } from '../../../../src/protocol/fill';

const minute = 60_000;

function urgency(stage: Urgency["stage"], left: number, more: Partial<Urgency> = {}): Urgency {
  return { stage, at: "2026-11-20T16:00:00Z", left: left * minute, pauses: false, state: left <= 0 ? "past" : "later", ...more };
}

describe("what is due", () => {
  const shown = (stage: Urgency["stage"], left: number, more: Partial<Urgency> = {}): string =>
    formatUrgency(fill, urgency(stage, left, more), timeFormat("2026-11-20T15:00:00Z", "UTC", "en"));

  it("has the same short words everywhere, the time before the audience", () => {
    assert.deepEqual([shown("response", 24), shown("response", 0), shown("response", -65)], ["due in 24m", "overdue", "overdue 1h 5m"]);
    assert.deepEqual([shown("triage", 10), shown("triage", -10)], ["triage in 10m", "triage overdue"]);
    assert.deepEqual([shown("update", 10), shown("update", -10, { audience: "users" }), shown("update", 10, { audience: "users\u202e" })], ["update in 10m", "update overdue 10m: users", "update in 10m: users"]);
  });
});

describe("what is due after a pause of business time", () => {
  /** Seen at 22:00 in Berlin. */
  const times = timeFormat("2026-11-20T21:00:00Z", "Europe/Berlin", "en");
  const paused = (at: string, more: Partial<Urgency> = {}): Urgency => urgency("response", 14, { at, pauses: true, ...more });
  const shown = (at: string, more: Partial<Urgency> = {}): string => formatUrgency(fill, paused(at, more), times);

  it("has the time in the desk's time zone: on the same day, within six days, and later", () => {
    assert.deepEqual(["2026-11-20T22:59:00Z", "2026-11-20T23:00:00Z", "2026-11-26T07:14:00Z", "2026-11-27T07:14:00Z", "2027-01-04T07:14:00Z"].map((at) => shown(at)), ["due 23:59", "due Sat 00:00", "due Thu 08:14", "due Nov 27", "due Jan 4, 2027"]);
  });
  it("has the time for triage and updates too", () => {
    const at = "2026-11-23T07:14:00Z";
    assert.deepEqual([shown(at, { stage: "triage" }), shown(at, { stage: "update" }), shown(at, { stage: "update", audience: "users" })], ["triage due Mon 08:14", "update due Mon 08:14", "update due Mon 08:14: users"]);
  });
  it("has the whole date on pages and in tooltips, and the business time until then", () => {
    assert.deepEqual(formatFullUrgency(fill, paused("2026-11-27T07:14:00Z"), times), { text: "due Fri, Nov 27, 08:14", left: "in 14m of business hours" });
    assert.equal(describeUrgency(fill, paused("2026-11-23T07:14:00Z"), times), "due Mon 08:14, in 14m of business hours");
    assert.equal(describeUrgency(fill, { ...paused("2026-11-21T02:00:00Z", { stage: "update" }), left: 0 }, times), "update due Sat 03:00", "outside business hours");
    assert.equal(describeUrgency(fill, { ...paused("2026-11-20T21:14:00Z"), pauses: false }, times), "due in 14m, at 22:14");
  });
});
