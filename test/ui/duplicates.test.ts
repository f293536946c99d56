import assert from "node:assert/strict";
import { incidentFile } from "./support/issueFiles";
import { openWorkbench, until } from "./support/workbench";

const files = {
  "runbooks/desk.yml": "timezone: UTC\npeople: [{ login: ana }, { login: ben }]\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n",
  ".desk/incident/1-portal.md": incidentFile(1, "Portal down", "ana"),
  ".desk/incident/2-sign-in.md": incidentFile(2, "Portal down for sign-in", "ana"),
};

describe("a duplicate", () => {
  it("is closed with the issue that stays, shown below it, and informed when that one is closed", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "#2 Portal down for sign-in");
    await w.treeMenu("Incidents", "#2 Portal down for sign-in", "Link", "Mark as Duplicate Of");
    await w.waitForPrompt("Which issue is #2");
    await w.screenshot("duplicate-of");
    await w.page.keyboard.press("Enter");
    await until("the duplicate is closed", async () => /^state: closed$/m.test(await w.read(".desk/incident/2-sign-in.md")));
    assert.match(await w.read(".desk/incident/2-sign-in.md"), /^- Duplicate of: #1/m);
    assert.match(await w.read(".desk/incident/1-portal.md"), /^- Duplicate: #2/m);
    assert.match(await w.read(".desk/incident/2.events.jsonl"), /Duplicate of #1/);

    await w.treeAction("Incidents", "#1 Portal down", "Close Issue");
    await w.waitForPrompt("How was it resolved?");
    await w.page.keyboard.press("Enter");
    await w.answer("The resolution", "Restarted the proxy");
    await until("the reporter is informed", async () => /Closed in #1: Restarted the proxy/.test(await w.read(".desk/incident/2.events.jsonl")));
    assert.deepEqual(w.extensionErrors(), []);
  });
});
