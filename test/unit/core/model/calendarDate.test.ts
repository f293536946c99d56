import assert from "node:assert/strict";
import { isDate } from "../../../../src/core/model/calendarDate";

describe("isDate", () => {
  it("accepts the days that a month has, in this form only", () => {
    const dates = (year: string): readonly string[] => Array.from({ length: 14 * 33 }, (_, index) => [year, Math.floor(index / 33), index % 33].map((part) => String(part).padStart(2, "0")).join("-"));
    assert.deepEqual(["2026", "2028", "1900", "0000"].map((year) => dates(year).filter(isDate).length), [365, 366, 365, 366]);
    assert.deepEqual(["2026-02-28", "2028-02-29", "2026-12-31"].map(isDate), [true, true, true]);
    assert.deepEqual(["2026-2-8", "2026-02-29", "2026-13-01", "2026-00-10", "2026-02-08 ", "2026-02-08T00:00", "20260208", "", "-2026-02-08"].map(isDate), [false, false, false, false, false, false, false, false, false]);
  });
});
