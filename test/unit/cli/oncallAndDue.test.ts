import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { due } from '../../../src/cli/due';
import { onCall } from '../../../src/cli/oncall';

const office = `timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
holidays: [2026-11-26, { calendar: off.ics }, { country: US }]
kinds:
  incident: { respondWithin: 1h, runbook: incident.md }
  request: { respondWithin: 2h }
  record:
priorities: { high: { respondWithin: 30m }, normal: }
people: [{ login: ana }, { login: ben }, { login: cleo }]
rotation: { starts: 2026-01-05, overrides: [{ from: 2026-11-24T12:00, to: 2026-11-24T17:00, backup: ana }] }
`;

const off = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261127\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

describe("desk oncall and desk due", function () {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-oncall-"));
    write("desk.yml", office);
    write("off.ics", off);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    writeFileSync(path.join(folder, name), text);
  }

  async function onCallAt(at: string): Promise<unknown> {
    const result = await onCall({ folder: ".", at, json: true }, folder, "2026-01-01T00:00:00Z");
    assert.ok(result.kind === "ok", JSON.stringify(result));
    return JSON.parse(result.value);
  }

  async function dueOf(reported: string, kind = "incident", priority?: string): Promise<unknown> {
    const result = await due({ folder: ".", issueKind: kind, reported, json: true, ...(priority === undefined ? {} : { priority }) }, folder);
    assert.ok(result.kind === "ok", JSON.stringify(result));
    return JSON.parse(result.value);
  }

  async function refusalOf(...request: readonly [reported: string, kind?: string, priority?: string]): Promise<string> {
    const [reported, kind = "incident", priority] = request;
    const result = await due({ folder: ".", issueKind: kind, reported, json: true, ...(priority === undefined ? {} : { priority }) }, folder);
    assert.ok(result.kind === "failed", JSON.stringify(result));
    return result.failure;
  }

  it("oncall returns the holder and the period of each role, and until when the desk is open", async () => {
    const week = { from: "2026-11-23T08:00:00Z", to: "2026-11-30T08:00:00Z" };
    assert.deepEqual(await onCallAt("2026-11-24T21:30:00Z"), {
      at: "2026-11-24T21:30:00Z",
      open: true,
      until: "2026-11-25T01:00:00Z",
      roles: { primary: { login: "ben", ...week }, backup: { login: "ana", from: "2026-11-24T20:00:00Z", to: "2026-11-25T01:00:00Z" } },
    });
    assert.deepEqual(await onCallAt("2026-11-25T17:00:00-08:00"), {
      at: "2026-11-26T01:00:00Z",
      open: false,
      until: "2026-11-30T16:00:00Z",
      roles: { primary: { login: "ben", ...week }, backup: { login: "cleo", from: "2026-11-25T01:00:00Z", to: "2026-11-30T08:00:00Z" } },
    });
  });

  it("oncall includes roles without a holder, and no roles without a rotation", async () => {
    write("desk.yml", "people: [{ login: ana }]\nrotation: { starts: 2026-01-05 }\n");
    assert.deepEqual(await onCallAt("2026-01-05T00:00:00Z"), {
      at: "2026-01-05T00:00:00Z",
      open: true,
      until: null,
      roles: { primary: { login: "ana", from: "2026-01-05T00:00:00Z", to: "2026-01-12T00:00:00Z" }, backup: null },
    });
    write("desk.yml", "team: A\n");
    assert.deepEqual(await onCallAt("2026-01-05T00:00:00Z"), { at: "2026-01-05T00:00:00Z", open: true, until: null, roles: {} });
  });

  it("due excludes dates, a calendar file and a country's holidays from business time", async () => {
    assert.deepEqual(await dueOf("2026-11-26T00:30:00Z"), { reported: "2026-11-26T00:30:00Z", goal: "1h", due: "2026-11-30T16:30:00Z" });
    assert.deepEqual(await dueOf("2026-12-24T16:30:00", "Request"), { reported: "2026-12-25T00:30:00Z", goal: "2h", due: "2026-12-28T17:30:00Z" });
  });

  it("due applies the strictest goal of kind, priority and the kind's runbook", async () => {
    const reported = "2026-11-24T17:00:00Z";
    assert.deepEqual(await dueOf(reported, "incident", "HIGH"), { reported, goal: "30m", due: "2026-11-24T17:30:00Z" });
    write("incident.md", "---\nrespondWithin: 15m\n---\n# I\n");
    assert.deepEqual(await dueOf(reported, "incident", "high"), { reported, goal: "15m", due: "2026-11-24T17:15:00Z" });
    assert.deepEqual(await dueOf(reported, "record"), { reported, goal: null, due: null });
    assert.deepEqual(await dueOf("2026-11-24T17:00:00.900Z", "incident"), { reported, goal: "15m", due: "2026-11-24T17:15:00Z" });
  });

  it("due explains what is wrong", async () => {
    assert.match(await refusalOf("yesterday"), /^“yesterday” is not a valid time\. Use the form 2026-/);
    assert.match(await refusalOf("2026-02-30T00:00:00Z"), /is not a valid time/);
    assert.match(await refusalOf("2026-11-24T17:00:00Z", "opportunity"), /no kind “opportunity”\. It has: incident, request, record\./);
    assert.match(await refusalOf("2026-11-24T17:00:00Z", "incident", "p1"), /no priority “p1”/);
    write("off.ics", "not a calendar");
    assert.match(await refusalOf("2026-11-24T17:00:00Z"), /The calendar “off\.ics” is not a valid iCalendar file/);
    rmSync(path.join(folder, "off.ics"));
    assert.match(await refusalOf("2026-11-24T17:00:00Z"), /The calendar “off\.ics” .* cannot be read/);
    rmSync(path.join(folder, "desk.yml"));
    assert.match(await refusalOf("2026-11-24T17:00:00Z"), /There is no desk\.yml/);
  });

  it("both run from the command line, and exit with 2 on failure", () => {
    const run = (...words: readonly string[]) => spawnSync(process.execPath, [path.join(__dirname, "../../../src/cli/desk.mjs"), ...words], { cwd: folder, encoding: "utf8" });
    const atNoon = run("oncall", "--desk", ".", "--at", "2026-11-24T12:00");
    assert.equal(atNoon.stdout, "2026-11-24 12:00 (America/Los_Angeles): closed until 2026-11-24 13:00\nprimary: ben until 2026-11-30 00:00\nbackup: ana until 2026-11-24 17:00\n");
    assert.equal(atNoon.status, 0);
    const asked = run("due", "--desk", ".", "--kind", "incident", "--priority", "high", "--reported", "2026-11-24T08:00", "--json");
    assert.equal(JSON.parse(asked.stdout).due, "2026-11-24T16:30:00Z");
    const refused = run("due", "--desk", ".");
    assert.equal(refused.status, 2);
    assert.equal(refused.stderr, "The options --kind and --reported are missing. Use: desk due --desk <folder> --kind <kind> --reported <time>\n");
  });
});
