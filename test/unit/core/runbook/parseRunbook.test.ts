import assert from "node:assert/strict";
import fc from "fast-check";
import { propertyRuns } from "../../../support/propertyRuns";
import { outlineOf, runbookOf } from "../../../support/readText";

function codesOf(lines: readonly string[], exists?: (path: string) => boolean): readonly string[] {
  return runbookOf(lines, exists === undefined ? {} : { exists }).problems.map(({ code, range }) => `${code} ${range.startLine}:${range.startColumn}-${range.endLine}:${range.endColumn}`);
}

describe("A runbook's title", () => {
  const cases: readonly (readonly [from: string, lines: readonly string[], title: string])[] = [
    ["front matter", ["---", "title: Onboard a person", "---", "# Other"], "Onboard a person"],
    ["its first heading, without marks", ["text", "", "## The **big** `one` [here](x.md)", "# Later"], "The big one here"],
    ["its file name", ["only text"], "a"],
  ];
  for (const [from, lines, title] of cases) it(`comes from ${from}`, () => assert.equal(runbookOf(lines).title, title));
});

describe("The steps of a runbook", () => {
  it("are its task items at any depth", () => {
    const runbook = runbookOf(["# T", "- [ ] one", "  more words", "  - [x] two", "    1. [ ] three", "- plain", "  - [ ] four", "", "> - [ ] five", "", "1. not this"]);
    assert.deepEqual(outlineOf(runbook), ["- one more words", "  - two", "    - three", "- four", "- five"]);
    assert.deepEqual(runbook.steps.map(({ line, endLine }) => [line, endLine]), [[1, 5], [3, 5], [4, 5], [6, 7], [8, 9]]);
  });

  it("are numbered items in a section without task items, with nested items as sub-steps", () => {
    const runbook = runbookOf(["# A", "1. one", "   1. deeper", "   - a remark", "2. two", "## B", "- [ ] task", "1. not this", "## C", "- remark", "  1. nor this"]);
    assert.deepEqual(outlineOf(runbook), ["- one", "  - deeper", "- two", "- task"]);
    assert.deepEqual(runbook.steps.map((step) => step.source), ["numbered", "numbered", "numbered", "task"]);
  });

  it("are leaf sections if there are no other steps", () => {
    const runbook = runbookOf(["# Restart", "words", "## Stop `it`", "text", "## Start it", "### Slowly", "text"]);
    assert.deepEqual(outlineOf(runbook), ["- Follow: Stop `it`", "- Follow: Slowly"]);
    assert.deepEqual(runbook.steps.map(({ line, endLine, source }) => [line, endLine, source]), [[2, 4, "section"], [5, 7, "section"]]);
  });

  it("do not include a numbered table of contents", () => {
    assert.deepEqual(outlineOf(runbookOf(["# A", "1. [Stop](#stop)", "2. [Start](#start)", "## Stop", "1. Do [it](#how)", "2. Wait"])), ["- Do [it](#how)", "- Wait"]);
  });

  it("do not show comments, except in code", () => {
    assert.deepEqual(outlineOf(runbookOf(["- [ ] Ask <!-- desk: within 15m --> them for `<!-- x -->`"])), ["- Ask them for `<!-- x -->`"]);
  });

  it("include decisions: a question whose items all start with an answer", () => {
    const yes = ["- [ ] Is it **up?**", "  - Yes: go on", "  - **No**: restart", "    - [ ] twice", "- [ ] Why?", "  - [ ] look", "  - [ ] think"];
    assert.deepEqual(outlineOf(runbookOf(yes)), ["? Is it **up?**", "  > Yes: go on", "  > **No**: restart", "    - twice", "- Why?", "  - look", "  - think"]);
    assert.deepEqual(outlineOf(runbookOf(["1. Up?", "   - Yes: fine", "   - No: restart", "2. End"])), ["? Up?", "  > Yes: fine", "  > No: restart", "- End"]);
    assert.deepEqual(outlineOf(runbookOf(["- [ ] Note?", "  - Yes: fine"])), ["- Note?"]);
  });

  it("refer to their section and parent step", () => {
    const { steps, sections } = runbookOf(["- [ ] before", "# A", "- [ ] one", "  - [ ] two"]);
    assert.deepEqual(steps.map((step) => [step.section, step.parent]), [[undefined, undefined], [sections[0]?.id, undefined], [sections[0]?.id, steps[1]?.id]]);
  });

  it("contain only roles, kinds and runbooks of their own text", () => {
    const { steps } = runbookOf(["- [ ] Ask @Primary, @nobody and a@backup.org", "  and create a [REQUEST] as in [this](../other/b.md#x)", "  - [ ] Close the [Incident] with @on-site. [Web](https://x.org/c.md)"]);
    assert.deepEqual(steps.map(({ roles, mentions, runbooks }) => ({ roles, mentions, runbooks })), [
      { roles: ["primary"], mentions: [{ kind: "request", action: "create" }], runbooks: ["other/b.md#x"] },
      { roles: ["on-site"], mentions: [{ kind: "incident", action: "close" }], runbooks: [] },
    ]);
  });
});

describe("Sections", () => {
  it("extend to the next heading of their level, and can be gates", () => {
    const { sections } = runbookOf(["# A", "## Gate: ready", "- [ ] x", "## Gateway", "# B", "> # quoted", "- # listed"]);
    assert.deepEqual(sections.map(({ title, depth, line, endLine, gate }) => [title, depth, line, endLine, gate]), [
      ["A", 1, 0, 4, false],
      ["Gate: ready", 2, 1, 3, true],
      ["Gateway", 2, 3, 4, false],
      ["B", 1, 4, 7, false],
    ]);
  });
});

describe("Commands, templates, links", () => {
  it("are shell blocks with any name of their language", () => {
    const { commands } = runbookOf(["- [ ] run", "  ```Bash title=x", "  echo 1", "", "  echo 2", "  ```", "~~~{.sh}", "ls", "~~~", "```yaml", "a: 1", "```"]);
    assert.deepEqual(commands, [
      { language: "bash", text: "echo 1\n\necho 2", line: 1, endLine: 6 },
      { language: "sh", text: "ls", line: 6, endLine: 9 },
    ]);
  });

  it("are issue blocks with a head and a body, and belong to the step around or above them", () => {
    const { templates, steps, problems } = runbookOf([
      "# A", "- [ ] set up", "- [ ] ask", "", "```issue", "kind: Request", 'title: "Set up {{project}}: now"', "labels: [onboarding, new]", "priority: high", "assign: \"@backup\"", "---", "Body", "", "- [ ] agreed", "```", "# B", "```issue", "kind: issue", "title: T", "```",
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(templates.map(({ id: _, ...rest }) => rest), [
      { line: 4, endLine: 15, step: steps[1]?.id, kind: "request", title: "Set up {{project}}: now", labels: ["onboarding", "new"], priority: "high", assign: "backup", body: "Body\n\n- [ ] agreed" },
      { line: 16, endLine: 20, kind: "issue", title: "T", labels: [], body: "" },
    ]);
    assert.equal(steps.length, 2);
  });

  it("are links to Markdown files of the workspace, with their lines", () => {
    const { links } = runbookOf(["[a](b.md) and `[no](c.md)`", "then [d](<../x y.md#part>) [r][ref] [out](../../../o.md)", "", "[ref]: /top/z.md", "", "![i](p.md.png) [s](#here)"]);
    assert.deepEqual(links, [
      { path: "runbooks/b.md", line: 0 },
      { path: "x y.md", fragment: "part", line: 1 },
      { path: "top/z.md", line: 1 },
      { path: "runbooks/a.md", fragment: "here", line: 5 },
    ]);
  });
});

describe("Front matter", () => {
  it("contains every field", () => {
    const { details, problems } = runbookOf([
      "---", "kind: Incident", "labels: [a, b c]", "repository: acme/desk", "assign: '@primary'", "priority: high", "role: backup", "when: start-of-day", "match: login, portal",
      "within: 4h", "respondWithin: 1h", "updateEvery: 30m", "reviewed: 2026-11-01", "reviewEvery: 12w", "draft: true", "---", "# A",
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(details, {
      kind: "incident", labels: ["a", "b c"], repository: "acme/desk", assign: "primary", priority: "high", role: "backup", when: "start-of-day", match: ["login", "portal"],
      within: "4h", respondWithin: "1h", updateEvery: "30m", reviewed: "2026-11-01", reviewEvery: "12w",
    });
  });

  it("reads plain lines as the YAML parser does", function () {
    const value = fc.oneof(fc.constantFrom("true", "1.0", "0x1", "null", "~", "12h", "2026-02-30", "a: b", "a # b", "x", "[a, 1]", "[]", "", "yes", "-", "'q'", '"q # r"', "it's a b's", '[a, "b, c", d]', '["a" b]', "a b/c"), fc.string({ maxLength: 6, unit: fc.constantFrom(..."ab1 :#[],'\"-") }));
    fc.assert(
      fc.property(value, (written) => {
        const fast = runbookOf(["---", `title: ${written}`, `labels: ${written}`, "---", "# A"]);
        const slow = runbookOf(["---", `title: ${written}`, `labels: ${written}`, "'other': {}", "---", "# A"]);
        assert.deepEqual([fast.title, fast.details.labels], [slow.title, slow.details.labels]);
      }),
      { seed: 7, numRuns: propertyRuns(150) },
    );
  });

  for (const [old, value] of [["start-of-turn", "start-of-shift"], ["end-of-turn", "end-of-shift"]] as const) {
    it(`reads ${old}, the value of version 0.1.0, as ${value}`, () => {
      const { details, problems } = runbookOf(["---", `when: ${old}`, "---", "- [ ] a"]);
      assert.deepEqual([details.when, problems], [value, []]);
    });
  }

  it("that is invalid keeps its valid lines and every step", () => {
    const runbook = runbookOf(["---", "title: Restart", "kind: incident", "labels: [a", "---", "- [ ] one"]);
    assert.equal(runbook.title, "Restart");
    assert.equal(runbook.details.kind, "incident");
    assert.deepEqual(outlineOf(runbook), ["- one"]);
    assert.deepEqual(runbook.problems.map((problem) => problem.code), ["badFrontMatter"]);
  });

  it("is not confused with similar text", () => {
    assert.deepEqual(outlineOf(runbookOf(["---", "- [ ] one", "---", "- [ ] two"])), ["- one", "- two"]);
  });
});

describe("Problems", () => {
  const cases: readonly (readonly [what: string, lines: readonly string[], problems: readonly string[]])[] = [
    ["an unknown kind", ["---", "kind: page", "---"], ["unknownKind 1:6-1:10"]],
    ["an unknown role", ["---", "role: boss", "assign: ana", "---"], ["unknownRole 1:6-1:10"]],
    ["an unknown priority", ["---", "priority: urgent", "---"], ["unknownPriority 1:10-1:16"]],
    ["a date that is none", ["---", "reviewed: 2026-02-30", "---"], ["badDate 1:10-1:20"]],
    ["a bad duration", ["---", "reviewEvery: soon", "---"], ["badDuration 1:13-1:17"]],
    ["a bad time of day", ["---", "when: noon", "---"], ["badWhen 1:6-1:10"]],
    ["a gate without items", ["# A", "## Gate: QA", "- words", "## B", "- [ ] x"], ["emptyGate 1:0-1:11"]],
    ["a template that is not closed", ["- [ ] a", "  ```issue", "  kind: request"], ["unclosedTemplate 1:2-1:10"]],
    ["a template of no kind", ["```issue", "title: x", "```"], ["badTemplate 0:0-0:8"]],
    ["a template of an unknown kind", ["```issue", "kind: bug", "title: x", "```"], ["unknownKind 1:6-1:9"]],
    ["a template whose YAML is broken", ["```issue", "kind: request", "title: {{x}}: y", "```"], ["badTemplate"]],
    ["a template whose variable is not closed", ["```issue", "kind: request", "title: x", "---", "{{#a}}", "```"], ["badTemplate 0:0-0:8"]],
  ];
  for (const [what, lines, problems] of cases) {
    it(`include ${what} with its position`, () => assert.deepEqual(codesOf(lines).map((code, index) => (problems[index]?.includes(" ") === true ? code : code.split(" ")[0])), problems));
  }

  it("include a link to a missing runbook with its exact position", () => {
    assert.deepEqual(codesOf(["x", "- see [b](b.md),", "  and [c](  c.md 'title')"], (path) => path === "runbooks/b.md"), ["brokenLink 2:12-2:16"]);
    assert.deepEqual(codesOf(["x", "   [c](c.md)"], () => false), ["brokenLink 1:7-1:11"]);
  });

  it("are found once, and only when somebody asks", () => {
    const asked: string[] = [];
    const runbook = runbookOf("[b](b.md)", { exists: (path) => asked.push(path) > 1 });
    assert.deepEqual(asked, []);
    assert.deepEqual(runbook.problems.map(({ code }) => code), ["brokenLink"]);
    assert.deepEqual([runbook.problems.length, asked], [1, ["runbooks/b.md"]]);
  });

  it("do not include unknown content", () => {
    assert.deepEqual(codesOf(["---", "layout: x", "menu: {a: 1}", "---", "[TODO] @channel [^1] {{x}}", "```mermaid", "a", "```", "- [ ] Create a [PR]"]), []);
  });
});

describe("A step's id", () => {
  const word = fc.constantFrom("check", "ask", "restart", "log", "wait", "read", "tell", "note");
  const text = fc.tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.nat(999)).map(([words, number]) => `${words.join(" ")} ${number}`);

  it("is stable when other parts of the file change", () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 8 }), fc.uniqueArray(text, { maxLength: 6 }), fc.nat(7), (kept, others, seed) => {
        const before = ["# Work", ...kept.map((one) => `- [ ] ${one}`)];
        const added = others.filter((one) => !kept.includes(one));
        const after = ["---", "title: New", "---", "Words.", "# Other", ...kept.map((one) => `- [ ] ${one}`).slice(0, seed), "# Work", "A remark.", ...kept.flatMap((one, index) => [`- [x]  ${one}`, ...(added[index] === undefined ? [] : [`  - [ ] ${added[index]}`, "", "```sh", "ls", "```", ""])])];
        const idOf = new Map(runbookOf(before).steps.map((step) => [step.text, step.id]));
        const work = runbookOf(after);
        const section = work.sections.find((one) => one.title === "Work")?.id;
        for (const step of work.steps) if (step.section === section && idOf.has(step.text)) assert.equal(step.id, idOf.get(step.text));
      }),
      { seed: 3 },
    );
  });

  it("is unique in the file, also among equal texts", () => {
    const lines = ["# A", "- [ ] same", "- [ ] same", "  - [ ] same", "# A", "- [ ] same", "- [ ] other", "  - [ ] same"];
    const { steps, sections } = runbookOf(lines);
    assert.equal(new Set(steps.map((step) => step.id)).size, 6);
    assert.equal(new Set(sections.map((section) => section.id)).size, 2);
    for (const { id } of steps) assert.match(id, /^[a-z0-9]{6}$/);
  });
});

describe("A runbook's revision", () => {
  it("changes with the text, but not with line breaks", () => {
    const { revision } = runbookOf("# A\n- [ ] b\n");
    assert.equal(runbookOf("\uFEFF# A\r\n- [ ] b\r\n").revision, revision);
    assert.notEqual(runbookOf("# A\n- [ ] c\n").revision, revision);
  });
});
