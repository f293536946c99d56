import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { FrameLocator } from 'playwright-core';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { sampleChecklist, step } from '../support/sampleChecklist';
import { signIn } from './support/signIn';
import { openWorkbench, until } from './support/workbench';

const repository = "acme/support";

const token = "ghp_0123456789secretOfAna";

const files = {
  "runbooks/desk.yml": `team: Test\nkinds:\n  incident: { repository: ${repository}, label: incident, prefix: "[INCIDENT]" }\n`,
  ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
};

/** A server that must not get requests, and the requests it got. */
async function startBeacon(): Promise<{ readonly url: string; readonly seen: readonly string[]; readonly server: Server }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, seen, server };
}

describe("hostile text on GitHub", () => {
  let github: FakeGithub;
  let beacon: Awaited<ReturnType<typeof startBeacon>>;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addUser("ana", token);
    github.addRepository(repository);
    beacon = await startBeacon();
  });

  afterEach(async () => {
    beacon.server.closeAllConnections();
    beacon.server.close();
    await github.close();
  });

  it("runs nothing, links to no command and sends no request, in tree, hover, panel, preview and post-mortem", async () => {
    const evil = attack(beacon.url);
    const checklist = sampleChecklist([step("a", { text: `Look ${evil}` }), step("b", { text: "Plain step" })]);
    const web = github.repository(repository);
    const body = `${evil}\n\n${evil.repeat(20)}\n\n${renderChecklist(checklist, repository)}\n`;
    web.open({ title: `[INCIDENT] Hostile ${evil}`, body, labels: ["incident", evil.slice(0, 50), `priority: $(flame) [x](command:a)`] }, "eve");
    web.comment(1, `${evil}\n\n<!-- desk:moment update -->`, "eve");
    web.label(1, "$(bug) [l](command:b)", "eve");
    web.editTitle(1, `[INCIDENT] Hostile ${evil} again`, "eve");
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.github.server": github.url } });
    const dialogs: string[] = [];
    w.page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await signIn(w, token, "ana");

    const { label } = await w.waitForRow("Incidents", "Hostile");
    assert.ok(!/[\u202A-\u202E\u2066-\u2069]/.test(label), label);
    const row = w.treeRow("Incidents", "Hostile");
    assert.equal(await row.locator(".label-name .codicon, .label-description .codicon, .label-name img, .label-name a").count(), 0);
    const hover = w.page.locator(".monaco-hover:visible").filter({ hasText: "Hostile" }).first();
    await until("the hover", async () => {
      await row.locator(".custom-view-tree-node-item-icon, .label-name").first().hover();
      const seen = await hover.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
      if (seen === undefined) await w.page.mouse.move(700, 600);
      return seen;
    });
    assert.equal(await hover.locator("a, img, script, .codicon").count(), 0, await hover.innerHTML());
    await w.screenshot("hostile-hover");

    await row.click();
    const panel = await w.webview("Hostile");
    await panel.getByRole("checkbox", { name: "Plain step" }).waitFor();
    await harmless(panel, "the checklist panel");
    await w.screenshot("hostile-panel");

    await w.treeMenu("Incidents", "Hostile", "Links and Runbooks", "Write Post-mortem");
    const postmortem = await w.webview("Post-mortem");
    await postmortem.getByLabel("Summary").waitFor();
    await harmless(postmortem, "the post-mortem");
    await w.screenshot("hostile-postmortem");

    const file = await until("the post-mortem's file", () => readdirSync(w.workspace, { recursive: true, encoding: "utf8" }).find((name) => /postmortems\/.*\.md$/.test(name)));
    await w.answerDialog(repository, "Write to Repository");
    await w.openFile(file);
    const preview = await w.openPreview();
    await preview.locator("h1").first().waitFor();
    await preview.getByText("gnp.exe").first().waitFor();
    assert.equal(await preview.locator('a[href^="javascript:"], a[href^="data:text"], iframe').count(), 0);
    const commands = preview.locator('a[href^="command:"]');
    for (let index = 0; index < (await commands.count()); index += 1) await commands.nth(index).click({ force: true });
    await w.screenshot("hostile-preview");

    assert.deepEqual(dialogs, []);
    assert.equal(await w.page.locator(".terminal-wrapper, .part.panel .integrated-terminal").count(), 0);
    assert.deepEqual(beacon.seen, []);
    assert.deepEqual(w.consoleLines().filter((line) => /Content Security Policy/i.test(line) && /response-desk/i.test(line)), []);
    assert.deepEqual(w.extensionErrors(), []);
  });
});

/** Text that would render an icon, run a script or a command, load an image or change the text direction if it were not escaped. */
function attack(url: string): string {
  return [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "[x](command:workbench.action.terminal.new)",
    "[y](javascript:alert(3))",
    "[z](data:text/html,<script>alert(4)</script>)",
    `![p](${url}/picture)`,
    `<img src="${url}/img">`,
    "$(flame)",
    "\u202Egnp.exe\u2066",
  ].join(" ");
}

/** No text of a user became an element. The panel has its own links and icons. */
async function harmless(page: FrameLocator, where: string): Promise<void> {
  assert.equal(await page.locator("img, iframe, object, main script, #root script").count(), 0, where);
  assert.deepEqual(
    await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? "").filter((href) => /^(command|javascript|data|vbscript):/i.test(href))),
    [],
    where,
  );
  assert.equal(await page.locator("body").evaluate((body) => body.ownerDocument.querySelectorAll("[onerror], [onclick], [onload]").length), 0, where);
}
