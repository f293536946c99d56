import assert from 'node:assert/strict';
import { completeRunbook, runbookSnippets } from '../../../../src/core/runbook/completeRunbook';
import { relativeLink, resolveRunbookLink } from '../../../../src/core/runbook/links';
import { areaAt } from '../../../../src/core/runbook/outline';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { sampleDesk } from '../../../support/sampleDesk';

const desk = { ...sampleDesk, people: [{ login: "ana", name: "Ana Ruiz", experienced: true, roles: ["on-site"], away: [] }] };

const runbooks = [{ path: "runbooks/a.md", title: "A" }, { path: "runbooks/net/lock (old).md", title: "Locked" }, { path: "other/b.md", title: "B" }];

/** What the text becomes for each suggestion at the bar. */
function completed(...lines: readonly string[]): readonly string[] {
  const line = lines.findIndex((one) => one.includes("|"));
  const column = lines[line]?.indexOf("|") ?? 0;
  const plain = lines.map((one) => one.replace("|", ""));
  const text = plain[line] ?? "";
  const found = completeRunbook(text, column, areaAt(readMarkdown(plain.join("\n")), line), ["title"], { desk, path: "runbooks/a.md", labels: ["bug"], runbooks, fields: ["project", "ticket number"], today: "2026-11-21" });
  return found.map((one) => text.slice(0, one.column) + one.text + text.slice(one.endColumn));
}

describe("The completion of a runbook suggests", () => {
  it("missing fields of front matter", () => {
    const all = completed("---", "title: x", "ki|", "---");
    assert.deepEqual([all.includes("kind: "), all.includes("title: "), all.includes("reviewEvery: ")], [true, false, true]);
  });
  it("values of fields", () => {
    assert.deepEqual(completed("---", "kind: in|", "---"), ["kind: incident", "kind: request", "kind: issue"]);
    assert.deepEqual(completed("---", "assign: |", "---"), ["assign: on-site", "assign: lead", "assign: communications", "assign: ana"]);
    assert.deepEqual(completed("---", "when: start|-of-day", "---"), ["start-of-day", "during-day", "end-of-day", "start-of-shift", "end-of-shift"].map((time) => `when: ${time}`));
    assert.deepEqual(completed("---", "reviewed: 2|", "---"), ["reviewed: 2026-11-21"]);
    assert.deepEqual(completed("---", "handbook: |", "---"), ["handbook: true", "handbook: false"]);
  });
  it("labels, each list item separately and with quotes if YAML needs them", () => {
    const all = completed("---", "labels: [bug, pri|]", "---");
    assert.ok(all.includes('labels: [bug, "priority: high"]'), all.join("\n"));
    assert.ok(all.includes("labels: [bug, incident]"));
    assert.ok(completed("---", 'labels: ["pri|"]', "---").includes('labels: ["priority: high"]'));
  });
  it("fields, their types, and what a step can ask for", () => {
    assert.deepEqual(completed("- [ ] Tell {{p|}}"), ["- [ ] Tell {{project}}", "- [ ] Tell {{ticket number}}"]);
    assert.deepEqual(completed("- [ ] Ask {{ticket: n|}} now"), ["text", "number", "date", "person", "link"].map((type) => `- [ ] Ask {{ticket: ${type}}} now`));
    assert.deepEqual(completed("- [ ] Release it (|)"), ["- [ ] Release it (approval by @)", "- [ ] Release it (comment required)"]);
    assert.deepEqual(completed("- [ ] `{{p|}}`"), []);
    assert.ok(completed("```issue", "title: {{tick|}}", "```").includes("title: {{ticket number}}"));
  });
  it("kinds, replacing the closing bracket that the editor inserted", () => {
    assert.deepEqual(completed("- [ ] Create a [RE|] now"), ["- [ ] Create a [INCIDENT] now", "- [ ] Create a [REQUEST] now", "- [ ] Create a [ISSUE] now"]);
    assert.deepEqual(completed("Create [|").length, 3);
  });
  it("no kinds where a checkbox starts, in code, or after the text of a link", () => {
    for (const line of ["- [|", "1. [ |", "see `[|`", "![|", "x[|"]) assert.deepEqual(completed(line), [], line);
  });
  it("roles and people", () => {
    assert.deepEqual(completed("ask @o|n"), ["ask @on-site", "ask @lead", "ask @communications", "ask @ana"]);
    assert.deepEqual(completed("mail ana@|"), []);
  });
  it("variables in templates, closed once", () => {
    const all = completed("```issue", "kind: issue", 'title: "Set up {{da|}}"', "```");
    assert.ok(all.includes('title: "Set up {{date}}"'), all.join("\n"));
    assert.ok(completed("```issue", "---", "By {{me|", "```").includes("By {{me}}"));
    assert.deepEqual(completed("{{|"), ["{{project}}", "{{ticket number}}"]);
  });
  it("links to other runbooks with relative paths", () => {
    const links = completed("see [x](|)").map((line) => line.slice("see [x](".length, -1));
    assert.deepEqual(links, ["net/lock%20%28old%29.md", "../other/b.md"]);
    assert.deepEqual(links.map((link) => resolveRunbookLink("runbooks/a.md", link)?.path), ["runbooks/net/lock (old).md", "other/b.md"]);
  });
  it("nothing in shell blocks", () => assert.deepEqual(completed("```sh", "echo [|", "```"), []));
});

describe("A link from one file to another", () => {
  const cases = [["a.md", "b.md", "b.md"], ["x/a.md", "b.md", "../b.md"], ["a.md", "x/b.md", "x/b.md"], ["x/y/a.md", "x/z/b.md", "../z/b.md"], ["x/a.md", "x/a/b.md", "a/b.md"], ["x/x/a.md", "x/a.md", "../a.md"]] as const;
  for (const [from, to, link] of cases) it(`from ${from} to ${to} is ${link}`, () => assert.equal(relativeLink(from, to), link));
});

describe("Snippets of a runbook", () => {
  const words = { step: "s", question: "q", yes: "Yes", no: "No", gate: "g", criterion: "c", title: "t", body: "b" };
  const names = (line: number, before: string): readonly string[] => runbookSnippets(line, before, "prose", desk, words).map(({ name }) => name);
  it("are offered at the start of a line, front matter only at the top, gates only without indentation", () => {
    assert.deepEqual(names(0, ""), ["step", "decision", "template", "shell", "gate", "frontMatter"]);
    assert.deepEqual(names(5, "st"), ["step", "decision", "template", "shell", "gate"]);
    assert.deepEqual(names(5, "  "), ["step", "decision", "template", "shell"]);
    assert.deepEqual(names(5, "some words"), []);
  });
  it("use the desk's own kinds", () => assert.match(runbookSnippets(1, "", "prose", desk, words)[2]?.text ?? "", /kind: \$\{1\|incident,request,issue\|\}/));
});
