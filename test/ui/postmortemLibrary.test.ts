import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const view = "Post-mortems";

const postmortem = (title: string, front: string, actions: readonly string[] = []): string => `---
issue: "#1"
status: ${front}
---

# Post-mortem: ${title}

## Summary

${title} for an hour.

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
${actions.map((action) => `${action}\n`).join("")}`;

const issue = (title: string, more = ""): string => `---\ntitle: "${title}"\nstate: open\nlabels: [incident]\nassignees: []\nauthor: ana\ncreated: 2026-01-05T16:00:00Z\n${more}---\n`;

const files = {
  "runbooks/desk.yml": "timezone: UTC\npeople: [{ login: ana }, { login: ben }]\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n  issue: { repository: local, label: issue }\n",
  ".desk/incident/1-portal.md": issue("[INCIDENT] Portal is down"),
  ".desk/incident/2-alert.md": issue("Alert when logins stop"),
  "postmortems/2026-01-05-1-portal.md": postmortem("Portal is down", "In review\nservices: [Portal]\nfactors: [deployment]", [
    "| Alert when logins stop | detect | ana | | 2026-01-20 | #2 | accepted |",
    "| Roll back by one command | mitigate | ben | | 2999-01-20 | | proposed |",
    "| Write it down | process | ben | | 2026-01-10 | | done |",
  ]),
  "postmortems/2025-03-01-ledger.md": postmortem("Ledger ran out of disk space", "Reviewed\nservices: [Ledger, Portal]\nfactors: [capacity]"),
  "postmortems/broken.md": "---\nstatus: [\n---\n",
};

async function rows(w: Workbench): Promise<readonly string[]> {
  return (await w.treeRows(view)).map(({ label, level }) => `${"  ".repeat(level - 1)}${label}`);
}

describe("The post-mortems of a desk", () => {
  it("are listed in a view with overdue action items first, open from there, and can be searched and grouped", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal is down");
    for (const other of ["On Call", "Incidents", "Issues", "Runbooks"]) await w.view(other).locator(".pane-header").click();
    await w.openView(view);
    await w.waitForRow(view, "Alert when logins stop");
    writeFileSync(join(w.workspace, "postmortems/latin.md"), Buffer.from("# Caf\u00e9", "latin1"));
    await w.waitForRow(view, "latin.md");
    await w.setSideBarWidth(220);
    await w.screenshot("postmortem-library");
    const shown = await rows(w);
    assert.deepEqual(shown.slice(0, 3), ["Overdue action items", "  Jan 20 · Alert when logins stop", "Open action items"]);
    assert.deepEqual(shown.filter((row) => !row.startsWith("  ")), ["Overdue action items", "Open action items", "Ledger", "Portal", "No service", "Unreadable files"]);
    assert.deepEqual((await w.treeRows(view)).slice(-3).map(({ label, description }) => `${label}: ${description}`), ["broken: fields cannot be read", "Unreadable files: 1", "latin.md: cannot be read"]);

    await w.treeRow(view, "Jan 20 · Alert").click();
    await until("the issue of the action item", () => w.page.locator(".tab").filter({ hasText: "Alert when logins stop" }).first().isVisible());
    await w.treeRow(view, "Ledger ran out").click();
    await until("the post-mortem", () => w.page.locator(".tab").filter({ hasText: /ledger/i }).first().isVisible());
    await w.treeAction(view, "Portal is down", "Open File");
    await until("its file", () => w.page.locator(".tab").filter({ hasText: "2026-01-05-1-portal.md" }).first().isVisible());

    await w.command("Response Desk: Search Post-mortems…");
    await w.waitForPrompt("Search titles, services");
    await w.quickBox.fill("disk led");
    await until("one result", async () => (await w.quickItems()).join() === "Ledger ran out of disk space");
    await w.page.keyboard.press("Escape");

    await w.command("Response Desk: Write Post-mortem");
    await w.waitForPrompt("Select an issue");
    assert.deepEqual(await w.quickItems(), ["Alert when logins stop", "[INCIDENT] Portal is down"]);
    await w.screenshot("postmortem-write");
    await w.page.keyboard.press("Escape");

    await w.viewTitleAction(view, "Group Post-mortems By");
    await w.pick("Select a property", "Status");
    await w.waitForRow(view, "Reviewed");
    await w.write({ "postmortems/2025-04-01-mail.md": postmortem("Mail is late", "Closed") });
    await w.waitForRow(view, "Mail is late");
    assert.deepEqual((await rows(w)).filter((row) => !row.startsWith("  ")).slice(2), ["Draft", "In review", "Reviewed", "Closed", "Unreadable files"]);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("are offered as the next action while there are none (thorough)", async () => {
    const w = await openWorkbench({ desk: Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("postmortems/"))), settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal is down");
    await w.openView(view);
    assert.match(await w.welcome(view), /There are no post-mortems yet/);
    await w.view(view).getByRole("button", { name: "Write Post-mortem" }).click();
    await w.pick("Open post-mortem", "[INCIDENT] Portal is down");
    await w.waitForRow(view, "Portal is down");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
