import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const path = "postmortems/2026-01-05-1-portal-is-down.md";

const postmortem = (issue: string, actions: readonly string[]): string => `---
issue: "${issue}"
status: Draft
---

# Post-mortem: Portal is down

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
${actions.map((action) => `${action}\n`).join("")}`;

async function openBuilder(w: Workbench): ReturnType<Workbench["webview"]> {
  await w.openView("Post-mortems");
  await w.waitForRow("Post-mortems", "Portal is down");
  await w.treeRow("Post-mortems", "Portal is down").click();
  return w.webview("Post-mortem: Portal is down");
}

describe("The action items of a post-mortem", () => {
  const issue = (title: string, label: string): string => `---\ntitle: "${title}"\nstate: open\nlabels: [${label}]\nassignees: []\nauthor: ana\ncreated: 2026-01-05T16:00:00Z\n---\n`;

  const files = {
    "runbooks/desk.yml": "timezone: UTC\npeople: [{ login: ana }, { login: ben }]\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n  issue: { repository: local, label: issue }\n",
    ".desk/incident/1-portal-is-down.md": issue("[INCIDENT] Portal is down", "incident"),
    ".desk/issue/2-no-alert.md": issue("No alert if logins fail", "issue"),
    [path]: postmortem("#1", ["| Alert when logins stop | detect | ben | | 2999-01-20 | | proposed |"]),
  };

  it("can be linked to an open issue that looks alike, in both directions", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    const page = await openBuilder(w);
    await page.getByRole("button", { name: /^Accept and create an issue for: Alert when logins stop/ }).click();
    await w.waitForPrompt("Link an open issue, or create a new one");
    await w.screenshot("postmortem-accept-similar");
    assert.deepEqual((await w.quickItems()).map((item) => item.trim()), ["Link #2 No alert if logins fail", "Create New Issue"]);
    await w.page.keyboard.press("Enter");
    await w.readOnce(path, "| Alert when logins stop | detect | ben | | 2999-01-20 | #2 | accepted |");
    assert.match(await w.read(".desk/incident/1-portal-is-down.md"), /Child: #2/);
    assert.match(await w.read(".desk/issue/2-no-alert.md"), /Parent: #1/);
    assert.match(await w.read(".desk/issue/2-no-alert.md"), /post-mortem action/);
    assert.match(await w.read(".desk/issue/2.events.jsonl"), /Action item from the post-mortem of #1: \[Portal is down\]/);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("that are overdue are in the On Call view of their owner, who is reminded in the morning (thorough)", async () => {
    const row = "| Alert when logins stop | detect | ana | | 2026-01-20 | #2 | accepted |";
    const w = await openWorkbench({ desk: { ...files, [path]: postmortem("#1", [row]) }, settings: { "responseDesk.login": "ana" }, clock: true });
    await w.openView("On Call");
    await w.waitForRow("On Call", "Your overdue action items");
    await w.waitForRow("On Call", "Jan 20 · Alert when logins stop");
    const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    w.setAhead(Math.round((Date.parse(`${tomorrow}T09:30:00Z`) - Date.now()) / 1000));
    const text = "Your action item “Alert when logins stop” from the post-mortem “Portal is down” has been overdue since Jan 20";
    // The ticker looks at a clock that was changed twice a minute.
    await until("the reminder", async () => (await w.notifications()).some((each) => each.includes(text)), 60);
    await w.screenshot("postmortem-reminder");
    await w.answerNotification(text, "Open");
    await until("the issue of the action item", () => w.page.locator(".tab").filter({ hasText: "No alert if logins fail" }).first().isVisible());
    assert.deepEqual(w.extensionErrors(), []);
  });
});

describe("The issues of action items on GitHub", () => {
  const repository = "acme/support";
  const token = "ghp_0123456789secretOfAna";
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", token);
    github.addRepository(repository);
    github.addRepository("acme/engine");
  });

  afterEach(() => github.close());

  it("decide the state, and a deleted or transferred one is reported while the row keeps its reference (thorough)", async () => {
    const api = github.repository(repository);
    api.open({ title: "[INCIDENT] Portal is down", labels: ["incident"] }, "cho");
    for (const title of ["Not planned", "Deleted", "Moved", "Completed"]) api.open({ title, labels: ["issue"] }, "cho");
    api.close(2, "ben", "not_planned");
    api.delete(3);
    const moved = api.transfer(4, "acme/engine");
    api.close(5, "ben", "completed");
    const rows = ["Not planned", "Deleted", "Moved", "Completed"].map((title, index) => `| ${title} | detect | ben | | 2026-01-20 | ${repository}#${index + 2} | accepted |`);
    const desk = {
      "runbooks/desk.yml": `timezone: UTC\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\n  issue: { repository: ${repository}, label: issue }\n`,
      ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
      [path]: postmortem(`${repository}#1`, rows),
    };
    const w = await openWorkbench({ desk, settings: { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": 0 } });
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal is down");
    const page = await openBuilder(w);
    const text = await w.readOnce(path, `| Completed | detect | ben | | 2026-01-20 | ${repository}#5 | done |`);
    assert.ok(text.includes(`| ${repository}#2 | not planned |`));
    assert.ok(text.includes(`| ${repository}#3 | accepted |`) && text.includes(`| ${repository}#4 | accepted |`));
    await until("the overdue rows", async () => {
      const shown = (await w.treeRows("Post-mortems")).filter(({ level, label }) => level === 2 && label.includes("·"));
      return shown.length === 2 && shown.some(({ description }) => description.includes("issue not found")) && shown.some(({ description }) => description.includes(`moved to acme/engine#${moved}`));
    }, 40);
    await page.getByText(`The issue #3 was not found. It may have been deleted.`).waitFor();
    await w.screenshot("postmortem-lost-issues");
    await page.getByRole("button", { name: `Use acme/engine#${moved}` }).click();
    await w.readOnce(path, `| Moved | detect | ben | | 2026-01-20 | acme/engine#${moved} | accepted |`);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
