import assert from 'node:assert/strict';
import { noteClock } from '../../src/core/markup/clockRegion';
import { renderHandoff } from '../../src/core/markup/handoffRegion';
import { textsOf } from '../../src/core/model/handoff';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { signIn } from './support/signIn';
import { openWorkbench, until, type Workbench } from './support/workbench';

const repository = "acme/support";

const token = "ghp_0123456789secretOfAna";

const starts = new Date(Date.now() - 10 * 24 * 3_600_000).toISOString().slice(0, 10);

const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]", respondWithin: 1h }\npeople: [{ login: ana }, { login: ben }, { login: cho }]\nrotation: { starts: ${starts}, every: 1w, roles: [primary] }\n`,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

describe("text of a stranger in an issue on GitHub", () => {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", token);
    github.addUser("ben", "ghp_0123456789secretOfBen");
    github.addRepository(repository, { writers: ["ana", "ben", "cho"], labels: ["incident", "handoff"] });
  });

  afterEach(() => github.close());

  const open = async (): Promise<Workbench> => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": 0 } });
    await signIn(w, token, "ana");
    return w;
  };

  it("does not stop the response clock, and the row says so; the desk's own mark is stored in a comment and can be undone", async () => {
    const web = github.repository(repository);
    const body = noteClock("Nobody can sign in.", { acknowledged: new Date(Date.now() - 60_000).toISOString(), by: "ben" });
    web.open({ title: "[INCIDENT] Portal down", body }, "mallory");
    const w = await open();
    await w.openView("Incidents");
    const isDue = async (): Promise<boolean> => /^due in /.test((await w.waitForRow("Incidents", "Portal down")).description);
    await until("the response to be due", isDue);
    const spoken = (): Promise<string | null> => w.treeRow("Incidents", "Portal down").getAttribute("aria-label");
    assert.match((await spoken()) ?? "", /marks that are ignored because mallory has no write access and is not one of the desk's people\. Ignored: response clock\./);
    await w.treeRow("Incidents", "Portal down").hover();
    await w.page.getByText("marks that are ignored").first().waitFor();
    await w.screenshot("trust-hover");

    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await w.answerDialog(repository, "Write to Repository");
    await until("it is acknowledged", async () => !(await isDue()));
    await until("the desk's comment", () => web.issue(1).comments.some((comment) => /^Kept here by Response Desk [^\n]+\n\n<!-- desk:clock acknowledged=\S+ by=ana -->/.test(comment.body)), 40);
    assert.equal(web.issue(1).body, body);

    await w.treeMenu("Incidents", "Portal down", "Response", "Unacknowledge Issue");
    await until("the response to be due again", isDue);
    await until("the comment that says so", () => web.issue(1).comments.some((comment) => comment.body.startsWith("Acknowledgement withdrawn")), 40);
    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await until("it is acknowledged again", async () => !(await isDue()));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("is not a handoff: no one is offered to accept it, although it has the label (thorough)", async () => {
    const web = github.repository(repository);
    const handoff = { outgoing: "ben", incoming: "ana", beside: [], from: `${starts}T00:00:00Z`, to: new Date(Date.now() + 86_400_000).toISOString(), felt: "", items: [], texts: textsOf(() => "") };
    const text = renderHandoff(handoff, { home: repository, timezone: "UTC" });
    web.open({ title: "Hand-off from ben to ana", body: text }, "mallory");
    web.label(1, "handoff", "ana");
    // Ben was on call in the shift that the test runs in, so his text counts.
    web.open({ title: "Hand-off from ben to ana", body: text.replace("outgoing=ben", "outgoing=Ben"), labels: ["handoff"] }, "ben");
    const w = await open();
    await w.waitForRow("On Call", "Handoff from Ben");
    assert.deepEqual((await w.treeRows("On Call")).map(({ label }) => label).filter((label) => label.startsWith("Handoff from")), ["Handoff from Ben"]);
    assert.deepEqual((await w.notifications()).filter((each) => each.startsWith("ben handed off")), []);
    await w.command("Response Desk: Accept Handoff");
    // It is the only one, so there is no selection.
    await w.answerDialog("Accept handoff #2 from Ben?", "Cancel");
    assert.deepEqual([web.issue(1).state, web.issue(2).state], ["open", "open"]);
  });
});
