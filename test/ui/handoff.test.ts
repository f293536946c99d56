import assert from "node:assert/strict";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const day = 24 * 3_600_000;
const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** Ana's week started three days ago. Ben and Cho are next. */
const desk = (rotation = `{ starts: ${dateOf(Date.now() - 3 * day)}, every: 1w, roles: [primary, backup], people: [ana, ben, cho] }`): string => `team: Portal
timezone: UTC
kinds:
  incident: { repository: acme/live, label: incident, prefix: "[INCIDENT]" }
  request: { repository: acme/live, label: request, prefix: "[REQUEST]" }
priorities:
  high: { label: "priority: high" }
  normal: { label: "priority: normal" }
people:
  - { login: ana, name: Ana Ruiz, email: ana@example.org }
  - { login: ben, name: Ben Li, email: ben@example.org, phone: "555-0101" }
  - { login: cho }
rotation: ${rotation}
`;

function issueFile(title: string, label: string, assignees: string, more = ""): string {
  return `---
title: "${title}"
repository: acme/live
state: open
labels: [${label}]
assignees: [${assignees}]
author: dan
created: 2026-11-18T09:00:00Z
updated: 2026-11-18T09:00:00Z
---

${more}
`;
}

const [portal, exporting, elsewhere] = [".desk/incident/1-portal.md", ".desk/request/2-export.md", ".desk/incident/3-ledger.md"];
const files = {
  "runbooks/desk.yml": desk(),
  [portal]: issueFile("[INCIDENT] Portal is slow", 'incident, "priority: high", "stage: In progress"', "ana", "Since noon."),
  [exporting]: issueFile("[REQUEST] Export by hand", "request", "ana"),
  [elsewhere]: issueFile("[INCIDENT] Ledger <img src=x onerror=alert(1)> is down", "incident", "cho"),
};
const begin = "Response Desk: Hand Off…";
const panel = "Handoff by ana";
const handoff = /^\.desk\/handoff\/4-handoff-from-ana-to-ben-/;

describe("a handoff", () => {
  async function open(more: Parameters<typeof openWorkbench>[0] = {}): Promise<Workbench> {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" }, ...more });
    await w.openView("On Call");
    await w.command(begin);
    return w;
  }

  async function written(w: Workbench): Promise<string> {
    const path = await until("the handoff", () => w.paths().find((file) => handoff.test(file) && file.endsWith(".md")), 40);
    return w.read(path);
  }

  async function comments(w: Workbench, path: string): Promise<readonly string[]> {
    const log = path.replace(/-.*$/, ".events.jsonl");
    if (!w.exists(log)) return [];
    return (await w.read(log)).trim().split("\n").flatMap((line): string[] => {
      const event: { readonly kind: string; readonly markdown?: string } = JSON.parse(line);
      return event.kind === "commented" ? [event.markdown ?? ""] : [];
    });
  }

  async function commented(w: Workbench): Promise<void> {
    await until("a comment on each", async () => (await comments(w, portal)).length > 0 && (await comments(w, exporting)).length > 0);
  }

  /** Fills in the next steps and creates the handoff. */
  async function createHandoff(w: Workbench): Promise<void> {
    const page = await w.webview(panel);
    await page.getByLabel("Next step for #1: [INCIDENT] Portal is slow").fill("Restart the second node");
    await page.getByLabel("Next step for #2: [REQUEST] Export by hand").fill("Send the file");
    await page.getByRole("button", { name: "Create Handoff" }).click();
    await page.getByText("until ben accepts it").waitFor();
  }

  it("is created from the open issues with one comment on each, and accepted by the next person, who gets the issues", async () => {
    const w = await open();
    const page = await w.webview(panel);
    assert.equal(await page.getByLabel("Hand off to").inputValue(), "ben");
    assert.equal(await page.getByLabel("Also on call").inputValue(), "cho");
    assert.equal(await page.getByLabel("Time-critical").inputValue(), "- #1 [INCIDENT] Portal is slow");
    await page.getByLabel("How was the shift?").fill("Busy until Thursday");
    await page.getByLabel("Watch").fill("The queue at night");
    await createHandoff(w);
    await w.screenshot("handoff-waiting");
    const text = await written(w);
    for (const words of ["**@ana** hands over to **@ben**, with @cho", "Busy until Thursday", "**Next step:** Restart the second node", "The queue at night", "_Waiting for @ben to accept._"]) assert.ok(text.includes(words), words);
    assert.match(text, /assignees:\s*\[?-? ?ben/);
    assert.ok(!text.includes("Ledger"), "what is somebody else's stays theirs");
    await commented(w);
    assert.equal((await comments(w, portal)).length, 1);
    assert.match((await comments(w, portal))[0] ?? "", /^Handed off by @ana to @ben, see #4\.\n\n\*\*Next step:\*\* Restart the second node\n\n<!-- desk:moment handoff -->$/);
    assert.equal((await comments(w, exporting)).length, 1);
    assert.deepEqual(await comments(w, elsewhere), []);
    assert.equal((await w.waitForRow("On Call", "Handoff from ana to ben")).description, "not accepted yet");
    assert.match(await w.read(portal), /assignees:\s*\[?-? ?ana/);

    await w.close();
    const ben = await openWorkbench({ workspace: w.workspace, settings: { "responseDesk.login": "ben" } });
    await ben.openView("On Call");
    await ben.waitForNotification("ana handed off to you, with 2 open issues.");
    await ben.screenshot("handoff-told");
    assert.equal((await ben.waitForRow("On Call", "Handoff from ana")).description, "click to accept");
    await ben.answerNotification("ana handed off to you", "Accept");
    assert.match(await ben.dialogText(), /These issues are assigned to you and no longer to ana: #1, #2\./);
    await ben.screenshot("handoff-accept");
    await ben.answerDialog("Accept handoff #4 from ana?", "Accept");
    await until("the hand-off to be closed", async () => /^state: closed$/m.test(await written(ben)), 40);
    assert.match(await written(ben), /\*\*Accepted\*\* by @ben, .*<!-- desk:accepted by=ben at=.* -->/);
    for (const path of [portal, exporting]) assert.match(await ben.read(path), /assignees:\s*(\[ben\]|- ben)\n/);
    assert.match(await ben.read(elsewhere), /assignees:\s*(\[cho\]|- cho)\n/);
    await until("the row to go", async () => !(await ben.treeRows("On Call")).some(({ label }) => /Hand-?off/i.test(label)));
    await ben.command("Response Desk: Accept Handoff");
    await ben.waitForNotification("There are no handoffs to accept.");
  });

  it("keeps what is typed when the window is reloaded (thorough)", async () => {
    const w = await open();
    const next = (await w.webview(panel)).getByLabel("Next step for #1: [INCIDENT] Portal is slow");
    await next.fill("Restart it");
    await next.pressSequentially(", then look at the log");
    await w.restartExtensionHost();
    await until("the page to show it", async () => (await (await w.webview(panel)).getByLabel("Next step for #1: [INCIDENT] Portal is slow").inputValue()) === "Restart it, then look at the log" || undefined, 60);
  });

  it("is requested once when the shift ends within two hours (thorough)", async () => {
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const starts = dateOf(Date.parse(end) - 10 * day);
    const w = await openWorkbench({
      desk: { ...files, "runbooks/desk.yml": desk(`{ starts: ${starts}, every: 1d, changesAt: "${end.slice(11, 16)}", roles: [primary], people: [ben, ana] }`) },
      settings: { "responseDesk.login": "ana" },
      fresh: true,
    });
    await w.openView("On Call");
    assert.match((await w.waitForRow("On Call", "Hand off to ben")).description, /^shift ends /);
    await w.waitForNotification("It is not handed off to ben yet.");
    await w.screenshot("handoff-due");
    await w.restartExtensionHost();
    await w.openView("On Call");
    await w.waitForRow("On Call", "Hand off to ben");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.deepEqual((await w.notifications()).filter((text) => text.includes("handed off")), []);
    await w.treeRow("On Call", "Hand off to ben").click();
    await createHandoff(w);
    await until("the row to go", async () => !(await w.treeRows("On Call")).some(({ label }) => label === "Hand off to ben"));
  });
});
