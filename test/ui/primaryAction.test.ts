import assert from "node:assert/strict";
import type { FrameLocator } from "playwright-core";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { incidentFile } from "./support/issueFiles";
import { signIn } from "./support/signIn";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const home = "acme/support";

const token = "ghp_0123456789secretOfAna";

const title = "Portal down";

const file = ".desk/incident/1-portal.md";

const desk = (repository: string): string => `timezone: UTC
people: [{ login: ana }, { login: ben }]
priorities: { high: { label: "priority: high" } }
kinds:
  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }
postmortem: { for: [high] }
`;

/** A window with an incident of high priority, and what reopens it without the product once it is stored as closed. */
interface Opened {
  readonly w: Workbench;
  isClosed(): Promise<boolean>;
  reopen(): Promise<void>;
}

const stores: Readonly<Record<string, (github: FakeGithub) => Promise<Opened>>> = {
  async "in files"() {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk("local"), [file]: incidentFile(1, title, "ana").replace("labels: [incident]", 'labels: [incident, "priority: high"]') }, settings: { "responseDesk.login": "ana" } });
    return { w, isClosed: async () => (await w.read(file)).includes("state: closed"), reopen: async () => w.write({ [file]: (await w.read(file)).replace("state: closed", "state: open") }) };
  },
  async "on GitHub"(github) {
    github.addUser("ana", token);
    github.addRepository(home, { labels: ["incident", "priority: high"] });
    const { number } = github.repository(home).open({ title: `[INCIDENT] ${title}`, labels: ["incident", "priority: high"] }, "ana");
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": desk(home), ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }) },
      settings: { "responseDesk.github.server": github.url },
    });
    await signIn(w, token, "ana");
    return {
      w,
      isClosed: async () => github.repository(home).issue(number).state === "closed",
      async reopen() {
        github.repository(home).reopen(number, "ben");
        await w.command("Response Desk: Refresh");
      },
    };
  },
};

const primaryOf = (view: FrameLocator) => view.locator("header vscode-button:not([secondary])");

describe("the main button of an incident's page", () => {
  let github: FakeGithub;
  beforeEach(async () => {
    github = await startFakeGithub();
  });
  afterEach(() => github.close());

  for (const [store, open] of Object.entries(stores)) {
    it(`leads from the acknowledgement to the post-mortem, and to the start when it is reopened elsewhere, ${store}`, async () => {
      const { w, isClosed, reopen } = await open(github);
      await w.openView("Incidents");
      await w.waitForRow("Incidents", title);
      await w.treeRow("Incidents", title).click();
      const view = await w.webview(title);
      const shows = (text: string) => until(`the button ${text}`, async () => {
        const texts = await primaryOf(view).allInnerTexts();
        return texts.length === 1 && (texts[0] ?? "").trim() === text ? true : undefined;
      });

      await shows("Acknowledge");
      await primaryOf(view).click();
      if (store === "on GitHub") await w.answerDialog(home, "Write to Repository");
      await shows("Resolve…");
      await primaryOf(view).click();
      await w.pickMany("How was it resolved?", ["Fixed"]);
      await w.answer("The resolution", "Fixed in 4.2");
      await shows("Close Issue…");
      await primaryOf(view).click();
      await shows("Write Post-mortem");
      await w.screenshot(`primary-closed-${store.replace(" ", "-")}`);

      await until("it is stored as closed", async () => (await isClosed()) || undefined);
      await reopen();
      await shows("Acknowledge");
      assert.deepEqual((await view.locator(".state").allInnerTexts()).map((text) => text.trim()), ["Open"]);
      await w.screenshot(`primary-reopened-${store.replace(" ", "-")}`);
      assert.deepEqual(w.extensionErrors(), []);
    });
  }
});
