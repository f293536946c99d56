import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const repository = "acme/support";
const [ana, ben] = ["ghp_0123456789secretOfAna", "ghp_0123456789secretOfBen"];
/** The scopes that VS Code itself requests. */
const editorScopes = ["repo", "read:user", "user:email", "workflow"];
const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\n`,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

describe("the editor's own sign-in to GitHub", function () {
  // VS Code tries other ways first and waits for each.
  this.timeout(180_000);

  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", ana, { scopes: editorScopes });
    github.addUser("ben", ben, { scopes: editorScopes });
    github.addRepository(repository);
    github.repository(repository).open({ title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: ["incident"] }, "cho");
  });

  afterEach(() => github.close());

  /** The sign-in of VS Code for an unknown server: a token that the user creates there. */
  const finishInEditor = async (w: Workbench, token: string): Promise<void> => {
    await w.answerNotification("try a different way", "Yes");
    await w.answerDialog("Personal Access Token", "Continue to GitHub");
    await w.answer("GitHub Personal Access Token", token);
  };

  it("is requested when first needed, again after it was revoked, and is signed out (thorough)", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.github.server": github.url, "github-enterprise.uri": github.url } });
    await w.openView("Incidents");
    await w.waitForRow("On Call", "Not signed in");
    await w.view("Incidents").getByRole("button", { name: "Sign In to GitHub" }).click();
    await w.pick("do you want to sign in", "Use an editor account");
    await w.screenshot("editor-account-consent");
    await w.answerDialog("wants to sign in", "Allow");
    await finishInEditor(w, ana);
    await w.waitForRow("On Call", "You are ana");
    await w.waitForRow("Incidents", "Portal down");

    github.revoke(ana);
    await w.command("Response Desk: Refresh");
    await until("what became of the sign-in", async () => /has expired or was revoked/.test(await w.view("Incidents").innerText()) || undefined);
    await w.waitForRow("Incidents", "Portal down");
    await w.screenshot("editor-account-revoked");
    await w.command("Response Desk: Sign In to GitHub…");
    await w.pick("do you want to sign in", "Use an editor account");
    await w.answerDialog("sign in", "Allow");
    await finishInEditor(w, ben);
    await w.answerDialog("does not match the requested account", "Keep ben");
    await w.waitForRow("On Call", "You are ben");
    await until("no message", async () => !/As of/.test(await w.view("Incidents").innerText()) || undefined);

    await w.command("Response Desk: Sign Out of GitHub");
    await w.waitForRow("On Call", "Not signed in");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
