import assert from "node:assert/strict";
import { trendOf } from "../../../../src/core/metrics/trend";
import { readExample, reportOf } from "../../../support/metricsExample";

const example = readExample(`
  desk.yml: timezone: Europe/Berlin
  A 2026-10-01 00:00 reported
  B 2026-10-31 23:59 reported
  C 2026-11-01 00:00 reported
  D 2026-11-02 09:00 reported
  E 2026-12-31 23:30 reported
  2027-06-01 00:00 now`);

const trend = (from: string, to: string) => trendOf(reportOf(example, from, to));

const shown = (from: string, to: string): readonly string[] => trend(from, to).parts.filter(({ issues }) => issues.length > 0).map(({ firstDate, lastDate, issues }) => `${firstDate} ${lastDate}: ${issues.length}`);

describe("a period in parts", () => {
  it("has a part for each day of a month, in the desk's time zone", () => {
    assert.deepEqual(shown("2026-10-01", "2026-10-31"), ["2026-10-01 2026-10-01: 1", "2026-10-31 2026-10-31: 1"]);
    assert.equal(trend("2026-10-01", "2026-10-31").parts.length, 31);
  });

  it("has weeks from Monday for a quarter, the first and the last as far as they belong to it", () => {
    const { unit, parts } = trend("2026-10-01", "2026-12-31");
    assert.deepEqual([unit, parts[0]?.firstDate, parts[0]?.lastDate, parts[1]?.firstDate, parts.at(-1)?.firstDate, parts.at(-1)?.lastDate], ["week", "2026-10-01", "2026-10-04", "2026-10-05", "2026-12-28", "2026-12-31"]);
    assert.deepEqual(shown("2026-10-01", "2026-12-31"), ["2026-10-01 2026-10-04: 1", "2026-10-26 2026-11-01: 2", "2026-11-02 2026-11-08: 1", "2026-12-28 2026-12-31: 1"]);
  });

  it("has months for a year, and each issue is in exactly one part", () => {
    assert.deepEqual(shown("2026-01-15", "2026-12-31"), ["2026-10-01 2026-10-31: 2", "2026-11-01 2026-11-30: 2", "2026-12-01 2026-12-31: 1"]);
    assert.equal(trend("2026-01-15", "2026-12-31").parts.length, 12);
  });
});
