import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dueText } from "./support/dueText";
import { scratchFolder } from "./support/session";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const desk = `team: Portal
people: [{ login: ana, name: Ana Ruiz }, { login: ben }]
kinds:
  incident: { repository: acme/live, label: incident, prefix: "[INCIDENT]" }
  request: { repository: acme/desk, label: request, prefix: "[REQUEST]" }
rotation: { starts: 2026-01-05, every: 1w, roles: [primary, backup] }
`;

const day = "---\nrole: primary\nwhen: start-of-day\n---\n# Start of day\n\n- [ ] Read the hand-off\n- [ ] Look at the board\n";

function names(w: Workbench, folder: string): readonly string[] {
  return w.exists(folder) ? readdirSync(path.join(w.workspace, folder)).sort() : [];
}

describe("the desk", () => {
  it("explains in an empty folder what to do, and creates a first desk on request", async () => {
    const w = await openWorkbench({ desk: { "README.md": "Nothing here yet.\n" }, settings: { "responseDesk.login": "ana" }, fresh: true });
    await w.openView("Runbooks");
    await until("the empty state", async () => (await w.welcome("Runbooks")).includes("There are no runbooks yet") || undefined);
    assert.match(await w.welcome("Incidents"), /No open incidents/);
    await w.screenshot("desk-empty");
    await w.view("Runbooks").locator(".welcome-view-content .monaco-button").filter({ hasText: "Create Desk" }).click();
    await w.answerDialog("Create a desk in", "Create");
    await w.page.locator(".tabs-container .tab.active").filter({ hasText: "desk.yml" }).waitFor();
    await until("the first runbooks", async () => (await w.treeRows("Runbooks")).length > 0 || undefined);
    assert.ok(w.exists("runbooks/desk.yml"));
    assert.deepEqual((await w.treeRows("On Call")).filter(({ label }) => label.includes("desk.yml")), []);
    await w.screenshot("desk-created");
  });

  it("stays in use when desk.yml has errors, reports where, and updates when they are fixed", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, "runbooks/day.md": day }, settings: { "responseDesk.login": "ana" } });
    await w.openView("On Call");
    await w.waitForRow("On Call", "primary");
    await w.write({ "runbooks/desk.yml": desk.replace("people: [", "people: {") });
    const row = await w.waitForRow("On Call", "desk.yml has errors");
    assert.match(row.description, /last valid version in use/);
    assert.ok((await w.treeRows("On Call")).some(({ label }) => label === "primary"), "the duty of the last good desk");
    await w.treeRow("On Call", "desk.yml has errors").click();
    await w.page.locator(".monaco-editor .squiggly-error").first().waitFor();
    await w.screenshot("desk-broken");
    await w.write({ "runbooks/desk.yml": desk });
    await until("the problem goes", async () => (await w.treeRows("On Call")).every(({ label }) => !label.includes("desk.yml")) || undefined);
  });

  it("is found when its folder is added as a whole (thorough)", async () => {
    const w = await openWorkbench({ desk: { "README.md": "Nothing here yet.\n" }, settings: { "responseDesk.login": "ana" }, fresh: true });
    await w.openView("Runbooks");
    await w.welcome("Runbooks");
    const staged = scratchFolder("staged");
    mkdirSync(path.join(staged, "runbooks"));
    writeFileSync(path.join(staged, "runbooks/desk.yml"), desk);
    writeFileSync(path.join(staged, "runbooks/day.md"), day);
    renameSync(path.join(staged, "runbooks"), path.join(w.workspace, "runbooks"));
    await until("its runbook", async () => (await w.treeRows("Runbooks")).length > 0);
  });

  it("updates when its folder is replaced as a whole, as by a checkout", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, "runbooks/day.md": day }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Runbooks");
    for (const title of ["First", "Second", "Third", "Fourth"]) {
      for (const file of w.paths()) rmSync(path.join(w.workspace, file));
      await until("no runbook to be left", async () => (await w.treeRows("Runbooks")).length === 0);
      rmSync(path.join(w.workspace, "runbooks"), { recursive: true });
      w.write({ "runbooks/desk.yml": desk, "runbooks/a.md": `# ${title}\n\n- [ ] go\n` });
      await w.waitForRow("Runbooks", title);
    }
  });

  it("starts a dated checklist once, however often it is requested, and lists it with its progress (thorough)", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, "runbooks/day.md": day }, settings: { "responseDesk.login": "ana" } });
    await w.openView("On Call");
    await w.waitForRow("On Call", "Start of day");
    await w.command("Response Desk: Start Role Checklist…");
    await w.pick("Select a checklist for today", "Start of day");
    const page = await w.webview("Start of day");
    await page.getByRole("checkbox", { name: "Read the hand-off" }).click();
    await until("the progress", async () => (await w.waitForRow("On Call", "Start of day")).description.includes("1/2") || undefined);
    await w.screenshot("role-checklist");
    await w.treeAction("On Call", "Start of day", "Start Role Checklist");
    await page.getByText("1 of 2 done").waitFor();
    const files = names(w, ".desk/checklist").filter((name) => name.endsWith(".md"));
    assert.equal(files.length, 1, files.join());
    assert.match(await w.read(`.desk/checklist/${files[0] ?? ""}`), /title: .?Start of day · \d{4}-\d\d-\d\d/);
    assert.deepEqual(await w.treeRows("Incidents"), []);
  });

  it("asks for the login, stores the answer, and allows changing it", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk } });
    await w.openView("On Call");
    await w.waitForRow("On Call", "Login not set");
    await w.treeRow("On Call", "Login not set").click();
    await w.pick("Set My Login", "ben");
    await w.waitForRow("On Call", "You are ben");
    await w.treeRow("On Call", "You are ben").click();
    await w.pick("Set My Login", "Someone else…");
    await w.answer("Set My Login", "kim.lee");
    await w.waitForRow("On Call", "You are kim.lee");
  });

  it("adds a comment and copies a reference from the tree", async () => {
    const issue = '---\ntitle: "[REQUEST] A key"\nrepository: acme/desk\nstate: open\nlabels: [request]\nassignees: []\nauthor: ana\ncreated: 2026-11-20T16:00:00Z\nupdated: 2026-11-20T16:00:00Z\n---\n\nFor the door.\n';
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, ".desk/request/7-key.md": issue }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Requests");
    await w.waitForRow("Requests", "A key");
    await w.treeMenu("Requests", "A key", "Copy Issue Reference");
    await until("the clipboard", async () => (await w.clipboard()) === "acme/desk#7" || undefined);
    await w.treeMenu("Requests", "A key", "Comment on Issue");
    await w.pick("Comment on", "Write in Editor");
    await w.page.locator(".codelens-decoration").first().waitFor();
    await w.page.keyboard.type("Ordered today.");
    await w.page.keyboard.press("Control+Enter");
    await until("the comment", async () => (w.exists(".desk/request/7.events.jsonl") && (await w.read(".desk/request/7.events.jsonl")).includes("Ordered today.")) || undefined);
  });

  it("shows five kinds of issue, each in its view (thorough)", async () => {
    const w = await openWorkbench({ desk: "service-desk", settings: { "responseDesk.login": "ana" } });
    await w.openView("Records");
    await w.waitForRow("Runbooks", "Complex request");
    await w.command("Response Desk: Create Request with Details…");
    await w.waitForPrompt("What happened?");
    await w.quickBox.fill("Move the project's data");
    await w.quickRow("Move the project's data").waitFor();
    await w.page.keyboard.press("Enter");
    await w.pick("Details", "No Details");
    await w.pickMany("Which criteria apply?", []);
    await w.pick("Select a priority", "No Priority");
    await w.pickMany("Select the affected services", ["Uploads"]);
    await w.waitForPrompt("Select a runbook for the checklist");
    await w.page.keyboard.press("Enter");
    const row = await w.waitForRow("Requests", "Move the project's data");
    assert.match(row.description, new RegExp(`^${dueText} · To do · `));
    await w.command("Response Desk: Create Linked Issue…");
    await w.pick("Select the parent issue", "[REQUEST] Move the project's data");
    await w.pick("Select the kind of issue", "record");
    await w.waitForPrompt("itle");
    await w.page.keyboard.type("Project Heron");
    await w.page.keyboard.press("Enter");
    await w.pick("Details of the issue", "No Details");
    const text = async (kind: string): Promise<string> => {
      const file = names(w, `.desk/${kind}`).find((name) => name.endsWith(".md"));
      return file === undefined ? "" : w.read(`.desk/${kind}/${file}`);
    };
    await until("both to name each other", async () => ((await text("record")).includes("Parent: ") && (await text("request")).includes("Child: ")) || undefined);
    await w.screenshot("service-desk");
  });
});
