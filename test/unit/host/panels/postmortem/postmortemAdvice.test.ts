import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../../src/core/calendar/businessTime";
import type { Desk } from "../../../../../src/core/model/desk";
import { noTexts, type Postmortem } from "../../../../../src/core/postmortem/postmortem";
import { applyEdit } from "../../../../../src/core/postmortem/postmortemEdit";
import { readEntryTime } from "../../../../../src/core/postmortem/postmortemTime";
import { type AdviceInput, lengthText, postmortemAdvice, type PostmortemAdvice } from "../../../../../src/host/panels/postmortem/postmortemAdvice";
import { fill } from "../../../../../src/protocol/fill";
import { cpuTime } from "../../../../support/cpuTime";
import { propertyRuns } from "../../../../support/propertyRuns";
import { sampleDesk } from "../../../../support/sampleDesk";
import { sampleIssue } from "../../../../support/sampleIssue";
import { anyLife } from "../../../core/postmortem/lives";
import { action, anyPostmortem, emptyPostmortem, entry, zone } from "../../../core/postmortem/samples";

const desk: Desk = { ...sampleDesk, timezone: zone, people: [{ login: "ana", name: "Ana Maier", experienced: true, roles: [], away: [] }] };

const advise = (postmortem: Partial<Postmortem>, more: Partial<AdviceInput> = {}): PostmortemAdvice => postmortemAdvice({ postmortem: { ...emptyPostmortem, ...postmortem }, desk, now: "2026-11-27T12:00:00Z", ...more }, fill);

const problems = (postmortem: Partial<Postmortem>, more: Partial<AdviceInput> = {}): readonly string[] => advise(postmortem, more).problems.map(({ text, fix }) => (fix === undefined ? text : `${text} [${fix.label}]`));

const questions = (postmortem: Partial<Postmortem>, more: Partial<AdviceInput> = {}): readonly string[] => advise(postmortem, more).questions.map(({ section, text }) => `${section}: ${text}`);

const at = (time: string): string => `2026-11-20T${time}:00Z`;

describe("What a post-mortem's page shows beside it", () => {
  it("says what is wrong, and what the fix does", () => {
    assert.deepEqual(problems({ instants: { started: at("16:00"), detected: at("15:00"), resolved: at("14:00") }, timeline: [entry("a", at("16:00"), "Started (ana)"), entry("b", at("16:05"), "Detected (ana)")] }), [
      "“Detected” (2026-11-20 07:00) is before the start of the incident (2026-11-20 08:00). [Set to 2026-11-20 08:05]",
      "“Detected” is at 2026-11-20 08:05 in the timeline (row 2). [Set to 2026-11-20 08:05]",
      "The incident ends (2026-11-20 06:00) before it starts (2026-11-20 08:00). [Set to 2026-11-21 06:00]",
    ]);
    assert.deepEqual(problems({ timeline: [entry("a", at("16:00"), "A"), entry("b", at("17:00"), "B"), entry("c", at("16:30"), "C"), { ...entry("d", "", "D"), time: { kind: "words", words: "9:05" } }] }), [
      "“9:05” is not a complete time such as 2026-11-20 16:02, so it is treated as text. [Set to 2026-11-20 09:05]",
      "This row is not in chronological order. [Move Row]",
    ]);
  });

  it("says what a post-mortem in review lacks", () => {
    const issue = { ...sampleIssue(), ref: { repository: "acme/engine", number: 3 }, assignees: ["ben"] };
    const actions = [action("a", "Add an alert", { issue: issue.ref, state: "accepted" }), action("b", "Test it", { owner: "ana", due: "2025-12-01" })];
    const instants = { started: at("16:00"), acknowledged: at("16:10"), resolved: at("16:20") };
    assert.deepEqual(problems({ status: "In review", instants, actions, reviewed: "2026-12-24", timeline: [entry("o", at("16:02"), "Opened by ana")] }, { issues: [issue] }), [
      "“Detected” has no time. [Set to 2026-11-20 08:02]",
      "The review was completed on 2026-12-24, which is in the future. [Set to Today]",
      "This action item has no owner. [Set Owner to ben]",
      "This action item has no due date. [Set to 2026-12-27]",
      "The due date 2025-12-01 is before the incident (2026-11-20). [Set to 2026-12-01]",
    ]);
  });

  it("does not ask for the acknowledgement of an incident that was closed without one, but how people knew", () => {
    const issue = { ...sampleIssue(), state: "closed" as const, closedAt: at("17:00") };
    const instants = { started: at("16:00"), detected: at("16:00"), resolved: at("17:00") };
    assert.deepEqual(problems({ instants }, { issue }), []);
    assert.deepEqual(questions({ instants }, { issue }), ["detection: Nobody acknowledged the incident. How did people know who was working on it?"]);
  });

  it("asks questions about what the data shows", () => {
    const shown = questions(
      {
        services: ["Portal"],
        instants: { started: at("16:00"), detected: at("16:40"), acknowledged: at("17:00"), mitigated: at("18:30") },
        timeline: [
          entry("a", at("16:40"), "Detected (ana)"),
          entry("b", at("17:00"), "Skipped by ana: Call `the` provider (nobody answers)"),
          entry("c", at("17:30"), "ben: **Sent back** from “Gate: Tested” to “Fix”:\n\nIt was not."),
          entry("d", at("18:29"), "Reopened by ben"),
        ],
        actions: [action("x", "Test it", { type: "prevent" }), action("y", "Limit it", { type: "prevent" })],
        texts: { ...noTexts, factors: "No test." },
      },
      { goal: { amount: 15, unit: "m" }, path: "this.md", earlier: [{ path: "other.md", title: "Portal slow", date: "2026-10-02", services: ["portal"] }, { path: "this.md", title: "Portal down", date: "2026-11-20", services: ["Portal"] }] },
    );
    assert.deepEqual(shown, [
      "detection: The incident was detected 40 min after it started. What would have alerted us sooner?",
      "detection: The incident was acknowledged 20 min after it was detected; the goal is 15 min. What would have reached somebody sooner?",
      "timeline: Nothing is recorded from 2026-11-20 08:00 to 2026-11-20 08:40 (40 min). What happened during this time?",
      "timeline: Nothing is recorded from 2026-11-20 09:30 to 2026-11-20 10:29 (59 min). What happened during this time?",
      "factors: Portal had another incident on 2026-10-02: “Portal slow”. What do they have in common?",
      "resolution: It took 1 h 30 min from acknowledgement to mitigation. What took most of this time?",
      "resolution: The incident was reopened. What made us believe that it was resolved?",
      "wentWell: What helped and should be kept?",
      "wentWrong: “Call the provider” was skipped. Is the step needed, and was it possible?",
      "wentWrong: “Gate: Tested” was rejected. What would have shown the problem sooner?",
      "actions: Detection took a long time, but no action item has the type “Detect”. What would have alerted us sooner?",
      "actions: All action items have the type “Prevent”. Which other types of action would help?",
    ]);
  });

  it("asks about updates that audiences did not receive in time", () => {
    const audience = { name: "users", email: [], updateEvery: { high: { amount: 1, unit: "h" as const } }, aroundTheClock: true, isInternal: false };
    const watched = { ...desk, audiences: [audience] };
    const issue = { ...sampleIssue(), labels: ["incident", "priority: high"] };
    const by = "ana";
    const entries = [
      { kind: "milestone" as const, milestone: "acknowledged" as const, text: "", at: at("16:00"), by },
      { kind: "milestone" as const, milestone: "update" as const, text: "Still down", audience: "users", at: at("17:25"), by },
      { kind: "milestone" as const, milestone: "resolved" as const, text: "", at: at("18:00"), by },
    ];
    assert.deepEqual(questions({}, { desk: watched, issue, entries, updateRules: { desk: watched, time: businessTime(watched) } }), ["communications: An update for “users” was 25 min late. What would make updates easier to send?"]);
  });

  it("shows the times of this incident, in business time too if the desk has hours", () => {
    const instants = { started: at("16:00"), detected: at("16:40"), mitigated: at("18:00") };
    assert.deepEqual(advise({ instants }).intervals.map(({ text }) => text), ["Time to detect: 40 min", "Time to mitigate: 2 h"]);
    const hours = [{ weekday: 5, spans: [{ from: "08:30", to: "17:00" }] }];
    assert.deepEqual(advise({ instants }, { time: businessTime({ ...desk, hours }) }).intervals.map(({ text }) => text), ["Time to detect: 40 min (10 min in business hours)", "Time to mitigate: 2 h (1 h 30 min in business hours)"]);
    const days = { started: at("16:30"), resolved: "2026-12-04T17:30:00Z" };
    assert.deepEqual(advise({ instants: days }, { time: businessTime({ ...desk, hours }) }).intervals.map(({ text }) => text), ["Time to resolve: 14 d 1 h (18 h in business hours)"]);
    assert.equal(advise({ timeline: [entry("a", at("16:00"), "Reopened by ana")] }).reopened, "Reopened once. Times count from the first start to the last mitigation and resolution.");
  });

  it("answers at once while somebody types a year", () => {
    const started = cpuTime();
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, spans: [{ from: "09:00", to: "17:00" }] }));
    for (const year of ["0002", "0020", "0202", "9999"]) advise({ instants: { started: `${year}-11-20T16:00:00Z`, detected: at("16:10"), acknowledged: at("16:20") }, timeline: [entry("a", at("16:00"), "A"), entry("b", `${year}-11-20T17:00:00Z`, "B")] }, { time: businessTime({ ...desk, hours }), goal: { amount: 1, unit: "h" } });
    assert.ok(cpuTime() - started < 2000);
  });

  it("shows offsets where the clock changes within the incident", () => {
    const timeline = [entry("a", "2026-11-01T08:40:00Z", "A"), entry("b", "2026-11-01T09:40:00Z", "B")];
    assert.deepEqual(advise({ timeline }).gaps.map(({ text }) => text), ["Nothing recorded for 1 h, from 2026-11-01 01:40 -07:00 to 2026-11-01 01:40 -08:00"]);
  });

  it("hints at names in the sections about causes, and nowhere else", () => {
    const texts = { ...noTexts, factors: "Ana had no review.", trigger: "@ana deployed", wentWell: "Ana reacted fast." };
    assert.deepEqual(advise({ texts }).hints.map(({ section, text }) => `${section}: ${text}`), [
      "factors: Names a person: “Ana”. Name the role or the system instead, such as “the on-call engineer” or “the deployment”.",
      "trigger: Names a person: “ana”. Name the role or the system instead, such as “the on-call engineer” or “the deployment”.",
    ]);
  });

  it("formats lengths in their two largest units", () => {
    const minute = 60_000;
    assert.deepEqual([0, 59_999, minute, 60 * minute, 65 * minute, 24 * 60 * minute, 27 * 60 * minute + 5 * minute].map((length) => lengthText(length, fill)), ["less than 1 min", "less than 1 min", "1 min", "1 h", "1 h 5 min", "1 d", "1 d 3 h"]);
  });

  it("is complete for every post-mortem, and its fixes are edits of it", () => {
    const any = fc.oneof(anyPostmortem, anyLife.map(({ postmortem }) => postmortem));
    fc.assert(
      fc.property(any, fc.boolean(), (postmortem, isClosed) => {
        const issue = { ...sampleIssue(), ...(isClosed ? { state: "closed" as const, closedAt: at("17:00") } : {}) };
        const { problems: shown, questions: asked, intervals, gaps, hints } = advise(postmortem, { issue });
        for (const text of [...shown, ...asked, ...intervals, ...gaps, ...hints].map((one) => one.text).concat(shown.flatMap(({ fix }) => fix?.label ?? []))) assert.match(text, /^(?!.*\{\d\}).+$/s);
        for (const { fix } of shown) if (fix !== undefined) assert.notDeepEqual(applyEdit(postmortem, fix.edit, (text) => readEntryTime(text, zone)), postmortem);
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
