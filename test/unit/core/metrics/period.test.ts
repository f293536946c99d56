import assert from "node:assert/strict";
import { datesOf, periodFlaw, periodNames } from "../../../../src/core/metrics/period";

const named = (today: string): readonly string[] => periodNames.map((name) => Object.values(datesOf(name, today)).join(" "));

describe("named periods", () => {
  it("are whole weeks from Monday, months and quarters around today", () => {
    assert.deepEqual(named("2026-11-20"), ["2026-11-16 2026-11-22", "2026-11-09 2026-11-15", "2026-11-01 2026-11-30", "2026-10-01 2026-10-31", "2026-10-01 2026-12-31", "2026-07-01 2026-09-30"]);
  });

  it("cross the end of a year", () => {
    assert.deepEqual(named("2027-01-03"), ["2026-12-28 2027-01-03", "2026-12-21 2026-12-27", "2027-01-01 2027-01-31", "2026-12-01 2026-12-31", "2027-01-01 2027-03-31", "2026-10-01 2026-12-31"]);
  });

  it("can be other dates, unless these are no dates, reversed or more than ten years apart", () => {
    assert.deepEqual([["2026-02-28", "2026-02-28"], ["2026-02-30", "2026-03-01"], ["2026-03-02", "2026-03-01"], ["2000-01-01", "2026-03-01"]].map(([from = "", to = ""]) => periodFlaw(from, to)), [undefined, "noDate", "reversed", "tooLong"]);
  });
});
