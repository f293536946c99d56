import assert from "node:assert/strict";
import { mkdirSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const issue = `---
title: "[INCIDENT] Portal down"
repository: local
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Words of a person.
`;

const files = {
  "runbooks/desk.yml": 'people: [{ login: ana }]\nkinds:\n  incident: { repository: local, label: incident, prefix: "[INCIDENT]" }\n  request: { repository: local, label: request, prefix: "[REQUEST]" }\n',
  ".desk/incident/1-down.md": issue,
};
const events = ".desk/incident/1.events.jsonl";
const view = "Pending Changes";

async function comment(w: Workbench, text: string): Promise<void> {
  await w.treeMenu("Incidents", "Portal down", "Comment on Issue");
  await w.pick("Comment on", "Write in Editor");
  await w.page.locator(".codelens-decoration").first().waitFor();
  await w.page.keyboard.type(text);
  await w.page.keyboard.press("Control+Enter");
}

async function isGone(w: Workbench, label: string): Promise<void> {
  await until(`${label} is no longer in the list`, async () => !(await w.page.locator(".pane-header", { hasText: view }).isVisible()) || !(await w.treeRows(view)).some((row) => row.label.includes(label)));
}

describe("pending changes", () => {
  it("show what cannot be written, and write it with its edits when possible", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    mkdirSync(path.join(w.workspace, events), { recursive: true });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    assert.equal(await w.page.locator(".pane-header", { hasText: view }).count(), 0);
    await comment(w, "First words $(flame) [x](command:y)");
    await w.waitForNotification("stored on this machine");
    await w.clearNotifications();
    const row = await w.waitForRow(view, "Comment on #1");
    assert.match(row.description, /cannot be/);
    assert.match(row.aria, /First words/);
    await w.waitForRow("On Call", "1 pending change");

    for (const times of [2, 3, 4]) {
      await w.treeAction(view, "Comment on #1", "Retry Pending Change…");
      await until("it was tried again in vain", async () => Number(/tried (\d+) times/.exec((await w.waitForRow(view, "Comment on #1")).description)?.[1]) >= times || undefined);
      await w.clearNotifications();
    }
    for (const theme of ["light", "dark", "hc", "hcLight"] as const) {
      await w.setTheme(theme);
      await w.screenshot(`pending-${theme}`);
    }
    await w.page.setViewportSize({ width: 620, height: 500 });
    await w.screenshot("pending-narrow");
    await w.page.setViewportSize({ width: 1400, height: 900 });

    await w.treeAction(view, "Comment on #1", "Edit Pending Change…");
    await w.pick("Edit the text", "Write in Editor");
    await w.page.locator(".codelens-decoration").first().waitFor();
    await w.page.keyboard.press("Control+A");
    await w.page.keyboard.type("Second words");
    await w.page.keyboard.press("Control+Enter");
    await until("the row has the new text", async () => (await w.waitForRow(view, "Comment on #1")).aria.includes("Second words") || undefined);

    rmdirSync(path.join(w.workspace, events));
    await w.viewTitleAction(view, "Retry All Pending Changes");
    await isGone(w, "Comment on #1");
    const written = await w.read(events);
    assert.equal(written.split("Second words").length - 1, 1, written);
    assert.ok(!written.includes("First words"), written);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("are kept over a restart, ask before they are discarded, and are then never written (thorough)", async () => {
    const w = await openWorkbench({ desk: { ...files, ".desk/request": "Somebody's file, where the folder would be.\n" }, settings: { "responseDesk.login": "ana" }, fresh: true });
    await w.openView("Requests");
    await w.command("Response Desk: Create Request with Details…");
    await w.waitForPrompt("What happened?");
    await w.quickBox.fill("A key $(flame) for Ben");
    await w.quickInput.locator(".monaco-list-row", { hasText: "A key" }).first().waitFor();
    await w.page.keyboard.press("Enter");
    await w.pick("Details", "No Details");
    await w.pick("Select a priority", "No Priority");
    const name = "Create “[REQUEST] A key";
    await w.waitForRow(view, name);
    await w.restartExtensionHost();
    await w.waitForRow(view, name);
    await w.waitForNotification("A pending change from an earlier session is being sent: Create");

    // A row that is redrawn under the mouse, because it is retried, can miss the click.
    await until("it asks", async () => {
      await w.treeAction(view, name, "Discard Pending Change…");
      return w.dialog.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
    });
    assert.match(await w.dialogText(), /may already have been made[^]*text is lost[^]*A key/);
    await w.screenshot("pending-drop");
    await w.answerDialog("Discard", "Cancel");
    await w.waitForRow(view, name);
    await w.command("Response Desk: Discard Pending Change…");
    await w.pick("Select a pending change", (await w.waitForRow(view, name)).label);
    await w.answerDialog("Discard", "Discard");
    await isGone(w, name);

    rmSync(path.join(w.workspace, ".desk/request"));
    await comment(w, "Later");
    await until("a later change is written", async () => w.exists(events) || undefined);
    assert.equal(w.exists(".desk/request"), false);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
