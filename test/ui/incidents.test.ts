import assert from "node:assert/strict";
import { dueText } from "./support/dueText";
import { issueFiles, knownIncident } from "./support/issueFiles";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const known = knownIncident("high");

async function typeTitle(w: Workbench, title: string): Promise<void> {
  await w.waitForPrompt("What happened?");
  await w.quickBox.fill(title);
  await w.quickRow(title).waitFor();
}

describe("declaring an incident", () => {
  it("asks for all details, files it for the primary, opens its checklist and shows it in the tree", async () => {
    const w = await openWorkbench({ desk: "customer-response", fresh: true });
    await w.openView("Incidents");
    assert.match(await w.welcome("Incidents"), /No open incidents/);
    const mail = "From: Kim\r\n\r\n  The viewer shows nothing.\n\n\t- since Monday\n";
    await w.copy(mail);

    await w.command("Response Desk: Declare Incident with Details…");
    await w.pick("Set My Login", "ana");
    await typeTitle(w, "Viewer shows nothing");
    await w.screenshot("declare-title");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Details");
    await w.screenshot("declare-details");
    await w.pick("Details", "Paste from Clipboard");
    await w.pickMany("Which criteria apply?", ["A user cannot work at all"]);
    await w.waitForPrompt("Select a priority. The criteria propose high");
    await w.screenshot("declare-priority");
    await w.page.keyboard.press("Enter");
    await w.pickMany("Select the affected services", ["Viewer", "Installers"]);
    await w.pickMany("Select the affected environments", ["Restricted network"]);
    await w.waitForPrompt("Select a runbook for the checklist");
    await w.screenshot("declare-runbook");
    await w.page.keyboard.press("Enter");

    const row = await w.waitForRow("Incidents", "Viewer shows nothing");
    assert.match(row.description, new RegExp(`^${dueText} · To do · high · \\w+ · now · 0/\\d+$`));
    await w.webview("Viewer shows nothing");
    await w.screenshot("declare-done");
    const [file] = issueFiles(w, "incident");
    const text = await w.read(`.desk/incident/${file ?? ""}`);
    assert.ok(text.includes(mail.trimEnd()), text);
    for (const part of ["[INCIDENT] Viewer shows nothing", "priority: high", "service: Viewer", "service: Installers", "environment: Restricted network", "desk:field criteria value=A%20user%20cannot%20work%20at%20all", "desk:run"]) assert.ok(text.includes(part), part);
    const page = await w.webview("Viewer shows nothing");
    await page.getByText("Priority: high. These criteria apply:").waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("shows similar issues while the title is typed, and adds to one instead of creating another", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }]\n", ".desk/incident/1-viewer.md": known }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Viewer shows a white page");
    await w.command("Response Desk: Declare Incident with Details…");
    await typeTitle(w, "White page in the viewer");
    await until("the known case shows", async () => (await w.quickItems()).some((label) => label.includes("Viewer shows a white page")));
    await w.screenshot("declare-known");
    await w.page.keyboard.press("ArrowDown");
    await w.page.keyboard.press("Enter");
    await w.pick("may be the same case", "Add This Case to It");
    await w.pick("Details", "Write in Editor");
    await w.page.locator(".codelens-decoration").filter({ hasText: "Continue with These Details" }).waitFor();
    await w.page.keyboard.type("Seen on three machines.");
    await w.screenshot("declare-editor");
    await w.page.keyboard.press("Control+Enter");
    const events = await until("the case is added", async () => w.exists(".desk/incident/1.events.jsonl") && (await w.read(".desk/incident/1.events.jsonl")));
    assert.match(events, /White page in the viewer/);
    assert.match(events, /Seen on three machines\./);
    assert.deepEqual(issueFiles(w, "incident"), ["1-viewer.md"]);
  });

  it("keeps what was typed when it is dismissed, and goes back a step (thorough)", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }]\n" }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.command("Response Desk: Declare Incident with Details…");
    await typeTitle(w, "Half an incident");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Details");
    await w.quickInput.locator(".quick-input-titlebar .action-label").first().click();
    await w.waitForPrompt("What happened?");
    assert.equal(await w.quickBox.inputValue(), "Half an incident");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Details");
    await w.page.keyboard.press("Escape");
    await w.command("Response Desk: Declare Incident with Details…");
    await w.waitForPrompt("What happened?");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Details");
    assert.deepEqual(issueFiles(w, "incident"), []);
  });
});

describe("the sidebar", () => {
  it("shows issues with the important facts, groups, filters, and explains when the filter hides everything", async () => {
    const w = await openWorkbench({
      settings: { "responseDesk.login": "ana" },
      desk: {
        "runbooks/desk.yml": "people: [{ login: ana }, { login: ben }]\n",
        ".desk/incident/1-viewer.md": known,
        ".desk/incident/2-slow.md": known.replace("Viewer shows a white page", "Slow search").replace("assignees: [ana]", "assignees: [ben]").replace("priority: high", "priority: normal"),
        ".desk/incident/3-odd.md": "no front matter at all\n",
        ".desk/request/4-hostile.md": known.replace("[INCIDENT] Viewer shows a white page", "[REQUEST] <img src=x onerror=alert(1)> $(flame) \u202Eevil").replace("- incident", "- request"),
      },
    });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Slow search");
    await w.screenshot("sidebar");
    const rows = await w.treeRows("Incidents");
    assert.deepEqual(rows.map((row) => row.label), ["3-odd.md", "#1 Viewer shows a white page", "#2 Slow search"]);
    assert.match(rows[1]?.description ?? "", /^To do · high · ana · /);
    assert.match(rows[1]?.aria ?? "", /Assigned to ana/);

    await w.treeRow("Incidents", "3-odd.md").click();
    await w.page.locator(".tabs-container .tab.active").filter({ hasText: "3-odd.md" }).waitFor();

    await w.openView("Requests");
    const hostile = await w.waitForRow("Requests", "<img src=x");
    assert.ok(!hostile.label.includes("\u202E"), hostile.label);
    assert.equal(await w.treeRow("Requests", "<img src=x").locator(".label-name .codicon, img").count(), 0);

    await w.command("Response Desk: Group Issues By…");
    await w.pick("Select a property", "Assignee");
    await w.waitForRow("Incidents", "ben");
    assert.deepEqual((await w.treeRows("Incidents")).map((row) => `${row.level} ${row.label}`), ["1 3-odd.md", "1 ana", "2 #1 Viewer shows a white page", "1 ben", "2 #2 Slow search"]);
    await w.screenshot("sidebar-grouped");

    await w.command("Response Desk: Filter Issues…");
    await w.pickMany("Select what to show", ["ben", "high"]);
    await until("nothing is left but the broken file", async () => (await w.treeRows("Incidents")).length === 1);
    assert.match(await w.welcome("Requests"), /No issues match the filter/);
    await w.screenshot("sidebar-filtered");
    await w.view("Requests").locator(".welcome-view-content .monaco-button").filter({ hasText: "Clear Filter" }).click();
    await w.waitForRow("Incidents", "Slow search");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("assigns, labels, and sets stage and priority from the tree", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }, { login: ben }]\n", ".desk/incident/1-viewer.md": known }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.treeMenu("Incidents", "white page", "Stage, Priority and Labels", "Set Stage");
    await w.pick("Select the stage of", "In progress");
    await until("the stage shows", async () => (await w.waitForRow("Incidents", "white page")).description.includes("In progress"));
    await w.treeMenu("Incidents", "white page", "Stage, Priority and Labels", "Set Priority");
    await w.pick("Select the priority of", "normal");
    await until("the priority shows", async () => (await w.waitForRow("Incidents", "white page")).description.includes("normal"));
    await w.treeMenu("Incidents", "white page", "Assign Issue");
    await w.pickMany("Select who works on", ["ana", "ben"]);
    await until("the assignee shows", async () => (await w.waitForRow("Incidents", "white page")).description.includes("· ben ·"));
    await w.treeMenu("Incidents", "white page", "Stage, Priority and Labels", "Label Issue");
    await w.pickMany("Select the labels of", ["New Label…"]);
    await w.answer("Enter a label", "reviewed");
    await until("the label is there", async () => (await w.read(".desk/incident/1-viewer.md")).includes("reviewed"));
    const text = await w.read(".desk/incident/1-viewer.md");
    assert.ok(!text.includes("priority: high") && text.includes("priority: normal") && text.includes("stage: In progress"), text);
    assert.ok(text.includes("Somebody's own words stay.\n"), text);
  });

  it("adds a timeline entry as a readable comment, and the post-mortem contains it", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }]\n", ".desk/incident/1-viewer.md": known }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.treeMenu("Incidents", "white page", "Stage, Priority and Labels", "Add Timeline Entry");
    await w.waitForPrompt("What happened on");
    await w.screenshot("milestone");
    await w.pick("What happened on", "Mitigated");
    await w.answer("When did it happen?", "");
    await w.answer("Add details", "Rolled back to 4.1");
    await until("the moment is written", async () => w.exists(".desk/incident/1.events.jsonl") && (await w.read(".desk/incident/1.events.jsonl")).includes("Rolled back to 4.1\\n\\n<!-- desk:moment mitigated -->"));
    await w.treeMenu("Incidents", "white page", "Links and Runbooks", "Write Post-mortem");
    const rows = (await w.webview("Post-mortem")).getByLabel(/^What happened, row/);
    await until("the timeline has it", async () => (await rows.evaluateAll((inputs) => inputs.some((input) => "value" in input && String(input.value).includes("Mitigated (ana): Rolled back to 4.1")))) || undefined);
  });

  it("adds a case to a known issue, which is due for review again, and closes the case", async () => {
    const reviewed = known.replace("  - incident\n", "  - incident\n  - reviewed\n");
    const another = known.replace(/^title: .*$/m, 'title: "[INCIDENT] White page in the viewer on a tablet"');
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }]\n", ".desk/incident/1-viewer.md": reviewed, ".desk/incident/2-tablet.md": another }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.treeMenu("Incidents", "on a tablet", "Links and Runbooks", "Add to Known Issue");
    await w.waitForPrompt("a case of?");
    await w.screenshot("add-to-known");
    await w.page.keyboard.press("Enter");
    await w.answer("What is new in this case", "Only in landscape");
    await w.pick("review #1 again", "Remove “reviewed”");
    await w.pick("Close this case?", "Close");
    await until("the case is closed", async () => (await w.read(".desk/incident/2-tablet.md")).includes("state: closed"));
    const text = await w.read(".desk/incident/1-viewer.md");
    assert.ok(!text.includes("reviewed") && text.includes("Somebody's own words stay.") && /Related: .*#2/.test(text), text);
    assert.match(await w.read(".desk/incident/1.events.jsonl"), /Another case: \*\*\[INCIDENT\] White page in the viewer on a tablet\*\* \(local#2\)\\n\\nOnly in landscape/);
    assert.match(await w.read(".desk/incident/2.events.jsonl"), /Added to a known issue: local#1/);
  });

  it("refuses to write in a folder that is not trusted, and says so (thorough)", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": "people: [{ login: ana }]\n", ".desk/incident/1-viewer.md": known }, trusted: false });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.command("Response Desk: Declare Incident…");
    await w.waitForNotification("Response Desk does not write or run anything in an untrusted folder");
    await w.screenshot("untrusted");
    assert.deepEqual(issueFiles(w, "incident"), ["1-viewer.md"]);
  });
});
