import assert from "node:assert/strict";
import { defaultDesk } from "../../../src/core/desk/defaultDesk";
import { rememberFacts } from "../../../src/host/rememberFacts";
import { sampleIssue } from "../../support/sampleIssue";

describe("remembered facts", () => {
  it("are read once for an issue of a desk, and anew for another desk or a changed issue", () => {
    let desk = defaultDesk("acme/desk");
    const factsOf = rememberFacts(() => desk);
    const issue = sampleIssue();
    const known = factsOf(issue);
    assert.equal(factsOf(issue), known);
    assert.notEqual(factsOf(sampleIssue()), known);
    desk = { ...desk };
    assert.notEqual(factsOf(issue), known);
    assert.deepEqual(factsOf(issue), known);
  });
});
