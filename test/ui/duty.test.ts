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
const settings = { "responseDesk.login": "ana" };

/** An open incident that was filed so many seconds ago. */
function incident(secondsAgo: number, more = ""): string {
  const at = new Date(Date.now() - secondsAgo * 1000).toISOString().replace(/\.\d+/, "");
  return `---\ntitle: "[INCIDENT] Portal down"\nstate: open\nlabels: [incident]\nassignees: []\nauthor: ben\ncreated: ${at}\nupdated: ${at}\n---\nNobody can sign in.\n${more}`;
}

const file = ".desk/incident/1-portal-down.md";
const log = ".desk/incident/1.events.jsonl";

async function background(w: Workbench): Promise<string> {
  const item = w.page.locator('.part.statusbar .statusbar-item[id="response-desk.response-desk.responseDesk.duty"]');
  return (await item.getAttribute("class")) ?? "";
}

async function statusOf(w: Workbench): Promise<string> {
  return (await w.statusBar()).find((text) => text.includes("#1 ")) ?? "";
}

describe("the response clock", function () {
  this.timeout(240_000);

  it("counts down, colours, tells once in all windows, snoozes, and stops when somebody acknowledges", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk }, settings, fresh: true });
    await w.openView("Incidents");
    await until("the status bar", async () => (await w.statusBar()).includes("ana"));
    w.write({ [file]: incident(3600 - 50) });
    assert.match((await w.waitForRow("Incidents", "Portal down")).description, /^due in 1m · #1 · To do/);
    await until("the status bar", async () => /^ana · #1 due in 1m$/.test(await statusOf(w)));
    assert.match(await background(w), /warning-kind/);
    await w.openView("On Duty");
    await w.waitForRow("On Duty", "Needs you now");
    const badge = w.page.locator('.part.activitybar .action-item:has([aria-label^="Response Desk"]) .badge-content').first();
    await until("the number on the sign", async () => (await badge.textContent()) === "1");
    const near = "is to be acknowledged within";
    await w.waitForNotification(near);
    await w.screenshot("duty-near");
    await w.answerNotification(near, "Snooze 15 min");

    const two = await w.anotherWindow();
    await two.openView("Incidents");
    await two.waitForRow("Incidents", "Portal down");
    const past = "should have been acknowledged by now";
    const told = await until("one window tells that it is overdue", async () => {
      for (const one of [w, two]) if ((await one.notifications()).some((text) => text.includes(past))) return one;
      return undefined;
    }, 60);
    await until("the status bar", async () => /^ana · #1 overdue/.test(await statusOf(w)));
    assert.match(await background(w), /error-kind/);
    await w.screenshot("duty-past");
    await w.page.waitForTimeout(1500);
    const all = [...await w.notifications(), ...await two.notifications()].filter((text) => text.includes("acknowledged"));
    assert.equal(all.length, 1, all.join("\n"));

    await told.answerNotification(past, "Acknowledge");
    await until("it is acknowledged", () => /<!-- desk:clock acknowledged=\S+Z by=ana -->/.test(w.exists(file) ? readNow(w) : ""));
    await until("it is assigned", () => /assignees:\s*(?:\[ana\]|\n\s*- ana)/.test(readNow(w)));
    await until("nothing is due any more", async () => !(await w.statusBar()).some((text) => text.includes("#1")));
    await until("the row says so", async () => /^#1 · To do · ana/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await two.close();
    await w.reload();
    await until("the status bar tells who is on duty before any view is opened", async () => (await w.statusBar()).includes("ana"));
    await w.page.waitForTimeout(1500);
    assert.deepEqual((await w.notifications()).filter((text) => text.includes("acknowledged")), []);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("asks the next level by name, and keeps what those say who were asked", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(50 * 60) }, settings });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.treeMenu("Incidents", "Portal down", "Escalate Issue");
    await w.waitForPrompt("Who is asked to help");
    assert.deepEqual(await w.quickItems(), ["Level 1: backup", "Level 2: on-site", "Somebody with the role on-site…", "Choose people…"]);
    await w.screenshot("duty-escalate");
    await w.pick("Who is asked", "Level 1: backup");
    await w.answer("What do cleo need", "The network is down");
    await until("cleo is called", async () => w.exists(log) && (await w.read(log)).includes("@cleo (backup): The network is down\\n\\n<!-- desk:moment escalation -->"));
    await until("cleo is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("cleo"));

    await w.treeMenu("Incidents", "Portal down", "Escalate Issue");
    await w.pick("Who is asked", "Somebody with the role on-site…");
    await w.pick("How soon", "Within hours");
    await w.answer("What do ben need", "Somebody has to go there");
    await until("ben is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("ben"));
    await w.treeMenu("Incidents", "Portal down", "Redirect to Primary");
    await w.answer("What should ana (primary) know", "Asked for in the hall");
    await until("ana is assigned", async () => (await w.waitForRow("Incidents", "Portal down")).description.includes("ana"));
    await w.treeMenu("Incidents", "Portal down", "Answer Escalation");
    await w.pick("What do you say", "Decline…");
    await w.answer("Why can you not help", "On a train");
    await until("it is told", async () => (await w.read(log)).includes("Escalation declined: On a train"));
    await until("ana is no longer assigned", async () => !(await w.waitForRow("Incidents", "Portal down")).description.includes("ana"));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("counts from when it was reported, over holidays of a calendar file, and keeps low-hanging fruit at hand", async () => {
    const w = await openWorkbench({ desk: { "runbooks/desk.yml": desk, [file]: incident(60) }, settings });
    await w.openView("Incidents");
    await until("the time left", async () => /^due in (?:59|58)m/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.treeMenu("Incidents", "Portal down", "Set When It Was Reported");
    await w.waitForPrompt("When was #1 reported");
    await w.quickBox.fill("tomorrow");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("Write it as 08:15");
    await w.quickBox.fill("2h");
    await w.page.keyboard.press("Enter");
    await until("it is overdue", async () => /^overdue 1h/.test((await w.waitForRow("Incidents", "Portal down")).description));
    await w.treeMenu("Incidents", "Portal down", "Mark as Low-Hanging Fruit");
    await w.openView("On Duty");
    await w.waitForRow("On Duty", "Low-hanging fruit");
    await w.screenshot("duty-fruit");
    await w.treeMenu("Incidents", "Portal down", "Unmark Low-Hanging Fruit");
    const days = [-1, 0, 1].map((day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10).replaceAll("-", ""));
    const off = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:${days[0] ?? ""}\r\nDTEND;VALUE=DATE:${days[2] ?? ""}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    w.write({ "runbooks/off.ics": off, "runbooks/desk.yml": `${desk}hours: { Mon-Sun: ["00:00-24:00"] }\nholidays: [{ calendar: off.ics }, { country: GB, region: SCT }]\n` });
    await w.waitForRow("On Duty", "Closed");
    await until("the clock stands", async () => /^due in 1h/.test((await w.waitForRow("Incidents", "Portal down")).description));
    w.write({ "runbooks/off.ics": off.replace(/DATE:20\d\d/g, "DATE:2019") });
    await w.waitForRow("On Duty", "Open");
    await until("the group is gone", async () => !(await w.treeRows("On Duty")).some(({ label }) => label === "Low-hanging fruit"));
    assert.deepEqual(w.extensionErrors(), []);
  });
});

function readNow(w: Workbench): string {
  return readFileSync(path.join(w.workspace, file), "utf8");
}
