import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const repository = "acme/support";
const [ana, ben] = ["ghp_0123456789secretOfAna", "ghp_0123456789secretOfBen"];
const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]", respondWithin: 8h }\npeople: [{ login: ana }, { login: ben }]\nescalation: [{ after: 30m, to: [ben] }]\n`,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

describe("changes that notify people on GitHub", () => {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", ana);
    github.addUser("ben", ben);
    github.addRepository(repository);
    github.repository(repository).open({ title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: ["incident"] }, "cho");
  });

  afterEach(() => github.close());

  const open = async (undoSeconds: number): Promise<Workbench> => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": undoSeconds } });
    await signIn(w, ana, "ana");
    await w.waitForRow("Incidents", "Portal down");
    return w;
  };
  const comments = (): readonly string[] => github.repository(repository).issue(1).comments.map(({ body }) => body);
  const handOver = async (w: Workbench, words: string): Promise<void> => {
    await w.treeMenu("Incidents", "Portal down", "Stage, Priority and Labels", "Add Timeline Entry");
    await w.pick("What happened on", "Handed Off");
    await w.answer("Who takes over", words);
  };

  it("are sent once if the server does not respond: one pending change, nothing to repeat, sent when the server is back", async () => {
    const w = await open(15);
    github.fault({ match: ({ method }) => method !== "GET", times: 10_000, do: { kind: "dropBefore" } });
    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await w.answerDialog(repository, "Write to Repository");
    const told = await w.waitForNotification("stored on this machine");
    assert.equal(await told.getByRole("button", { name: "Retry" }).count(), 0, "doing it again would do it twice");
    await w.waitForRow("Pending Changes", "Acknowledge");
    assert.equal((await w.treeRows("Pending Changes")).length, 1);
    await w.screenshot("acknowledged-offline");
    await w.clearNotifications();
    github.clearFaults();
    await w.viewTitleAction("Pending Changes", "Retry All Pending Changes");
    await until("it is acknowledged and assigned", () => comments().length > 0 && github.repository(repository).issue(1).assignees.includes("ana"));
    await until("nothing waits", async () => !(await w.page.locator(".pane-header", { hasText: "Pending Changes" }).isVisible()));
    await w.command("Response Desk: Refresh");
    assert.equal(comments().length, 1);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("are undone together if one command makes several (thorough)", async () => {
    const w = await open(15);
    await w.treeMenu("Incidents", "Portal down", "Response", "Escalate Issue…");
    await w.pick("Who do you want to ask", "Level 1: ben");
    await w.answer("need to know", "The vendor does not answer");
    const told = await w.waitForNotification("sent in 15 seconds");
    await told.getByRole("button", { name: "Cancel" }).click();
    await w.waitForNotification("Undone. Nothing was sent");
    await w.command("Response Desk: Refresh");
    await until("nothing waits", async () => !(await w.page.locator(".pane-header", { hasText: "Pending Changes" }).isVisible()));
    assert.deepEqual([comments(), github.repository(repository).issue(1).assignees], [[], []]);
    assert.deepEqual(github.requests.filter(({ method }) => method !== "GET"), []);
  });

  it("are delayed for a short time, and can be undone until then with their text (thorough)", async () => {
    const w = await open(15);
    await handOver(w, "The vendor was called");
    const told = await w.waitForNotification("sent in 15 seconds");
    await w.screenshot("undo-offered");
    await told.getByRole("button", { name: "Cancel" }).click();
    await w.waitForNotification("Undone. Nothing was sent");
    await w.screenshot("undo-done");
    await w.answerNotification("Undone. Nothing was sent", "Copy Text");
    await until("nothing waits", async () => !(await w.statusBar()).some((text) => /pending/i.test(text)));
    assert.deepEqual(comments(), []);
    assert.ok(!w.notifications().toString().includes("discarded"));
  });

  it("are never sent in the name of another account, unless that account takes them over (thorough)", async () => {
    const w = await open(0);
    github.fault({ match: ({ method, path }) => method === "POST" && path.endsWith("/comments"), times: 1000, do: { kind: "status", status: 503 } });
    await handOver(w, "The vendor was called");
    await w.answerDialog(repository, "Write to Repository");
    await until("a refused try", () => github.requests.some(({ status }) => status === 503));
    await w.command("Response Desk: Sign Out of GitHub");
    await w.waitForRow("On Call", "Not signed in");
    github.clearFaults();
    await signIn(w, ben, "ben");
    const row = await until("the change of somebody else", async () => (await w.treeRows("Pending Changes")).find(({ description }) => /requested by ana/.test(description)));
    await w.screenshot("other-account");
    assert.deepEqual(comments(), []);
    await w.treeMenu("Pending Changes", row.label, "Send Pending Change as Me…");
    await until("the comment", () => comments().length === 1);
    assert.match(comments()[0] ?? "", /The vendor was called/);
    assert.equal(github.repository(repository).issue(1).comments[0]?.login, "ben");
  });
});
