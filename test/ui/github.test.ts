import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { type FakeGithub, type SeenRequest, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { signIn } from './support/signIn';
import { openWorkbench, until, type Workbench } from './support/workbench';

const repository = "acme/support";

const token = "ghp_0123456789secretOfAna";

const steps = ["Look at the board", "Call the customer", "Read the log", "Ask the vendor", "Write it down", "Tell the team"];

const runbook = `---\ntitle: Incident response\nkind: incident\n---\n# Incident response\n${steps.map((step) => `- [ ] ${step}\n`).join("")}`;

const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\npeople: [{ login: ana }]\n`,
  "runbooks/incident.md": runbook,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

describe("a desk on GitHub", () => {
  let github: FakeGithub;
  let other: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    other = await startFakeGithub();
    github.addUser("ana", token);
    github.addRepository(repository);
    other.addUser("ana", token);
    other.addRepository(repository);
  });

  // In addition to the other assertions: all requests were as GitHub describes them.
  afterEach(async () => {
    await Promise.all([github.close(), other.close()]);
  });

  const open = (more: Readonly<Record<string, string>> = {}, settings: Readonly<Record<string, unknown>> = { "responseDesk.github.server": github.url }): Promise<Workbench> =>
    openWorkbench({ desk: { ...files, ...more }, settings });

  const issues = (): ReturnType<ReturnType<FakeGithub["repository"]>["issues"]> => github.repository(repository).issues();

  it("asks for a token, rejects a wrong one, declares an incident exactly once although the response is lost, and never exposes the token", async () => {
    const w = await open();
    await w.openView("Incidents");
    await w.waitForRow("On Call", "Not signed in");
    await until("the welcome of a desk on GitHub", async () => (await w.welcome("Incidents")).includes("You are not signed in"));
    assert.deepEqual(github.requests, [], "nothing was asked before there was a token");
    await w.screenshot("github-signed-out");
    await w.view("Incidents").getByRole("button", { name: "Sign In to GitHub" }).click();
    await w.answer("Token for 127.0.0.1", "ghp_wrong");
    await until("the wrong token is refused", async () => /rejected the token/.test(await w.promptText()));
    await w.screenshot("github-wrong-token");
    assert.equal(await w.quickBox.getAttribute("type"), "password");
    await w.answer("Token for 127.0.0.1", token);
    await w.waitForNotification("as ana");
    const me = await w.waitForRow("On Call", "You are ana");
    assert.match(me.description, /^issues on 127\.0\.0\.1:\d+$/);

    github.fault({ match: isCreation, do: { kind: "dropAfter" } });
    await w.command("Response Desk: Declare Incident with Details…");
    await w.waitForPrompt("What happened?");
    await w.quickBox.fill("Viewer shows nothing");
    await w.quickRow("Viewer shows nothing").waitFor();
    await w.page.keyboard.press("Enter");
    await w.pick("Details", "No Details");
    await w.pick("Select a priority", "high");
    await w.waitForPrompt("Select a runbook for the checklist");
    await w.page.keyboard.press("Enter");
    assert.deepEqual(issues(), [], "nothing is written before the person agreed");
    await until("the question", async () => (await w.dialogText()).includes(repository));
    await w.screenshot("github-may-write");
    await w.answerDialog(repository, "Write to Repository");

    const row = await w.waitForRow("Incidents", "Viewer shows nothing");
    assert.match(row.description, /^To do · high · ana · now · 0\/6$/);
    const [issue] = issues();
    assert.equal(issues().length, 1);
    assert.equal(issue?.title, "[INCIDENT] Viewer shows nothing");
    assert.deepEqual([...(issue?.labels ?? [])].sort(), ["incident", "priority: high"]);
    assert.deepEqual(issue?.assignees, ["ana"]);
    await (await w.webview("#1")).getByRole("checkbox", { name: "Look at the board" }).waitFor();
    await w.screenshot("github-declared");
    assert.deepEqual(w.extensionErrors(), []);
    assert.deepEqual(placesOf(token, w), []);
  });

  it("keeps every tick while responses are lost and VS Code is restarted, on one issue and in a comment once its text is full", async () => {
    seedChecklist(github, 65_500);
    const w = await open();
    await signIn(w, token, "ana");
    await openChecklist(w);
    github.fault({ match: isEdit, do: { kind: "dropAfter" } });
    github.fault({ match: isEdit, do: { kind: "dropBefore" } });
    await tick(w, steps[0]);
    await w.answerDialog(repository, "Write to Repository");
    await tick(w, steps[1]);
    await tick(w, steps[2]);
    await until("three ticks on the server", () => tickedOn(github) === 3, 60);

    github.fault({ match: isEdit, times: 1000, do: { kind: "status", status: 502 } });
    await tick(w, steps[3]);
    await tick(w, steps[4]);
    await until("a refused try", () => github.requests.some(({ status }) => status === 502));
    await w.screenshot("github-waiting");
    await w.restartExtensionHost();
    assert.equal(tickedOn(github), 3);
    github.clearFaults();
    await signInAgain(w);
    await until("five ticks on the server", () => tickedOn(github) === 5, 60);
    await w.waitForRow("Incidents", "Portal down");
    await openChecklist(w);
    await tick(w, steps[5]);
    await until("six ticks on the server", () => tickedOn(github) === 6, 60);
    assert.equal(await w.dialog.count(), 0, "the workspace may write there since it was asked");
    assert.equal(issues().length, 1);
    assert.equal(issues()[0]?.comments.length, 1, "the checklist is in one comment");
    assert.match(issues()[0]?.body ?? "", /in a comment\]/);
    await w.screenshot("github-all-ticks");
    assert.deepEqual(placesOf(token, w), []);
  });

  it("shows cached issues while the server does not respond, with their age, and recovers automatically (thorough)", async () => {
    seedChecklist(github);
    const w = await open();
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal down");
    github.fault({ match: () => true, times: 10_000, do: { kind: "dropBefore" } });
    await w.command("Response Desk: Refresh");
    await until("the message", async () => /As of .*is not responding/.test(await w.view("Incidents").innerText()));
    await w.waitForRow("Incidents", "Portal down");
    await w.screenshot("github-offline");
    github.clearFaults();
    github.repository(repository).editTitle(1, "[INCIDENT] Portal is back", "ben");
    await w.waitForRow("Incidents", "Portal is back");
    await until("no message", async () => !/As of/.test(await w.view("Incidents").innerText()));
  });

  it("sends nothing to a server in the workspace settings, and shows the one in the user settings", async () => {
    seedChecklist(github);
    const w = await open({ ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github", "responseDesk.github.server": other.url, "github-enterprise.uri": other.url }) });
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal down");
    assert.ok(github.requests.length > 0);
    assert.deepEqual(other.requests, []);
  });

  it("reports an invalid server address, and sends nothing (thorough)", async () => {
    const w = await open({}, { "responseDesk.github.server": github.url.replace("127.0.0.1", "127.0.0.1.evil.example") });
    await w.openView("Incidents");
    await until("the words", async () => /is not a valid server URL/.test(await w.view("Incidents").innerText()));
    await w.screenshot("github-bad-server");
    assert.deepEqual(github.requests, []);
  });

  it("moves from plain files to the repository of the checkout, and back (thorough)", async () => {
    seedChecklist(github);
    const config = `[remote "origin"]\n\turl = ${github.url}/${repository}.git\n`;
    const w = await openWorkbench({ desk: { ".git/config": config, ".git/HEAD": "ref: refs/heads/main\n" }, settings: { "responseDesk.github.server": github.url, "responseDesk.login": "kim" } });
    await w.openView("Incidents");
    await w.waitForRow("On Call", "You are kim");
    await w.treeMenu("On Call", "You are kim", "Use GitHub for This Desk…");
    await w.answerDialog("Store the issues of this desk on", "Use GitHub");
    await w.answer("Token for 127.0.0.1", token);
    await w.waitForRow("Incidents", "Portal down");
    await w.waitForRow("On Call", "You are ana");
    await w.screenshot("github-moved");
    await w.treeMenu("On Call", "You are ana", "Sign Out of GitHub");
    await w.waitForRow("On Call", "Not signed in");
    const before = github.requests.length;
    await w.command("Response Desk: Refresh");
    await w.command("Response Desk: Use Plain Files for This Desk…");
    await w.answerDialog("in plain files", "Use Plain Files");
    await w.waitForRow("On Call", "You are kim");
    assert.equal((await w.treeRows("Incidents")).length, 0);
    assert.equal(github.requests.length, before, "nothing is asked once signed out");
  });
});

/** An incident with its checklist begun, as somebody else declared it, in a text of so many characters at least. */
function seedChecklist(github: FakeGithub, length = 0): void {
  const checklist = startChecklist(readRunbook("runbooks/incident.md", runbook, runbookContext(defaultDesk(repository))), { id: "run1", startedAt: "2026-11-20T16:02:11Z", by: "ben", holders: {} });
  github.repository(repository).open({ title: "[INCIDENT] Portal down", body: `Nobody can sign in.\n\n${renderChecklist(checklist, repository)}\n`.padStart(length, "x"), labels: ["incident"] }, "ben");
}

function tickedOn(github: FakeGithub): number {
  const { body, comments } = github.repository(repository).issue(1);
  return [body ?? "", ...comments.map((comment) => comment.body)].join("\n").match(/^- \[x\] /gm)?.length ?? 0;
}

/** After a restart: where the browser stores no secrets, the token is requested again. */
async function signInAgain(w: Workbench): Promise<void> {
  const row = await until("who I am", async () => (await w.treeRows("On Call")).find(({ label }) => /You are ana|Not signed in/.test(label)));
  if (row.label.includes("Not signed in")) await signIn(w, token, "ana");
}

async function openChecklist(w: Workbench): Promise<void> {
  await w.waitForRow("Incidents", "Portal down");
  await w.treeRow("Incidents", "Portal down").click();
  await (await w.webview("#1")).locator("h1").waitFor();
}

async function tick(w: Workbench, step = ""): Promise<void> {
  await (await w.webview("#1")).getByRole("checkbox", { name: step }).click();
}

function isCreation({ method, path: asked }: Pick<SeenRequest, "method" | "path">): boolean {
  return method === "POST" && asked === `/repos/${repository}/issues`;
}

function isEdit({ method, path: asked }: Pick<SeenRequest, "method" | "path">): boolean {
  return method === "PATCH" && asked.startsWith(`/repos/${repository}/issues/`);
}

/** Where a text is found: in the console, the files of the folder, and all files of VS Code. */
function placesOf(text: string, w: Workbench): readonly string[] {
  const data = path.resolve(path.dirname(w.server.settingsFile), "../..");
  const found = [w.workspace, data].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(text)),
  );
  return [...found, ...w.consoleLines().filter((line) => line.includes(text)), ...(w.server.log().includes(text) ? ["the server's log"] : [])];
}
