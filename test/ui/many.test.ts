import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { manyDesk, openMany } from "../support/manyIssues";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const token = "ghp_0123456789secretOfAna";
const each = 1000;

describe("5,000 open issues on GitHub", function () {
  this.timeout(300_000);
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub({ checkDescription: false });
    github.addUser("ana", token);
    openMany(github, each);
  });

  afterEach(() => github.close());

  const open = async (): Promise<Workbench> => {
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": manyDesk, ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }) },
      settings: { "responseDesk.github.server": github.url },
      viewport: { width: 1400, height: 1400 },
    });
    await signIn(w, token, "ana");
    return w;
  };
  const requestsSince = (from: number): readonly string[] => github.requests.slice(from).map(({ method, status, path }) => `${method} ${status} ${path.split("?")[0] ?? ""}`);

  it("fill the views, and are scrolled, grouped, filtered and walked by keyboard", async () => {
    const w = await open();
    const newest = `(${each})`;
    await until("the incidents", async () => (await w.treeRows("Incidents")).length > 5, 60);
    await w.openView("Requests");
    const pages = requestsSince(0).filter((line) => line.includes("/issues")).length;
    // Ten pages of open issues and one of closed ones, of each repository; a later reading takes one more of each.
    assert.ok(pages >= 55 && pages <= 65, String(pages));

    await rowOf(w, "Incidents", `(${each - each % 10})`);
    await w.treeRow("Incidents", `(${each - each % 10})`).click();
    await (await w.webview(`#${each - each % 10}`)).locator("h1").waitFor();
    await walk(w, "Incidents");
    await w.page.keyboard.press("End");
    await rowOf(w, "Incidents", "(1)");
    await w.page.keyboard.press("ArrowUp");
    await until("the row above the last has the focus", async () => (await focused(w, "Incidents"))?.includes("(2)"));
    await w.page.keyboard.press("Home");
    await rowOf(w, "Incidents", `(${each})`);
    await w.screenshot("many");

    await w.command("Response Desk: Group Issues By…");
    await w.pick("By what?", "Assignee");
    await until("groups", async () => (await w.treeRows("Incidents"))[0]?.label === "ana");
    assert.equal((await w.treeRows("Incidents"))[0]?.level, 1);
    await w.screenshot("many-grouped");
    await w.command("Response Desk: Group Issues By…");
    await w.pick("By what?", "No groups");
    await rowOf(w, "Incidents", newest);

    await w.command("Response Desk: Filter Issues…");
    await w.pickMany("Tick what to show", ["high"]);
    await until("only what is urgent", async () => {
      const rows = await w.treeRows("Incidents");
      return rows.length > 5 && rows.every(({ description }) => description.includes("high"));
    });
    await w.screenshot("many-filtered");
    await w.command("Response Desk: Clear Issue Filter");
    assert.deepEqual(w.extensionErrors(), []);
  });
});

async function rowOf(w: Workbench, view: string, label: string): Promise<void> {
  await until(`a row "${label}" in ${view}`, async () => (await w.treeRows(view)).some((row) => row.label.includes(label)), 60);
}

/** Gives the tree the keyboard: the panel that a click opened has it. */
async function walk(w: Workbench, view: string): Promise<void> {
  await w.view(view).locator(".monaco-list").first().focus();
}

async function focused(w: Workbench, view: string): Promise<string | undefined> {
  const row = w.view(view).locator(".monaco-list-row.focused .label-name");
  return (await row.count()) === 0 ? undefined : ((await row.first().textContent()) ?? undefined);
}
