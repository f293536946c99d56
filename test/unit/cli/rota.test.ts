import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readArguments } from '../../../src/cli/readArguments';
import { schedule, type ScheduleFormat } from '../../../src/cli/schedule';

const losAngeles = `timezone: America/Los_Angeles
people: [{ login: ana, name: Ana Ruiz, email: ana@example.org, phone: "12" }, { login: ben }, { login: cleo }]
rotation: { starts: 2026-01-05, overrides: [{ from: 2026-11-24, to: 2026-11-24, primary: cleo }] }
`;

const now = "2026-11-20T00:00:00Z";

describe("desk rota", function () {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-rota-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function tell(desk: string, format: ScheduleFormat, from = "2026-11-23", to = "2026-11-30"): Promise<string> {
    writeFileSync(path.join(folder, "desk.yml"), desk);
    const result = await schedule({ folder: ".", from, to, format }, folder, now);
    assert.ok(result.kind === "ok", JSON.stringify(result));
    return result.value;
  }

  async function refusal(desk: string | undefined, from = "2026-11-23", to = "2026-11-30"): Promise<string> {
    if (desk !== undefined) writeFileSync(path.join(folder, "desk.yml"), desk);
    const result = await schedule({ folder: ".", from, to, format: "json" }, folder, now);
    assert.ok(result.kind === "failed");
    return result.failure;
  }

  it("gives the turns as JSON, in UTC, those of both dates included", async () => {
    const ana = { login: "ana", name: "Ana Ruiz", email: "ana@example.org", phone: "12" };
    // Turn 46 begins on 2026-11-23: primary is number 46 mod 3 = 1, ben.
    assert.deepEqual(JSON.parse(await tell(losAngeles, "json")), [
      { from: "2026-11-23T08:00:00Z", to: "2026-11-24T08:00:00Z", roles: { primary: { login: "ben" }, backup: { login: "cleo" } } },
      { from: "2026-11-24T08:00:00Z", to: "2026-11-25T08:00:00Z", roles: { primary: { login: "cleo" }, backup: ana } },
      { from: "2026-11-25T08:00:00Z", to: "2026-11-30T08:00:00Z", roles: { primary: { login: "ben" }, backup: { login: "cleo" } } },
      { from: "2026-11-30T08:00:00Z", to: "2026-12-07T08:00:00Z", roles: { primary: { login: "cleo" }, backup: ana } },
    ]);
  });

  it("gives a role that nobody holds as null, and names further rotations", async () => {
    const desk = "people: [{ login: ana }]\nrotation: { starts: 2026-11-23 }\nrotations: { night: { starts: 2026-11-23, from: 20:00, to: 06:00 } }\n";
    assert.deepEqual(JSON.parse(await tell(desk, "json", "2026-11-23", "2026-11-23")), [
      { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z", roles: { primary: { login: "ana" }, backup: null } },
      { from: "2026-11-23T20:00:00Z", to: "2026-11-24T06:00:00Z", roles: { night: { login: "ana" } }, rotation: "night" },
    ]);
  });

  it("gives no turns before the first", async () => {
    assert.deepEqual(JSON.parse(await tell(losAngeles, "json", "2025-12-01", "2026-01-04")), []);
    assert.equal(await tell(losAngeles, "text", "2025-12-01", "2026-01-04"), "No turn is between 2025-12-01 and 2026-01-04.\n");
  });

  it("gives a table on the desk's own clock", async () => {
    assert.equal(
      await tell(losAngeles.replace("{ login: ben }", '{ login: ben, away: ["2026-11-23/2026-12-06"] }').replace(", { login: cleo }", "").replace(/, overrides.*\]/, ""), "text"),
      ["from (America/Los_Angeles)  until             primary  backup", "2026-11-23 00:00            2026-11-30 00:00  ana      nobody", "2026-11-30 00:00            2026-12-07 00:00  ana      nobody", ""].join("\n"),
    );
  });

  it("gives a calendar", async () => {
    const text = await tell(losAngeles, "ics", "2026-11-30", "2026-11-30");
    assert.deepEqual(text.split("\r\n").filter((line) => /^(DTSTAMP|DTSTART|SUMMARY)/.test(line)), ["DTSTAMP:20261120T000000Z", "DTSTART:20261130T080000Z", "SUMMARY:cleo (primary)", "DTSTAMP:20261120T000000Z", "DTSTART:20261130T080000Z", "SUMMARY:Ana Ruiz (backup)"]);
  });

  it("says why there is nothing to tell", async () => {
    assert.match(await refusal(undefined), /no desk\.yml in “\.”/);
    assert.match(await refusal("team: \"A\n"), /cannot be used\. Line \d+: This is not valid YAML/);
    assert.match(await refusal("team: A\nrotation: { starts: 2026-02-30 }\n"), /cannot be used\. Line 2: “2026-02-30” is not right/);
    assert.match(await refusal("team: A\n"), /no rotation/);
    assert.match(await refusal(losAngeles, "2026-02-30"), /“2026-02-30” is not a date/);
    assert.match(await refusal(losAngeles, "tomorrow"), /“tomorrow” is not a date/);
    assert.match(await refusal(losAngeles, "2026-11-23", "2026-11-22"), /2026-11-22 is before 2026-11-23/);
    assert.match(await refusal(losAngeles, "2026-11-23", "9999-12-31"), /at most ten years/);
    mkdirSync(path.join(folder, "other", "desk.yml"), { recursive: true });
    const unreadable = await schedule({ folder: "other", from: "2026-11-23", to: "2026-11-23", format: "json" }, folder, now);
    assert.ok(unreadable.kind === "failed" && /cannot be read/.test(unreadable.failure));
  });

  const asked: readonly (readonly [words: readonly string[], answer: unknown])[] = [
    [["rota", "--desk", "a", "--from", "2026-01-01", "--to", "2026-01-02"], { kind: "rota", folder: "a", from: "2026-01-01", to: "2026-01-02", format: "text" }],
    [["rota", "--json", "--desk=a", "--from=b", "--to=c"], { kind: "rota", folder: "a", from: "b", to: "c", format: "json" }],
    [["rota", "--ics", "--desk", "a", "--from", "b", "--to", "c"], { kind: "rota", folder: "a", from: "b", to: "c", format: "ics" }],
    [["rota", "--help"], { kind: "help" }],
  ];
  for (const [words, answer] of asked) {
    it(`takes ${words.join(" ")}`, () => assert.deepEqual(readArguments(words), { kind: "ok", value: answer }));
  }

  const refused: readonly (readonly [words: readonly string[], advice: RegExp])[] = [
    [["rota"], /Write: desk rota --desk <folder>/],
    [["rota", "--desk", "a", "--from", "b"], /Write: desk rota/],
    [["rota", "--desk", "a", "--from", "b", "--to"], /has no value/],
    [["rota", "more", "--desk", "a", "--from", "b", "--to", "c"], /Write: desk rota/],
    [["rota", "--sarif"], /no option “--sarif”\. Options are --desk, --from, --to, --json and --ics/],
    [["rota", "--json", "--ics", "--desk", "a", "--from", "b", "--to", "c"], /Only one/],
    [["toString"], /no command “toString”/],
  ];
  for (const [words, advice] of refused) {
    it(`refuses ${words.join(" ")}`, () => {
      const request = readArguments(words);
      assert.ok(request.kind === "failed");
      assert.match(request.failure, advice);
    });
  }

  it("ends with 0 when it told them, else with 2", () => {
    writeFileSync(path.join(folder, "desk.yml"), losAngeles);
    const run = (...words: readonly string[]) => spawnSync(process.execPath, [path.resolve("src/cli/desk.mjs"), "rota", ...words], { cwd: folder, encoding: "utf8" });
    const told = run("--desk", ".", "--from", "2026-11-30", "--to", "2026-11-30", "--json");
    assert.deepEqual([told.status, told.stderr, JSON.parse(told.stdout).length], [0, "", 1]);
    const refusedRun = run("--desk", ".", "--from", "soon", "--to", "2026-11-30");
    assert.deepEqual([refusedRun.status, refusedRun.stdout], [2, ""]);
    assert.match(refusedRun.stderr, /“soon” is not a date/);
  });
});
