import assert from 'node:assert/strict';
import { readHandoff } from '../../src/core/markup/handoffRegion';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { signIn } from './support/signIn';
import { openWorkbench, until } from './support/workbench';

const repository = "acme/support";

const [ana, ben] = ["ghp_0123456789secretOfAna", "ghp_0123456789secretOfBen"];

const starts = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString().slice(0, 10);

const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\npeople: [{ login: ana }, { login: ben }]\nrotation: { starts: ${starts}, every: 1w, roles: [primary] }\n`,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

describe("a hand-off on GitHub", () => {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", ana);
    github.addUser("ben", ben);
    github.addRepository(repository);
    github.repository(repository).open({ title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: ["incident"] }, "cho");
  });

  afterEach(() => github.close());

  it("is written by one account and accepted by the other (thorough)", async () => {
    const settings = { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": 0 };
    const w = await openWorkbench({ desk: files, settings });
    await signIn(w, ana, "ana");
    await w.waitForRow("Incidents", "Portal down");
    await w.command("Response Desk: Hand Off…");
    const page = await w.webview("Handoff by ana");
    await page.getByLabel("Next step for #1: [INCIDENT] Portal down").fill("Call the vendor");
    await page.getByRole("button", { name: "Create Handoff" }).click();
    await w.answerDialog(repository, "Write to Repository");
    await page.getByText("until ben accepts it").waitFor();
    await w.screenshot("handoff-github");
    const issue = (number: number): ReturnType<ReturnType<FakeGithub["repository"]>["issue"]> => github.repository(repository).issue(number);
    assert.deepEqual([issue(2).labels, issue(2).assignees], [["handoff"], ["ben"]]);
    assert.match(issue(1).comments.map(({ body }) => body).join(), /^Handed off by @ana to @ben, see #2\.\n\n\*\*Next step:\*\* Call the vendor/);
    await w.close();

    const other = await openWorkbench({ desk: files, settings, fresh: true });
    await signIn(other, ben, "ben");
    await other.waitForRow("On Call", "Handoff from ana");
    await other.treeMenu("On Call", "Handoff from ana", "Accept Handoff");
    await other.answerDialog("Accept handoff #2 from ana?", "Accept");
    await other.answerDialog(repository, "Write to Repository");
    await until("the hand-off to be closed", () => issue(2).state === "closed", 40);
    assert.deepEqual(issue(1).assignees, ["ben"]);
    assert.equal(readHandoff(issue(2).body ?? "")?.accepted?.by, "ben");
    assert.equal(issue(1).comments.length, 1);
  });
});
