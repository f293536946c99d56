import assert from 'node:assert/strict';
import { readMilestone, renderMilestone } from '../../../../src/core/markup/milestone';

describe("the comment of a milestone", () => {
  it("is text with one hidden mark", () => {
    assert.equal(renderMilestone("resolved", "Restarted it.\n"), "Restarted it.\n\n<!-- desk:moment resolved -->");
    assert.deepEqual(readMilestone(renderMilestone("resolved", "Restarted it.")), { milestone: "resolved", markdown: "Restarted it." });
    assert.deepEqual(readMilestone("Taken over\r\n\r\n<!-- desk:moment handoff -->\r\n"), { milestone: "handoff", markdown: "Taken over" });
  });

  it("is never empty", () => {
    assert.deepEqual(readMilestone(renderMilestone("mitigated", " ")), { milestone: "mitigated", markdown: "Mitigated" });
  });

  it("has no times that are no instants", () => {
    assert.deepEqual(readMilestone("Back\n\n<!-- desk:moment update at=2026-11-20T17:00+01:00 -->")?.at, "2026-11-20T16:00:00Z");
    for (const at of ["yesterday", "2026-02-30T16:00:00Z", ""]) assert.deepEqual(readMilestone(`Back\n\n<!-- desk:moment update at=${at} next=${at} -->`), { milestone: "update", markdown: "Back" });
  });

  it("cannot be forged by its text or by other comments", () => {
    assert.equal(readMilestone(renderMilestone("update", "<!-- desk:moment resolved -->"))?.milestone, "update");
    assert.equal(readMilestone("see <!-- desk:moment resolved -->"), undefined);
    assert.equal(readMilestone("<!-- desk:moment nonsense -->"), undefined);
    assert.equal(readMilestone("<!-- desk:moment resolved -->\nmore"), undefined);
  });
});
