import assert from "node:assert/strict";
import type { FrameLocator, Locator } from "playwright-core";
import { openWorkbench, type Workbench } from "./support/workbench";

const incidentFile = ".desk/incident/1-down.md";

const files = {
  "runbooks/desk.yml": `people: [{ login: ana }, { login: ben }]
audiences:
  Users: { updateEvery: { high: 30m } }
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]", respondWithin: 1h }
  request: { repository: local, label: request, prefix: "[REQUEST]" }
`,
  [incidentFile]: `---
title: "[INCIDENT] Portal down"
repository: local
state: open
labels: [incident, "priority: high"]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Nobody can **sign in**. <img src=x onerror=alert(1)>

<!-- desk:links -->
- Child: #2
<!-- /desk:links -->
`,
  ".desk/request/2-part.md": `---
title: "[REQUEST] New part"
repository: local
state: open
labels: [request]
assignees: []
author: ben
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Please.
`,
};

const field = (view: FrameLocator): Locator => view.getByRole("textbox", { name: "Add a comment" });

async function openPage(w: Workbench): Promise<FrameLocator> {
  await w.openView("Incidents");
  await w.waitForRow("Incidents", "Portal down");
  await w.treeRow("Incidents", "Portal down").click();
  const view = await w.webview("Portal down");
  await view.getByRole("heading", { name: "Portal down" }).waitFor();
  return view;
}

describe("the page of an issue in the workbench", () => {
  it("opens on a click on an incident without a checklist, acknowledges, and writes a comment with a change of state as one change", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    const view = await openPage(w);
    await view.locator("strong").getByText("sign in").waitFor();
    assert.equal(await view.locator(".markdown img").count(), 0);
    await view.locator("header .due").getByText("overdue").waitFor();
    await view.getByRole("button", { name: "Acknowledge", exact: true }).click();
    await view.locator(".entry-text").getByText("Acknowledged").waitFor();
    await view.locator(".state").getByText("Acknowledged").waitFor();

    await field(view).fill("The gateway is back.");
    await view.getByRole("combobox", { name: "Stage" }).selectOption("In progress");
    await view.getByRole("button", { name: "Comment and Resolve" }).click();
    await view.getByText("The comment is saved.").waitFor();
    await view.locator(".entry-body").getByText("The gateway is back.").waitFor();
    await view.locator(".state").getByText("Resolved").waitFor();
    const text = await w.read(incidentFile);
    assert.match(text, /stage: In progress/);
    assert.match(text, /desk:field resolved value=/);
    assert.equal(await field(view).inputValue(), "");
    await w.screenshot("issue-page");

    await view.getByRole("button", { name: "#2 [REQUEST] New part" }).click();
    const other = await w.webview("New part");
    await other.getByText("Please.").waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("follows others, keeps what is typed when the window is reloaded, and opens the file", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    const view = await openPage(w);
    w.write({ [incidentFile]: files[incidentFile].replace("Portal down", "Portal is slow").replace("assignees: [ana]", "assignees: [ben]"), ".desk/incident/1.events.jsonl": `${JSON.stringify({ id: "e1", at: "2026-11-20T16:10:00Z", by: "ben", kind: "commented", markdown: "I restarted it." })}\n` });
    await view.getByRole("heading", { name: "Portal is slow" }).waitFor();
    await view.getByText("I restarted it.").waitFor();
    await view.getByRole("button", { name: "Change Assignees: @ben" }).waitFor();

    await field(view).fill("half a senten");
    await w.restartExtensionHost();
    const again = await w.webview("Portal is slow");
    await again.getByText("I restarted it.").waitFor();
    assert.equal(await field(again).inputValue(), "half a senten");
    await again.getByRole("button", { name: "Open Issue File" }).click();
    await w.page.locator(".tabs-container .tab.active").filter({ hasText: "1-down.md" }).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("is what a panel of version 0.1 becomes, which was stored under another name", async () => {
    const w = await openWorkbench({ desk: { ...files, "panel.json": JSON.stringify({ type: "responseDesk.checklist", title: "Checklist #1", state: { subject: { ref: { repository: "local", number: 1 }, run: "gone" }, scroll: 0 } }) }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.command("Test Driver: Open Panel");
    await w.webview("Checklist #1");
    await w.restartExtensionHost();
    const view = await w.webview("Portal down");
    await view.locator("strong").getByText("sign in").waitFor();
    await view.getByRole("button", { name: "Acknowledge", exact: true }).waitFor();
    await w.screenshot("issue-revived");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
