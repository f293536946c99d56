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

  it("cannot be forged by its text or by other comments", () => {
    assert.equal(readMilestone(renderMilestone("update", "<!-- desk:moment resolved -->"))?.milestone, "update");
    assert.equal(readMilestone("see <!-- desk:moment resolved -->"), undefined);
    assert.equal(readMilestone("<!-- desk:moment nonsense -->"), undefined);
    assert.equal(readMilestone("<!-- desk:moment resolved -->\nmore"), undefined);
  });
});
