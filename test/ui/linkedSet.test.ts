import assert from 'node:assert/strict';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { openWorkbench, until, type Workbench } from './support/workbench';

const [home, docs, engine] = ["acme/desk", "acme/docs", "acme/engine"];

const desk = `people: [{ login: ana }]
kinds:
  incident: { repository: ${home}, label: incident, prefix: "[INCIDENT]" }
  request: { repository: ${home}, label: request, prefix: "[REQUEST]" }
  issue: { repositories: [${home}, ${docs}, ${engine}] }
`;

const runbook = `---
kind: incident
---
# Incident

- [ ] Look at it
- [ ] Bring it in order for {{project}}

  \`\`\`issue
  kind: request
  title: "Space for {{project}}"
  ---
  Wanted by {{contact}}.
  \`\`\`

  \`\`\`issue
  kind: issue
  repository: ${docs}
  title: "Page of {{project}}"
  ---
  Found in {{incident.number}}.
  \`\`\`

  \`\`\`issue
  kind: issue
  title: "{{project}} on the list"
  ---
  Found in {{incident.number}}.
  \`\`\`
`;

const token = "ghp_0123456789secretOfAna";

const run = renderChecklist(startChecklist(readRunbook("runbooks/incident.md", runbook, runbookContext(defaultDesk(home))), { id: "run1", startedAt: "2026-11-20T16:02:11Z", by: "ben", holders: {} }), home);

const incident = `---
title: "[INCIDENT] Portal down"
repository: ${home}
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:01:11Z
updated: 2026-11-20T16:01:11Z
---

Mine.

${run}
`;

/** Answers the questions for linked issues, up to the review. */
async function toReview(w: Workbench): Promise<void> {
  await w.waitForPrompt("Select the issues to create");
  await w.screenshot("set-which");
  await w.page.keyboard.press("Enter");
  await w.waitForPrompt("One issue is created in each");
  await w.pickMany("One issue is created in each", [docs, engine]);
  await w.answer("project, for", "Atlas");
  await w.answer("contact, for", "@kim");
  await w.waitForPrompt("Select an issue to edit or exclude it");
}

async function openSet(w: Workbench): Promise<void> {
  await w.openView("Incidents");
  await w.waitForRow("Incidents", "Portal down");
  await w.treeRow("Incidents", "Portal down").click();
  await (await w.webview("#1")).getByRole("button", { name: "Create All 3" }).click();
}

describe("a set of linked issues", () => {
  it("is created in plain files from the checklist: reviewed, one changed, one left out, all numbers at the step", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, "runbooks/incident.md": runbook, ".desk/incident/1-portal-down.md": incident }, settings: { "responseDesk.login": "ana" } });
    await openSet(w);
    await toReview(w);
    assert.deepEqual((await w.quickItems()).map((label) => label.replace(/^\W*/, "")), [
      "Create (4)", `Space for Atlas → ${home}`, `Page of Atlas → ${docs}`, `Atlas on the list → ${docs}`, `Atlas on the list → ${engine}`,
    ]);
    await w.screenshot("set-review");
    await w.pick("Select an issue to edit", `Space for Atlas → ${home}`);
    await w.pick("Space for Atlas", "Edit Title");
    await w.answer("The title", "Room for Atlas");
    await w.pick("Select an issue to edit", `Atlas on the list → ${docs}`);
    await w.screenshot("set-change");
    await w.pick("Atlas on the list", "Exclude");
    await w.waitForPrompt("Select an issue to edit");
    await w.screenshot("set-reviewed");
    await w.pick("Select an issue to edit", "Create (3)");
    await w.waitForNotification("Created acme/desk#2, acme/docs#3, acme/engine#4.");
    const parent = await w.read(".desk/incident/1-portal-down.md");
    assert.match(parent, /Bring it in order .*#2 acme\/docs#3 acme\/engine#4 /);
    assert.match(parent, /- Child: #2 <!-- desk:link id=\w+ -->\n- Child: acme\/docs#3 <!-- .*\n- Child: acme\/engine#4 <!-- .*\n/);
    const request = await w.read(".desk/request/2-request-room-for-atlas.md");
    assert.match(request, /Wanted by @kim\./);
    assert.match(request, /- Parent: #1\n/);
    const panel = await w.webview("#1");
    await until("all numbers at the step", async () => (await panel.locator(".step .chip").count()) === 3);
    await w.screenshot("set-files");
    assert.deepEqual(w.extensionErrors(), []);

    // The step has the issues now, so nothing is preselected.
    await panel.getByRole("button", { name: "Create All 3" }).click();
    await w.waitForPrompt("Select more issues to create. This step already has 3");
    await w.screenshot("set-again");
    await w.page.keyboard.press("Enter");
    await w.waitForNotification("No issues were selected. Nothing was created.");
    await w.command("Response Desk: Create Linked Issues…");
    await w.pick("Select the parent issue", "[INCIDENT] Portal down");
    await w.waitForPrompt("Select the issues to create");
    await w.screenshot("set-palette");
    await w.page.keyboard.press("Escape");
  });

  describe("on GitHub", () => {
    let github: FakeGithub;
    beforeEach(async () => {
      github = await startFakeGithub();
      github.addUser("ana", token);
      for (const each of [home, docs, engine]) github.addRepository(each);
      github.repository(home).open({ title: "[INCIDENT] Portal down", body: `Mine.\n\n${run}\n`, labels: ["incident"] }, "ben");
    });
    afterEach(() => github.close());

    it("is created once each although responses are lost and one repository accepts none, and reports it (thorough)", async () => {
      const w = await openWorkbench({
        desk: { "runbooks/desk.yml": desk, "runbooks/incident.md": runbook, ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }) },
        settings: { "responseDesk.github.server": github.url },
      });
      await w.openView("Incidents");
      await w.waitForRow("On Call", "Not signed in");
      await w.command("Response Desk: Enter GitHub Token…");
      await w.answer("Token for 127.0.0.1", token);
      await w.waitForRow("On Call", "You are ana");
      github.repository(engine).archive();
      github.fault({ match: ({ method, path }) => method === "POST" && path === `/repos/${docs}/issues`, do: { kind: "dropAfter" } });
      await openSet(w);
      await toReview(w);
      await w.pick("Select an issue to edit", "Create (4)");
      for (const repository of [home, docs, engine]) {
        // Earlier changes are written first, at GitHub's pace.
        await w.dialog.filter({ hasText: `write to ${repository}` }).waitFor({ timeout: 60_000 });
        await w.answerDialog(`write to ${repository}`, "Write to Repository");
      }
      const said = await w.waitForNotification("3 created, 1 pending");
      await w.screenshot("set-github");
      assert.match(await said.innerText(), /3 created, 1 pending: Atlas on the list\. Pending issues are stored and retried automatically\. .*acme\/engine is archived/);
      await w.clearNotifications();
      // Pending changes do not block others on the parent.
      await (await w.webview("#1")).getByRole("checkbox", { name: "Look at it" }).click();
      const body = (): string => github.repository(home).issue(1).body ?? "";
      await until("the tick", () => body().includes("- [x] Look at it"), 60);
      github.repository(engine).archive(false);
      await w.command("Response Desk: Refresh");
      await until("the last one", () => /Bring it in order .*#2 acme\/docs#1 acme\/docs#2 acme\/engine#1 /.test(body()), 60);
      assert.deepEqual([home, docs, engine].map((each) => github.repository(each).issues().filter(({ state }) => state === "open").length), [2, 2, 1]);
      assert.match(github.repository(engine).issue(1).body ?? "", /- Parent: acme\/desk#1/);
      const panel = await w.webview("#1");
      await until("all numbers at the step", async () => (await panel.locator(".step .chip").count()) === 4);
      await w.screenshot("set-github-whole");
      assert.deepEqual(w.extensionErrors(), []);
    });
  });
});
