import assert from "node:assert/strict";
import { dueText } from "./support/dueText";
import { issueFiles, knownIncident } from "./support/issueFiles";
import { openWorkbench, until } from "./support/workbench";

const criteria = `people: [{ login: ana }, { login: ben }]
priorities:
  high:
    label: "priority: high"
    criteria: [Outage of a service, A team cannot work]
  normal:
    label: "priority: normal"
    criteria: [Slower than usual]
severities: [SEV1, SEV2]
environments: [Production, UAT]
services: [Portal]
`;

const known = knownIncident("normal");

describe("declaring an incident in one line", () => {
  it("needs its title and Enter: the primary is assigned, the checklist is started, the clock runs, and the page opens", async () => {
    const w = await openWorkbench({ desk: "customer-response", settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.command("Response Desk: Declare Incident…");
    await w.waitForPrompt("What happened?");
    await w.page.keyboard.type("Compute server is down");
    await w.quickRow("Compute server is down").waitFor();
    await w.screenshot("declare-one-line");
    await w.page.keyboard.press("Enter");
    const page = await w.webview("Compute server is down");
    await page.getByText("Compute server is down").first().waitFor();
    const row = await w.waitForRow("Incidents", "Compute server is down");
    assert.match(row.description, new RegExp(`^${dueText} · To do · \\w+ · now · 0/\\d+$`));
    await w.screenshot("declare-one-line-done");
    const [file = ""] = issueFiles(w, "incident");
    const text = await w.read(`.desk/incident/${file}`);
    for (const part of ["[INCIDENT] Compute server is down", "incident", "desk:run", "runbook=runbooks/incident.md"]) assert.ok(text.includes(part), part);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("asks who the user is before the title, keeps the title if it is dismissed, and opens a similar issue instead", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": criteria, ".desk/incident/1-viewer.md": known }, fresh: true });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.command("Response Desk: Declare Incident…");
    await w.pick("Set My Login", "ben");
    await w.waitForRow("On Call", "You are ben");
    await w.waitForPrompt("What happened?");
    await w.page.keyboard.type("White page in the viewer");
    await until("the similar issue", async () => (await w.quickItems()).some((label) => label.includes("Viewer shows a white page")));
    await w.page.keyboard.press("Escape");
    await w.command("Response Desk: Declare Incident…");
    await w.waitForPrompt("What happened?");
    await w.page.keyboard.press("Enter");
    await until("the title is back", async () => (await w.quickBox.inputValue()) === "White page in the viewer");
    const similar = w.quickInput.locator(".monaco-list-row").filter({ hasText: "Viewer shows a white page" });
    await similar.waitFor();
    await w.screenshot("declare-similar");
    await similar.click();
    await w.webview("Viewer shows a white page");
    assert.deepEqual(issueFiles(w, "incident"), ["1-viewer.md"]);
  });

  it("declares a test, which is marked and on which nothing is due", async () => {
    const w = await openWorkbench({ desk: "customer-response", settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.command("Response Desk: Declare Test Incident…");
    await w.waitForPrompt("What is practiced?");
    await w.page.keyboard.type("Fire drill");
    await w.quickRow("Fire drill").waitFor();
    await w.page.keyboard.press("Enter");
    const row = await w.waitForRow("Incidents", "Fire drill");
    assert.match(row.description, /^test · To do · /);
    assert.ok(!(await w.statusBar()).some((text) => text.includes("due")));
    await w.treeMenu("Incidents", "Fire drill", "Stage, Priority and Labels", "Unmark as Test");
    await until("something is due", async () => new RegExp(dueText).test((await w.waitForRow("Incidents", "Fire drill")).description));
  });
});

describe("an incident that is entered afterwards", () => {
  it("has the times that were entered, is closed if it is resolved, and nothing is due on it", async () => {
    const w = await openWorkbench({ desk: "customer-response", settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.command("Response Desk: Backfill Incident…");
    await w.answer("What happened?", "Installer failed last night");
    await w.answer("Started: enter a time", "5h");
    await w.answer("Detected: enter a time", "");
    await w.answer("Mitigated: enter a time", "6h");
    await until("the refusal", async () => (await w.promptText()).includes("“Started” was later"));
    await w.screenshot("backfill");
    await w.answer("“Started” was later", "4h");
    await w.answer("Resolved: enter a time", "3h");
    const page = await w.webview("Installer failed last night");
    await page.getByText("Installer failed last night").first().waitFor();
    const text = await until("it is closed", async () => {
      const now = await w.read(`.desk/incident/${issueFiles(w, "incident")[0] ?? ""}`);
      return now.includes("state: closed") ? now : undefined;
    });
    await w.screenshot("backfill-done");
    for (const part of ["backfilled", "[INCIDENT] Installer failed last night", "desk:field started value=", "desk:field mitigated value=", "desk:field resolved value=", "assignees: [ana]"]) assert.ok(text.includes(part), `${part} in ${text}`);
    assert.ok(!text.includes("desk:field detected") && !text.includes("desk:run"), text);
    assert.ok(!(await w.statusBar()).some((one) => one.includes("due")));
    assert.deepEqual(w.extensionErrors(), []);
  });
});

describe("a link that declares an incident", () => {
  it("shows what it contains and what is ignored, and creates the incident only when it is chosen", async () => {
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": criteria, "runbooks/disk.md": "---\nkind: incident\n---\n# Disk full\n\n- [ ] Look at it\n" },
      settings: { "responseDesk.login": "ana" },
    });
    await w.openView("Incidents");
    await w.waitForRow("Runbooks", "Disk full");
    await w.copy("");
    await w.treeMenu("Runbooks", "Disk full", "Copy Declare Link");
    const link = await until("the link", async () => (await w.clipboard()) || undefined);
    assert.match(link, /^[a-z-]+:\/\/[\w.-]+\/declare\?runbook=runbooks%2Fdisk\.md&title=$/);
    const alert = `${link}Disk%20full%20on%20db1%E2%80%AE&priority=HIGH&service=Portal&environment=Moon&details=See%20https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2`;
    w.write({ "alert.md": `# Alert\n\n[Declare](${alert})\n\n[Other](${link.replace("/declare?", "/delete?")})\n` });
    await w.openFile("alert.md");
    const preview = await w.openPreview();
    await preview.getByRole("link", { name: "Other" }).click();
    await w.waitForNotification("does not support this link");
    await preview.getByRole("link", { name: "Declare" }).click();
    await w.waitForPrompt("Nothing is created yet");
    await w.screenshot("declare-link");
    const rows = await w.quickItems();
    for (const row of ["Title", "Details", "Priority", "“title” contained invisible characters, which were removed", "desk.yml has no environment named Moon"]) assert.ok(rows.some((one) => one.includes(row)), `${row} in ${rows.join("; ")}`);
    assert.deepEqual(issueFiles(w, "incident"), []);
    await w.pick("Nothing is created yet", "Declare Incident Now");
    await w.webview("Disk full on db1");
    const text = await w.read(`.desk/incident/${issueFiles(w, "incident")[0] ?? ""}`);
    for (const part of ["[INCIDENT] Disk full on db1", "priority: high", "service: Portal", "See https://example.org/?a=1&b=2", "runbook=runbooks/disk.md"]) assert.ok(text.includes(part), `${part} in ${text}`);
    assert.deepEqual(w.extensionErrors(), []);
  });
});

describe("a hostile link that declares an incident", () => {
  it("fills in a form whose texts are only texts, and creates nothing", async () => {
    const w = await openWorkbench({
      desk: { "runbooks/desk.yml": criteria, "runbooks/disk.md": "---\nkind: incident\n---\n# Disk full\n\n- [ ] Look at it\n" },
      settings: { "responseDesk.login": "ana" },
    });
    await w.openView("Incidents");
    await w.waitForRow("Runbooks", "Disk full");
    await w.copy("");
    await w.treeMenu("Runbooks", "Disk full", "Copy Declare Link");
    const own = await until("the link", async () => (await w.clipboard()) || undefined);
    const title = "$(flame) [Fix](command:workbench.action.closeAllEditors) <img src=x onerror=alert(1)>";
    const hostile: readonly (readonly [string, string])[] = [
      ["command", "workbench.action.closeAllEditors"],
      ["title", `${title}\u202Egpj\u0007${" x".repeat(200)}`],
      ["title", "Another"],
      ["runbook", "/etc/passwd"],
      ["priority", "$(zap) urgent"],
      ["service", "https://evil.example/"],
      ["details", "[Fix](command:workbench.action.closeAllEditors)<!-- desk:field resolved value=x at=2026-11-20T16:00:00Z -->"],
    ];
    const link = own.replace(/\?.*/, `?${hostile.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`);
    // The window of another test may still show a preview of its own file.
    w.write({ "hostileAlert.md": `# Alert\n\n[Declare](${link})\n` });
    await w.openFile("hostileAlert.md");
    const preview = await w.openPreview();
    await preview.getByRole("link", { name: "Declare" }).click();
    await w.waitForPrompt("Nothing is created yet");
    // Codicons are broken up by an invisible character.
    const rows = (await w.quickItems()).map((row) => row.replaceAll("\u200B", ""));
    await w.screenshot("declare-link-hostile");
    for (const row of ["“command=workbench.action.closeAllEditors” is not a parameter of such links", "“title” contained invisible characters", "“title” is too long", "“title” is in the link more than once", "The desk has no runbook /etc/passwd", "desk.yml has no priority named $(zap) urgent", "desk.yml has no service named https://evil.example/"]) assert.ok(rows.some((one) => one.includes(row)), `${row} in ${rows.join("; ")}`);
    assert.ok(!rows.includes("Runbook") && !rows.includes("Priority") && !rows.includes("Services"), rows.join("; "));
    await w.pick("Nothing is created yet", "Review and Change…");
    await w.waitForPrompt("What happened?");
    const value = await w.quickBox.inputValue();
    assert.ok(value.startsWith(`${title}gpj x x`) && value.length <= 200, value);
    await until("the title is shown as it is", async () => (await w.quickItems()).some((label) => label.replaceAll("\u200B", "").startsWith("$(flame) [Fix](command:")));
    await w.screenshot("declare-link-hostile-form");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Details");
    await w.page.keyboard.press("Escape");
    assert.deepEqual(issueFiles(w, "incident"), []);
    assert.ok(await w.page.locator(".tabs-container .tab").count() >= 2, "no command was run");
    assert.deepEqual(w.extensionErrors(), []);
  });
});

describe("what an incident affects", () => {
  it("is set with criteria that propose the priority, a severity and environments", async () => {
    const file = ".desk/incident/1-viewer.md";
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": criteria, [file]: known }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.command("Response Desk: Set Priority…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.waitForPrompt("Which criteria apply to #1?");
    await w.quickRow("A team cannot work").click();
    await w.screenshot("criteria");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("The criteria propose high");
    await w.screenshot("criteria-proposal");
    await w.page.keyboard.press("Enter");
    await until("the row shows the priority", async () => (await w.waitForRow("Incidents", "white page")).description.includes("high"));
    await until("the note", async () => w.exists(".desk/incident/1.events.jsonl") && /Priority: high \(was normal\)\. These criteria apply:.*A team cannot work/.test(await w.read(".desk/incident/1.events.jsonl")));

    await w.command("Response Desk: Set Severity…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.pick("Select the severity of", "SEV2");
    await until("the severity", async () => (await w.read(file)).includes("SEV2"));
    await w.command("Response Desk: Set Environments…");
    await w.pick("Select an issue", "[INCIDENT] Viewer shows a white page");
    await w.pickMany("Select the affected environments", ["UAT"]);
    await until("the environment", async () => (await w.read(file)).includes("environment: UAT"));
    const text = await w.read(file);
    assert.match(text, /desk:field criteria value=A%20team%20cannot%20work at=\S+ by=ana/);
    assert.match(text, /desk:field prioritized value=high at=\S+ by=ana/);
    assert.ok(text.includes("Somebody's own words stay.") && text.includes("priority: high") && !text.includes("priority: normal"), text);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
