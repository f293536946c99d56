import assert from "node:assert/strict";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, type SeenRequest, startFakeGithub } from "../support/fakeGithub/fakeGithub";
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

  const isReading = ({ path }: SeenRequest | { readonly path: string }): boolean => path === "/api/graphql" || /sort=created|sort=updated|\/issues\/events\?/.test(path);

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

  it("are read with progress once, shown at once after a restart, and follow changes on the server", async () => {
    fill(130);
    const w = await open();
    github.fault({ match: ({ path }) => isReading({ path }), times: 6, do: { kind: "slow", ms: 700 } });
    const page = await show(w);
    await page.getByRole("status").getByText(/Reading issue histories: \d+ of \d+/).waitFor();
    await w.screenshot("metrics-github-reading");
    await page.getByRole("heading", { name: "Figures" }).waitFor();
    await lastDays(page);
    await reported(page, 130).waitFor();
    await page.getByText("In progress").first().waitFor();
    await w.screenshot("metrics-github");

    await w.restartExtensionHost();
    const before = github.requests.length;
    const again = await show(w);
    await reported(again, 130).waitFor();
    await until("nothing is read", async () => (await again.getByRole("progressbar").count()) === 0);
    const asked = github.requests.slice(before).filter(isReading);
    assert.ok(asked.length <= 10, asked.map(({ path }) => path).join("\n"));

    incidents.open({ title: "[INCIDENT] New", labels: ["incident"] }, "ben");
    await again.getByRole("button", { name: "Refresh" }).click();
    await reported(again, 131).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });
});
