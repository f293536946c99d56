import assert from "node:assert/strict";
import { summarize } from "../../../../src/core/metrics/figures";
import { answersOf, readExample } from "../../../support/metricsExample";

/** Examples with which other tools explain their figures, with the same times on other dates. Lengths are business / wall clock. */
const examples: Readonly<Record<string, string>> = {
  "from one afternoon to the opening of the next day": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-17 14:00 reported
    2026-11-18 09:00 acknowledged
    = time to acknowledge: 3h 00m / 19h 00m`,
  "from Friday night to Monday morning": `
    desk.yml: hours: { Mon-Fri: ["08:00-17:00"] }
    A 2026-12-11 21:00 reported
    A 2026-12-14 09:30 acknowledged
    B 2026-12-11 20:49 reported
    B 2026-12-14 09:44 acknowledged
    = A time to acknowledge: 1h 30m / 60h 30m
    = B time to acknowledge: 1h 44m / 60h 55m`,
  "a goal of 16 hours over days of unequal length, one of them closed, is met at its last minute": `
    desk.yml: hours: { Mon: ["09:00-17:00"], Tue: ["09:00-16:00"], Thu: ["08:00-17:00"] }
    desk.yml: kinds: { incident: { respondWithin: 16h } }
    A 2026-11-16 11:00 reported
    A 2026-11-19 11:00 acknowledged
    B 2026-11-16 11:00 reported
    B 2026-11-19 11:01 acknowledged
    = A time to acknowledge: 16h 00m / 72h 00m
    = A goal: 16h 00m, met
    = B goal: 16h 00m, missed`,
  "twelve hours of which the day has only six left": `
    desk.yml: hours: { Mon-Fri: ["08:00-16:00"] }
    desk.yml: kinds: { incident: { respondWithin: 12h } }
    2026-11-17 10:00 reported
    2026-11-18 14:00 acknowledged
    = time to acknowledge: 12h 00m / 28h 00m
    = goal: 12h 00m, met`,
  "short Fridays, a holiday and weekends": `
    desk.yml: hours: { Mon-Thu: ["08:00-17:00"], Fri: ["08:00-14:00"] }
    desk.yml: holidays: [2026-05-01]
    A 2026-04-30 15:00 reported
    A 2026-04-30 16:00 acknowledged
    A 2026-05-04 15:00 closed
    B 2026-04-30 15:00 reported
    B 2026-05-06 15:00 closed
    C 2026-04-30 15:00 reported
    C 2026-05-15 14:00 closed
    = A time to acknowledge: 1h 00m / 1h 00m
    = A time to resolve: 9h 00m / 96h 00m
    = B time to resolve: 27h 00m / 144h 00m
    = C time to resolve: 86h 00m / 359h 00m`,
  "a week of days with a lunch break": `
    desk.yml: hours: { Mon-Fri: ["09:00-12:00", "13:00-18:00"] }
    2026-01-19 09:00 reported
    2026-01-23 18:00 closed
    = time to resolve: 40h 00m / 105h 00m`,
  "a weekend, a holiday, and an end before the opening": `
    desk.yml: hours: { Mon-Fri: ["07:00-17:00"] }
    desk.yml: holidays: [2026-06-30]
    2026-06-27 02:02 reported
    2026-07-03 04:48 closed
    = time to resolve: 30h 00m / 146h 46m`,
  "two weeks at one stage": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-06-01 00:00 reported with incident, stage: In progress
    2026-06-15 00:00 closed
    = stage In progress: 80h 00m / 336h 00m`,
  "two visits to a stage are added": `
    2026-11-16 09:00 reported
    2026-11-16 11:00 + stage: In progress
    2026-11-16 14:00 - stage: In progress
    2026-11-16 14:00 + stage: To do
    2026-11-16 16:00 closed
    = stage To do: 4h 00m / 4h 00m
    = stage In progress: 2h 00m / 3h 00m`,
  "a stricter goal after an hour leaves the rest of it, counted from the report": `
    desk.yml: priorities: { major: { respondWithin: 8h }, significant: { respondWithin: 4h } }
    desk.yml: kinds: { incident: }
    desk.yml: hours: { Mon-Fri: ["08:00-18:00"] }
    A 2026-11-16 09:00 reported with incident, priority: major
    A 2026-11-16 10:00 - priority: major
    A 2026-11-16 10:00 + priority: significant
    A 2026-11-16 13:00 acknowledged
    B 2026-11-16 09:00 reported with incident, priority: major
    B 2026-11-16 10:00 - priority: major
    B 2026-11-16 10:00 + priority: significant
    B 2026-11-16 13:01 acknowledged
    = A goal: 4h 00m, met
    = B goal: 4h 00m, missed`,
  "a ticket that was closed for two hours has two hours more": `
    desk.yml: hours: { Mon-Fri: ["08:00-20:00"] }
    2026-11-16 10:00 reported
    2026-11-16 13:00 closed
    2026-11-16 15:00 reopened
    2026-11-16 18:00 closed
    = time to resolve: 6h 00m / 6h 00m`,
  "partial outages are three tenths of an outage": `
    A 2026-01-01 00:00 reported with incident, service: Portal, SEV1
    A 2026-01-01 01:30 resolved
    B 2026-02-01 00:00 reported with incident, service: Portal, SEV2
    B 2026-02-01 10:00 resolved
    C 2026-03-01 00:00 reported with incident, service: Portal, SEV2, impact: none
    C 2026-03-01 10:00 resolved
    = available Portal on 2026-01-01 to 2026-03-31: 4h 30m, 99.792%`,
};

describe("Metrics of published examples", () => {
  for (const [name, text] of Object.entries(examples)) {
    it(name, () => {
      const example = readExample(text);
      assert.ok(example.expected.length > 0);
      assert.deepEqual(answersOf(example), example.expected);
    });
  }

  it("percentiles of published samples", () => {
    const of = (...values: readonly number[]): readonly number[] => [summarize(values).median ?? -1, Number((summarize(values).p90 ?? -1).toFixed(6))];
    assert.deepEqual(of(1, 12, 14, 3, 96, 111), [13, 103.5]);
    assert.deepEqual(of(6, 47, 49, 15, 42, 41, 7, 39, 43, 40, 36), [40, 47]);
    assert.deepEqual(of(44, 100, 40, 20), [42, 83.2]);
    // Two durations that end in 30 and 59 seconds have a 90th percentile that ends in 56.
    assert.deepEqual(of(2_400_510, 2_400_539).map(Math.floor), [2_400_524, 2_400_536]);
  });
});
