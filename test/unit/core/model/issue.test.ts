import assert from "node:assert/strict";
import { orderedForChoice } from "../../../../src/core/model/issue";
import { sampleIssue } from "../../../support/sampleIssue";

describe("the order of issues to choose from", () => {
  it("has open ones first, checklists and handoffs after work, and the latest first", () => {
    const issues = [
      sampleIssue({ title: "closed", state: "closed", labels: ["incident"], createdAt: "2026-11-30T08:00:00Z" }),
      sampleIssue({ title: "checklist of today", labels: ["checklist"], createdAt: "2026-11-30T08:00:00Z" }),
      sampleIssue({ title: "handoff", labels: ["handoff"], createdAt: "2026-11-29T08:00:00Z" }),
      sampleIssue({ title: "old", labels: ["incident"], createdAt: "2026-11-01T08:00:00Z" }),
      sampleIssue({ title: "new", labels: [], createdAt: "2026-11-20T08:00:00Z" }),
    ];
    assert.deepEqual(orderedForChoice(issues, ({ labels: [kind] }) => kind).map(({ title }) => title), ["new", "old", "checklist of today", "handoff", "closed"]);
  });
});
