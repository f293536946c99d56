import assert from "node:assert/strict";
import { openWorkbench } from "./support/workbench";

const desk = "timezone: UTC\npeople: [{ login: ana }]\nkinds: { request: { label: request, prefix: '[REQUEST]' } }\nservices: [Portal]\n";

describe("the inputs of one flow", () => {
  it("replace each other without closing in between, so that no page can take the focus", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Requests");
    await w.command("Response Desk: Create Issue…");
    await w.waitForPrompt("Select the kind of issue");
    await w.page.evaluate(() => {
      const widget = document.querySelector<HTMLElement>(".quick-input-widget");
      if (widget === null) throw new Error("There is no input");
      new MutationObserver((changes) => {
        const wasHidden = changes.some(({ oldValue }) => oldValue?.includes("display: none") === true);
        if (wasHidden || widget.style.display === "none") document.body.dataset["closedInputs"] = "some";
      }).observe(widget, { attributeFilter: ["style"], attributeOldValue: true });
    });
    await w.pick("Select the kind of issue", "request");
    await w.waitForPrompt("New request");
    await w.screenshot("input-flow");
    assert.equal(await w.page.evaluate(() => document.body.dataset["closedInputs"]), undefined);
  });
});
