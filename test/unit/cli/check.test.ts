import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { check } from "../../../src/cli/check";
import { readArguments, type ReportFormat } from "../../../src/cli/readArguments";
import { assertSarif } from "../../support/assertSarif";

const desk = "kinds:\n  request: { repository: acme/desk, prefix: \"[REQUEST]\" }\npeople:\n  - { login: ana, roles: [on-site] }\n";

describe("desk check", function () {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-check-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  }

  async function report(format: ReportFormat, ...targets: readonly string[]): Promise<{ readonly text: string; readonly errors: number }> {
    const parts: string[] = [];
    const result = await check({ targets: targets.length === 0 ? [folder] : targets, format, from: folder }, async (text) => void parts.push(text));
    assert.ok(result.kind === "ok");
    return { text: parts.join(""), errors: result.value };
  }

  async function records(...targets: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    return JSON.parse((await report("json", ...targets)).text);
  }

  async function codes(...targets: readonly string[]): Promise<readonly string[]> {
    const { text } = await report("text", ...targets);
    return text.split("\n").slice(0, -2).map((line) => line.split(" ").slice(0, 3).join(" "));
  }

  it("reports near-checkboxes in all output formats", async () => {
    write({ "runbooks/a.md": "- [ ] Good\n- [] Page the team\n- [ ]Tell support\n-[ ] Close the bridge\n" });
    const lines = (await report("text", "runbooks")).text.split("\n").slice(0, 3);
    assert.deepEqual(lines.map((line) => line.split(" ").slice(0, 3).join(" ")), [2, 3, 4].map((line) => `runbooks/a.md:${line}: warning nearBox`));
    assert.match(lines[0] ?? "", /“- \[\]” is not a checkbox, so this line is not a step\. Use “- \[ \]”\.$/);
    assert.match(lines[1] ?? "", /A space is missing after “- \[ \]”, so this line is not a step\.$/);
    const problems: unknown = (await records("runbooks"))[0]?.["problems"];
    assert.deepEqual(JSON.parse(JSON.stringify(problems)).map(({ code, line }: { readonly code: string; readonly line: number }) => [code, line]), [["nearBox", 2], ["nearBox", 3], ["nearBox", 4]]);
    const sarif = (await report("sarif", "runbooks")).text;
    assertSarif(JSON.parse(sarif));
    assert.equal(sarif.match(/"ruleId":\s*"nearBox"/g)?.length, 3);
  });

  it("returns the full contents of a file, with lines starting at 1", async () => {
    write({
      "desk.yml": desk,
      "a/one.md": "---\r\ntitle: One\r\nkind: Request\r\n---\r\n# Ignored\r\n- [ ] Raise a [REQUEST] as in [two](../two.md)\r\n- [ ] Up?\r\n  - Yes: go on\r\n  - No: wait\r\n## Gate: ready\r\n```Bash x\r\nls\r\n```\r\n```issue\r\nkind: request\r\ntitle: T\r\n```\r\n",
      "two.md": "",
    });
    const [one, two] = await records();
    const steps: readonly Record<string, unknown>[] = JSON.parse(JSON.stringify(one?.["steps"]));
    const ids = steps.map(({ id }) => id);
    assert.equal(new Set(ids).size, 4);
    const step = (index: number, line: number, text: string, rest: object = {}) => ({ id: ids[index], text, line, depth: index > 1 ? 1 : 0, source: "task", kinds: [], runbooks: [], ...rest });
    assert.deepEqual(one, {
      path: "a/one.md",
      title: "One",
      kind: "request",
      sections: [{ title: "Ignored", depth: 1, line: 5, slug: "ignored", startable: true }, { title: "Gate: ready", depth: 2, line: 10, slug: "gate-ready", startable: false }],
      steps: [step(0, 6, "Raise a [REQUEST] as in [two](../two.md)", { kinds: ["request"], runbooks: ["two.md"] }), step(1, 7, "Up?"), step(2, 8, "Yes: go on"), step(3, 9, "No: wait")],
      gates: [{ title: "Gate: ready", line: 10 }],
      decisions: [{ id: ids[1], text: "Up?", line: 7, options: [{ id: ids[2], text: "Yes: go on", line: 8 }, { id: ids[3], text: "No: wait", line: 9 }] }],
      commands: [{ language: "bash", line: 11 }],
      templates: [{ kind: "request", title: "T", line: 14 }],
      flowcharts: [],
      fields: [],
      approvals: [],
      problems: [{ severity: "warning", code: "emptyGate", message: "The gate “Gate: ready” has no items, so it is always open. Add its criteria as “- [ ]” items.", line: 10 }],
    });
    assert.deepEqual(two, { path: "two.md", title: "two", kind: null, sections: [], steps: [], gates: [], decisions: [], commands: [], templates: [], flowcharts: [], fields: [], approvals: [], problems: [] });
  });

  it("returns flowcharts as Mermaid understands them, with the lines of the file", async () => {
    write({ "a.md": "# A\n```mermaid\nflowchart LR\ns([Start]) --> q{Up?}\nq -->|Yes| b\nsubgraph one [First]\nb[[Other]]\nend\nq -.-> b\n```\n" });
    const [file] = await records();
    const [chart] = JSON.parse(JSON.stringify(file?.["flowcharts"]));
    assert.deepEqual({ ...chart, problems: chart.problems.map(({ line, code }: { readonly line: number; readonly code: string }) => [line, code]) }, {
      line: 2,
      direction: "LR",
      nodes: [{ id: "s", text: "Start", shape: "terminal", line: 4 }, { id: "q", text: "Up?", shape: "decision", line: 4 }, { id: "b", text: "Other", shape: "subprocess", line: 7, subgraph: "one" }],
      edges: [{ from: "s", to: "q", style: "solid" }, { from: "q", to: "b", label: "Yes", style: "solid" }, { from: "q", to: "b", style: "dotted" }],
      subgraphs: [{ id: "one", title: "First" }],
      problems: [[9, "exitWithoutLabel"]],
    });
  });

  it("returns the fields of all steps, and who approves them", async () => {
    write({ "a.md": "# A\n- [ ] Set up {{project}} in {{location: Cloud | Crystal}} (approval by @ana or @qa)\n- [ ] Tell {{project}} about {{ticket?: number}}\n" });
    const [file] = await records();
    assert.deepEqual([file?.["fields"], file?.["approvals"]], [
      [
        { name: "project", type: "text", required: true, lines: [2, 3] },
        { name: "location", type: "choice", required: true, choices: ["Cloud", "Crystal"], lines: [2] },
        { name: "ticket", type: "number", required: false, lines: [3] },
      ],
      [{ line: 2, by: ["ana", "qa"] }],
    ]);
  });

  it("finds all Markdown files in order, and skips node_modules and hidden folders", async () => {
    write(Object.fromEntries(["b.md", "a.MD", "a/b.markdown", "a-b.md", "node_modules/x.md", ".git/x.md", ".desk/x.md", ".github/x.md", "c.txt", "d.md/e.md"].map((name) => [name, "# T"])));
    symlinkSync(folder, path.join(folder, "a", "around"));
    symlinkSync(path.join(folder, "b.md"), path.join(folder, "a", "link.md"));
    assert.deepEqual((await records()).map((file) => file["path"]), [".github/x.md", "a-b.md", "a.MD", "a/b.markdown", "a/link.md", "b.md", "d.md/e.md"]);
  });

  it("accepts several folders and single files, with paths relative to their common folder", async () => {
    write({ "a/x.md": "", "a/b/y.md": "", "c/z.md": "", "c/n.md": "" });
    assert.deepEqual((await records("a", "a/b", "c/z.md")).map((file) => file["path"]), ["a/b/y.md", "a/x.md", "c/z.md"]);
    assert.deepEqual((await records("c/z.md")).map((file) => file["path"]), ["z.md"]);
  });

  it("prints one problem per line, with paths that can be opened, and a count", async () => {
    write({ "docs/a.md": "---\nreviewed: soon\n---\n[gone](b.md)\n", "docs/b.md.txt": "", "docs/c.md": "```issue\n" });
    const { text, errors } = await report("text", "docs");
    assert.deepEqual(text.split("\n"), [
      "docs/a.md:2: warning badDate “soon” is not a date. Use a date such as 2026-11-21.",
      "docs/a.md:4: warning brokenLink The file b.md does not exist in this workspace.",
      "docs/c.md:1: error unclosedTemplate This issue template is not closed, so it includes everything below. Add a line with ``` at its end.",
      "2 files checked: 1 error, 2 warnings",
      "",
    ]);
    assert.equal(errors, 1);
  });

  it("checks names against the nearest desk.yml within the repository, and skips that check without one", async () => {
    const runbook = "---\nkind: page\nrole: on-site\n---\n";
    write({ "none/a.md": runbook, "with/desk.yml": desk, "with/deep/a.md": runbook, "broken/desk.yml": "kinds: []\n", "broken/a.md": runbook });
    assert.deepEqual(await codes(), [`${folder}/broken/desk.yml:1: error wrongType`, `${folder}/with/deep/a.md:2: warning unknownKind`]);
    assert.deepEqual(await codes("with/deep"), []);
    mkdirSync(path.join(folder, ".git"));
    assert.deepEqual(await codes("with/deep"), ["with/deep/a.md:2: warning unknownKind"]);
  });

  it("reports headings that are gone, in desk.yml and in links of steps, as warnings", async () => {
    write({
      "runbooks/desk.yml": `${desk}checklists:\n  - { runbook: a.md#start-of-day, when: start-of-day }\n  - { runbook: a.md#start-of-the-day, when: start-of-day }\n  - { runbook: b.md, when: end-of-day }\n`,
      "runbooks/a.md": "# A\n\n## Start of the day\n\n- [ ] See [x](c.md#at-nite), [y](c.md#by-hand) and [z](#start-of-the-day)\n",
      "runbooks/c.md": "# C\n\n## At night\n\n<a name='by-hand'></a>\n",
    });
    const { text, errors } = await report("text", "runbooks");
    assert.equal(errors, 0);
    assert.deepEqual(text.split("\n").slice(0, -2), [
      "runbooks/a.md:5: warning brokenFragment c.md has no heading “#at-nite”. Did you mean “#at-night”?",
      "runbooks/desk.yml:6: warning missingHeading a.md has no heading “#start-of-day”. Did you mean “#start-of-the-day”?",
      "runbooks/desk.yml:8: warning missingRunbook The runbook b.md does not exist in the folder of this file.",
    ]);
  });

  it("resolves links that start with / from the repository's root", async () => {
    write({ ".git/HEAD": "", "docs/a.md": "- [ ] [b](/docs/b.md)\n- [ ] [c](../c.md)\n", "docs/b.md": "", "c.md": "" });
    const [a] = await records("docs");
    assert.deepEqual(JSON.parse(JSON.stringify(a?.["steps"])).map((step: { readonly runbooks: unknown }) => step.runbooks), [["b.md"], ["../c.md"]]);
    assert.deepEqual(await codes("docs"), []);
  });

  it("reports where a file stops being UTF-8, and still reads its steps", async () => {
    write({ "a.md": Buffer.from("# Caf\u00e9\n- [ ] na\u00efve \u2014\n".replace("\u2014", "-"), "latin1"), "b.md": Buffer.concat([Buffer.from("- [ ] ok\n"), Buffer.from([0xff]), Buffer.from("\n- [ ] too\n")]) });
    assert.deepEqual(await codes(), [`${folder}/a.md:1: error notUtf8`, `${folder}/b.md:2: error notUtf8`]);
    assert.deepEqual((await records()).map((file) => JSON.parse(JSON.stringify(file["steps"])).length), [1, 2]);
  });

  it("reports files and folders that cannot be opened", async function () {
    write({ "a.md": "# A", "sub/x.md": "", "z.md": "" });
    symlinkSync(path.join(folder, "nowhere"), path.join(folder, "gone.md"));
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) {
      chmodSync(path.join(folder, "z.md"), 0);
      chmodSync(path.join(folder, "sub"), 0);
    }
    const found = await codes();
    if (!isRoot) chmodSync(path.join(folder, "sub"), 0o700);
    assert.deepEqual(found, [`${folder}/gone.md:1: error unreadable`, ...(isRoot ? [] : [`${folder}/sub:1: error unreadable`, `${folder}/z.md:1: error unreadable`])]);
  });

  it("writes SARIF with locations relative to the repository's root", async () => {
    write({ ".git/HEAD": "", "my docs/ä.md": "x\n  [gone](b.md)\n" });
    const { text } = await report("sarif", "my docs");
    const log: unknown = JSON.parse(text);
    assertSarif(log);
    assert.deepEqual(JSON.parse(text).runs[0].results[0].locations[0].physicalLocation, {
      artifactLocation: { uri: "my%20docs/%C3%A4.md", uriBaseId: "%SRCROOT%" },
      region: { startLine: 2, startColumn: 10, endLine: 2, endColumn: 14 },
    });
    assertSarif(JSON.parse((await report("sarif", "my docs/..")).text));
  });

  it("does not let a file control the terminal", async () => {
    write({ "a.md": "---\nreviewed: \"\\e[31mred\"\n---\n" });
    assert.doesNotMatch((await report("text")).text, /[^\P{Cc}\n]/u);
  });

  it("does not let the name of a file control the terminal or reorder its line", async () => {
    write({ "b\u202Edm.\u001b[31m.md": "---\nreviewed: never\n---\n" });
    const { text } = await report("text");
    assert.match(text, /b\?dm\.\?\[31m\.md/);
    assert.doesNotMatch(text, /[^\P{Cc}\n]|\u202E/u);
  });

  const misuses: readonly (readonly [words: readonly string[], advice: RegExp])[] = [
    [[], /desk --help/],
    [["check"], /desk check <folder>/],
    [["check", "--jso", "good"], /“--jso”.*--json/],
    [["check", "--json", "--sarif", "good"], /only one of --json and --sarif/],
    [["look", "good"], /“look”.*desk --help/],
  ];
  for (const [words, advice] of misuses) {
    it(`explains the correct usage for: ${["desk", ...words].join(" ")}`, () => {
      const request = readArguments(words);
      assert.ok(request.kind === "failed");
      assert.match(request.failure, advice);
    });
  }

  it("reports calendars and events that are ignored, at their line in desk.yml", async () => {
    const event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Nowhere Time:20260612T150000\r\nDTEND;TZID=Nowhere Time:20260612T170000\r\nEND:VEVENT\r\n";
    write({ "a.md": "# A\n", "desk.yml": "timezone: Europe/Berlin\nholidays:\n  - 2026-12-25\n  - calendar: off.ics\n  - { calendar: none.ics }\n  - { country: QQ }\n", "off.ics": `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${event}END:VCALENDAR\r\n` });
    const lines: string[] = [];
    assert.deepEqual(await check({ targets: ["."], format: "text", from: folder }, async (text) => void lines.push(text)), { kind: "ok", value: 0 });
    assert.deepEqual(lines.join("").match(/^desk\.yml:\d+: \w+ \w+/gm), ["desk.yml:4: warning unknownZone", "desk.yml:5: warning missing", "desk.yml:6: warning unknownCountry"]);
  });

  it("reports people added since the last commit who change current shifts", async () => {
    const desk = (people: string): string => `people: [${people}]\nrotation: { starts: 2026-01-05, every: 999d, roles: [primary] }\n`;
    write({ "a.md": "# A\n", "desk.yml": desk("{ login: ana }, { login: ben }") });
    const reported = async (): Promise<readonly string[]> => {
      const lines: string[] = [];
      await check({ targets: ["."], format: "text", from: folder }, async (text) => void lines.push(text));
      return lines.join("").match(/^desk\.yml:\d+: \w+ \w+/gm) ?? [];
    };
    const git = (...words: readonly string[]) => execFileSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", ...words], { cwd: folder, stdio: "ignore" });
    git("init");
    write({ "desk.yml": desk("{ login: new }, { login: ana }, { login: ben }") });
    assert.deepEqual(await reported(), []);
    write({ "desk.yml": desk("{ login: ana }, { login: ben }") });
    git("add", ".");
    git("commit", "-m", "Add a desk");
    assert.deepEqual(await reported(), []);
    write({ "desk.yml": desk("{ login: new }, { login: ana }, { login: ben }") });
    assert.deepEqual(await reported(), ["desk.yml:1: warning joinsNow"]);
    write({ "desk.yml": desk("{ login: new, from: 2028-10-01 }, { login: ana }, { login: ben }") });
    assert.deepEqual(await reported(), []);
  });

  it("rejects a path that is not a folder or a Markdown file", async () => {
    write({ "a.txt": "" });
    const result = await check({ targets: ["a.txt"], format: "text", from: folder }, async () => assert.fail("wrote a report"));
    assert.ok(result.kind === "failed" && result.failure.includes("“a.txt”"));
  });

  it("runs from any folder and through npm, and exits with 0, 1 or 2", function () {
    // Five processes, each of which compiles the command first.
    write({ "good/a.md": "# A\n", "bad/a.md": "```issue\n" });
    const command = path.resolve("src/cli/desk.mjs");
    const run = (...words: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { cwd: folder, encoding: "utf8" });
      return { status, stdout, stderr };
    };
    assert.deepEqual(run("check", "good"), { status: 0, stdout: "1 file checked: 0 errors, 0 warnings\n", stderr: "" });
    assert.equal(run("check", "bad", "--json").status, 1);
    const misused = run("check", "none");
    assert.deepEqual([misused.status, misused.stdout], [2, ""]);
    assert.match(misused.stderr, /“none”/);
    const npm = execFileSync("npm", ["--prefix", process.cwd(), "run", "--silent", "desk", "--", "check", "good", "--json"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], shell: process.platform === "win32" });
    assert.deepEqual(JSON.parse(npm).map((file: { readonly path: string }) => file.path), ["a.md"]);
  });
});
