import assert from "node:assert/strict";
import { noteClock } from "../../src/core/markup/clockRegion";
import { type FakeWebhook, startFakeWebhook } from "../support/fakeWebhook";
import { openWorkbench, until } from "./support/workbench";

const files = {
  "runbooks/desk.yml": `people: [{ login: ana }]
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]" }
audiences:
  users: { webhook: status-channel, slack: "#status", email: [users@acme.example] }
`,
  ".desk/incident/1-down.md": `---
title: "[INCIDENT] Portal down"
repository: local
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

${noteClock("Nobody can sign in.", { acknowledged: "2026-11-20T16:04:00Z", by: "ana" })}`,
};

describe("updates in a browser", () => {
  let webhook: FakeWebhook;
  before(async () => {
    webhook = await startFakeWebhook();
  });
  after(() => webhook.stop());

  it("are kept with other ways to send them if the webhook does not let the browser read its response", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" }, extension: "web" });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    webhook.answer({ kind: "answer", status: 200, body: "ok", shared: false });
    await w.treeMenu("Incidents", "Portal down", "Send Update…");
    await w.waitForPrompt("Who receives the update");
    await w.page.keyboard.press("Enter");
    await w.answer("When do they receive the next update", "");
    await w.page.locator(".codelens-decoration").filter({ hasText: "Continue with These Details" }).waitFor();
    await w.page.keyboard.press("Control+End");
    await w.page.keyboard.type("\nWe restart the gateway.");
    await w.page.keyboard.press("Control+Enter");
    await w.waitForPrompt("Paste the address of an incoming webhook");
    await w.quickBox.fill(webhook.address);
    await w.page.keyboard.press("Enter");
    await w.answerDialog("Send this update?", "Send");
    await w.waitForNotification("The browser does not let the response of this webhook be read");
    await w.screenshot("update-web-kept");
    assert.equal((await w.waitForRow("Pending Changes", "Update for users on #1")).description, "browser hides the response");
    assert.equal(webhook.messages.length, 1, "it did arrive, which the browser does not reveal");
    assert.ok(!w.exists(".desk/incident/1.events.jsonl"), "it does not count as sent");
    await w.answerNotification("The browser does not let the response of this webhook be read", "Copy Text");
    await until("the text is in the clipboard", async () => (await w.clipboard()).includes("We restart the gateway.") || undefined);
    await w.treeMenu("Pending Changes", "Update for users on #1", "Mark Update as Sent");
    await until("it is recorded", async () => w.exists(".desk/incident/1.events.jsonl") || undefined);
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /We restart the gateway\.[^]*desk:moment update audience=users/);
    assert.equal(webhook.messages.length, 1);

    // A webhook that lets browsers read its response is confirmed.
    webhook.answer({ kind: "answer", status: 200, body: "ok" });
    await w.treeMenu("Incidents", "Portal down", "Send Update…");
    await w.waitForPrompt("Who receives the update");
    await w.page.keyboard.press("Enter");
    await w.answer("When do they receive the next update", "");
    await w.page.locator(".codelens-decoration").filter({ hasText: "Continue with These Details" }).waitFor();
    await w.page.keyboard.press("Control+Enter");
    await w.answerDialog("Send this update?", "Send");
    await until("it is recorded", async () => (await w.read(".desk/incident/1.events.jsonl")).split("desk:moment update").length === 3 || undefined);
    assert.equal(webhook.messages.length, 2);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
