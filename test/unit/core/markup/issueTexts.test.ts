import assert from 'node:assert/strict';
import { addedToKnownResolution, anotherCaseComment, caseComment, escalationDeclined, escalationDelayed, escalationText, firstWrittenOn, redirectComment, resolutionTexts, withinDays, withinHours } from '../../../../src/core/markup/issueTexts';

const ref = { repository: "acme/desk", number: 12 };

describe("the texts written into issues", () => {
  it("name a case on its known issue, in one bold line", () => {
    assert.equal(anotherCaseComment("Portal *is*\ndown", ref, ""), "Another case: **Portal  is  down** (acme/desk#12)");
    assert.equal(anotherCaseComment("Portal down", ref, "Only in Berlin"), "Another case: **Portal down** (acme/desk#12)\n\nOnly in Berlin");
    assert.equal(caseComment("Portal down", ""), "**Portal down**");
    assert.equal(caseComment("Portal down", "Since 8:00"), "**Portal down**\n\nSince 8:00");
    assert.equal(addedToKnownResolution(ref), "Added to a known issue: acme/desk#12");
  });

  it("mention the people who are asked, with the capacity and the reason", () => {
    assert.equal(redirectComment("ana", "primary", ""), "@ana (primary): this is for whoever is on call.");
    assert.equal(redirectComment("ana", "primary", "For you"), "@ana (primary): For you");
    assert.equal(escalationText(["ana", "ben"], "", "Help"), "@ana @ben: Help");
    assert.equal(escalationText(["ana"], withinHours("on-site"), "Help"), "@ana (on-site, within hours): Help");
    assert.equal(escalationText(["ana"], withinDays, "Help"), "@ana (next shift, within days): Help");
    assert.equal(escalationDelayed("after lunch"), "Escalation delayed: after lunch");
    assert.equal(escalationDeclined("on a train"), "Escalation declined: on a train");
  });

  it("record resolutions and sources as complete phrases", () => {
    assert.equal(new Set(Object.values(resolutionTexts)).size, Object.keys(resolutionTexts).length);
    assert.equal(firstWrittenOn("[acme/desk#12](https://x)"), "First written on [acme/desk#12](https://x).");
  });
});
