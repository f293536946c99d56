import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const repository = "acme/support";
const token = "ghp_0123456789secretOfAna";
const folder = ".github/ISSUE_TEMPLATE";
const config = `team: Test
people: [{ login: ana }]
kinds:
  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }
  request: { repository: acme/plain, label: request, prefix: "[REQUEST]" }
  issue: { repositories: [acme/plain, ${repository}] }
`;
const outage = `name: Outage
description: Something that worked does not
title: "[Outage]: "
labels: [incident, needs triage]
assignees: [ben]
body:
  - type: markdown
    attributes: { value: Thank you for telling us. }
  - type: input
    id: where
    attributes: { label: Where is it?, description: The page or the machine, placeholder: "portal.example/login" }
    validations: { required: true }
  - type: dropdown
    attributes: { label: How many people?, options: [One, A team, Everybody] }
    validations: { required: true }
  - type: textarea
    attributes: { label: Log, description: What the console says, render: shell }
  - type: checkboxes
    attributes:
      label: Before you send
      options:
        - label: I looked for it among the known issues
          required: true
        - label: I can be called
`;

describe("forms of a repository", () => {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", token);
    github.addUser("ben", "token-of-ben");
    github.addRepository(repository, { labels: ["incident", "needs triage"] });
    github.addRepository("acme/plain");
    const web = github.repository(repository);
    web.putFile(`${folder}/1-outage.yml`, outage);
    web.putFile(`${folder}/idea.md`, "---\nname: Idea\nabout: Something new\nlabels: idea\n---\n\n## What is it?\n");
    web.putFile(`${folder}/broken.yml`, "name: Broken\nbody:\n- type: slider\n");
    web.putFile(`${folder}/config.yml`, "blank_issues_enabled: false\ncontact_links: [{ name: Status page, url: 'https://status.example', about: See what is known }]\n");
  });

  afterEach(() => github.close());

  const open = async (): Promise<Workbench> => {
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": config, ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }) },
      settings: { "responseDesk.github.server": github.url },
    });
    await w.openView("Incidents");
    await w.waitForRow("On Call", "Not signed in");
    await w.command("Response Desk: Enter GitHub Token…");
    await w.answer("Token for 127.0.0.1", token);
    await w.waitForRow("On Call", "You are ana");
    await w.clearNotifications();
    return w;
  };

  it("are offered and asked field by field, keep what was typed, and become the issue as on the web", async () => {
    const w = await open();
    await w.command("Response Desk: Declare Incident with Details…");
    await title(w, "Nobody can sign in");
    await w.waitForPrompt(`Select a form of ${repository}`);
    await w.screenshot("forms-offered");
    assert.deepEqual(await labels(w), ["Outage", "Idea", "Blank Issue", "Status page", ".github/ISSUE_TEMPLATE/broken.yml"]);
    assert.match(await w.quickInput.innerText(), /for maintainers only[^]*it has a field of an unknown type \(line 3\)/);
    await w.page.keyboard.press("Enter");

    await w.waitForPrompt("Where is it?: The page or the machine Thank you for telling us.");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("“Where is it?” is required.");
    await w.screenshot("forms-required");
    await w.quickBox.fill("portal.example");
    await w.page.keyboard.press("Escape");
    await w.quickInput.waitFor({ state: "hidden" });

    await w.command("Response Desk: Declare Incident with Details…");
    await w.pick("What happened?", "Continue with “Nobody can sign in”");
    await w.waitForPrompt("Select a form of");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Where is it?");
    assert.equal(await w.quickBox.inputValue(), "portal.example", "what was typed before Escape");
    await w.page.keyboard.press("Enter");
    await w.pick("How many people?", "A team");
    await w.waitForPrompt("Log (optional): What the console says");
    await w.screenshot("forms-text");
    await w.quickInput.locator(".action-label[aria-label='Back'], .quick-input-titlebar .codicon-quick-input-back").first().click();
    await w.waitForPrompt("How many people?");
    await w.pick("How many people?", "Everybody");
    await w.pick("Log", "Write in Editor");
    await w.page.locator(".codelens-decoration").first().waitFor();
    await w.page.keyboard.type("$ curl portal");
    await w.page.keyboard.press("Control+Enter");
    await w.waitForPrompt("Before you send");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Select “I looked for it among the known issues” to continue.");
    await w.screenshot("forms-tick");
    await w.pickMany("Select “I looked", ["I looked for it among the known issues"]);
    await w.pick("Select a priority", "high");
    await w.answerDialog(repository, "Write to Repository");

    await w.waitForRow("Incidents", "Nobody can sign in");
    const [issue] = github.repository(repository).issues();
    assert.equal(issue?.title, "[INCIDENT] [Outage]: Nobody can sign in");
    assert.deepEqual([...(issue?.labels ?? [])].sort(), ["incident", "needs triage", "priority: high"]);
    assert.deepEqual([...(issue?.assignees ?? [])].sort(), ["ana", "ben"]);
    const body = "### Where is it?\n\nportal.example\n\n### How many people?\n\nEverybody\n\n### Log\n\n```shell\n$ curl portal\n```\n\n### Before you send\n\n- [x] I looked for it among the known issues\n- [ ] I can be called";
    assert.ok(issue?.body?.startsWith(body), issue?.body ?? "");
    await w.screenshot("forms-created");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("give an incident that is declared in one line the text and the labels of the form for its kind", async () => {
    const w = await open();
    await w.command("Response Desk: Declare Incident…");
    await title(w, "Nobody can sign in");
    await w.answerDialog(repository, "Write to Repository");
    await w.webview("Nobody can sign in");
    const [issue] = github.repository(repository).issues();
    assert.equal(issue?.title, "[INCIDENT] [Outage]: Nobody can sign in");
    assert.deepEqual([[...issue.labels].sort(), [...issue.assignees].sort()], [["incident", "needs triage"], ["ana", "ben"]]);
    assert.match(issue.body ?? "", /^### Where is it\?\n\n_No response_\n[^]*- \[ \] I can be called/);
    await w.screenshot("forms-one-line");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("add no step if a repository has none, and a failure to load them does not block (thorough)", async () => {
    const w = await open();
    await w.command("Response Desk: Create Request with Details…");
    await title(w, "A key for the door");
    await w.waitForPrompt("Details");
    await w.page.keyboard.press("Escape");
    github.fault({ match: ({ path }) => path.includes("/contents/"), times: 1000, do: { kind: "dropBefore" } });
    await w.command("Response Desk: Declare Incident with Details…");
    await title(w, "Nobody can sign in");
    await w.waitForPrompt("Details");
    await w.waitForNotification(`The issue forms of ${repository} could not be read. The form is skipped.`);
    await w.screenshot("forms-unread");
    await w.pick("Details", "No Details");
    await w.pick("Select a priority", "high");
    await w.answerDialog(repository, "Write to Repository");
    await w.waitForRow("Incidents", "Nobody can sign in");
  });

  it("show progress if loading takes long, can be skipped, and do not hold up an incident that is declared in one line (thorough)", async () => {
    const w = await open();
    github.fault({ match: ({ path }) => path.includes("/contents/"), times: 1000, do: { kind: "hang" } });
    await w.command("Response Desk: Declare Incident with Details…");
    await title(w, "Nobody can sign in");
    await w.waitForNotification(`Reading the issue forms of ${repository}`);
    await w.screenshot("forms-slow");
    await w.answerNotification("Reading the issue forms", "Cancel");
    await w.waitForPrompt("Details");
    await w.page.keyboard.press("Escape");
    await w.command("Response Desk: Declare Incident…");
    await title(w, "Portal is down");
    await w.waitForNotification("takes too long. The form is skipped");
    await w.answerDialog(repository, "Write to Repository");
    await w.waitForRow("Incidents", "Portal is down");
    github.clearFaults();
  });

  it("are offered for a linked issue, too, after its repository, and a template prefills the text (thorough)", async () => {
    github.repository(repository).open({ title: "[INCIDENT] Portal down", labels: ["incident"] }, "ben");
    const w = await open();
    await w.waitForRow("Incidents", "Portal down");
    await w.treeMenu("Incidents", "Portal down", "Create Linked Issue…");
    await w.pick("Select the kind of issue", "issue");
    await w.pick("Select a repository", repository);
    await title(w, "Say when it is down", "Title of the linked issue");
    await w.pick("Select a form of", "Idea");
    await w.waitForPrompt("The text of the issue");
    await w.screenshot("forms-template");
    await w.pick("The text of the issue", "Write in Editor");
    await w.page.locator(".codelens-decoration").first().waitFor();
    await w.page.keyboard.press("Control+End");
    await w.page.keyboard.type("A banner.");
    await w.page.keyboard.press("Control+Enter");
    await w.answerDialog(repository, "Write to Repository");
    await w.waitForNotification(`Created ${repository}#2`);
    const issue = github.repository(repository).issue(2);
    assert.match(issue.body ?? "", /^## What is it\?\nA banner\./);
    assert.ok(issue.labels.includes("idea"));
  });

  it("are read from the folder if issues are stored in plain files", async () => {
    const desk = config.replaceAll(/repositor\w+: [^,}]*[,]?|\[acme[^\]]*\]/g, "");
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [`${folder}/1-outage.yml`]: outage }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.command("Response Desk: Declare Incident with Details…");
    await title(w, "Nobody can sign in");
    await w.pick("Select a form of", "Blank Issue");
    await w.pick("Details", "No Details");
    await w.pick("Select a priority", "high");
    await w.waitForRow("Incidents", "Nobody can sign in");
  });
});

async function title(w: Workbench, text: string, prompt = "What happened?"): Promise<void> {
  await w.waitForPrompt(prompt);
  await w.quickBox.fill(text);
  await w.quickRow(text).waitFor();
  await w.page.keyboard.press("Enter");
}

async function labels(w: Workbench): Promise<readonly string[]> {
  return until("the forms", async () => {
    const found = (await w.quickItems()).map((label) => label.replace(/^[^\w.]+/, ""));
    return found.length > 2 ? found : undefined;
  });
}
