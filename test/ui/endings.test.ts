import assert from "node:assert/strict";
import { noteClock } from "../../src/core/markup/clockRegion";
import { setFields } from "../../src/core/markup/fieldRegion";
import { openWorkbench, until } from "./support/workbench";

const incident = (number: number, title: string, body: string): string => `---
title: "[INCIDENT] ${title}"
repository: local
state: open
labels: [incident, "priority: high"]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

${noteClock(body, { acknowledged: `2026-11-20T16:0${number}:30Z`, by: "ana" })}`;

const informed = setFields("Slow again.", [{ name: "update.users", value: "", at: "2026-11-20T16:20:00Z", by: "ana" }]);

const files = {
  "runbooks/desk.yml": "people: [{ login: ana }]\naudiences: { users: { slack: \"#status\" } }\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n",
  ".desk/incident/1-down.md": incident(1, "Portal down", "Nobody can sign in."),
  ".desk/incident/2-alarm.md": incident(2, "False alarm", "It blinks."),
  ".desk/incident/3-slow.md": incident(3, "Portal slow", informed),
};

const state = (text: string): string | undefined => /^state: (\w+)$/m.exec(text)?.[1];

describe("an incident that audiences do not know enough about", () => {
  it("is ended only after one question, from its page, as cancelled and as a duplicate", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeRow("Incidents", "Portal down").click();
    const view = await w.webview("Portal down");
    const field = view.getByRole("textbox", { name: "Add a comment" });
    await field.fill("The gateway is back.");
    await view.getByRole("button", { name: "Comment and Close" }).click();
    await w.waitForPrompt("No update was sent to: users");
    await w.screenshot("end-uninformed");
    await w.page.keyboard.press("Escape");
    await view.getByText("The issue was not closed. Your text is kept.").waitFor();
    assert.equal(await field.inputValue(), "The gateway is back.");
    assert.equal(state(await w.read(".desk/incident/1-down.md")), "open");
    await view.getByRole("button", { name: "Comment and Close" }).click();
    await w.pick("No update was sent to: users", "Close Without Update");
    await until("it is closed", async () => state(await w.read(".desk/incident/1-down.md")) === "closed" || undefined);
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /The gateway is back\./);

    await w.treeMenu("Incidents", "Portal slow", "Link", "Mark as Duplicate Of");
    await w.waitForPrompt("Which issue is #3");
    await w.page.keyboard.press("Enter");
    await w.pick("The end was not announced to: users", "Close Without Update");
    await until("the duplicate is closed", async () => state(await w.read(".desk/incident/3-slow.md")) === "closed" || undefined);

    await w.command("Response Desk: Cancel Incident…");
    await w.waitForPrompt("Select");
    await w.page.keyboard.press("Enter");
    await w.pick("No update was sent to: users", "Close, Then Send Update");
    await w.answer("Why is #2 not an incident?", "A test of the alarm");
    await until("it is cancelled", async () => state(await w.read(".desk/incident/2-alarm.md")) === "closed" || undefined);
    await w.waitForPrompt("Who receives the update");
    await w.page.keyboard.press("Escape");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
