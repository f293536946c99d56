import assert from "node:assert/strict";
import { summarize } from "../../../../src/core/metrics/figures";
import { answersOf, readExample, reportOf } from "../../../support/metricsExample";

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
  "an hour of a major and 100 minutes of a partial outage in 90 days (Instatus)": `
    A 2026-01-05 10:00 reported with incident, service: Portal, SEV1
    A 2026-01-05 11:00 resolved
    B 2026-02-05 10:00 reported with incident, service: Portal, SEV2
    B 2026-02-05 11:40 resolved
    = available Portal on 2026-01-01 to 2026-03-31: 1h 30m, 99.931%`,
  "minor incidents count half, and overlapping ones once (an availability page)": `
    desk.yml: severities: [critical, major, minor]
    desk.yml: impact: { critical: 1, major: 1, minor: 0.5 }
    A 2026-09-05 10:00 reported with incident, service: Portal, critical
    A 2026-09-05 12:00 resolved
    B 2026-09-05 11:00 reported with incident, service: Portal, critical
    B 2026-09-05 13:00 resolved
    C 2026-09-06 10:00 reported with incident, service: Portal, minor
    C 2026-09-06 12:00 resolved
    = available Portal on 2026-09-01 to 2026-09-30: 4h 00m, 99.444%`,
  "half an hour of degraded performance is none, and a full outage after it is one (incident.io)": `
    desk.yml: severities: [Full, Partial, Degraded]
    desk.yml: impact: { Full: 1, Partial: 1, Degraded: none }
    2026-11-17 09:10 reported with incident, service: Portal, Degraded
    2026-11-17 09:40 + Full
    2026-11-17 09:40 - Degraded
    2026-11-17 10:00 closed
    = available Portal on 2026-11-17: 20m, 98.611%`,
  "months with two brief incidents, an outage of 72 minutes and one of five and a half (an uptime calculator)": `
    A 2026-01-05 10:00:00 reported with incident, service: Portal
    A 2026-01-05 10:20:00 resolved
    B 2026-01-20 10:00:00 reported with incident, service: Portal
    B 2026-01-20 10:12:10 resolved
    C 2026-02-05 10:00 reported with incident, service: Portal
    C 2026-02-05 11:12 resolved
    D 2026-03-05 10:00:00 reported with incident, service: Portal
    D 2026-03-05 10:05:30 resolved
    = available Portal on 2026-01-01 to 2026-01-30: 32m, 99.926%
    = available Portal on 2026-02-01 to 2026-02-28: 1h 12m, 99.821%
    = available Portal on 2026-03-01 to 2026-03-31: 6m, 99.988%`,
  "the error budget of a month at three nines, and ten minutes of downtime (Google SRE, Azure)": `
    A 2026-09-05 10:00:00 reported with incident, service: Portal
    A 2026-09-05 10:43:12 resolved
    B 2026-09-05 10:00:00 reported with incident, service: Ledger
    B 2026-09-05 10:10:00 resolved
    = available Portal on 2026-09-01 to 2026-09-30: 43m, 99.900%
    = available Ledger on 2026-09-01 to 2026-09-30: 10m, 99.977%`,
  "a failure that began before it was reported (DevLake)": `
    2026-11-17 10:20 reported with incident, service: Portal
    2026-11-17 10:25 started at 2026-11-17 10:00
    2026-11-17 11:00 closed
    = available Portal on 2026-11-17: 1h 00m, 95.833%
    = time to resolve: 40m / 40m`,
  "a priority that becomes stricter keeps the time that has passed (SaaSJet)": `
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    desk.yml: priorities: { high: { respondWithin: 2h }, medium: { respondWithin: 3h } }
    desk.yml: kinds: { incident: }
    A 2026-11-17 10:00 reported with incident, priority: medium
    A 2026-11-17 11:00 - priority: medium
    A 2026-11-17 11:00 + priority: high
    A 2026-11-17 12:00 acknowledged
    B 2026-11-17 10:00 reported with incident, priority: medium
    B 2026-11-17 11:00 - priority: medium
    B 2026-11-17 11:00 + priority: high
    B 2026-11-17 12:01 acknowledged
    = A goal: 2h 00m, met
    = B goal: 2h 00m, missed`,
  "a ticket that was closed in time, and reopened when it would have been late (BoldDesk)": `
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    2026-11-17 08:00 reported
    2026-11-17 15:00 closed
    2026-11-17 18:00 reopened
    2026-11-17 19:00 closed
    = time to resolve: 8h 00m / 8h 00m`,
  "from Friday afternoon to Wednesday in progress (Timepiece)": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-13 15:00 reported
    2026-11-13 16:00 + stage: In progress
    2026-11-18 16:00 - stage: In progress
    2026-11-18 16:00 closed
    = stage In progress: 24h 00m / 120h 00m`,
};

/** Histories from the data with which other programs are tested, and from a public bug tracker. The dates are in another year. */
const histories: Readonly<Record<string, string>> = {
  "a support ticket with eleven changes of its status, and four priorities": `
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    desk.yml: stages: [new, open, pending, on-hold, solved]
    desk.yml: priorities: { urgent: , high: , medium: , normal: }
    2026-08-28 11:01:27 reported with incident, stage: open, priority: normal
    2026-08-29 11:01:27 - stage: open
    2026-08-29 11:01:27 + stage: pending
    2026-09-02 11:01:27 - stage: pending
    2026-09-02 11:01:27 + stage: on-hold
    2026-09-05 11:01:27 - stage: on-hold
    2026-09-05 11:01:27 + stage: pending
    2026-09-15 11:01:27 - stage: pending
    2026-09-15 11:01:27 + stage: open
    2026-09-30 11:01:27 - priority: normal
    2026-09-30 11:01:27 + priority: medium
    2026-09-30 11:01:27 - stage: open
    2026-09-30 11:01:27 + stage: pending
    2026-10-01 11:01:27 - stage: pending
    2026-10-01 11:01:27 + stage: on-hold
    2026-10-15 11:01:27 - priority: medium
    2026-10-15 11:01:27 + priority: high
    2026-10-15 11:01:27 - stage: on-hold
    2026-10-15 11:01:27 + stage: open
    2026-10-17 11:01:27 - stage: open
    2026-10-17 11:01:27 + stage: on-hold
    2026-10-20 11:01:27 - stage: on-hold
    2026-10-20 11:01:27 + stage: pending
    2026-11-02 11:01:27 - priority: high
    2026-11-02 11:01:27 + priority: urgent
    2026-11-02 11:01:27 - stage: pending
    2026-11-02 11:01:27 + stage: open
    2026-11-14 11:01:27 - stage: open
    2026-11-14 11:01:27 + stage: solved
    2026-11-15 11:01:27 closed
    = stage open: 720h 00m / 720h 00m
    = stage pending: 672h 00m / 672h 00m
    = stage on-hold: 480h 00m / 480h 00m
    = stage solved: 24h 00m / 24h 00m
    = priority: urgent
    = remarks: none`,
  "bugs that were reopened on the same day, and a year before they were fixed": `
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    A 2026-10-01 04:21:25 reported
    A 2026-10-04 15:54:05 closed
    A 2026-10-04 21:22:51 reopened
    A 2026-10-05 02:16:07 closed
    B 2026-10-29 20:47:42 reported
    B 2026-11-01 23:26:31 closed
    B 2026-11-02 00:50:31 reopened
    B 2026-11-02 19:37:14 closed
    C 2026-05-26 11:21:12 reported
    C 2026-10-26 22:47:35 closed
    C 2026-10-27 16:05:50 reopened
    2028-02-10 00:00 now
    C 2028-02-02 12:52:09 closed
    = A time to resolve: 88h 26m / 88h 26m
    = B time to resolve: 93h 26m / 93h 26m
    = C time to resolve: 14792h 13m / 14792h 13m
    = C reopened: 1`,
};

describe("Metrics of published examples", () => {
  for (const [name, text] of Object.entries({ ...examples, ...histories })) {
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
    assert.deepEqual(of(1, 2, 3, 4, 5, 6, 7, 8, 9), [5, 8.2]);
    // Reports of a metrics action on public repositories, in seconds, which it rounds.
    assert.deepEqual(of(64_502, 281_899, 886_984, 5_229_794), [584_441.5, 3_926_951]);
    assert.deepEqual(of(309_262, 3_742_317, 14_082_532, 61_191_153), [8_912_424.5, 47_058_566.7]);
    assert.deepEqual(of(181_196, 17_792_620), [8_986_908, 16_031_477.6]);
    assert.deepEqual(of(468_616, 346_586, 13_852_406), [468_616, 11_175_648]);
    assert.deepEqual(of(1414, 25_367), [13_390.5, 22_971.7]);
  });

  it("satisfaction of published surveys is the share of fours and fives", () => {
    const share = (scores: readonly (readonly [score: number | "none", times: number])[]): readonly (number | undefined)[] => {
      const { desks, now } = readExample("2026-11-16 09:00 reported");
      const records = scores.flatMap(([score, times]) => Array.from({ length: times }, () => readExample(`2026-11-16 09:00 reported\n2026-11-16 10:00 closed\n2026-11-17 09:00 score ${score}`).records).flat());
      const { asked, answers, good, share: part } = reportOf({ desks, now, expected: [], records: records.map((one, index) => ({ ...one, issue: { ...one.issue, ref: { ...one.issue.ref, number: index + 1 } } })) }, "2026-11-01", "2026-11-30").satisfaction;
      return [asked, answers, good, part === undefined ? undefined : Number((part * 100).toFixed(2))];
    };
    assert.deepEqual(share([[5, 42], [4, 32], [3, 10], [2, 9], [1, 14]]), [107, 107, 74, 69.16]);
    assert.deepEqual(share([[5, 10], [4, 20], [3, 10], [2, 5], [1, 5]]), [50, 50, 30, 60]);
    assert.deepEqual(share([[5, 3], ["none", 7]]), [10, 3, 3, 100]);
  });

  it("two of ten tickets that were reopened are two of ten", () => {
    const letters = [..."ABCDEFGHIJ"];
    const text = letters.map((letter) => `${letter} 2026-11-16 09:00 reported\n${letter} 2026-11-16 10:00 closed${"AB".includes(letter) ? `\n${letter} 2026-11-16 11:00 reopened` : ""}`).join("\n");
    const { figures } = reportOf(readExample(text), "2026-11-01", "2026-11-30");
    assert.deepEqual([figures.reopened, figures.count], [2, 10]);
  });
});
