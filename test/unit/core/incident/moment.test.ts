import assert from "node:assert/strict";
import { readMoment, renderMoment } from "../../../../src/core/incident/moment";

describe("a moment as a comment", () => {
  it("reads as text with one hidden mark", () => {
    assert.equal(renderMoment("resolved", "Restarted it.\n"), "Restarted it.\n\n<!-- desk:moment resolved -->");
    assert.deepEqual(readMoment(renderMoment("resolved", "Restarted it.")), { moment: "resolved", markdown: "Restarted it." });
    assert.deepEqual(readMoment("Taken over\r\n\r\n<!-- desk:moment handoff -->\r\n"), { moment: "handoff", markdown: "Taken over" });
  });

  it("is never empty", () => {
    assert.deepEqual(readMoment(renderMoment("mitigated", " ")), { moment: "mitigated", markdown: "Mitigated" });
  });

  it("cannot be forged by a text inside it, nor by any other comment", () => {
    assert.equal(readMoment(renderMoment("update", "<!-- desk:moment resolved -->"))?.moment, "update");
    assert.equal(readMoment("see <!-- desk:moment resolved -->"), undefined);
    assert.equal(readMoment("<!-- desk:moment nonsense -->"), undefined);
    assert.equal(readMoment("<!-- desk:moment resolved -->\nmore"), undefined);
  });
});
