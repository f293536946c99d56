import assert from "node:assert/strict";
import { knownIncident } from "./support/issueFiles";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const files = {
  "runbooks/desk.yml": `timezone: UTC
people: [{ login: ana }, { login: pia, roles: [product-manager] }]
triage: { within: 15m, tell: [product-manager], keepAnswers: true }
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]" }
  request: { repository: local, label: request, prefix: "[REQUEST]", runbook: request.md }
  record: { repository: local, label: record, prefix: "[RECORD]" }
`,
  "runbooks/request.md": "# Request\n\n- [ ] Ask for the details\n",
  ".desk/record/1-acme.md": "---\ntitle: \"[RECORD] Acme reports\"\nstate: open\nlabels: [record]\nassignees: []\nauthor: pia\ncreated: 2026-11-20T16:00:00Z\nupdated: 2026-11-20T16:00:00Z\n---\nMonthly reports.\n",
};

/** Seconds to wait for the status bar, which is updated at least every 15 seconds. */
const clockLook = 45;

async function requestText(w: Workbench): Promise<string> {
  const path = await until("a request", async () => w.paths().find((each) => /^\.desk\/request\/\d+.*\.md$/.test(each)));
  return w.read(path);
}

describe("triage", function () {
  this.timeout(240_000);

  it("keeps a line of what was answered at once, and takes 15 minutes for what may become a request of a record, also over a restart (thorough)", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" }, clock: true });
    await w.openView("Requests");
    await w.command("Response Desk: Triage Report…");
    await w.answer("What was reported?", "How do I sign in?");
    await w.waitForPrompt("What is it?");
    await w.screenshot("triage-kinds");
    await w.pick("What is it?", "Answered at Once");
    const answers = await until("the answer is recorded", async () => w.paths().find((each) => /^\.desk\/triage\/20\d\d-\d\d-ana\.jsonl$/.test(each)));
    assert.match(await w.read(answers), /"by":"ana","title":"How do I sign in\?"/);

    await w.command("Response Desk: Triage Report…");
    await w.answer("What was reported?", "The November report is empty");
    await w.pick("What is it?", "Take 15 Minutes First");
    await until("the remaining time", async () => (await w.statusBar()).some((text) => text.includes("Triage: 15 min left")));
    await w.page.locator(".editor-instance .view-line").filter({ hasText: "Findings so far" }).waitFor();
    await w.page.locator(".codelens-decoration").filter({ hasText: "Finish Triage…" }).waitFor();
    await w.page.keyboard.type("The export job was skipped.");
    await w.page.locator(".editor-instance .view-line").filter({ hasText: "The export job was skipped." }).waitFor();
    await w.screenshot("triage-note");

    w.setAhead(5 * 60);
    await until("the time goes by", async () => (await w.statusBar()).some((text) => /Triage: (?:10|9) min left/.test(text)), clockLook);
    w.setAhead(16 * 60);
    await until("the status bar", async () => (await w.statusBar()).some((text) => text.includes("Triage: time is over")), clockLook);
    await w.restartExtensionHost();
    await w.waitForNotification("The time for “The November report is empty” is over");
    await w.screenshot("triage-over");
    await w.answerNotification("The time for", "Raise as Request");
    await w.answer("The title of the request", "November report is empty");
    await w.pick("Which record does it belong to?", "[RECORD] Acme reports");
    const text = await requestText(w);
    assert.match(text, /title: "?\[REQUEST\] November report is empty/);
    assert.match(text, /The November report is empty\n\n## Findings so far\n\nThe export job was skipped\.\n\nRaised as a request after 1[67] minutes of triage\.\n\nNew request for @pia\./);
    assert.match(text, /- Parent: #1/);
    assert.match(text, /Ask for the details/);
    await until("the record names it", async () => /- Child: #2/.test(await w.read(".desk/record/1-acme.md")));
    await until("no time is left over", async () => !(await w.statusBar()).some((each) => each.includes("Triage:")));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("adds a report to the known issue, which is pointed out as similar, and asks for another review of it", async () => {
    const known = ".desk/incident/2-viewer.md";
    const w = await openWorkbench({ desk: { ...files, [known]: knownIncident("normal").replace("- incident", "- incident\n  - reviewed") }, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "white page");
    await w.command("Response Desk: Triage Report…");
    await w.answer("What was reported?", "White page in the viewer @everyone");
    await w.pick("What is it?", "Known Issue");
    await w.waitForPrompt("Which issue is it a case of?");
    await until("the similar issue is first", async () => (await w.quickItems())[0]?.includes("Viewer shows a white page"));
    await w.screenshot("triage-known");
    await w.page.keyboard.press("Enter");
    await w.pick("Should the team review #2 again?", "Remove “reviewed”");
    await w.webview("Viewer shows a white page");
    await until("the case is a comment", async () => /White page in the viewer/.test(await w.read(".desk/incident/2.events.jsonl")));
    assert.doesNotMatch(await w.read(known), /reviewed/);
    assert.deepEqual(w.paths().filter((path) => path.startsWith(".desk/request/")), []);
    await w.command("Response Desk: Triage Report…");
    await w.waitForPrompt("What was reported?");
    assert.ok(!(await w.quickItems()).some((label) => label.includes("White page")), "the report is handled");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
