import assert from "node:assert/strict";
import { openWorkbench, until } from "./support/workbench";

const desk = `timezone: UTC
people: [{ login: ana }, { login: ben, away: ["2000-01-01/2999-12-31"] }]
stages: [To do, In progress, Done]
transitions: { To do: [In progress] }
kinds: { incident: { repository: local, label: incident, prefix: "[INCIDENT]", respondWithin: 1h } }
audiences: { users: {} }
`;

const incident = `---
title: "[INCIDENT] Portal down"
repository: local
state: open
labels: [incident]
assignees: []
author: kim
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Words of a person.
`;

const file = ".desk/incident/1-down.md";
const files = { "runbooks/desk.yml": desk, [file]: incident };

describe("the life of an incident", () => {
  it("goes from resolved to closed and open again, with its clock running again", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await until("it is acknowledged", async () => (await w.read(file)).includes("acknowledged="));
    await w.treeMenu("Incidents", "Portal down", "Resolve Issue");
    await w.pickMany("How was it resolved?", ["Fixed"]);
    await w.answer("The resolution", "Fixed in 4.2");
    await w.waitForNotification("It stays open until you close it");
    await until("it is resolved and open", async () => /desk:field resolution value=Fixed/.test(await w.read(file)));
    assert.match(await w.read(file), /^state: open$/m);

    await w.treeMenu("Incidents", "Portal down", "Close Issue");
    await w.waitForPrompt("No update was sent to: users");
    await w.screenshot("life-close");
    await w.pick("No update was sent", "Close Anyway");
    await until("it is closed without another resolution", async () => /^state: closed$/m.test(await w.read(file)));
    await w.waitForNotification("#1 is closed");
    await w.screenshot("life-closed");
    assert.equal((await w.read(".desk/incident/1.events.jsonl")).split("desk:moment resolved").length, 2);

    await w.command("Response Desk: Reopen Issue…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.answer("Why is #1 reopened?", "It is back");
    const row = await until("the clock runs again", async () => {
      const again = await w.waitForRow("Incidents", "Portal down");
      return again.description.includes("due in") ? again : undefined;
    });
    assert.match(row.description, /^due in (?:1h|60m|59m)/);
    await until("the reason is a comment", async () => (await w.read(".desk/incident/1.events.jsonl")).includes("Reopened: It is back"));
    await w.screenshot("life-reopened");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("gives roles to one person at a time, keeps milestones in order, and allows the desk's stages only", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.command("Response Desk: Assign Role…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.pick("Which role on", "lead");
    await w.waitForPrompt("Who has the role lead");
    await w.screenshot("life-role");
    await w.pick("Who has the role lead", "ben");
    await until("ben leads", async () => /desk:field role\.lead value=ben/.test(await w.read(file)));
    await w.command("Response Desk: Take Role…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.pick("Which role on", "lead");
    await until("ana leads", async () => /desk:field role\.lead value=ana/.test(await w.read(file)));
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /@ana is lead, taking over from @ben\./);

    await w.command("Response Desk: Record Milestone…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.pick("What happened on", "Mitigated");
    await w.answer("When did it happen?", "2026-11-20 15:00");
    await until("it says what is wrong", async () => (await w.promptText()).includes("The incident was reported later"));
    await w.screenshot("life-milestone");
    await w.quickBox.fill("2026-11-20 17:00");
    await w.page.keyboard.press("Enter");
    await w.answer("Add details", "Rolled back");
    await until("it is mitigated", async () => /desk:field mitigated value=2026-11-20T17:00:00Z/.test(await w.read(file)));
    await w.command("Response Desk: Correct Time…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.pick("Which time of", "Mitigated");
    await w.answer("When did it happen?", "2026-11-20 16:30");
    await w.answer("Why is", "Seen in the log");
    await until("the time is corrected", async () => /desk:field mitigated value=2026-11-20T16:30:00Z/.test(await w.read(file)));
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /Time corrected from 2026-11-20 17:00 to 2026-11-20 16:30 \(UTC\): Seen in the log/);

    await w.command("Response Desk: Set Stage…");
    await w.waitForPrompt("Select an issue");
    await w.page.keyboard.press("Enter");
    await w.pick("Select the stage of", "Done");
    await w.waitForPrompt("an issue goes from “To do” to “In progress”, not to “Done”");
    await w.screenshot("life-stage");
    await w.pick("According to desk.yml", "In progress");
    await until("the stage is set", async () => (await w.read(file)).includes("stage: In progress"));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("is cancelled with a reason, after which it is no incident, and keeps the feedback of its reporter", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    const events = (): Promise<string> => w.read(".desk/incident/1.events.jsonl");
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.command("Response Desk: Cancel Incident…");
    await w.pick("Select an issue", "[INCIDENT] Portal down");
    await w.pick("No update was sent to", "Close Without Update");
    await w.waitForPrompt("Why is #1 not an incident?");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Enter a reason.");
    await w.quickBox.fill("The alert was a test of the vendor");
    await w.screenshot("life-cancel");
    await w.page.keyboard.press("Enter");
    await until("it is closed as not planned", async () => /^state: closed$/m.test(await w.read(file)) && /desk:field closed value=notPlanned/.test(await w.read(file)));
    assert.match(await w.read(file), /desk:field cancelled value=/);
    assert.doesNotMatch(await w.read(file), /desk:field (?:mitigated|resolved)/);
    assert.match(await events(), /The alert was a test of the vendor[^]*desk:moment cancelled/);

    await w.command("Response Desk: Record Feedback…");
    await w.pick("Select an issue", "[INCIDENT] Portal down");
    await w.waitForPrompt("How satisfied is the reporter of #1?");
    await w.screenshot("life-feedback");
    await w.pick("How satisfied", "4 · Satisfied");
    await w.answer("What did they say?", "Quick answer");
    await until("the feedback is recorded", async () => /desk:field satisfaction value=4/.test(await w.read(file)));
    assert.match(await events(), /Quick answer/);
    await w.command("Response Desk: Record Feedback…");
    await w.pick("Select an issue", "[INCIDENT] Portal down");
    await w.pick("How satisfied", "No Answer");
    await w.answer("What did they say?", "");
    await until("no answer is no score", async () => /desk:field satisfaction value=none /.test(await w.read(file)));
    assert.deepEqual(w.extensionErrors(), []);
  });
});
