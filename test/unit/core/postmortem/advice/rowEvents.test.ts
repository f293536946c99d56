import assert from "node:assert/strict";
import { milestones } from "../../../../../src/core/markup/milestone";
import type { TimelineEntry } from "../../../../../src/core/incident/timeline";
import { renderRejection } from "../../../../../src/core/markup/checklistRegion";
import { postmortemInstants } from "../../../../../src/core/postmortem/postmortem";
import { type RowEvent, rowEvent } from "../../../../../src/core/postmortem/advice/rowEvents";
import { formatTimelineEntry, formerTimelineText } from "../../../../../src/core/postmortem/timeline/timelineText";
import { entry } from "../samples";

const stamp = { at: "2026-11-20T16:00:00Z", by: "ana" };

const read = (event: string): RowEvent => rowEvent(entry("a", stamp.at, event));

describe("A row of the timeline", () => {
  it("says the milestone of its event, in the current form and in that of version 0.1", () => {
    for (const milestone of milestones) {
      for (const text of ["", "Restarted (again): @ben agrees", "Mitigated"]) {
        const from: TimelineEntry = { kind: "milestone", milestone, text, ...stamp };
        const known = postmortemInstants.find((name) => name === milestone);
        const wanted = known === undefined ? { kind: "other" } : { kind: "milestone", milestone: known };
        assert.deepEqual([read(formatTimelineEntry(from)), read(formerTimelineText(from))], [wanted, wanted]);
      }
    }
  });

  it("says that the issue was opened, closed or reopened", () => {
    for (const kind of ["opened", "closed", "reopened"] as const) assert.deepEqual(read(formatTimelineEntry({ kind, ...stamp })), { kind });
  });

  it("says which step was skipped, and why", () => {
    assert.deepEqual(read(formatTimelineEntry({ kind: "stepSkipped", text: "Call the provider (on weekdays)", reason: "nobody answers (again)", ...stamp })), { kind: "skipped", step: "Call the provider (on weekdays)", reason: "nobody answers (again)" });
    assert.deepEqual(read("Skipped by ana: no reason"), { kind: "other" });
  });

  it("says which gate was rejected", () => {
    const text = renderRejection({ kind: "sendBack", ref: { repository: "acme/live", number: 1 }, run: "r", gate: "Gate: Tested", section: { id: "s", title: "Fix" }, reason: "It was not.", at: stamp.at });
    assert.deepEqual(read(formatTimelineEntry({ kind: "commented", text, ...stamp })), { kind: "rejected", gate: "Gate: Tested" });
  });

  it("says nothing that a person wrote in other words", () => {
    for (const text of ["", "Mitigated the cache", "Resolved: the cache issue", "We started late", "Detection (ana)", "Started rollback (ana)", "Closed the ticket by ana", "**Mitigated** (ana)"]) assert.deepEqual(read(text), { kind: "other" });
  });
});
