import assert from "node:assert/strict";
import fc from "fast-check";
import { readChecklists, renderChecklist } from "../../../../src/core/markup/checklistRegion";
import { noteClock, readClock } from "../../../../src/core/markup/clockRegion";
import { readLinks } from "../../../../src/core/markup/linkRegion";
import { readMilestone, renderMilestone } from "../../../../src/core/markup/milestone";
import { onlyMarks } from "../../../../src/trackers/github/history/storedHistory";
import { propertyRuns } from "../../../support/propertyRuns";
import { anyChecklist, anyLine } from "../../../support/sampleChecklist";

describe("a text without what people wrote", () => {
  it("is empty if it has no marks", () => {
    for (const text of [undefined, null, "", "Call me at 555", "<!-- a template -->\nText"]) assert.equal(onlyMarks(text), "");
  });

  it("has the same checklists, clock and links, and nothing else", () => {
    fc.assert(fc.property(anyChecklist, anyLine, fc.boolean(), (checklist, line, spaced) => {
      const links = "<!-- desk:links -->\n- Parent: #12\n- Post-mortem: [docs/a.md](/docs/a.md)\n<!-- /desk:links -->";
      const body = noteClock(`Secret 555\n${line}\n\n${renderChecklist(checklist, "acme/live", { spaced })}\n\nSecret 555\n\n${links}\nSecret 555`, { reported: "2026-11-20T08:00:00Z" });
      const kept = onlyMarks(body);
      assert.deepEqual(readChecklists(kept, "acme/live"), readChecklists(body, "acme/live"));
      assert.deepEqual([readClock(kept), readLinks(kept, "acme/live")], [readClock(body), readLinks(body, "acme/live")]);
      assert.doesNotMatch(kept, /Secret 555/);
    }), { numRuns: propertyRuns(200) });
  });

  it("has a milestone only where it was one", () => {
    const comment = renderMilestone("acknowledged", "I call\n\nthe customer");
    assert.deepEqual({ ...readMilestone(onlyMarks(comment)), markdown: "" }, { ...readMilestone(comment), markdown: "" });
    assert.doesNotMatch(onlyMarks(comment), /customer/);
    assert.equal(readMilestone(onlyMarks(`${comment}\n\nThis is how it looks`)), undefined);
  });
});
