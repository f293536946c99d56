import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const [home, engine] = ["acme/support", "acme/engine"];
const token = "ghp_0123456789secretOfAna";

describe("links and pull requests of GitHub", () => {
  let github: FakeGithub;

  async function start(features: boolean): Promise<Workbench> {
    github = await startFakeGithub({ features });
    github.addUser("ana", token);
    for (const repository of [home, engine]) github.addRepository(repository, { labels: ["incident", "request"], types: ["Bug"] });
    return openWorkbench({
      desk: {
        "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${home}, label: incident, prefix: "[INCIDENT]" }\n  request: { repository: ${home}, label: request, prefix: "[REQUEST]", type: Bug }\npeople: [{ login: ana }]\n`,
        ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
      },
      settings: { "responseDesk.github.server": github.url },
      theme: "light",
      viewport: { width: 1400, height: 1400 },
    });
  }

  afterEach(() => github.close());

  const open = (title: string, label?: string, repository = home): number => github.repository(repository).open({ title, ...(label === undefined ? {} : { labels: [label] }) }, "ana").number;

  /** The rows directly below an expanded row. */
  async function below(w: Workbench, view: string, label: string): Promise<readonly (readonly [string, string])[]> {
    const rows = await w.treeRows(view);
    const at = rows.findIndex((row) => row.label.includes(label));
    const level = rows[at]?.level ?? 0;
    const rest = rows.slice(at + 1);
    const end = rest.findIndex((row) => row.level <= level);
    return rest.slice(0, end < 0 ? rest.length : end).filter((row) => row.level === level + 1).map((row) => [row.label, row.description]);
  }

  it("are shown below an issue when it is expanded, with their current state", async () => {
    const w = await start(true);
    const incident = open("[INCIDENT] Portal down", "incident");
    const alone = open("[INCIDENT] Ledger slow", "incident");
    const request = open("[REQUEST] Renew the certificate", "request");
    const fix = open("Fix the cache", undefined, engine);
    const roadmap = open("Autumn release", undefined, engine);
    const web = github.repository(home);
    web.addBlocker(incident, request);
    web.addBlocker(incident, fix, engine);
    web.addSubIssue(incident, request);
    github.repository(engine).addSubIssue(roadmap, incident, home);
    const pulls = [{ title: "Sketch it", draft: true }, { title: "Repair it" }, { title: "Log it" }].map((pull) => github.repository(engine).open({ ...pull, body: `For ${home}#${incident}`, pullRequest: true }, "ana").number);
    github.repository(engine).merge(pulls[2] ?? 0, "ana");

    await signIn(w, token, "ana");
    const row = await w.waitForRow("Incidents", "Portal down");
    assert.match(row.description, /^blocked · To do /);
    assert.match(row.aria, /Blocked by an open issue/);
    assert.doesNotMatch((await w.waitForRow("Incidents", "Ledger slow")).description, /blocked/);
    const questions = (): readonly string[] => github.requests.map(({ path }) => path).filter((path) => /timeline|sub_issues|dependencies|parent/.test(path));
    assert.deepEqual(questions(), [], "nothing is asked before somebody looks");

    await w.expand("Incidents", "Portal down");
    await w.waitForRow("Incidents", "Log it");
    await w.screenshot("native-links");
    const name = (number: number): string => `${engine}#${number}`;
    assert.deepEqual((await below(w, "Incidents", "Portal down")).map(([label, description]) => [label, description.replace(/ · now$/, "")]), [
      [`#${request} [REQUEST] Renew the certificate`, "blocked by · To do"],
      [`#${request} [REQUEST] Renew the certificate`, "To do"],
      ["Autumn release", `raised from · ${name(roadmap)} · Open`],
      ["Fix the cache", `blocked by · ${name(fix)} · Open`],
      ["Sketch it", `${name(pulls[0] ?? 0)} · Draft`],
      ["Repair it", `${name(pulls[1] ?? 0)} · Open`],
      ["Log it", `${name(pulls[2] ?? 0)} · Merged`],
    ]);
    assert.equal(questions().length, 4);
    await w.expand("Incidents", "Ledger slow");
    await w.waitForRow("Incidents", "No linked issues or pull requests");
    assert.deepEqual(questions().slice(4).map((path) => path.replace(/\?.*/, "")), [`/repos/${home}/issues/${alone}/timeline`]);

    await w.page.setViewportSize({ width: 620, height: 1400 });
    await w.screenshot("native-narrow");
    await w.page.setViewportSize({ width: 1400, height: 1400 });
    web.close(request, "ana");
    github.repository(engine).close(fix, "ana");
    await w.command("Response Desk: Refresh");
    await until("the request is closed", async () => (await below(w, "Incidents", "Portal down")).some(([, description]) => /^blocked by · Closed/.test(description)));
    await until("nothing blocks it", async () => !/blocked/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.screenshot("native-unblocked");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("are created by a user: one issue is blocked by another, in both texts and on the server (thorough)", async () => {
    const w = await start(true);
    const incident = open("[INCIDENT] Portal down", "incident");
    const request = open("[REQUEST] Renew the certificate", "request");
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeMenu("Incidents", "Portal down", "Links and Runbooks", "Link as Blocked By…");
    await w.waitForPrompt("Select the issue that blocks");
    await w.screenshot("native-link");
    await w.page.keyboard.press("Enter");
    await w.answerDialog(home, "Write to Repository");
    await until("the server has it", () => github.repository(home).blockers(incident).some(({ number }) => number === request), 60);
    const bodies = [incident, request].map((number) => github.repository(home).issue(number).body ?? "");
    assert.match(bodies[0] ?? "", new RegExp(`- Blocked by: #${request}\n`));
    assert.match(bodies[1] ?? "", new RegExp(`- Blocks: #${incident}\n`));
    await until("the sign", async () => /^blocked/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.expand("Incidents", "Portal down");
    await w.waitForRow("Incidents", "Renew the certificate");
    await until("one row", async () => (await below(w, "Incidents", "Portal down")).length === 1);
    await w.screenshot("native-linked");
    assert.deepEqual((await w.notifications()).filter((text) => /texts/.test(text)), []);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("come from the texts on a server that does not store them (thorough)", async () => {
    const w = await start(false);
    const incident = open("[INCIDENT] Portal down", "incident");
    const request = open("[REQUEST] Renew the certificate", "request");
    github.repository(home).editBody(incident, `<!-- desk:links -->\n- Blocked by: #${request}\n<!-- /desk:links -->`, "ana");
    await signIn(w, token, "ana");
    await until("the sign", async () => /^blocked/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.expand("Incidents", "Portal down");
    await w.waitForRow("Incidents", "Renew the certificate");
    assert.deepEqual(github.requests.filter(({ path }) => /sub_issues|dependencies|parent/.test(path)), []);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("keeps a comment that was being written when its issue was transferred, and says where the issue is", async () => {
    const w = await start(true);
    const number = open("[INCIDENT] Portal down", "incident");
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeRow("Incidents", "Portal down").click({ button: "right" });
    const entries = await w.menuItems();
    assert.ok(entries.includes("Open on GitHub") && !entries.includes("Open Issue File"), entries.join());
    await w.page.keyboard.press("Escape");
    await w.treeRow("Incidents", "Portal down").click();
    const view = await w.webview("Portal down");
    const field = view.getByRole("textbox", { name: "Add a comment" });
    await field.fill("The gateway is back.");
    github.addRepository("acme/other");
    const moved = github.repository(home).transfer(number, "acme/other");
    await view.getByRole("button", { name: "Comment", exact: true }).click();
    await w.answerDialog(home, "Write to Repository");
    await view.getByRole("heading", { name: `Issue #${number} was transferred` }).waitFor();
    await view.getByText(`It is now acme/other#${moved}.`).waitFor();
    assert.equal(await view.getByRole("textbox", { name: "Your comment was not sent" }).inputValue(), "The gateway is back.");
    await w.screenshot("native-transferred");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
