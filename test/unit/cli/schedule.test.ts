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

describe("desk schedule", function () {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-schedule-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function render(desk: string, format: ScheduleFormat, from = "2026-11-23", to = "2026-11-30"): Promise<string> {
    writeFileSync(path.join(folder, "desk.yml"), desk);
    const result = await schedule({ folder: ".", from, to, format }, folder, now);
    assert.ok(result.kind === "ok", JSON.stringify(result));
    return result.value;
  }

  async function failureOf(desk: string | undefined, from = "2026-11-23", to = "2026-11-30"): Promise<string> {
    if (desk !== undefined) writeFileSync(path.join(folder, "desk.yml"), desk);
    const result = await schedule({ folder: ".", from, to, format: "json" }, folder, now);
    assert.ok(result.kind === "failed");
    return result.failure;
  }

  it("returns the shifts as JSON in UTC, including those of both dates", async () => {
    const ana = { login: "ana", name: "Ana Ruiz", email: "ana@example.org", phone: "12" };
    // Shift 46 starts on 2026-11-23: primary is number 46 mod 3 = 1, ben.
    assert.deepEqual(JSON.parse(await render(losAngeles, "json")), [
      { from: "2026-11-23T08:00:00Z", to: "2026-11-24T08:00:00Z", roles: { primary: { login: "ben" }, backup: { login: "cleo" } } },
      { from: "2026-11-24T08:00:00Z", to: "2026-11-25T08:00:00Z", roles: { primary: { login: "cleo" }, backup: ana } },
      { from: "2026-11-25T08:00:00Z", to: "2026-11-30T08:00:00Z", roles: { primary: { login: "ben" }, backup: { login: "cleo" } } },
      { from: "2026-11-30T08:00:00Z", to: "2026-12-07T08:00:00Z", roles: { primary: { login: "cleo" }, backup: ana } },
    ]);
  });

  it("returns a role without a holder as null, and the names of further rotations", async () => {
    const desk = "people: [{ login: ana }]\nrotation: { starts: 2026-11-23 }\nrotations: { night: { starts: 2026-11-23, from: 20:00, to: 06:00 } }\n";
    assert.deepEqual(JSON.parse(await render(desk, "json", "2026-11-23", "2026-11-23")), [
      { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z", roles: { primary: { login: "ana" }, backup: null } },
      { from: "2026-11-23T20:00:00Z", to: "2026-11-24T06:00:00Z", roles: { night: { login: "ana" } }, rotation: "night" },
    ]);
  });

  it("returns no shifts before the first one", async () => {
    assert.deepEqual(JSON.parse(await render(losAngeles, "json", "2025-12-01", "2026-01-04")), []);
    assert.equal(await render(losAngeles, "text", "2025-12-01", "2026-01-04"), "There are no shifts between 2025-12-01 and 2026-01-04.\n");
  });

  it("prints a table in the desk's time zone", async () => {
    assert.equal(
      await render(losAngeles.replace("{ login: ben }", '{ login: ben, away: ["2026-11-23/2026-12-06"] }').replace(", { login: cleo }", "").replace(/, overrides.*\]/, ""), "text"),
      ["from (America/Los_Angeles)  until             primary  backup", "2026-11-23 00:00            2026-11-30 00:00  ana      nobody", "2026-11-30 00:00            2026-12-07 00:00  ana      nobody", ""].join("\n"),
    );
  });

  it("returns a calendar", async () => {
    const text = await render(losAngeles, "ics", "2026-11-30", "2026-11-30");
    assert.deepEqual(text.split("\r\n").filter((line) => /^(DTSTAMP|DTSTART|SUMMARY)/.test(line)), ["DTSTAMP:20261120T000000Z", "DTSTART:20261130T080000Z", "SUMMARY:cleo (primary)", "DTSTAMP:20261120T000000Z", "DTSTART:20261130T080000Z", "SUMMARY:Ana Ruiz (backup)"]);
  });

  it("explains why it fails", async () => {
    assert.match(await failureOf(undefined), /no desk\.yml in “\.”/);
    assert.match(await failureOf("team: \"A\n"), /cannot be used\. Line \d+: This is not valid YAML/);
    assert.match(await failureOf("team: A\nrotation: { starts: 2026-02-30 }\n"), /cannot be used\. Line 2: “2026-02-30” is not a valid date/);
    assert.match(await failureOf("team: A\n"), /no rotation/);
    assert.match(await failureOf(losAngeles, "2026-02-30"), /“2026-02-30” is not a valid date/);
    assert.match(await failureOf(losAngeles, "tomorrow"), /“tomorrow” is not a valid date/);
    assert.match(await failureOf(losAngeles, "2026-11-23", "2026-11-22"), /end date 2026-11-22 is before the start date 2026-11-23/);
    assert.match(await failureOf(losAngeles, "2026-11-23", "9999-12-31"), /maximum is ten years/);
    mkdirSync(path.join(folder, "other", "desk.yml"), { recursive: true });
    const unreadable = await schedule({ folder: "other", from: "2026-11-23", to: "2026-11-23", format: "json" }, folder, now);
    assert.ok(unreadable.kind === "failed" && /cannot be read/.test(unreadable.failure));
  });

  const accepted: readonly (readonly [words: readonly string[], answer: unknown])[] = [
    [["schedule", "--desk", "a", "--from", "2026-01-01", "--to", "2026-01-02"], { kind: "schedule", folder: "a", from: "2026-01-01", to: "2026-01-02", format: "text" }],
    [["schedule", "--json", "--desk=a", "--from=b", "--to=c"], { kind: "schedule", folder: "a", from: "b", to: "c", format: "json" }],
    [["schedule", "--ics", "--desk", "a", "--from", "b", "--to", "c"], { kind: "schedule", folder: "a", from: "b", to: "c", format: "ics" }],
    [["rota", "--json", "--desk=a", "--from=b", "--to=c"], { kind: "schedule", folder: "a", from: "b", to: "c", format: "json" }],
    [["metrics", "--csv", "--desk", "a", "--from", "b", "--to", "c", "--kind", "incident", "--runbook=r.md"], { kind: "metrics", folder: "a", from: "b", to: "c", only: { kind: "incident", runbook: "r.md" }, format: "csv", github: false }],
    [["duty", "--desk", "a"], { kind: "oncall", folder: "a", json: false }],
    [["schedule", "--help"], { kind: "help" }],
  ];
  for (const [words, answer] of accepted) {
    it(`accepts ${words.join(" ")}`, () => assert.deepEqual(readArguments(words), { kind: "ok", value: answer }));
  }

  const refused: readonly (readonly [words: readonly string[], advice: RegExp])[] = [
    [["schedule"], /^The options --desk, --from and --to are missing\. Use: desk schedule --desk <folder>/],
    [["schedule", "--desk", "a", "--from", "b"], /^The option --to is missing\. Use: desk schedule/],
    [["schedule", "--desk", "a", "--from", "b", "--to"], /^The option --to has no value\./],
    [["schedule", "--desk", "--from", "b", "--to", "c"], /^The option --desk has no value\./],
    [["schedule", "--desk", "a", "--from", "b", "--to", "c", "--from=d"], /^The option --from is specified more than once\./],
    [["schedule", "--json=yes", "--desk", "a", "--from", "b", "--to", "c"], /^The option --json does not take a value\./],
    [["schedule", "-d", "a"], /^There is no option “-d”\./],
    [["schedule", "--no-json", "--desk", "a", "--from", "b", "--to", "c"], /^There is no option “--no-json”\./],
    [["schedule", "more", "--desk", "a", "--from", "b", "--to", "c"], /^“more” is not an option\. Use: desk schedule/],
    [["schedule", "--sarif"], /no option “--sarif”\. The options are --desk, --from, --to, --json and --ics/],
    [["schedule", "--json", "--ics", "--desk", "a", "--from", "b", "--to", "c"], /only one/],
    [["toString"], /no command “toString”/],
  ];
  for (const [words, advice] of refused) {
    it(`rejects ${words.join(" ")}`, () => {
      const request = readArguments(words);
      assert.ok(request.kind === "failed");
      assert.match(request.failure, advice);
    });
  }

  it("exits with 0 on success and with 2 on failure", () => {
    writeFileSync(path.join(folder, "desk.yml"), losAngeles);
    const run = (...words: readonly string[]) => spawnSync(process.execPath, [path.resolve("src/cli/desk.mjs"), "schedule", ...words], { cwd: folder, encoding: "utf8" });
    const printed = run("--desk", ".", "--from", "2026-11-30", "--to", "2026-11-30", "--json");
    assert.deepEqual([printed.status, printed.stderr, JSON.parse(printed.stdout).length], [0, "", 1]);
    const failedRun = run("--desk", ".", "--from", "soon", "--to", "2026-11-30");
    assert.deepEqual([failedRun.status, failedRun.stdout], [2, ""]);
    assert.match(failedRun.stderr, /“soon” is not a valid date/);
  });
});
