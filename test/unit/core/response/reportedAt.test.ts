import assert from 'node:assert/strict';
import { reportedAt } from '../../../../src/core/response/responseClock';

describe("A reported time", () => {
  const cases: readonly (readonly [typed: string, answer: string])[] = [
    ["08:15", "2026-11-20T16:15:00Z"],
    ["8:15", "2026-11-20T16:15:00Z"],
    ["23:30", "2026-11-20T07:30:00Z"],
    ["2026-11-19 17:00", "2026-11-20T01:00:00Z"],
    ["2026-07-01T17:00", "2026-07-02T00:00:00Z"],
    ["25m", "2026-11-20T17:35:11Z"],
    [" 2h ", "2026-11-20T16:00:11Z"],
    ["1d", "2026-11-19T18:00:11Z"],
    ["2026-11-20 11:00", "future"],
    ["2026-02-30 11:00", "unclear"],
    ["25:00", "unclear"],
    ["this morning", "unclear"],
    ["", "unclear"],
  ];
  for (const [typed, answer] of cases) {
    it(`is parsed: “${typed}”`, () => {
      const read = reportedAt(typed, "2026-11-20T18:00:11.500Z", "America/Los_Angeles");
      assert.equal(read.kind === "ok" ? read.value : read.failure, answer);
    });
  }
});
