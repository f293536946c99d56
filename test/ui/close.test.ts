import assert from "node:assert/strict";
import { openWorkbench, until } from "./support/workbench";

function issue(kind: string, title: string, more = ""): string {
  return `---
title: "[${kind.toUpperCase()}] ${title}"
repository: local
state: open
labels: [${kind}, "priority: high"]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Words of a person.
${more}`;
}

const files = {
  "runbooks/desk.yml": "people: [{ login: ana }]\npostmortem: { for: [high] }\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\", runbook: incident.md }\n  request: { repository: local, label: request, prefix: \"[REQUEST]\" }\n",
  "runbooks/incident.md": "# Incident\n\n- [ ] Look at it\n- [ ] Mend it\n",
  ".desk/incident/1-down.md": issue("incident", "Portal down", "\n<!-- desk:links -->\n- Child: #2\n<!-- /desk:links -->\n"),
  ".desk/request/2-part.md": issue("request", "New part"),
};

describe("closing an issue", () => {
  it("shows what is open, records the resolution, offers the post-mortem, and can be undone", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeMenu("Incidents", "Portal down", "Links and Runbooks", "Start Checklist on Issue");
    await w.waitForPrompt("Select a runbook for");
    await w.page.keyboard.press("Enter");
    await until("the checklist is on the issue", async () => (await w.waitForRow("Incidents", "Portal down")).description.endsWith("0/2"));
    await w.webview("Portal down");

    await w.treeMenu("Incidents", "Portal down", "Close Issue");
    await w.waitForPrompt("2 steps of its checklist are open");
    assert.match(await w.promptText(), /1 linked issue is open/);
    await w.screenshot("close-missing");
    await w.pick("are open", "Close Anyway");
    await w.pickMany("How was it resolved?", ["Fixed", "New issue filed"]);
    await w.waitForPrompt("The resolution");
    assert.equal(await w.quickBox.inputValue(), "Fixed; New issue filed");
    await w.answer("The resolution", "Fixed; New issue filed: see #2");
    await w.waitForNotification("requires a post-mortem");
    await w.screenshot("close-done");
    const text = await w.read(".desk/incident/1-down.md");
    assert.match(text, /^state: closed$/m);
    assert.ok(text.includes("Words of a person.\n"), text);
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /Fixed; New issue filed: see #2/);
    await until("it is no longer shown", async () => (await w.treeRows("Incidents")).length === 0);

    await w.command("Response Desk: Reopen Issue…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.answer("Why is #1 reopened?", "");
    await w.waitForRow("Incidents", "Portal down");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("asks only for the resolution if nothing is open, and requires one (thorough)", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Requests");
    await w.waitForRow("Requests", "New part");
    await w.treeAction("Requests", "New part", "Close Issue");
    await w.waitForPrompt("How was it resolved?");
    await w.page.keyboard.press("Enter");
    await w.answer("The resolution", "");
    await until("it says why not", async () => (await w.promptText()).includes("Enter a resolution."));
    await w.quickBox.fill("Done");
    await w.page.keyboard.press("Enter");
    await until("it is closed", async () => /^state: closed$/m.test(await w.read(".desk/request/2-part.md")));
  });
});
