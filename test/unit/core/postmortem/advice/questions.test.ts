import assert from "node:assert/strict";
import fc from "fast-check";
import type { Postmortem } from "../../../../../src/core/postmortem/postmortem";
import { noTexts } from "../../../../../src/core/postmortem/postmortem";
import { type EarlierIncident, postmortemQuestions, type PostmortemQuestion, type QuestionContext } from "../../../../../src/core/postmortem/advice/questions";
import { propertyRuns } from "../../../../support/propertyRuns";
import { sampleDesk } from "../../../../support/sampleDesk";
import { anyLife } from "../lives";
import { action, emptyPostmortem, entry } from "../samples";

const asked = (postmortem: Partial<Postmortem>, context: Partial<QuestionContext> = {}): readonly PostmortemQuestion[] =>
  postmortemQuestions({ ...emptyPostmortem, ...postmortem }, { desk: sampleDesk, ...context });

const codes = (postmortem: Partial<Postmortem>, context: Partial<QuestionContext> = {}): readonly string[] => asked(postmortem, context).map(({ code, section }) => `${section}: ${code}`);

const at = (time: string): string => `2026-11-20T${time}:00Z`;

describe("The questions of a post-mortem", () => {
  it("are none if there is nothing to ask", () => {
    assert.deepEqual(codes({ instants: { started: at("16:00"), detected: at("16:05"), acknowledged: at("16:08"), mitigated: at("16:40"), resolved: at("17:00") } }, { goal: { amount: 15, unit: "m" }, isOpen: false }), []);
    assert.deepEqual(codes({}), []);
  });

  it("ask what would have shown a slow detection sooner, and for an action for it", () => {
    const instants = { started: at("16:00"), detected: at("16:40") };
    assert.deepEqual(asked({ instants }), [{ code: "slowDetection", section: "detection", from: at("16:00"), to: at("16:40"), milliseconds: 40 * 60_000 }]);
    assert.deepEqual(codes({ instants, actions: [action("a", "Test it", { type: "prevent" })] }), ["detection: slowDetection", "actions: noDetectAction"]);
    assert.deepEqual(codes({ instants, actions: [action("a", "Add an alert", { type: "detect" }), action("b", "Test it", { type: "prevent" })] }), ["detection: slowDetection"]);
    assert.deepEqual(codes({ instants }, { goal: { amount: 1, unit: "h" } }), []);
  });

  it("ask about an acknowledgement after the goal, and a missing one once the incident is over", () => {
    const instants = { started: at("16:00"), detected: at("16:00"), acknowledged: at("16:20") };
    const goal = { amount: 15, unit: "m" } as const;
    assert.deepEqual(codes({ instants }, { goal }), ["detection: lateAcknowledgement"]);
    assert.deepEqual(codes({ instants }, { goal: { amount: 20, unit: "m" } }), []);
    assert.deepEqual(codes({ instants: { started: at("16:00") } }, { goal, isOpen: false }), ["detection: notAcknowledged"]);
    assert.deepEqual(codes({ instants: { started: at("16:00") } }, { goal, isOpen: true }), []);
  });

  it("ask what took long after the acknowledgement", () => {
    assert.deepEqual(codes({ instants: { acknowledged: at("16:00"), mitigated: at("17:01") } }), ["resolution: slowMitigation"]);
    assert.deepEqual(codes({ instants: { acknowledged: at("16:00"), mitigated: at("17:00") } }), []);
  });

  it("ask about rows that say that something went another way", () => {
    const timeline = [
      entry("a", at("16:00"), "Skipped by ana: Call the provider (nobody answers (again))"),
      entry("b", at("16:01"), "ben: **Sent back** from “Gate: Fix is tested” to “Fix”:\n\nIt was not."),
      entry("c", at("16:02"), "ben: **Sent back** from “Gate: Fix is tested” to “Fix”:\n\nAgain."),
      entry("d", at("16:03"), "Reopened by ben"),
    ];
    assert.deepEqual(asked({ timeline }).filter(({ code }) => code !== "gap"), [
      { code: "reopened", section: "resolution", times: 1 },
      { code: "skippedSteps", section: "wentWrong", steps: [{ step: "Call the provider", reason: "nobody answers (again)" }] },
      { code: "rejectedGate", section: "wentWrong", gate: "Gate: Fix is tested", times: 2 },
    ]);
  });

  it("ask about each audience that waited", () => {
    const missed = [
      { audience: "users", at: at("16:00"), sent: at("16:30") },
      { audience: "Users", at: at("17:00"), sent: at("17:10") },
      { audience: "management", at: at("16:00") },
    ];
    assert.deepEqual(asked({}, { missed }), [
      { code: "lateUpdates", section: "communications", audience: "users", count: 2, delay: 30 * 60_000 },
      { code: "lateUpdates", section: "communications", audience: "management", count: 1 },
    ]);
  });

  it("ask about other incidents of the service in the last 90 days", () => {
    const incident = (title: string, date: string, service: string): EarlierIncident => ({ path: `${title}.md`, title, date, services: [service] });
    const earlier = [
      incident("Ledger", "2026-11-01", "Ledger"),
      incident("Portal before", "2026-09-01", "portal"),
      incident("Portal again", "2026-10-01", "portal"),
      incident("Portal later", "2026-12-01", "Portal"),
      incident("Portal long ago", "2026-01-01", "Portal"),
      incident("This one", "2026-11-20", "Portal"),
    ];
    const questions = asked({ services: ["Portal"], instants: { started: at("16:00") } }, { earlier, path: "This one.md" });
    assert.deepEqual(questions.map((question) => question.code === "repeated" && question.incidents.map(({ title }) => title)), [["Portal again", "Portal before"]]);
  });

  it("ask whether all actions are of one type, and what went well once somebody analyzed it", () => {
    const actions = [action("a", "Write it down", { type: "process" }), action("b", "Train", { type: "process" })];
    assert.deepEqual(codes({ actions }), ["actions: oneType"]);
    assert.deepEqual(codes({ actions: [...actions, action("c", "Test", { type: "prevent" })] }), []);
    assert.deepEqual(codes({ actions: [...actions, action("c", "Test")] }), []);
    assert.deepEqual(codes({ texts: { ...noTexts, factors: "No test covers it." } }), ["wentWell: nothingWentWell"]);
    assert.deepEqual(codes({ texts: { ...noTexts, factors: "No test covers it.", wentWell: "The alert" } }), []);
  });

  it("can be found for every incident, and belong to a gap only where nothing happened", () => {
    fc.assert(
      fc.property(anyLife, ({ postmortem }) => {
        const questions = asked(postmortem);
        assert.equal(new Set(questions.map((question) => JSON.stringify(question))).size, questions.length);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
