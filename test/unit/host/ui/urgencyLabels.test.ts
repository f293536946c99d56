import assert from 'node:assert/strict';
import type { Urgency } from '../../../../src/core/response/urgency';
import { formatUrgency } from '../../../../src/host/ui/urgencyLabels';
import { fill } from '../../../../src/protocol/fill';

describe("what is due", () => {
  const minute = 60_000;
  const shown = (stage: Urgency["stage"], left: number, audience?: string): string =>
    formatUrgency(fill, { stage, at: "2026-11-20T16:00:00Z", left: left * minute, state: left <= 0 ? "past" : "later", ...(audience === undefined ? {} : { audience }) });

  it("has the same short words everywhere, the time before the audience", () => {
    assert.deepEqual([shown("response", 24), shown("response", 0), shown("response", -65)], ["due in 24m", "overdue", "overdue 1h 5m"]);
    assert.deepEqual([shown("triage", 10), shown("triage", -10)], ["triage in 10m", "triage overdue"]);
    assert.deepEqual([shown("update", 10), shown("update", -10, "users"), shown("update", 10, "users\u202e")], ["update in 10m", "update overdue 10m: users", "update in 10m: users"]);
  });
});
