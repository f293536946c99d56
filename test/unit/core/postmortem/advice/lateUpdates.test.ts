import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../../src/core/calendar/businessTime";
import { timeline } from "../../../../../src/core/incident/timeline";
import { missedUpdates } from "../../../../../src/core/incident/updates";
import { renderMilestone } from "../../../../../src/core/markup/milestone";
import type { TimelineEvent } from "../../../../../src/core/model/timelineEvent";
import { lateUpdates } from "../../../../../src/core/postmortem/advice/lateUpdates";
import { propertyRuns } from "../../../../support/propertyRuns";
import { sampleDesk } from "../../../../support/sampleDesk";
import { sampleIssue } from "../../../../support/sampleIssue";

const desk = { ...sampleDesk, audiences: [{ name: "users", email: [], updateEvery: { high: { amount: 1, unit: "h" as const } }, aroundTheClock: true, isInternal: false }] };

const rules = { desk, time: businessTime(desk) };

const issue = { ...sampleIssue(), labels: ["incident", "priority: high"] };

const at = (minutes: number): string => new Date(Date.parse("2026-11-20T16:00:00Z") + minutes * 60_000).toISOString().replace(".000", "");

const comment = (minutes: number, milestone: "acknowledged" | "update" | "resolved", details = {}): TimelineEvent => ({ kind: "commented", at: at(minutes), by: "ana", markdown: renderMilestone(milestone, "", details) });

describe("Late updates in a post-mortem", () => {
  it("are found", () => {
    const events = [comment(0, "acknowledged"), comment(90, "update", { audience: "users" }), comment(100, "resolved")];
    assert.deepEqual(lateUpdates(rules, issue, timeline(issue, events, []), at(500)), [{ audience: "users", at: at(60), sent: at(90) }]);
  });

  it("are those of the page of the incident", () => {
    const anyEvent = fc.oneof(
      fc.tuple(fc.nat(1000), fc.constantFrom("acknowledged", "resolved")).map(([minutes, milestone]) => comment(minutes, milestone)),
      fc.tuple(fc.nat(1000), fc.nat(300)).map(([minutes, next]) => comment(minutes, "update", { audience: "users", next: at(minutes + next) })),
      fc.tuple(fc.nat(1000), fc.nat(300)).map(([minutes, earlier]) => comment(minutes, "resolved", { at: at(minutes - earlier) })),
      fc.tuple(fc.nat(1000), fc.constantFrom("closed", "reopened")).map(([minutes, kind]): TimelineEvent => ({ kind, at: at(minutes), by: "ben" })),
    );
    fc.assert(
      fc.property(fc.uniqueArray(anyEvent, { maxLength: 8, selector: (event) => event.at }), (events) => {
        assert.deepEqual(lateUpdates(rules, issue, timeline(issue, events, []), at(2000)), missedUpdates(rules, issue, events, at(2000)));
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});
