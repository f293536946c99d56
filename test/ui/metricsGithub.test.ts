import assert from "node:assert/strict";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import type { WebRepository } from "../support/fakeGithub/web";
import { tokenOf } from "../support/githubPerson";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const [live, engine] = ["acme/live", "acme/engine"];

const hour = 3_600_000;

const desk = `timezone: UTC
team: Support
people: [{ login: ana }, { login: ben }]
kinds:
  incident: { repository: ${live}, label: incident, respondWithin: 1h }
  request: { repository: ${engine}, label: request }
stages: [To do, In progress, Done]
services: [Portal]
`;

describe("The metrics of a desk on GitHub", function () {
  this.timeout(240_000);
  let github: FakeGithub;
  let incidents: WebRepository;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
    for (const repository of [live, engine]) github.addRepository(repository, { writers: ["ana", "ben"] });
    incidents = github.repository(live);
  });

  afterEach(() => github.close());

  /** Closed incidents, spread over the last days, each an hour in progress. */
  function fill(count: number): void {
    const start = Date.now() - 3 * 24 * hour;
    for (let number = 1; number <= count; number += 1) {
      const at = start + number * 600_000;
      github.setNow(() => at);
      incidents.open({ title: `[INCIDENT] Portal is slow ${number}`, labels: ["incident", "service: Portal"], body: "It takes a minute." }, "ben");
      incidents.comment(number, renderMilestone("acknowledged", ""), "ana");
      incidents.move(number, "PVT_support", "In progress", "ana");
      github.setNow(() => at + hour);
      incidents.close(number, "ana");
    }
    github.setNow(() => Date.now());
  }

  /** Requests for figures only. */
  const isReading = ({ path }: { readonly path: string }): boolean => path === "/api/graphql";

  async function open(): Promise<Workbench> {
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": desk, ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }) },
      settings: { "responseDesk.github.server": github.url },
      viewport: { width: 1400, height: 1000 },
    });
    await signIn(w, tokenOf("ana"), "ana");
    return w;
  }

  async function show(w: Workbench): Promise<Awaited<ReturnType<Workbench["webview"]>>> {
    await w.command("Response Desk: Show Metrics");
    return w.webview("Metrics");
  }

  type Page = Awaited<ReturnType<typeof show>>;

  const reported = (page: Page, count: number) => page.getByRole("article", { name: "Reported", exact: true }).getByRole("button", { name: `Reported: ${count}. Show issues` });

  /** This month may just have begun. */
  async function lastDays(page: Page): Promise<void> {
    await page.getByLabel("Period", { exact: true }).selectOption("dates");
    await page.getByLabel("First day").fill(new Date(Date.now() - 20 * 24 * hour).toISOString().slice(0, 10));
    await page.getByLabel("First day").press("Tab");
    await page.getByLabel("Last day").fill(new Date().toISOString().slice(0, 10));
    await page.getByLabel("Last day").press("Tab");
  }

  const refresh = async (page: Page): Promise<void> => {
    await page.getByRole("group", { name: "Use these metrics" }).getByRole("button", { name: "Refresh" }).click();
  };

  const queries = (from: number): number => github.requests.slice(from).filter(({ path }) => path === "/api/graphql").length;

  it("are read with progress once, shown at once after a restart, and follow changes on the server", async () => {
    fill(130);
    const w = await open();
    github.fault({ match: isReading, times: 4, do: { kind: "slow", ms: 1500 } });
    const page = await show(w);
    await page.getByRole("status").getByText("100 of 130 issues").waitFor();
    await w.screenshot("metrics-github-reading");
    await lastDays(page);
    await reported(page, 130).waitFor();
    await page.getByRole("heading", { name: "Time at each stage", exact: true }).waitFor();

    github.fault({ match: isReading, times: 2, do: { kind: "slow", ms: 4000 } });
    const before = github.requests.length;
    await w.restartExtensionHost();
    await signInAgain(w);
    const again = await show(w);
    await reported(again, 130).waitFor();
    await again.getByRole("status").getByText("Checking for changes…").waitFor();
    await w.screenshot("metrics-github-checking");
    await until("nothing is read", async () => (await again.getByRole("progressbar").count()) === 0);
    // One for each repository, and again if the list of issues was read meanwhile.
    assert.ok(queries(before) <= 4, String(queries(before)));

    incidents.open({ title: "[INCIDENT] New", labels: ["incident"] }, "ben");
    incidents.delete(5);
    await refresh(again);
    await reported(again, 130).waitFor();
    await again.getByText("1 still open").waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("say what is missing after a rate limit, without a connection, and after a repository was deleted, and lose nothing", async () => {
    fill(130);
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    const w = await open();
    const page = await show(w);
    await page.getByRole("note").getByText(/Not all issues or changes could be read.*rate-limiting/).waitFor();
    await lastDays(page);
    await reported(page, 100).waitFor();
    await w.screenshot("metrics-github-limited");
    assert.match(await page.getByRole("region", { name: /Left out of all figures/ }).innerText(), /acme\/live\s+The server is rate-limiting requests/);

    github.clearFaults();
    let before = github.requests.length;
    await refresh(page);
    await reported(page, 130).waitFor();
    await until("no warning", async () => (await page.locator(".banner.warning").count()) === 0);
    // The rest of one repository and what changed in it, and the other repository.
    assert.ok(queries(before) <= 5, String(queries(before)));

    github.fault({ match: isReading, times: 1000, do: { kind: "dropBefore" } });
    await refresh(page);
    await page.getByRole("note").getByText(/Not all issues or changes could be read/).waitFor();
    await reported(page, 130).waitFor();
    await w.screenshot("metrics-github-offline");

    github.clearFaults();
    github.state.names.delete(engine);
    before = github.requests.length;
    await refresh(page);
    await page.locator(".banner.warning").getByText(/acme\/engine/).waitFor();
    await reported(page, 130).waitFor();
    await w.screenshot("metrics-github-deleted");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("can be canceled half way, say that boards cannot be read, and name a stage that the desk does not have", async () => {
    github.addUser("ana", tokenOf("ana"), { scopes: ["repo"] });
    fill(130);
    incidents.open({ title: "[INCIDENT] Waiting", labels: ["incident", "stage: Waiting for vendor"] }, "ben");
    const w = await open();
    github.fault({ match: isReading, times: 1000, do: { kind: "slow", ms: 2000 } });
    const page = await show(w);
    await page.getByRole("status").getByText("100 of 131 issues").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Reading was canceled" }).waitFor();
    await w.screenshot("metrics-github-canceled");
    github.clearFaults();
    const before = github.requests.length;
    await page.getByRole("button", { name: "Refresh" }).click();
    await lastDays(page);
    await reported(page, 131).waitFor();
    assert.ok(queries(before) <= 6, String(queries(before)));
    await page.getByText(/project boards of acme\/live and acme\/engine are not included/).waitFor();
    await page.getByText("Waiting for vendor").first().waitFor();
    await w.screenshot("metrics-github-no-boards");
    assert.deepEqual(w.extensionErrors(), []);
  });
});

async function signInAgain(w: Workbench): Promise<void> {
  const row = await until("who I am", async () => (await w.treeRows("On Call")).find(({ label }) => /You are ana|Not signed in/.test(label)));
  if (row.label.includes("Not signed in")) await signIn(w, tokenOf("ana"), "ana");
}
