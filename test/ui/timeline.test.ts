import assert from "node:assert/strict";
import { incidentFile } from "./support/issueFiles";
import { openWorkbench, until } from "./support/workbench";

const files = {
  "runbooks/desk.yml": "timezone: UTC\npeople: [{ login: ana }, { login: ben }]\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n  request: { repository: local, label: request, prefix: \"[REQUEST]\" }\n",
  ".desk/incident/1-portal.md": incidentFile(1, "Portal down", "ana"),
  ".desk/incident/2-ledger.md": incidentFile(2, "Ledger slow", "ben"),
  "src/pool.py": "def pool():\n    size = 1\n    return size\n",
};

const log = ".desk/incident/1.events.jsonl";

describe("adding to the timeline", () => {
  it("takes a selection with one key to the user's incident, then clipboard text and a file, with an earlier time", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.openFile("src/pool.py");
    await w.page.locator(".editor-instance .view-line").filter({ hasText: "def pool" }).click();
    await w.page.keyboard.press("Control+A");
    await w.page.keyboard.press("Control+K");
    await w.page.keyboard.press("Alt+T");
    await w.waitForPrompt("Add to timeline of #1 [INCIDENT] Portal down");
    await w.quickBox.fill("-2h The pool is too small");
    await until("the time is shown", async () => /happened at .*with the selection in pool\.py/.test(await w.quickInput.locator(".monaco-list-row").first().innerText()));
    await w.screenshot("timeline-selection");
    await w.page.keyboard.press("Enter");
    const text = await until("the note is stored", async () => (w.exists(log) ? w.read(log) : undefined));
    assert.match(text, /The pool is too small\\n\\n`src\/pool\.py`, lines 1\u20133:\\n\\n```python\\ndef pool\(\):\\n    size = 1\\n    return size\\n```\\n\\n<!-- desk:moment note at=20\d\d-/);

    await w.copy("Gateway timeout\n@everybody");
    await w.openFile(".desk/incident/2-ledger.md");
    await w.command("Response Desk: Add to Timeline…");
    await w.waitForPrompt("Add to timeline of #2 [INCIDENT] Ledger slow");
    await w.pick("What happened?", "Use the Clipboard Text");
    await until("the clipboard text is selected", async () => /with the clipboard text/.test(await w.quickInput.locator(".monaco-list-row").first().innerText()));
    await w.page.keyboard.press("Enter");
    const other = ".desk/incident/2.events.jsonl";
    await until("the clipboard text is stored", async () => w.exists(other) && /```text\\nGateway timeout\\n@everybody\\n```/.test(await w.read(other)));

    await w.command("View: Show Explorer");
    const rows = w.page.locator(".explorer-folders-view .monaco-list-row");
    const file = rows.filter({ hasText: "pool.py" }).first();
    await until("the Explorer shows the file", async () => {
      if (await file.isVisible()) return true;
      await rows.filter({ hasText: "src" }).first().click();
      return undefined;
    });
    await file.click({ button: "right" });
    await w.chooseFromMenu("Add to Timeline");
    await w.waitForPrompt("Add to timeline of #");
    await w.page.keyboard.press("Enter");
    await until("the file is linked", async () => /\[`pool\.py`\]\(\/src\/pool\.py\)/.test(`${await w.read(log)}${await w.read(other)}`));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("takes what is selected in a terminal and in the Explorer with the same key, and leaves the clipboard as it was", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    const addWithKey = async (expected: RegExp): Promise<void> => {
      await w.page.keyboard.press("Control+K");
      await w.page.keyboard.press("Alt+T");
      await w.waitForPrompt("Add to timeline of #1");
      await until("the selection is named", async () => expected.test(await w.quickInput.locator(".monaco-list-row").first().innerText()));
    };

    await w.copy("My own text");
    await w.command("View: Show Explorer");
    const rows = w.page.locator(".explorer-folders-view .monaco-list-row");
    const file = rows.filter({ hasText: "pool.py" }).first();
    await until("the Explorer shows the file", async () => {
      if (await file.isVisible()) return true;
      await rows.filter({ hasText: "src" }).first().click();
      return undefined;
    });
    await file.click();
    await until("the Explorer has the focus", async () => w.page.evaluate(() => document.activeElement?.closest(".explorer-folders-view") !== null));
    await addWithKey(/with the file src\/pool\.py/);
    await w.screenshot("timeline-explorer");
    await w.page.keyboard.press("Enter");
    await until("the file is linked", async () => w.exists(log) && /\[`pool\.py`\]\(\/src\/pool\.py\)/.test(await w.read(log)));
    assert.equal(await w.clipboard(), "My own text");

    await w.command("Terminal: Create New Terminal");
    await w.page.locator(".terminal-wrapper.active .xterm-helper-textarea").waitFor({ state: "attached" });
    await w.page.keyboard.type("echo gateway-timeout");
    await w.page.keyboard.press("Enter");
    await until("the terminal shows its output", async () => {
      await w.command("Terminal: Select All");
      await w.command("Terminal: Copy Selection");
      return /gateway-timeout[\s\S]*gateway-timeout/.test(await w.clipboard());
    });
    await w.copy("My own text");
    await w.command("Terminal: Focus Terminal");
    await w.command("Terminal: Select All");
    await addWithKey(/with the selection in the terminal/);
    await w.page.keyboard.press("Enter");
    await until("the output is stored", async () => /gateway-timeout/.test(await w.read(log)));
    assert.equal(await w.clipboard(), "My own text");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
