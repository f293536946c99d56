import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { metrics, type MetricsFormat, type MetricsRequest } from "../../../src/cli/metrics";

const office = `timezone: Europe/Berlin
hours: { Mon-Fri: ["09:00-17:00"] }
kinds: { incident: { respondWithin: 1h, runbook: incident.md }, request: }
services: [Portal]
`;

interface Report {
  readonly issues: readonly { readonly ref: string; readonly goal?: number; readonly withinGoal?: boolean; readonly timeToAcknowledge?: { readonly business: number }; readonly stages: Readonly<Record<string, unknown>>; readonly remarks?: readonly string[] }[];
  readonly leftOut: readonly { readonly ref: string; readonly reason: string }[];
  readonly availability: Readonly<Record<string, { readonly impact: number; readonly share: number }>>;
}

describe("desk metrics", () => {
  let folder: string;
  let notes: string[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-metrics-"));
    notes = [];
    write("runbooks/desk.yml", office);
    issue(1, "2026-11-16T08:00:00Z", "labels: [incident, 'service: Portal']", [acknowledged("2026-11-16T08:30:00Z"), { kind: "closed", at: "2026-11-16T10:00:00Z" }], "closed");
    issue(2, "2026-11-16T09:00:00Z", "labels: [request]");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }

  function acknowledged(at: string): Readonly<Record<string, string>> {
    return { kind: "commented", at, markdown: "Acknowledged\n\n<!-- desk:moment acknowledged -->" };
  }

  function issue(number: number, created: string, more: string, events: readonly Readonly<Record<string, string>>[] = [], state = "open", body = ""): void {
    const closed = events.findLast(({ kind }) => kind === "closed")?.["at"];
    write(`.desk/issues/${number}-issue.md`, `---\ntitle: Issue ${number}\nstate: ${state}\ncreated: ${created}\nauthor: ana\n${state === "closed" && closed !== undefined ? `closed: ${closed}\n` : ""}${more}\n---\n\n${body}`);
    if (events.length > 0) write(`.desk/issues/${number}.events.jsonl`, events.map((event, index) => `${JSON.stringify({ id: `${number}/${index}`, by: "ana", ...event })}\n`).join(""));
  }

  async function run(format: MetricsFormat = "json", more: Partial<MetricsRequest> = {}): Promise<string> {
    const result = await metrics(
      { folder: "runbooks", from: "2026-11-01", to: "2026-11-30", format, github: false, ...more },
      { workingFolder: folder, now: "2026-11-20T12:00:00Z", environment: {}, note: (sentence) => notes.push(sentence), progress: () => undefined },
    );
    return result.kind === "ok" ? result.value : `refused: ${result.failure}`;
  }

  async function report(): Promise<Report> {
    return JSON.parse(await run());
  }

  function git(args: readonly string[], at: string): void {
    const made = spawnSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false", ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at } });
    assert.equal(made.status, 0, made.stderr);
  }

  it("reads the issues of the nearest .desk folder above the desk, and writes nothing", async () => {
    const before = readdirSync(folder, { recursive: true });
    const { issues, leftOut, availability } = await report();
    assert.deepEqual(issues.map(({ ref, timeToAcknowledge, goal, withinGoal }) => [ref, timeToAcknowledge?.business, goal, withinGoal]), [["#1", 1800, 3600, true], ["#2", undefined, undefined, undefined]]);
    assert.deepEqual(leftOut, []);
    assert.equal(availability["Portal"]?.impact, 7200);
    assert.deepEqual(readdirSync(folder, { recursive: true }), before);
    assert.deepEqual(notes, ["desk.yml is not in a Git repository, so its current version applies to all times."]);
  });

  it("prints text, CSV and Markdown with the same numbers", async () => {
    assert.match(await run("text"), /Time to acknowledge +1\* +30m \/ 30m/);
    assert.match(await run("csv"), /^#1,Issue 1,incident,.*,1800,1800,/m);
    assert.match(await run("markdown"), /\| Time to acknowledge \| 1\\\* \| 30m \/ 30m \|/);
    assert.doesNotMatch(await run("csv", { only: { kind: "REQUEST" } }), /^#1,/m);
  });

  it("counts reports that were answered at once", async () => {
    write(".desk/triage/2026-11-ana.jsonl", '\uFEFF{"at":"2026-11-16T08:00:00Z","by":"ana","title":"a","minutes":4}\n{"at":"2026-11-17T08:00:00Z","by":"ana","title":"b"}\nno answer\n{"at":"2026-10-31T22:00:00Z","by":"ana","title":"c"}\n');
    assert.match(await run("text"), /Answered at once, without an issue +2 \(median 4 minutes\)/);
  });

  it("counts the hours and goals of the commit that was in force", async () => {
    git(["init", "--quiet", "--initial-branch=main"], "2026-11-01T00:00:00Z");
    write("runbooks/desk.yml", office.replace("respondWithin: 1h", "respondWithin: 15m"));
    git(["add", "runbooks"], "2026-11-01T00:00:00Z");
    git(["commit", "--quiet", "-m", "one"], "2026-11-01T00:00:00Z");
    write("runbooks/desk.yml", "not: [valid");
    git(["commit", "--quiet", "-am", "two"], "2026-11-02T00:00:00Z");
    write("runbooks/desk.yml", office);
    git(["commit", "--quiet", "-am", "three"], "2026-11-17T00:00:00Z");
    issue(3, "2026-11-17T08:00:00Z", "labels: [incident]", [acknowledged("2026-11-17T08:30:00Z")]);
    issue(4, "2026-11-16T15:50:00Z", "labels: [incident]", [acknowledged("2026-11-17T08:30:00Z")]);
    const { issues } = await report();
    assert.deepEqual(issues.map(({ ref, goal, withinGoal }) => [ref, goal, withinGoal]), [["#1", 900, false], ["#2", undefined, undefined], ["#4", 3600, true], ["#3", 3600, true]]);
    assert.deepEqual(notes, []);
    // A working copy on Windows has other line endings than its commits.
    write("runbooks/desk.yml", office.replaceAll("\n", "\r\n"));
    await run();
    assert.deepEqual(notes, []);
  });

  it("says that earlier versions of a desk that was moved are not read", async () => {
    git(["init", "--quiet", "--initial-branch=main"], "2026-11-01T00:00:00Z");
    git(["add", "runbooks"], "2026-11-01T00:00:00Z");
    git(["commit", "--quiet", "-m", "one"], "2026-11-01T00:00:00Z");
    git(["mv", "runbooks", "the team's desk"], "2026-11-02T00:00:00Z");
    git(["commit", "--quiet", "-m", "two"], "2026-11-02T00:00:00Z");
    await run("json", { folder: "the team's desk" });
    assert.deepEqual(notes, ["desk.yml was moved from runbooks/desk.yml. Its versions before that are not read; the oldest one since then applies to the time before it."]);
  });

  it("counts the issues of a kind and a priority that had another name then", async () => {
    git(["init", "--quiet", "--initial-branch=main"], "2026-11-01T00:00:00Z");
    write("runbooks/desk.yml", `${office}priorities: { urgent: }\n`.replace("incident:", "outage:"));
    git(["add", "runbooks"], "2026-11-01T00:00:00Z");
    git(["commit", "--quiet", "-m", "one"], "2026-11-01T00:00:00Z");
    write("runbooks/desk.yml", office);
    git(["commit", "--quiet", "-am", "two"], "2026-11-20T00:00:00Z");
    issue(3, "2026-11-16T08:00:00Z", "labels: [outage, 'priority: urgent']", [{ kind: "closed", at: "2026-11-16T09:00:00Z" }], "closed");
    issue(4, "2026-11-23T08:00:00Z", "labels: [incident]", [{ kind: "closed", at: "2026-11-23T09:00:00Z" }], "closed");
    const refs = async (kind: string, priority?: string): Promise<readonly string[]> => (await run("csv", { only: { kind, ...(priority === undefined ? {} : { priority }) } })).split("\r\n").slice(1, -1).map((row) => row.split(",")[0] ?? "");
    assert.deepEqual(await refs("Outage"), ["#3"]);
    assert.deepEqual(await refs("outage", "Urgent"), ["#3"]);
    assert.ok((await refs("incident")).includes("#4"));
  });

  it("applies the goal of the kind's runbook and the calendar as they were then, and what is not committed from now on", async () => {
    git(["init", "--quiet", "--initial-branch=main"], "2026-11-01T00:00:00Z");
    write("runbooks/desk.yml", `${office}holidays: [{ calendar: off.ics }]\n`);
    write("runbooks/off.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261116\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    write("runbooks/incident.md", "---\nrespondWithin: 10m\n---\n# Incident\n");
    git(["add", "runbooks"], "2026-11-01T00:00:00Z");
    git(["commit", "--quiet", "-m", "one"], "2026-11-01T00:00:00Z");
    write("runbooks/incident.md", "---\nrespondWithin: 50m\n---\n# Incident\n");
    const { issues: [first] } = await report();
    assert.deepEqual([first?.goal, first?.timeToAcknowledge?.business, first?.withinGoal], [600, 0, true]);
    assert.deepEqual(notes, ["Changes to desk.yml, its calendars and its runbooks that are not committed apply from now on."]);
  });

  it("lists files that cannot be read and what is left out, and survives every history", async () => {
    write(".desk/issues/10-broken.md", "---\ntitle: [\n---\n");
    write(".desk/issues/11-none.md", "no front matter");
    write(".desk/issues/12-conflict.md", "---\n<<<<<<< ours\ntitle: a\n=======\ntitle: b\n>>>>>>> theirs\n---\n");
    write(".desk/issues/13-fields.md", "---\ntitle: No date\n---\n");
    issue(14, "2026-11-16T08:00:00Z", "labels: [incident, test]");
    issue(15, "2026-11-16T08:00:00Z", "labels: [incident]", [{ kind: "closed", at: "2026-11-16T09:00:00Z" }], "closed", "<!-- desk:field cancelled value=2026-11-16T09:00:00Z at=2026-11-16T09:00:00Z by=ana -->\n");
    issue(16, "2026-11-16T08:00:00Z", "labels: [incident]", [], "closed", "<!-- desk:field closed value=duplicate at=2026-11-16T09:00:00Z by=ana -->\n");
    issue(17, "2026-12-16T08:00:00Z", "labels: [incident]");
    issue(18, "2026-11-16T08:00:00Z", "labels: [checklist]");
    // A clock that went backwards, events that are missing, and lines that are no events.
    issue(20, "2026-11-16T08:00:00Z", "labels: [incident, 'priority: high']", [acknowledged("2026-11-10T00:00:00Z"), { kind: "closed", at: "2026-11-09T00:00:00Z" }, { kind: "reopened", at: "2026-11-08T00:00:00Z" }, { kind: "labeled", at: "2026-11-11T00:00:00Z", label: "stage: __proto__" }], "closed");
    issue(21, "2026-11-16T08:00:00Z", "labels: [incident]", [], "closed");
    issue(22, "2026-11-16T08:00:00Z", "labels: [incident]", [{ kind: "reopened", at: "2026-11-17T00:00:00Z" }, { kind: "unlabeled", at: "2026-11-17T00:00:00Z", label: "priority: high" }, { kind: "labeled", at: "2026-11-18T00:00:00Z", label: "stage: __proto__" }]);
    write(".desk/issues/22.events.jsonl", `${readFileSync(path.join(folder, ".desk/issues/22.events.jsonl"), "utf8")}not json\n{"id":1}\n<<<<<<< ours\n{"id":"x","kind":"closed","at":"yesterday","by":"ana"}\n`);
    const { issues, leftOut } = await report();
    assert.deepEqual(leftOut, [
      { ref: "#14", reason: "test" }, { ref: "#15", reason: "cancelled" }, { ref: "#16", reason: "duplicate" }, { ref: "#18", reason: "notWork" },
      { ref: ".desk/issues/10-broken.md", reason: "badYaml" }, { ref: ".desk/issues/11-none.md", reason: "noFrontMatter" },
      { ref: ".desk/issues/12-conflict.md", reason: "mergeConflict" }, { ref: ".desk/issues/13-fields.md", reason: "badFields" },
    ]);
    const remarks = new Map(issues.map((one) => [one.ref, one.remarks]));
    assert.deepEqual(remarks.get("#20"), ["reopenedWithoutClosing", "closedBeforeReport", "acknowledgedBeforeReport", "eventsBeforeCreation", "missingEvents"]);
    assert.deepEqual(remarks.get("#21"), ["noClosingTime"]);
    assert.deepEqual(remarks.get("#22"), ["reopenedWithoutClosing", "incomplete", "missingEvents", "unknownStage"]);
    assert.deepEqual(Object.keys(issues.find(({ ref }) => ref === "#22")?.stages ?? {}), ["To do", "__proto__"]);
    for (const format of ["text", "csv", "markdown"] as const) assert.ok((await run(format)).length > 500);
  });

  it("explains what is wrong", async () => {
    assert.match(await run("json", { from: "2026-11-31" }), /“2026-11-31” is not a valid date/);
    assert.match(await run("json", { to: "2026-10-01" }), /The end date 2026-10-01 is before the start date 2026-11-01/);
    assert.match(await run("json", { only: { kind: "incidents" } }), /The desk has no kind “incidents”\. It has: incident, request\./);
    assert.match(await run("json", { only: { priority: "urgent" } }), /The desk has no priority “urgent”/);
    notes.length = 0;
    await run("json", { only: { kind: "incident", service: "Web" } });
    assert.deepEqual(notes.filter((note) => note.startsWith("No issue")), ["No issue has the kind “incident” and the service “Web”."]);
    rmSync(path.join(folder, ".desk"), { recursive: true });
    assert.match(await run(), /There is no folder “\.desk” in “runbooks” or above it/);
    rmSync(path.join(folder, "runbooks/desk.yml"));
    assert.match(await run(), /There is no desk\.yml in “runbooks”/);
    write("runbooks/desk.yml", office);
    assert.match(await run("json", { folder: "runbooks/desk.yml" }), /“runbooks\/desk\.yml” is not a folder\. Specify the folder that contains desk\.yml/);
    assert.match(await run("json", { folder: "other" }), /The folder “\/.*\/other” does not exist\./);
  });

  it("says why issues are missing: another file has the name of their folder, a folder cannot be read, or there are none", async () => {
    rmSync(path.join(folder, ".desk"), { recursive: true });
    write(".desk", "a file");
    assert.match(await run(), /“.*\/\.desk” is not a folder, so there are no issues/);
    rmSync(path.join(folder, ".desk"));
    mkdirSync(path.join(folder, ".desk"));
    assert.match(await run(), /"count": 0/);
    assert.match(notes.at(-1) ?? "", /^There are no issues in “.*\/\.desk”\. For issues on GitHub, add --github\.$/);
  });

  it("names the folder that it has no permission to read", () => {
    const locked = path.join(folder, ".desk/locked");
    mkdirSync(locked);
    chmodSync(folder, 0o755);
    chmodSync(locked, 0o000);
    // The superuser may read everything.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const words = [path.join(__dirname, "../../../src/cli/desk.mjs"), "metrics", "--desk", "runbooks", "--from", "2026-11-01", "--to", "2026-11-30"];
    const made = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8", ...nobody });
    assert.deepEqual([made.status, made.stdout], [2, ""]);
    assert.match(made.stderr, /^The folder “.*\/\.desk\/locked” cannot be read \(EACCES\)\. Check that you have permission to open it\.\n$/);
  });

  it("puts what the figures lack into the JSON as well", async () => {
    const { notes: printed }: { readonly notes?: readonly string[] } = JSON.parse(await run());
    assert.deepEqual([printed, notes], [notes, ["desk.yml is not in a Git repository, so its current version applies to all times."]]);
  });

  it("says why the history of desk.yml is unknown: it is in no commit, Git refuses, or there is no Git", async () => {
    git(["init", "--quiet", "--initial-branch=main"], "2026-11-01T00:00:00Z");
    await run();
    write(".git/config", "[core]\nrepositoryformatversion = 99\n");
    await run();
    const { PATH } = process.env;
    try {
      process.env["PATH"] = folder;
      await run();
    } finally {
      process.env["PATH"] = PATH;
    }
    assert.match(notes[0] ?? "", /^desk\.yml is in no commit of the current branch/);
    assert.match(notes[1] ?? "", /^Git cannot read the history of desk\.yml: .*version.*99.* Its current version applies to all times\.$/);
    assert.match(notes[2] ?? "", /^Git cannot be run \(ENOENT\)/);
  });

  it("runs from the command line, with the notes beside the output", () => {
    const desk = (...words: readonly string[]) => spawnSync(process.execPath, [path.join(__dirname, "../../../src/cli/desk.mjs"), ...words], { cwd: folder, encoding: "utf8" });
    const made = desk("metrics", "--desk", "runbooks", "--from", "2026-11-01", "--to", "2026-11-30", "--json");
    assert.equal(made.status, 0, made.stderr);
    const { issues }: Report = JSON.parse(made.stdout);
    assert.equal(issues.length, 2);
    assert.match(made.stderr, /not in a Git repository/);
    const refused = desk("metrics", "--desk", "runbooks");
    assert.deepEqual([refused.status, refused.stderr], [2, "The options --from and --to are missing. Use: desk metrics --desk <folder> --from <date> --to <date>\n"]);
    assert.match(desk("metrics", "--desk", "runbooks", "--from", "2026-11-01", "--to", "2026-11-30", "--json", "--csv").stderr, /Use only one of --json, --csv and --markdown/);
    assert.ok(existsSync(path.join(folder, ".desk")));
    const script = path.join(__dirname, "../../../src/cli/desk.mjs");
    const ended = spawnSync("bash", ["-c", `"${process.execPath}" "${script}" metrics --desk runbooks --from 2026-11-01 --to 2026-11-30 2>errors | true; echo "\${PIPESTATUS[0]}"`], { cwd: folder, encoding: "utf8" });
    assert.deepEqual([ended.stdout, readFileSync(path.join(folder, "errors"), "utf8").includes("EPIPE")], ["141\n", false]);
  });
});
