import assert from 'node:assert/strict';
import { ageText } from '../../../../src/host/ui/format';

describe("ageText", () => {
  it("returns the largest whole unit", () => {
    const now = "2026-11-20T16:00:00Z";
    const cases = [
      ["2026-11-20T15:59:30Z", "now"],
      ["2026-11-20T16:05:00Z", "now"],
      ["2026-11-20T15:01:00Z", "59m"],
      ["2026-11-20T14:00:01Z", "1h"],
      ["2026-11-19T16:00:00Z", "1d"],
      ["2026-11-06T16:00:01Z", "13d"],
      ["2026-11-06T16:00:00Z", "2w"],
    ] as const;
    for (const [since, age] of cases) assert.equal(ageText(since, now), age);
  });
});
