import assert from "node:assert/strict";
import { readMentions } from "../../../../src/core/runbook/mentions";

const kinds = ["incident", "request", "record", "opportunity", "issue"];

describe("Kinds in brackets", () => {
  const cases: readonly (readonly [text: string, found: string])[] = [
    ["Create [REQUEST]", "create request"],
    ["Create an **[Opportunity]** issue in the *tracker*", "create opportunity"],
    ["(Optionally) Create a **[REQUEST]** issue in the team's repository linked to the **[RECORD]**", "create request, mention record"],
    ["Once the [Opportunity] has started, create a [RECORD]", "mention opportunity, create record"],
    ["Raise a [REQUEST] and an [ISSUE]", "create request, create issue"],
    ["open, or file, an [issue]", "create issue"],
    ["Open the incident's [ISSUE]", "create issue"],
    ["Check the open [INCIDENT]s", "mention incident"],
    ["Review open [REQUEST]s, then open an [ISSUE]", "mention request, create issue"],
    ["Update and close the [REQUEST]", "update request, close request"],
    ["Update the status in the [RECORD]", "update record"],
    ["Follow-up and update the **[Opportunity]**", "update opportunity"],
    ["Create a note about the [RECORD]", "mention record"],
    ["Do not create a [REQUEST]", "mention request"],
    ["Do not yet create a [REQUEST]", "mention request"],
    ["No need to file an [ISSUE]. Open a [REQUEST]", "mention issue, create request"],
    ["Without creating an [ISSUE], answer", "mention issue"],
    ["Close the tab. See [RECORD]", "mention record"],
    ["No: close the [OPPORTUNITY] with the reason", "close opportunity"],
    ["Create [REQUEST]: set up", "create request"],
    ["`[REQUEST]` [REQUEST](x.md) \\[REQUEST] ![REQUEST] [TODO] a[REQUEST]", ""],
  ];
  for (const [text, found] of cases) {
    it(`“${text}”: ${found || "none"}`, () => assert.equal(readMentions(text, kinds).map(({ action, kind }) => `${action} ${kind}`).join(", "), found));
  }

  it("are returned in the desk's own spelling", () => {
    assert.deepEqual(readMentions("File a [Change-Order]", ["change-order"]), [{ kind: "change-order", action: "create" }]);
  });
});
