import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openWorkbench, until, type Workbench } from "./support/workbench";

const desk = `team: A
timezone: UTC
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]", respondWithin: 1h }
  request: { repository: local, label: request, prefix: "[REQUEST]" }
people:
  - { login: ana, name: Ana Ruiz }
  - { login: ben, roles: [on-site] }
  - { login: cleo }
rotation: { starts: 2020-01-06, people: [ana, cleo], roles: [primary, backup], overrides: [{ from: 2020-01-06, to: 2099-12-31, primary: ana, backup: cleo }] }
escalation:
  - { after: 30m, to: [backup] }
  - { after: 2h, to: [on-site] }
`;
const minute = 60;
/** Seconds to wait for the status bar, which is updated at least every 15 seconds. */
const clockLook = 45;
const settings = { "responseDesk.login": "ana" };

/** An open incident that was filed this many seconds ago. */
function incident(secondsAgo: number, more = ""): string {
  const at = new Date(Date.now() - secondsAgo * 1000).toISOString().replace(/\.\d+/, "");
  return `---\ntitle: "[INCIDENT] Portal down"\nstate: open\nlabels: [incident]\nassignees: []\nauthor: ben\ncreated: ${at}\nupdated: ${at}\n---\nNobody can sign in.\n${more}`;
}

const file = ".desk/incident/1-portal-down.md";
const log = ".desk/incident/1.events.jsonl";

async function background(w: Workbench): Promise<string> {
  const item = w.page.locator('.part.statusbar .statusbar-item[id$=".responseDesk.onCallStatus"]');
  return (await item.getAttribute("class")) ?? "";
}

async function statusOf(w: Workbench): Promise<string> {
  return (await w.statusBar()).find((text) => text.includes("#1 ")) ?? "";
}

describe("the response clock", function () {
  this.timeout(240_000);

  it("counts down, changes color, notifies once in all windows, snoozes, and stops on acknowledgment", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(0) }, settings, clock: true });
    await w.openView("Incidents");
    await until("the row", async () => /^due in (?:1h|60m|59m) · To do/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await until("the status bar", async () => /^ana · #1 due in (?:1h|59m)$/.test(await statusOf(w)));
    assert.doesNotMatch(await background(w), /warning-kind|error-kind/);
    const two = await w.anotherWindow();
    await two.openView("Incidents");
    await two.waitForRow("Incidents", "Portal down");
    const told = async (text: string): Promise<readonly Workbench[]> => {
      await until(`“${text}” in one window`, async () => (await tellers(text)).length > 0);
      await w.page.waitForTimeout(1500);
      return tellers(text);
    };
    const tellers = async (text: string): Promise<readonly Workbench[]> => {
      const all = await Promise.all([w, two].map(async (one) => (await one.notifications()).filter((each) => each.includes(text)).map(() => one)));
      return all.flat();
    };

    w.setAhead(47 * minute);
    await until("it is near", async () => /^ana · #1 due in 1[0-3]m$/.test(await statusOf(w)), clockLook);
    assert.match(await background(w), /warning-kind/);
    await w.openView("On Call");
    await w.waitForRow("On Call", "Needs you now");
    const badge = w.page.locator('.part.activitybar .action-item:has([aria-label^="Response Desk"]) .badge-content').first();
    await until("the number on the sign", async () => (await badge.textContent()) === "1");
    const near = "must be acknowledged within";
    const [first, ...others] = await told(near);
    assert.equal(others.length, 0, [...(await w.notifications()).map((text) => `one: ${text}`), ...(await two.notifications()).map((text) => `two: ${text}`)].join("\n"));
    await first?.screenshot("duty-near");
    await first?.answerNotification(near, "Snooze 15 min");

    w.setAhead(64 * minute);
    const past = "is overdue for acknowledgement";
    const [second, ...more] = await told(past);
    assert.equal(more.length, 0);
    await until("it is overdue", async () => /^ana · #1 overdue/.test(await statusOf(w)), clockLook);
    assert.match(await background(w), /error-kind/);
    await until("the row says so too", async () => /^overdue \d+m · #1 Portal down$/.test((await w.waitForRow("Incidents", "Portal down")).label));
    await second?.screenshot("duty-past");
    await second?.answerNotification(past, "Snooze 15 min");
    w.setAhead(75 * minute);
    await until("time goes on", async () => /overdue 1[5-9]m/.test(await statusOf(w)), clockLook);
    await w.page.waitForTimeout(1500);
    assert.equal((await tellers(past)).length, 0, "told before the snooze is over");

    w.setAhead(82 * minute);
    const [third, ...rest] = await told(past);
    assert.equal(rest.length, 0);
    await third?.answerNotification(past, "Acknowledge");
    await until("it is acknowledged", () => /<!-- desk:clock acknowledged=\S+Z by=ana -->/.test(readNow(w)));
    await until("it is assigned", () => /assignees:\s*(?:\[ana\]|\n\s*- ana)/.test(readNow(w)));
    await until("nothing is due any more", async () => !(await w.statusBar()).some((text) => text.includes("#1")));
    await until("the row says so", async () => /^To do · ana/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await two.close();
    await w.reload();
    await until("the status bar tells who is on duty before any view is opened", async () => (await w.statusBar()).includes("ana"), 40);
    await w.page.waitForTimeout(1500);
    assert.deepEqual((await w.notifications()).filter((text) => text.includes("acknowledged")), []);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("gives the time instead of a length at night, and is urgent and reminds only from the morning on", async () => {
    const hours = `${desk}hours: { Mon-Sun: ["08:00-18:00"] }\n`;
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": hours }, settings, clock: true });
    const midnight = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
    const ahead = (hour: number, minutes = 0): number => Math.round((midnight - Date.now()) / 1000) + (hour * 60 + minutes) * minute;
    w.setAhead(ahead(22));
    // Half a minute later, because the clocks differ by a second.
    w.write({ [file]: incident(-ahead(17, 14) - 30) });
    await w.openView("Incidents");
    const tomorrow = new Date(midnight + 86_400_000).toLocaleDateString("en", { weekday: "short", timeZone: "UTC" });
    await until("the status bar", async () => (await statusOf(w)) === `ana · #1 due ${tomorrow} 08:14`, clockLook);
    await until("the row", async () => (await w.waitForRow("Incidents", "Portal down")).description.startsWith(`due ${tomorrow} 08:14 · To do`));
    assert.doesNotMatch(await background(w), /warning-kind|error-kind/);
    await w.screenshot("duty-night");
    await w.setSideBarWidth(200);
    await w.screenshot("duty-night-narrow");
    const near = "must be acknowledged within";
    assert.deepEqual((await w.notifications()).filter((text) => text.includes("must be acknowledged")), []);

    w.setAhead(ahead(24 + 7, 30));
    await until("it is today", async () => (await statusOf(w)) === "ana · #1 due 08:14", clockLook);
    assert.doesNotMatch(await background(w), /warning-kind|error-kind/);
    w.setAhead(ahead(24 + 8, 1));
    await until("the time left", async () => /^ana · #1 due in 1[234]m$/.test(await statusOf(w)), clockLook);
    assert.match(await background(w), /warning-kind/);
    await until("the reminder", async () => (await w.notifications()).some((text) => text.includes(near)), clockLook);
    await w.screenshot("duty-morning");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("continues after the acknowledgment is undone, records it on the issue, and stops when it is acknowledged again (thorough)", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(10 * 60) }, settings });
    await w.openView("Incidents");
    const isDue = async (): Promise<boolean> => /^due in /.test((await w.waitForRow("Incidents", "Portal down")).description);
    await until("the response to be due", isDue);
    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await until("it is acknowledged", async () => !(await isDue()));
    await w.treeMenu("Incidents", "Portal down", "Response", "Unacknowledge Issue");
    await until("the response to be due again", isDue);
    await until("the clock's mark", () => /<!-- desk:clock withdrawn=\S+Z -->/.test(readNow(w)));
    await until("the comment", async () => (await w.read(log)).includes("Acknowledgement withdrawn\\n\\n<!-- desk:moment unacknowledged -->"));
    await w.treeMenu("Incidents", "Portal down", "Acknowledge Issue");
    await until("it is acknowledged again", async () => !(await isDue()));
    await until("both in the mark", () => /<!-- desk:clock acknowledged=\S+Z by=ana withdrawn=\S+Z -->/.test(readNow(w)));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("escalates to the next level by name, and records the answers", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(50 * 60) }, settings });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeMenu("Incidents", "Portal down", "Response", "Escalate Issue");
    await w.waitForPrompt("Who do you want to ask");
    assert.deepEqual(await w.quickItems(), ["Level 1: backup", "Level 2: on-site", "Someone with the Role on-site…", "Select People…"]);
    await w.screenshot("duty-escalate");
    await w.pick("Who do you want to ask", "Level 1: backup");
    await w.answer("What does cleo need", "The network is down");
    await until("cleo is called", async () => w.exists(log) && (await w.read(log)).includes("@cleo (backup): The network is down\\n\\n<!-- desk:moment escalation -->"));
    await until("cleo is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("cleo"));

    await w.treeMenu("Incidents", "Portal down", "Response", "Escalate Issue");
    await w.pick("Who do you want to ask", "Someone with the Role on-site…");
    await w.pick("How soon", "Within Hours");
    await w.answer("What does ben need", "Somebody has to go there");
    await until("ben is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("ben"));
    await w.treeMenu("Incidents", "Portal down", "Response", "Redirect to Primary");
    await w.answer("What should ana (primary) know", "Asked for in the hall");
    await until("ana is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("ana"));
    await w.treeMenu("Incidents", "Portal down", "Response", "Answer Escalation");
    await w.pick("How do you answer", "Decline…");
    await w.answer("Why can't you help", "On a train");
    await until("it is told", async () => (await w.read(log)).includes("Escalation declined: On a train"));
    await until("ana is no longer assigned", async () => !(await w.waitForRow("Incidents", "Portal down")).description.includes("ana"));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("counts from the reported time, skips holidays of a calendar file, and lists low-hanging fruit (thorough)", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(60) }, settings });
    await w.openView("Incidents");
    await until("the time left", async () => /^due in (?:59|58)m/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.treeMenu("Incidents", "Portal down", "Response", "Set Reported Time");
    await w.waitForPrompt("When was #1 reported");
    await w.quickBox.fill("tomorrow");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Use the form 08:15");
    await w.quickBox.fill("2h");
    await w.page.keyboard.press("Enter");
    await until("it is overdue", async () => /^overdue 1h/.test((await w.waitForRow("Incidents", "Portal down")).label));
    await w.treeMenu("Incidents", "Portal down", "Stage, Priority and Labels", "Mark as Low-Hanging Fruit");
    await w.openView("On Call");
    await w.waitForRow("On Call", "Low-hanging fruit");
    await w.screenshot("duty-fruit");
    await w.treeMenu("Incidents", "Portal down", "Stage, Priority and Labels", "Unmark as Low-Hanging Fruit");
    const days = [-1, 0, 1].map((day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10).replaceAll("-", ""));
    const off = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:${days[0] ?? ""}\r\nDTEND;VALUE=DATE:${days[2] ?? ""}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    w.write({ "runbooks/off.ics": off, "runbooks/desk.yml": `${desk}hours: { Mon-Sun: ["00:00-24:00"] }\nholidays: [{ calendar: off.ics }]\n` });
    await w.waitForRow("On Call", "Closed");
    await until("the clock stands", async () => /^due \w{3} 01:00/.test((await w.waitForRow("Incidents", "Portal down")).description));
    w.write({ "runbooks/off.ics": off.replace(/DATE:20\d\d/g, "DATE:2019") });
    await w.waitForRow("On Call", "Open");
    await until("the group is gone", async () => !(await w.treeRows("On Call")).some(({ label }) => label === "Low-hanging fruit"));
    assert.deepEqual(w.extensionErrors(), []);
  });
});

function readNow(w: Workbench): string {
  return readFileSync(path.join(w.workspace, file), "utf8");
}
