import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const path = "postmortems/2026-01-05-1-portal-is-down.md";

describe("The events of an incident in its post-mortem", () => {
  const [repository, away] = ["acme/support", "acme/engine"];
  const token = "ghp_0123456789secretOfAna";
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", token);
    for (const name of [repository, away]) github.addRepository(name);
  });

  afterEach(() => github.close());

  async function reopen(w: Workbench): ReturnType<Workbench["webview"]> {
    await w.command("View: Close Editor");
    return open(w);
  }

  async function open(w: Workbench): ReturnType<Workbench["webview"]> {
    // A click on a row of the view has no effect if the view is drawn again at that moment.
    await w.command("Response Desk: Search Post-mortems…");
    await w.pick("Search titles, services", "Portal is down");
    // The frame keeps the title that its panel began with, which is the name of the file until it is read.
    return w.webview("Post-mortem");
  }

  it("are added once, stay as a person left them, and are reported when they were edited, moved or cannot be read (thorough)", async () => {
    const api = github.repository(repository);
    api.open({ title: "[INCIDENT] Portal is down", labels: ["incident"] }, "cho");
    for (const text of ["Looking at it", "First idea"]) api.comment(1, text, "ben");
    const desk = {
      "runbooks/desk.yml": `timezone: UTC\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\n`,
      ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
      [path]: `---\nissue: ${repository}#1\nstatus: Draft\n---\n\n# Post-mortem: Portal is down\n\n## Summary\n\n## Timeline\n`,
    };
    const w = await openWorkbench({ desk, settings: { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": 0 } });
    await signIn(w, token, "ana");
    await w.waitForRow("Incidents", "Portal is down");
    await w.openView("Post-mortems");
    let page = await open(w);

    await page.getByRole("button", { name: "Add to Timeline" }).click();
    await w.readOnce(path, "| ben: First idea | comment <!-- desk:entry ");
    await page.getByRole("button", { name: /^Hide row \d+: ben: First idea/ }).click();
    const rows = page.getByLabel(/^What happened, row/);
    const texts = await Promise.all((await rows.all()).map((row) => row.inputValue()));
    const index = texts.indexOf("ben: Looking at it");
    await rows.nth(index).fill("We look at the portal");
    await w.readOnce(path, "| We look at the portal | comment <!-- desk:entry ");
    assert.match(await w.readOnce(path, "<!-- desk:hidden "), /^(?![^]*First idea)/);

    api.editComment(1, api.issue(1).comments[0]?.id ?? assert.fail(), "Looking at it closely");
    api.comment(1, "Later", "ben");
    await w.command("Response Desk: Refresh");
    await page.getByText("The event was edited:").waitFor();
    assert.equal(await rows.nth(index).inputValue(), "We look at the portal");
    await w.screenshot("postmortem-events-edited");
    await page.getByRole("button", { name: "Add to Timeline" }).click();
    assert.match(await w.readOnce(path, "| ben: Later | comment"), /^(?![^]*First idea)[^]*\| We look at the portal \|/);
    await page.getByRole("button", { name: "Use New Text" }).click();
    await w.readOnce(path, "| ben: Looking at it closely | comment");

    api.deleteComment(1, api.issue(1).comments.find(({ body }) => body === "Later")?.id ?? assert.fail());
    // GitHub states the last change of an issue to the second.
    const changed = api.issue(1).updatedAt;
    await until("the next second", () => Math.floor(Date.now() / 1000) > Math.floor(changed / 1000));
    api.label(1, "known", "cho");
    await w.command("Response Desk: Refresh");
    await page.getByText("The event no longer exists in the issue.").waitFor();
    assert.ok((await w.read(path)).includes("ben: Later"));
    await page.getByRole("button", { name: "Add to Timeline" }).click();
    await w.readOnce(path, "| cho added the label “known” | issue");

    const number = api.transfer(1, away);
    await w.command("View: Close Editor");
    const merged = await w.read(path);
    const row = /^.*ben: Later.*$/m.exec(merged)?.[0] ?? assert.fail(merged);
    w.write({ [path]: merged.replace(row, `${row}\n${row}`) });
    page = await open(w);
    await until("the row that a merge repeated to be in the file once", async () => (await w.read(path)) === merged || undefined);
    await page.getByText(`Issue ${repository}#1 was transferred and is now ${away}#${number}.`).waitFor();
    await w.screenshot("postmortem-events-transferred");
    assert.ok((await w.read(path)).includes(`issue: ${repository}#1`));
    await page.getByRole("button", { name: `Use ${away}#${number}` }).click();
    await w.readOnce(path, `issue: ${away}#${number}`);
    await page.getByText("was transferred").waitFor({ state: "hidden" });
    assert.equal(await page.getByRole("button", { name: "Add to Timeline" }).count(), 0);

    github.fault({ match: (call) => call.path.includes("/timeline"), times: 1000, do: { kind: "status", status: 502 } });
    github.repository(away).comment(number, "At last", "ben");
    page = await reopen(w);
    await page.getByText(`The events of issue ${away}#${number} could not be read. You can continue to edit the post-mortem.`).waitFor();
    await page.getByLabel("Summary").fill("The portal was down.");
    await w.readOnce(path, "The portal was down.");
    await w.screenshot("postmortem-events-unread");
    github.clearFaults();
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByText("could not be read").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Add to Timeline" }).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });
});
