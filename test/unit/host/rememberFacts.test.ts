import assert from "node:assert/strict";
import { defaultDesk } from "../../../src/core/desk/defaultDesk";
import { rememberFacts } from "../../../src/host/views/rememberFacts";
import { sampleIssue } from "../../support/sampleIssue";

describe("remembered facts", () => {
  it("are read once for an issue of a desk, and anew for another desk or a changed issue", () => {
    const factsFor = rememberFacts();
    const desk = defaultDesk("acme/desk");
    const issue = sampleIssue();
    const known = factsFor(desk)(issue);
    assert.equal(factsFor(desk)(issue), known);
    assert.notEqual(factsFor(desk)(sampleIssue()), known);
    assert.notEqual(factsFor({ ...desk })(issue), known);
    assert.deepEqual(factsFor(desk)(issue), known);
  });
});
