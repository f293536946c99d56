import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../../src/core/calendar/businessTime";
import { issueFacts } from "../../../../../src/core/issue/issueFacts";
import { checkPostmortem, type PostmortemProblem } from "../../../../../src/core/postmortem/advice/consistency";
import { draftPostmortem } from "../../../../../src/core/postmortem/timeline/draftPostmortem";
import { type ConsistencyContext, problemKey, type ProblemCode } from "../../../../../src/core/postmortem/advice/findProblems";
import type { Postmortem } from "../../../../../src/core/postmortem/postmortem";
import { applyEdit, sortEntries } from "../../../../../src/core/postmortem/postmortemEdit";
import { readEntryTime } from "../../../../../src/core/postmortem/postmortemTime";
import { cpuTime } from "../../../../support/cpuTime";
import { propertyRuns } from "../../../../support/propertyRuns";
import { sampleDesk } from "../../../../support/sampleDesk";
import { anyLife, type Life } from "../lives";
import { action, anyPostmortem, emptyPostmortem, entry, zone } from "../samples";

const context: ConsistencyContext = { now: "2026-11-27T12:00:00Z", timezone: zone };

const found = (postmortem: Partial<Postmortem>, more: Partial<ConsistencyContext> = {}): readonly PostmortemProblem[] => checkPostmortem({ ...emptyPostmortem, ...postmortem }, { ...context, ...more });

const codes = (postmortem: Partial<Postmortem>, more: Partial<ConsistencyContext> = {}): readonly ProblemCode[] => found(postmortem, more).map(({ code }) => code);

const fixed = (postmortem: Postmortem, { fix }: PostmortemProblem, { timezone }: ConsistencyContext): Postmortem => {
  assert.ok(fix !== undefined);
  return applyEdit(postmortem, fix, (text) => readEntryTime(text, timezone));
};

const words = (id: string, text: string): Postmortem["timeline"][number] => ({ ...entry(id, "", "Something"), time: { kind: "words", words: text } });

/** What happened, and the problem that it has. */
const impossible: readonly (readonly [string, ProblemCode, Partial<Postmortem>, Partial<ConsistencyContext>?])[] = [
  ["detected before it started", "beforeStart", { instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T15:00:00Z" } }],
  ["acknowledged before it started", "beforeStart", { instants: { started: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T15:59:00Z" } }],
  ["mitigated before it started", "beforeStart", { instants: { started: "2026-11-20T16:00:00Z", mitigated: "2026-11-19T17:00:00Z" } }],
  ["ended before it started", "endBeforeStart", { instants: { started: "2026-11-20T16:00:00Z", resolved: "2026-11-20T15:00:00Z" } }],
  ["ended before it started, in the hour that the clock repeats", "endBeforeStart", { instants: { started: "2026-11-01T09:10:00Z", resolved: "2026-11-01T08:50:00Z" } }],
  ["a row of the detection before the start", "beforeStart", { instants: { started: "2026-11-20T16:00:00Z" }, timeline: [entry("a", "2026-11-20T15:00:00Z", "Detected (ana)")] }],
  ["a row of the end before the row of the start", "endBeforeStart", { timeline: [entry("a", "2026-11-20T15:00:00Z", "Resolved (ana): Done"), entry("b", "2026-11-20T16:00:00Z", "Started (ana)")] }],
  ["a start in the future", "future", { instants: { started: "2027-11-20T16:00:00Z" } }],
  ["a row in the future", "future", { timeline: [entry("a", "2026-11-27T13:00:00Z", "Called")] }],
  ["a review in the future", "reviewedInFuture", { reviewed: "2026-12-01" }],
  ["rows out of order", "outOfOrder", { timeline: [entry("a", "2026-11-20T16:00:00Z", "A"), entry("b", "2026-11-20T15:00:00Z", "B"), entry("c", "2026-11-20T17:00:00Z", "C")] }],
  ["rows in reverse", "unsorted", { timeline: [4, 3, 2, 1].map((hour) => entry(`r${hour}`, `2026-11-20T0${hour}:00:00Z`, "A")) }],
  ["a time without its zero", "unreadTime", { timeline: [words("a", "2026-11-20 9:05")] }],
  ["a day that does not exist", "unreadTime", { timeline: [words("a", "2026-02-30 09:05")] }],
  ["a time without a date", "unreadTime", { timeline: [words("a", "09:05")] }],
  ["times without dates in a whole table", "unreadTimes", { timeline: ["9:05", "9:10", "9:20", "10:00"].map((text, index) => words(`w${index}`, text)) }],
  ["a time with a zone by name", "unreadTime", { timeline: [words("a", "2026-11-20 09:05 PST")] }],
  ["a start that is not that of its row", "contradictsRow", { instants: { started: "2026-11-20T16:00:00Z" }, timeline: [entry("a", "2026-11-20T15:30:00Z", "Started (ana)")] }],
  ["a mitigation before the last one", "contradictsRow", { instants: { mitigated: "2026-11-20T10:00:00Z" }, timeline: [entry("a", "2026-11-20T10:00:00Z", "Mitigated (ana)"), entry("b", "2026-11-20T11:00:00Z", "Reopened by ben"), entry("c", "2026-11-20T12:00:00Z", "Mitigated (ana)")] }],
  ["a start after the first one", "contradictsRow", { instants: { started: "2026-11-20T12:00:00Z" }, timeline: [entry("a", "2026-11-20T10:00:00Z", "Started (ana)"), entry("b", "2026-11-20T11:00:00Z", "Reopened by ben"), entry("c", "2026-11-20T12:00:00Z", "Started (ana)")] }],
  ["no start in review", "missingMilestone", { status: "In review", instants: { detected: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T16:00:00Z", resolved: "2026-11-20T16:00:00Z" } }],
  ["no end of a closed incident", "missingMilestone", { instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T16:00:00Z" } }, { isOpen: false }],
  ["no resolution of a closed post-mortem", "missingMilestone", { status: "Closed", instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T16:00:00Z", mitigated: "2026-11-20T16:00:00Z" } }],
  ["an action without an owner in review", "actionWithoutOwner", { status: "In review", actions: [action("a", "Add an alert", { due: "2026-12-01" })] }, { lacks: ["started", "detected", "acknowledged", "resolved"] }],
  ["an action without a due date in review", "actionWithoutDue", { status: "In review", actions: [action("a", "Add an alert", { owner: "ana" })] }, { lacks: ["started", "detected", "acknowledged", "resolved"] }],
  ["an action due before the incident", "dueBeforeIncident", { instants: { started: "2026-11-20T16:00:00Z" }, actions: [action("a", "Add an alert", { due: "2025-12-01" })] }],
];

describe("The consistency of a post-mortem", () => {
  it("has no problems if the order is possible", () => {
    fc.assert(fc.property(anyLife, ({ postmortem, context: now }: Life) => assert.deepEqual(checkPostmortem(postmortem, now), [])), { numRuns: propertyRuns(3000) });
  });

  it("has no problems in a new post-mortem of an incident", () => {
    fc.assert(
      fc.property(anyLife, ({ issue, entries, context: now }: Life) => {
        const draft = draftPostmortem(issue, issueFacts(issue, sampleDesk), entries, { desk: sampleDesk, time: businessTime(sampleDesk), now: now.now });
        const lacks = [...(now.lacks ?? []), ...(["started", "detected", "acknowledged"] as const).filter((name) => draft.instants[name] === undefined)];
        assert.deepEqual(checkPostmortem(draft, { ...now, lacks }), []);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  for (const [name, code, postmortem, more] of impossible) {
    it(`finds ${name}`, () => assert.deepEqual(codes(postmortem, more), [code]));
  }

  const possible: readonly (readonly [string, Partial<Postmortem>, Partial<ConsistencyContext>?])[] = [
    ["acknowledged before it was detected", { instants: { started: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T16:05:00Z", detected: "2026-11-20T16:10:00Z" } }],
    ["detected only when it was over", { instants: { started: "2026-11-20T16:00:00Z", resolved: "2026-11-20T16:05:00Z", detected: "2026-11-21T16:10:00Z", acknowledged: "2026-11-21T16:11:00Z" } }],
    ["mitigated after its cause was removed", { instants: { started: "2026-11-20T16:00:00Z", resolved: "2026-11-20T16:05:00Z", mitigated: "2026-11-20T16:10:00Z" } }],
    ["detected in the minute in which it started", { instants: { started: "2026-11-20T16:00:40Z", detected: "2026-11-20T16:00:00Z" } }],
    ["one hour that the clock repeats", { instants: { started: "2026-11-01T08:50:00Z", resolved: "2026-11-01T09:10:00Z" } }],
    ["a deployment before the start", { instants: { started: "2026-11-20T16:00:00Z" }, timeline: [entry("a", "2026-11-20T15:00:00Z", "Version 2 was deployed")] }],
    ["a part of the incident that was resolved before the whole", { instants: { started: "2026-11-20T16:00:00Z", resolved: "2026-11-20T18:00:00Z" }, timeline: [entry("a", "2026-11-20T17:00:00Z", "Resolved the cache issue"), entry("b", "2026-11-20T17:10:00Z", "Mitigated: the first region")] }],
    ["an open incident without any time", { status: "Draft" }, { isOpen: true }],
    ["a file without an issue", { status: "Draft" }],
    ["a clock that is three minutes fast", { timeline: [entry("a", "2026-11-27T12:03:00Z", "Called")] }],
    ["times in words", { timeline: ["", "shortly after", "about 9:05", "~9:05", "9:05–9:10", "9:05 to 9:10", "2 hours later", "Monday", "10 minutes before", "2026-11-20", "11/20/2026", "2026-11-20 14:??", "2026-11-20 10:45~", "2026-11-20 12:26-12:30"].map((text, index) => words(`w${index}`, text)) }],
    ["actions that are over", { status: "Reviewed", actions: (["done", "declined", "not planned"] as const).map((state) => action(state, "Add an alert", { state, due: "2020-01-01" })) }, { lacks: ["started", "detected", "acknowledged", "resolved"] }],
    ["a backfilled incident that nobody acknowledged", { status: "Closed", instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:00:00Z", resolved: "2026-11-20T16:00:00Z" } }, { isOpen: false, lacks: ["acknowledged"] }],
  ];
  for (const [name, postmortem, more] of possible) {
    it(`allows ${name}`, () => assert.deepEqual(codes(postmortem, more), []));
  }

  it("resolves exactly one problem with each fix, and adds none", () => {
    const mess = fc.record({ life: anyLife, shifts: fc.array(fc.record({ at: fc.nat(), minutes: fc.integer({ min: -60 * 24 * 400, max: 60 * 24 * 400 }) }), { maxLength: 4 }) });
    let fixes = 0;
    const check = (postmortem: Postmortem, now: ConsistencyContext): void => {
      const problems = checkPostmortem(postmortem, now);
      const keys = problems.map(problemKey);
      for (const problem of problems) {
        if (problem.fix === undefined) continue;
        fixes += 1;
        const after = checkPostmortem(fixed(postmortem, problem, now), now).map(problemKey);
        assert.ok(!after.includes(problemKey(problem)), `${problemKey(problem)} is still there`);
        assert.deepEqual(after.filter((key) => !keys.includes(key)), []);
      }
    };
    fc.assert(
      fc.property(mess, ({ life: { postmortem, context: now }, shifts }) => {
        const moved = shifts.reduce<Postmortem>((before, { at, minutes }) => {
          const names = Object.keys(before.instants) as (keyof Postmortem["instants"])[];
          const shifted = (text: string): string => new Date(Date.parse(text) + minutes * 60_000).toISOString().replace(".000", "");
          const name = names[at % Math.max(1, names.length)];
          const old = name === undefined ? undefined : before.instants[name];
          if (at % 2 === 0 && name !== undefined && old !== undefined) return { ...before, instants: { ...before.instants, [name]: shifted(old) } };
          const row = before.timeline[at % Math.max(1, before.timeline.length)];
          if (row === undefined) return before;
          const time = row.time.kind === "instant" ? { kind: "instant" as const, at: shifted(row.time.at) } : { kind: "words" as const, words: "9:05" };
          return { ...before, timeline: before.timeline.map((other) => (other === row ? { ...row, time } : other)) };
        }, postmortem);
        check(moved, now);
      }),
      { numRuns: propertyRuns(400) },
    );
    fc.assert(fc.property(anyPostmortem, (postmortem) => check(postmortem, { ...context, isOpen: false })), { numRuns: propertyRuns(200) });
    assert.ok(fixes > 50, `${fixes} fixes`);
  });

  it("finds rows out of order exactly if sorting changes something, and never more than needed", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 10 }), (hours) => {
        const timeline = hours.map((hour, index) => entry(`t${index}`, `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z`, "A"));
        const problems = found({ timeline });
        const sorted = sortEntries(timeline).every((row, index) => row === timeline[index]);
        assert.equal(problems.length === 0, sorted);
        assert.ok(problems.length <= timeline.length / 2 + 1);
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it("offers the time of the row for a milestone that is missing or different", () => {
    const timeline = [entry("a", "2026-11-20T15:30:00Z", "Started (ana)"), entry("b", "2026-11-20T15:40:00Z", "Detected (ana)")];
    const instants = { started: "2026-11-20T15:35:00Z", acknowledged: "2026-11-20T15:45:00Z", resolved: "2026-11-20T17:00:00Z" };
    assert.deepEqual(found({ status: "In review", instants, timeline }).map(({ code, fix }) => [code, fix]), [
      ["contradictsRow", { kind: "instant", instant: "started", value: "2026-11-20T15:30:00Z" }],
      ["missingMilestone", { kind: "instant", instant: "detected", value: "2026-11-20T15:40:00Z" }],
    ]);
  });

  it("offers the date on which the rows around it happened", () => {
    const timeline = [entry("a", "2026-11-20T15:30:00Z", "A"), entry("b", "2027-11-20T15:40:00Z", "B"), words("c", "7:45"), entry("d", "2026-11-20T16:00:00Z", "C")];
    assert.deepEqual(found({ timeline }).flatMap(({ code, fix }) => (code === "outOfOrder" ? [] : [[code, fix]])), [
      ["future", { kind: "entry", id: "b", column: "time", value: "2026-11-20T15:40:00Z" }],
      ["unreadTime", { kind: "entry", id: "c", column: "time", value: "2026-11-20T15:45:00Z" }],
    ]);
  });

  it("offers a time after midnight, and none that has two meanings", () => {
    const timeline = [entry("a", "2026-11-21T07:50:00Z", "A"), words("b", "00:10"), words("c", "03/04/2026 10:00")];
    assert.deepEqual(found({ timeline }).map(({ code, fix }) => [code, fix]), [
      ["unreadTime", { kind: "entry", id: "b", column: "time", value: "2026-11-21T08:10:00Z" }],
      ["unreadTime", undefined],
    ]);
  });

  it("takes little time for a thousand rows in any order", () => {
    const timeline = Array.from({ length: 1000 }, (_none, index) => entry(`t${index}`, new Date(1_764_000_000_000 + ((index * 7919) % 1000) * 60_000).toISOString().replace(".000", ""), "A"));
    const started = cpuTime();
    assert.deepEqual(found({ timeline }).map(({ code }) => code), ["unsorted"]);
    assert.ok(cpuTime() - started < 500);
  });
});
