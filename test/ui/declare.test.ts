import assert from "node:assert/strict";
import { openWorkbench, until } from "./support/workbench";

const criteria = `people: [{ login: ana }, { login: ben }]
priorities:
  high:
    label: "priority: high"
    criteria: [Outage of a service, A team cannot work]
  normal:
    label: "priority: normal"
    criteria: [Slower than usual]
severities: [SEV1, SEV2]
environments: [Production, UAT]
services: [Portal]
`;

const known = `---
title: "[INCIDENT] Viewer shows a white page"
repository: local
state: open
labels:
  - incident
  - "priority: normal"
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Somebody's own words stay.
`;

describe("what an incident affects", () => {
  it("is set with criteria that propose the priority, a severity and environments", async () => {
    const file = ".desk/incident/1-viewer.md";
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": criteria, [file]: known }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.command("Response Desk: Set Priority…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.waitForPrompt("Which criteria apply to #1?");
    await w.quickRow("A team cannot work").click();
    await w.screenshot("criteria");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("The criteria propose high");
    await w.screenshot("criteria-proposal");
    await w.page.keyboard.press("Enter");
    await until("the row shows the priority", async () => (await w.waitForRow("Incidents", "white page")).description.includes("high"));
    await until("the note", async () => w.exists(".desk/incident/1.events.jsonl") && /Priority: high \(was normal\)\. These criteria apply:.*A team cannot work/.test(await w.read(".desk/incident/1.events.jsonl")));

    await w.command("Response Desk: Set Severity…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.pick("Select the severity of", "SEV2");
    await until("the severity", async () => (await w.read(file)).includes("SEV2"));
    await w.command("Response Desk: Set Environments…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.pickMany("Select the affected environments", ["UAT"]);
    await until("the environment", async () => (await w.read(file)).includes("environment: UAT"));
    const text = await w.read(file);
    assert.match(text, /desk:field criteria value=A%20team%20cannot%20work at=\S+ by=ana/);
    assert.match(text, /desk:field prioritized value=high at=\S+ by=ana/);
    assert.ok(text.includes("Somebody's own words stay.") && text.includes("priority: high") && !text.includes("priority: normal"), text);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
