import assert from "node:assert/strict";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const settings = { "responseDesk.login": "ana" };
const file = "runbooks/desk.yml";
const unsaved = { ".vscode/settings.json": JSON.stringify({ "files.autoSave": "off" }) };

const desk = `# Our desk
team: A
timezone: UTC
hours: { Mon-Fri: ["09:00-17:00"] }
holidays: [2099-12-25]
people:
  - { login: ana, name: Ana Ruiz, email: ana@example.com, experienced: true }
  - { login: ben, name: Ben Okafor, email: ben@example.com, phone: "+1 555 0100" }
  - { login: cleo, experienced: true }
rotation:
  starts: 2020-01-06
  every: 1w
  roles: [primary, backup]
  people: [ana, ben, cleo]
  overrides:
    - { from: 2020-01-06, to: 2099-12-31, primary: ben, backup: cleo }
`;

async function open(text: string, height = 900): Promise<Workbench> {
  const w = await openWorkbench({ desk: { ...unsaved, [file]: text }, settings, viewport: { width: 1400, height } });
  await w.openView("On Call");
  await w.waitForRow("On Call", "primary");
  return w;
}

/** The lines of desk.yml in its editor. */
async function editorText(w: Workbench): Promise<string> {
  const lines = await w.page.locator(".monaco-editor .view-lines").first().locator(".view-line").evaluateAll((found) =>
    found.map((line) => ({ top: Number.parseInt((line as HTMLElement).style.top, 10), text: line.textContent ?? "" })).toSorted((a, b) => a.top - b.top).map(({ text }) => text),
  );
  return lines.join("\n").replace(/\u00a0/g, " ");
}

async function isDirty(w: Workbench): Promise<boolean> {
  return (await w.page.locator(".tabs-container .tab.dirty").filter({ hasText: "desk.yml" }).count()) > 0;
}

/** Waits until desk.yml is changed in its editor and not on disk, undoes the change, and waits until it is undone. */
async function writtenAndUndone(w: Workbench, pattern: RegExp, before: string): Promise<void> {
  await until(`desk.yml to match ${pattern}`, async () => pattern.test(await editorText(w)));
  assert.ok(await isDirty(w), "the change is left for a person to save");
  assert.equal(await w.read(file), before);
  await w.page.locator(".monaco-editor .view-lines").first().click();
  await w.page.keyboard.press("Control+Z");
  await until("undo to take it back", async () => !pattern.test(await editorText(w)));
  await until("nothing to save", async () => !(await isDirty(w)));
}

describe("changes of the schedule", () => {
  it("are edits of desk.yml for the user to save: take over, cover", async () => {
    const w = await open(desk);
    await w.command("Response Desk: Take Over Shift Now");
    await w.pick("Select the role to take over, ana", "primary");
    await until("the edit", async () => /primary: ana/.test(await editorText(w)));
    await w.waitForNotification("You take over primary from Ben Okafor until");
    await w.waitForNotification("is not saved. Review, save and commit it");
    await w.screenshot("rota-take-over");
    await writtenAndUndone(w, /- \{ from: \d{4}-\d\d-\d\dT\d\d:\d\d, to: \S+T00:00, primary: ana \}/, desk);
    await w.clearNotifications();

    await w.command("Response Desk: Cover Part of a Shift…");
    await w.pick("Select the role to cover", "backup");
    await w.pick("Who covers the shift?", "ana");
    await w.answer("From when?", "2098-02-30");
    await w.waitForPrompt("Use the form 2026-11-24");
    await w.answer("Use the form", "2098-02-27 12:00");
    await w.answer("Until when?", "2098-02-27 11:00");
    await w.waitForPrompt("The end must be after the start");
    await w.answer("The end", "2098-02-28");
    await writtenAndUndone(w, /- \{ from: 2098-02-27T12:00, to: 2098-02-28, backup: ana \}/, desk);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("swap two shifts, and explain what to do if nothing can be written (thorough)", async () => {
    const own = desk.replace(/ {2}overrides:[^]*$/, "");
    const w = await open(own);
    await w.command("Response Desk: Swap Shifts…");
    await w.pick("Select a role", "primary");
    await w.waitForPrompt("Select the shift to give away");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("takes instead");
    await w.page.keyboard.press("Enter");
    await writtenAndUndone(w, /overrides:\s+- \{ from: \d{4}-\d\d-\d\d, to: \d{4}-\d\d-\d\d, primary: \w+ \}\s+- \{ from/, own);
    await w.clearNotifications();
    w.write({ [file]: `${own}people: [\n` });
    await w.command("Response Desk: Take Over Shift Now");
    await w.waitForNotification("desk.yml has errors");
    await w.clearNotifications();
    w.write({ [file]: "team: A\n" });
    await until("the editor has the new text", async () => (await editorText(w)).startsWith("team: A"));
    await w.command("Response Desk: Take Over Shift Now");
    await w.answerNotification("desk.yml has no rotation", "Open desk.yml");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("plan shifts as an edit, with a report of the reasons", async () => {
    const own = desk.replace(/ {2}overrides:[^]*$/, "").replace("cleo, experienced", "cleo, away: [2000-01-01/2099-12-31], experienced");
    const w = await open(own);
    await w.command("Response Desk: Plan Shifts…");
    await w.waitForPrompt("Select the first shift to plan");
    await w.page.keyboard.press("Enter");
    await w.answer("Number of weeks", "200");
    await w.answer("from 1 to 104", "4");
    const report = await w.webview("Shift plan");
    await report.getByRole("heading", { name: "Rules not met" }).waitFor();
    await report.getByText(/Ana Ruiz has two shifts in a row\. Away: cleo/).first().waitFor();
    await report.getByText(/nobody else is available/).first().waitFor();
    assert.equal(await report.getByRole("table").first().getByRole("row").count(), 5);
    await w.screenshot("rota-plan");
    await writtenAndUndone(w, /planned:\s+\d{4}-\d\d-\d\d: \{ primary: \w+, backup: \w+ \}/, own);
    assert.deepEqual(w.extensionErrors(), []);
  });
});

describe("On Call", () => {
  it("shows how to reach people, the next shifts, gaps, who is away, and which calendar is missing", async () => {
    const text = desk
      .replace("holidays: [2099-12-25]", "holidays: [{ calendar: team.ics }]")
      .replace("{ login: cleo,", "{ login: cleo, name: Cleo Park, away: [2000-01-01/2099-12-31],")
      .replace(/ {2}overrides:[^]*$/, "");
    const w = await open(text, 1600);
    for (const group of ["My next shifts", "Away in the next 2 weeks"]) assert.equal((await w.waitForRow("On Call", group)).expanded, false, group);
    const calendar = await w.waitForRow("On Call", "Calendar ignored");
    assert.match(calendar.aria, /The file team\.ics was not found\. Add it next to desk\.yml/);
    await w.expand("On Call", "Away in the next 2 weeks");
    assert.match((await w.waitForRow("On Call", "Cleo Park")).description, /away until .*2099/);
    await w.expand("On Call", "My next shifts");
    await until("my turns", async () => (await w.treeRows("On Call")).filter(({ level, description }) => level === 2 && /^(primary|backup) · until /.test(description)).length >= 3);
    await w.screenshot("rota-on-duty");
    const held = (await w.treeRows("On Call")).find(({ label, description }) => ["primary", "backup"].includes(label) && description.startsWith("Ben"));
    await w.treeMenu("On Call", held?.label ?? "", "Copy Contact Details…");
    await until("the details are copied", async () => (await w.statusBar()).some((words) => words.includes("Ben Okafor, @ben, ben@example.com, +1 555 0100")));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("offers to cover a gap (thorough)", async () => {
    const text = desk.replace("people: [ana, ben, cleo]", "people: [ana]").replace(/ {2}overrides:[^]*$/, "");
    const w = await open(text, 1600);
    await until("the gap is shown", async () => /^no one · until/.test((await w.waitForRow("On Call", "backup")).description));
    await w.expand("On Call", "Gaps in the next 8 weeks");
    await w.waitForRow("On Call", "Gap: backup");
    await w.treeRow("On Call", "Gap: backup").click();
    await w.waitForPrompt("Select the role to cover");
    assert.deepEqual(w.extensionErrors(), []);
  });
});

async function openSchedule() {
  const w = await openWorkbench({ desk: { ...unsaved, [file]: desk }, settings, viewport: { width: 1400, height: 1400 } });
  await w.openView("On Call");
  await w.waitForRow("On Call", "primary");
  await w.command("Response Desk: Show Schedule");
  const page = await w.webview("Schedule");
  await page.getByRole("grid").waitFor();
  return { w, page };
}

describe("the schedule", () => {
  it("is opened by its command, and its commands use the selected day", async () => {
    const { w, page } = await openSchedule();
    await page.getByRole("gridcell", { selected: true }).focus();
    await w.page.keyboard.press("PageDown");
    const now = new Date();
    const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
    await until("the next month", async () => (await page.locator(":focus").getAttribute("data-date").catch(() => null))?.startsWith(next));
    await page.getByRole("button", { name: "Cover Part of a Shift" }).click();
    await w.pick("Select the role to cover", "backup");
    await w.pick("Who covers the shift?", "ana");
    await w.waitForPrompt("From when?");
    assert.match(await w.quickBox.inputValue(), new RegExp(`^${next}`));
    await w.page.keyboard.press("Escape");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("exports the shifts as a calendar, and explains what to do without any (thorough)", async () => {
    const { w, page } = await openSchedule();
    await page.getByRole("button", { name: "Export to iCalendar" }).click();
    await w.pick("Select the shifts to export", "All Shifts, 3 months");
    await until("where to write it", async () => (await w.quickBox.inputValue().catch(() => "")).endsWith("schedule.ics"));
    await w.page.keyboard.press("Enter");
    await until("the file", () => w.exists("schedule.ics"));
    assert.match(await w.read("schedule.ics"), /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Ben Okafor \(primary\)/);
    w.write({ [file]: "team: A\n" });
    await page.getByText("desk.yml has no rotation yet").waitFor();
    await page.getByRole("button", { name: "Open desk.yml" }).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });
});
