import assert from "node:assert/strict";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const desk = `people: [{ login: ana }]
kinds:
  incident: { repository: acme/desk, label: incident, prefix: "[INCIDENT]", runbook: incident.md }
  request: { repository: acme/desk, label: request, prefix: "[REQUEST]" }
  issue: { repositories: [acme/desk, acme/docs] }
`;

const runbook = `---
kind: incident
---
# Incident

- [ ] Look at it
- [ ] Create [REQUEST] for a new part
- [ ] Ask for a machine

  \`\`\`issue
  kind: request
  title: "Machine {{name}} for {{incident.number}}"
  ---
  Wanted for {{title}}.
  \`\`\`
`;

function incident(number: number, title: string, body: string): string {
  return `---
title: "[INCIDENT] ${title}"
repository: acme/desk
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:0${number}:11Z
updated: 2026-11-20T16:0${number}:11Z
---

${body}
`;
}

async function begun(): Promise<Workbench> {
  const w = await openWorkbench({
    desk: { "runbooks/desk.yml": desk, "runbooks/incident.md": runbook, ".desk/incident/1-down.md": incident(1, "Portal down", "Mine."), ".desk/incident/2-slow.md": incident(2, "Ledger slow", "Other.") },
    settings: { "responseDesk.login": "ana" },
  });
  await w.openView("Incidents");
  await w.waitForRow("Incidents", "Portal down");
  await w.treeMenu("Incidents", "Portal down", "Links and Runbooks", "Start Checklist on Issue");
  await w.waitForPrompt("Select a runbook for");
  await w.page.keyboard.press("Enter");
  await until("the checklist is on the issue", async () => (await w.waitForRow("Incidents", "Portal down")).description.endsWith("0/3"));
  // The checklist would take the focus from a menu while it loads.
  await w.page.locator(".tabs-container .tab.active").filter({ hasText: "Portal down" }).waitFor();
  await w.command("View: Close All Editors");
  return w;
}

describe("a linked issue", () => {
  it("is created from a line of the runbook, linked both ways, and shown at its step and in the tree", async () => {
    const w = await begun();
    await w.openView("Runbooks");
    await w.expand("Runbooks", "Incident");
    await w.treeRow("Runbooks", "Ask for a machine").click();
    await w.page.locator(".monaco-editor .view-line").filter({ hasText: "Ask for a machine" }).waitFor();
    await w.command("Response Desk: Create Linked Issue from This Line…");
    await w.waitForPrompt("Select the parent issue");
    await w.screenshot("linked-parent");
    assert.match((await w.quickItems())[0] ?? "", /Portal down/);
    await w.page.keyboard.press("Enter");
    await w.answer("name, for", "M-7");
    await w.waitForPrompt("Title of the linked issue");
    await w.screenshot("linked-title");
    assert.equal(await w.quickBox.inputValue(), "Machine M-7 for 1");
    await w.quickRow("Machine M-7 for 1").waitFor();
    await w.page.keyboard.press("Enter");
    await w.waitForNotification("Created acme/desk#3, linked to acme/desk#1.");
    const child = await w.read(".desk/request/3-request-machine-m-7-for-1.md").catch(async () => w.read(".desk/request/3-machine-m-7-for-1.md"));
    assert.match(child, /Wanted for Portal down\./);
    assert.match(child, /Parent: .*#1/);
    const parent = await w.read(".desk/incident/1-down.md");
    assert.match(parent, /Child: .*#3/);
    assert.match(parent, /- \[ \] Ask for a machine .*#3/);
    assert.ok(parent.includes("Mine.\n"), parent);
    await w.expand("Incidents", "Portal down");
    await w.waitForRow("Incidents", "Machine M-7");
    await w.screenshot("linked-tree");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("asks for the repository if the kind has several, and needs no runbook (thorough)", async () => {
    const w = await begun();
    await w.treeMenu("Incidents", "Portal down", "Create Linked Issue…");
    await w.pick("Select the kind of issue", "issue");
    await w.pick("Select a repository", "acme/docs");
    await w.waitForPrompt("Title of the linked issue");
    await w.quickBox.fill("Say how it is set up");
    await w.quickRow("Say how it is set up").waitFor();
    await w.page.keyboard.press("Enter");
    await w.pick("Details of the issue", "No Details");
    await w.waitForNotification("Created acme/docs#3, linked to acme/desk#1.");
    await w.expand("Incidents", "Portal down");
    const row = await w.waitForRow("Incidents", "Say how it is set up");
    assert.equal(row.label, "docs#3 Say how it is set up");
    assert.ok(!(await w.treeRows("Requests")).some(({ label }) => label.includes("Say how")));
  });

  it("of a step that already has one can be another one, the same one, or a similar one that exists (thorough)", async () => {
    const w = await begun();
    await w.treeRow("Incidents", "Portal down").click();
    const create = (await w.webview("#1")).getByRole("button", { name: "Create [REQUEST]" }).first();
    await create.click();
    await w.waitForPrompt("Title of the linked issue");
    assert.equal(await w.quickBox.inputValue(), "a new part");
    await w.quickRow("a new part").waitFor();
    await w.page.keyboard.press("Enter");
    await w.pick("Details of the issue", "No Details");
    await w.waitForNotification("Created acme/desk#3, linked to acme/desk#1.");

    await create.click();
    await w.pick("acme/desk#3 is already linked to this step", "Create Another Issue");
    await w.waitForPrompt("Title of the linked issue");
    await w.screenshot("linked-another");
    await w.quickInput.locator(".action-label[aria-label='Back'], .quick-input-titlebar .codicon-quick-input-back").first().click();
    await w.pick("acme/desk#3 is already linked to this step", "Create Another Issue");
    await w.waitForPrompt("Title of the linked issue");
    await w.quickBox.fill("Ledger slow");
    await w.quickRow("[INCIDENT] Ledger slow").click();
    await w.waitForNotification("acme/desk#2 is linked to acme/desk#1.");
    assert.match(await w.read(".desk/incident/1-down.md"), /- \[ \] Create \[REQUEST\] for a new part .*#2 #3 /);

    await create.click();
    await w.pick("acme/desk#2, acme/desk#3 is already linked to this step", "Open acme/desk#3");
    await w.page.locator(".tabs-container .tab.active").filter({ hasText: "#3" }).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("can be an existing one, selected from a list without the issue itself and its parents (thorough)", async () => {
    const w = await begun();
    await w.treeMenu("Incidents", "Portal down", "Links and Runbooks", "Link Existing Issue");
    await w.waitForPrompt("to link to");
    assert.deepEqual((await w.quickItems()).map((label) => label.replace(/^\W*/, "")), ["INCIDENT] Ledger slow"]);
    await w.page.keyboard.press("Enter");
    await w.pick("Select the relation", "Child");
    await until("both ends are written", async () => (await w.read(".desk/incident/1-down.md")).includes("#2") && (await w.read(".desk/incident/2-slow.md")).includes("#1"));
    await w.expand("Incidents", "Portal down");
    await until("the child stands below", async () => (await w.treeRows("Incidents")).find((row) => row.label.includes("Ledger slow"))?.level === 2);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
