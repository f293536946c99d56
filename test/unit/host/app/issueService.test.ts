import assert from "node:assert/strict";
import { defaultDesk } from "../../../../src/core/desk/defaultDesk";
import { cacheFacts } from "../../../../src/host/app/issueService";
import { sampleIssue } from "../../../support/sampleIssue";

describe("cacheFacts", () => {
  it("computes facts once per issue and desk, and again for another desk or a changed issue", () => {
    let desk = defaultDesk("acme/desk");
    const factsOf = cacheFacts(() => desk);
    const issue = sampleIssue();
    const known = factsOf(issue);
    assert.equal(factsOf(issue), known);
    assert.notEqual(factsOf(sampleIssue()), known);
    desk = { ...desk };
    assert.notEqual(factsOf(issue), known);
    assert.deepEqual(factsOf(issue), known);
  });
});
