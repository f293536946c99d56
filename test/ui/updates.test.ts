import assert from "node:assert/strict";
import { noteClock } from "../../src/core/markup/clockRegion";
import { type FakeWebhook, startFakeWebhook } from "../support/fakeWebhook";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const ago = (minutes: number): string => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;

const issue = `---
title: "[INCIDENT] Portal down"
repository: local
state: open
labels: [incident, "priority: high", "service: Portal"]
assignees: [ana]
author: ana
created: ${ago(100)}
updated: ${ago(100)}
---

${noteClock("Nobody can sign in, says @everyone.", { acknowledged: ago(95), by: "ana" })}`;

const files = {
  "runbooks/desk.yml": `people: [{ login: ana }]
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]" }
services: [Portal]
priorities: { high: { label: "priority: high", updateEvery: 1h } }
audiences:
  users: { webhook: status-channel, slack: "#status", email: [users@acme.example] }
  leadership: { email: [boss@acme.example], updateEvery: 4h }
`,
  ".desk/incident/1-down.md": issue,
};

const events = ".desk/incident/1.events.jsonl";

/** Opens the draft, adds a line, and stops before the update is sent. */
async function writeUpdate(w: Workbench, line: string): Promise<void> {
  await w.waitForPrompt("Who receives the update");
  await w.screenshot("update-audiences");
  await w.page.keyboard.press("Enter");
  await w.waitForPrompt("When do they receive the next update");
  await w.screenshot("update-next");
  await w.page.keyboard.press("Enter");
  await w.page.locator(".codelens-decoration").filter({ hasText: "Continue with These Details" }).waitFor();
  await w.page.keyboard.press("Control+End");
  await w.page.keyboard.type(`\n${line}`);
  await w.screenshot("update-draft");
  await w.page.keyboard.press("Control+Enter");
}

describe("updates for audiences", () => {
  let webhook: FakeWebhook;
  beforeEach(async () => {
    webhook = await startFakeWebhook();
  });
  afterEach(() => webhook.stop());

  it("are overdue in the row until they are posted to the webhook and recorded on the issue", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" }, fresh: true });
    await w.openView("Incidents");
    assert.match((await w.waitForRow("Incidents", "Portal down")).label, /^update overdue 3\dm · #1 Portal down/);

    // The webhook is down at first: nothing is recorded, and the update stays overdue.
    webhook.answer({ kind: "answer", status: 503 });
    await w.command("Response Desk: Send Update…");
    await w.waitForPrompt("Select the issue that the update is about");
    await w.page.keyboard.press("Enter");
    await writeUpdate(w, "We ask @everyone to wait.");
    await w.waitForPrompt("Paste the address of an incoming webhook");
    await w.page.keyboard.type("http://hooks.acme.example/x");
    await w.page.keyboard.press("Enter");
    await until("an address without encryption is refused", async () => (await w.page.locator(".quick-input-widget").innerText()).includes("https://") || undefined);
    await w.quickBox.fill(webhook.address);
    await w.page.keyboard.press("Enter");
    const dialog = await w.dialogText();
    for (const part of ["users: Post to #status", "Comment on #1", "Next update", "Status: under investigation", "We ask @everyone to wait."]) assert.ok(dialog.includes(part), `${part} in ${dialog}`);
    await w.screenshot("update-confirm");
    await w.answerDialog("Send this update?", "Send");
    await w.waitForNotification("The update for users is stored in Pending Changes");
    await w.screenshot("update-kept");
    await w.clearNotifications();
    const kept = await w.waitForRow("Pending Changes", "Update for users on #1");
    assert.equal(kept.description, "webhook error (503)");
    assert.ok(!w.exists(events));
    assert.match((await w.waitForRow("Incidents", "Portal down")).label, /^update overdue/);

    webhook.answer({ kind: "answer", status: 200, body: "ok" });
    await w.treeAction("Pending Changes", "Update for users on #1", "Retry Update…");
    await w.answerDialog("Update for users on #1", "Send Again");
    const written = await until("the update is recorded", async () => w.exists(events) && (await w.read(events)));
    assert.match(written, /desk:moment update audience=users next=/);
    assert.ok(!/@everyone/.test(written) && !written.includes(webhook.address), written);
    assert.deepEqual(webhook.messages.map((text) => /We ask @\u2060everyone to wait\./.test(text)), [true, true]);
    assert.match(webhook.messages[0] ?? "", /^Incident #1: Portal down\n\nStatus: under investigation/);
    await until("the next update is due later", async () => /update in (59m|1h)/.test((await w.waitForRow("Incidents", "Portal down")).description) || undefined);
    await w.screenshot("update-sent");

    // Another audience still waits for its own update. Its email opens in the mail program.
    await w.treeMenu("Incidents", "Portal down", "Send Update…");
    await w.pickMany("Who receives the update", ["Open an email to boss@acme.example"]);
    await w.answer("When do they receive the next update", "");
    await w.page.locator(".codelens-decoration").filter({ hasText: "Continue with These Details" }).waitFor();
    await w.page.keyboard.press("Control+Enter");
    await w.answerDialog("Send this update?", "Send");
    await until("the second update is recorded", async () => /\*\*Update for leadership\*\* \(email\)/.test(await w.read(events)) || undefined);
    assert.equal(webhook.messages.length, 2);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
