import assert from "node:assert/strict";
import { renderHandoff } from "../../src/core/markup/handoffRegion";
import { textsOf } from "../../src/core/model/handoff";
import { openWorkbench, until } from "./support/workbench";

const desk = "timezone: UTC\npeople: [{ login: ana }]\nkinds: { request: { label: request, prefix: '[REQUEST]' } }\nservices: [Portal]\n";

function handoffFile(title: string): string {
  const handoff = renderHandoff({ outgoing: "ben", incoming: "ana", beside: [], from: "2026-11-18T09:00:00Z", to: "2026-11-20T09:00:00Z", felt: "", items: [], texts: textsOf(() => "") }, { home: "local", timezone: "UTC" });
  return `---\ntitle: ${title}\nrepository: local\nstate: open\nlabels: [handoff]\nassignees: [ana]\nauthor: ben\ncreated: 2026-11-18T09:00:00Z\nupdated: 2026-11-18T09:00:00Z\n---\n\n${handoff}\n`;
}

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

  it("are closed before a dialog opens, which then gives the focus back to the editor", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, "runbooks/a.md": "# A\n", ".desk/handoff/1-a.md": handoffFile("A"), ".desk/handoff/2-b.md": handoffFile("B") }, settings: { "responseDesk.login": "ana" } });
    await w.openView("On Call");
    await w.waitForRow("On Call", "Handoff from ben");
    await w.openFile("runbooks/a.md");
    await w.page.locator(".monaco-editor .view-lines").first().click();
    await w.command("Response Desk: Accept Handoff");
    await w.waitForPrompt("Accept handoff");
    await w.quickBox.press("Enter");
    await w.dialogText();
    await w.page.keyboard.press("Escape");
    await until("the focus in the editor", async () => (await w.page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null)) || undefined);
  });
});
