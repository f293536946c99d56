import assert from "node:assert/strict";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { manyDesk, manyRepositories, openMany } from "../support/manyIssues";
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

  it("are shown, scrolled, grouped, filtered and navigated by keyboard (thorough)", async () => {
    const w = await open();
    const newest = `(${each})`;
    await until("the incidents", async () => (await w.treeRows("Incidents")).length > 5, 60);
    await w.openView("Requests");
    const pages = requestsSince(0).filter((line) => line.includes("/issues")).length;
    // Ten pages of open issues and one of closed ones per repository. A later read takes two more of each.
    assert.ok(pages >= 55 && pages <= 75, String(pages));

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
    await w.pick("Select a property", "Assignee");
    await until("groups", async () => (await w.treeRows("Incidents"))[0]?.label === "ana");
    assert.equal((await w.treeRows("Incidents"))[0]?.level, 1);
    await w.screenshot("many-grouped");
    await w.command("Response Desk: Group Issues By…");
    await w.pick("Select a property", "No Groups");
    await rowOf(w, "Incidents", newest);

    await w.command("Response Desk: Filter Issues…");
    await w.pickMany("Select what to show", ["high"]);
    await until("only what is urgent", async () => {
      const rows = await w.treeRows("Incidents");
      return rows.length > 5 && rows.every(({ description }) => description.includes("high"));
    });
    await w.screenshot("many-filtered");
    await w.command("Response Desk: Clear Issue Filter");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("update one changed issue in place: selection, scroll position and expanded rows stay (thorough)", async () => {
    const w = await open();
    await w.command("Response Desk: Group Issues By…");
    await w.pick("Select a property", "Stage");
    await until("groups", async () => (await w.treeRows("Incidents")).some(({ level }) => level === 2), 60);
    const first = (await w.treeRows("Incidents")).find(({ level }) => level === 2)?.label ?? "";
    await w.treeRow("Incidents", first).click();
    await (await w.webview(titleOf(first))).locator("h1").waitFor();
    await walk(w, "Incidents");
    await until("a row far down", async () => {
      await w.page.keyboard.press("PageDown");
      return !(await w.treeRows("Incidents")).some(({ label }) => label === first);
    });
    for (let row = 0; row < 5; row += 1) await w.page.keyboard.press("ArrowUp");
    await w.page.keyboard.press("ArrowRight");
    await rowOf(w, "Incidents", "No linked issues");
    const chosen = await until("the row with the focus", () => focused(w, "Incidents"));
    const before = await w.treeRows("Incidents");
    await watchRows(w, "Incidents");
    const number = Number(/\((\d+)\)/.exec(before[2]?.label ?? "")?.[1]);
    const changed = `${before[2]?.label.split(" ")[0] ?? ""} Something else`;
    github.repository(manyRepositories[0]).editTitle(number, "[INCIDENT] Something else", "ben");
    const from = github.requests.length;
    await w.command("Response Desk: Refresh");
    await rowOf(w, "Incidents", "Something else");
    const after = await w.treeRows("Incidents");
    assert.deepEqual(after.map(({ label, expanded }) => [label, expanded]), before.map(({ label, expanded }, index) => [index === 2 ? changed : label, expanded]));
    assert.equal(await focused(w, "Incidents"), chosen);
    // A refresh also loads the links of expanded rows.
    const touched = [chosen, changed];
    assert.deepEqual((await touchedRows(w, "Incidents")).filter((label) => !touched.includes(label) && !label.startsWith("No linked")), []);
    // Each repository gets one request for changes and one for a page of its links. Otherwise only the links of the expanded row are requested.
    const asked = requestsSince(from).filter((line) => line.endsWith("/issues"));
    assert.equal(asked.length, 2 * manyRepositories.length, asked.join("\n"));
    await w.screenshot("many-changed");
    await w.page.keyboard.press("Home");
    await until("the first row is still the chosen one", async () => (await w.view("Incidents").locator(".monaco-list-row.selected .label-name").allTextContents()).join() === first);

    const ticked = github.requests.length;
    await (await w.webview(titleOf(first))).getByRole("checkbox", { name: "Look at part 12" }).click();
    await w.answerDialog(manyRepositories[0], "Write to Repository");
    const issue = `/repos/${manyRepositories[0]}/issues/${/\((\d+)\)/.exec(first)?.[1] ?? ""}`;
    const needed = [`GET 200 ${issue}`, `PATCH 200 ${issue}`, `GET 304 ${issue}`];
    await until("the tick is confirmed", async () => requestsSince(ticked).length >= needed.length && /ana, now/.test(await (await w.webview(titleOf(first))).locator("body").innerText()));
    assert.deepEqual(requestsSince(ticked), needed, "nothing else is asked for a tick");
    assert.deepEqual(w.extensionErrors(), []);
  });
});

/** The title in a row's label, which starts with the number. */
function titleOf(label: string): string {
  return label.slice(label.indexOf(" ") + 1);
}

async function rowOf(w: Workbench, view: string, label: string): Promise<void> {
  await until(`a row "${label}" in ${view}`, async () => (await w.treeRows(view)).some((row) => row.label.includes(label)), 60);
}

/** Focuses the tree, because the panel that a click opened has the focus. */
async function walk(w: Workbench, view: string): Promise<void> {
  await w.view(view).locator(".monaco-list").first().focus();
}

async function focused(w: Workbench, view: string): Promise<string | undefined> {
  const row = w.view(view).locator(".monaco-list-row.focused .label-name");
  return (await row.count()) === 0 ? undefined : ((await row.first().textContent()) ?? undefined);
}

/** Records from now on which rows are redrawn. */
async function watchRows(w: Workbench, view: string): Promise<void> {
  await w.view(view).locator(".monaco-list-row").evaluateAll((rows) => {
    for (const row of rows) {
      const observer = new MutationObserver(() => row.setAttribute("data-touched", ""));
      for (const part of row.children) observer.observe(part, { subtree: true, childList: true, attributes: true, characterData: true });
    }
  });
}

async function touchedRows(w: Workbench, view: string): Promise<readonly string[]> {
  return w.view(view).locator(".monaco-list-row[data-touched] .label-name").allTextContents();
}
