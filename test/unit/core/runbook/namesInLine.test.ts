import assert from 'node:assert/strict';
import { namedIssues, type NameInLine, namesInLine, variablesInLine } from '../../../../src/core/runbook/mentions';
import { areaAt } from '../../../../src/core/runbook/outline';
import { variableSource } from '../../../../src/core/runbook/templates';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { deskNames } from '../../../support/readText';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const desk = { ...sampleDesk, people: [{ login: "ana", experienced: true, roles: ["primary"], away: [] }] };

const reported = (line: string, names: readonly NameInLine[]): readonly string[] =>
  names.map(({ name, column, endColumn }) => `${line.slice(column, endColumn)} = ${JSON.stringify(name)}`);

const namesOf = (line: string): readonly string[] => reported(line, namesInLine(line, deskNames));

describe("The names in a line of a runbook", () => {
  const cases: readonly (readonly [what: string, line: string, names: readonly string[]])[] = [
    ["kinds in brackets, in the desk's spelling", "- [ ] Create a **[REQUEST]**", ['[REQUEST] = {"kind":"kind","name":"request"}']],
    ["no links, boxes, pictures or code", "- [x] [request](a.md) ![request] `[request]` [other]", []],
    ["roles and people", "ask @Primary, then @ana or @zoe", ['@Primary = {"kind":"role","name":"primary"}', '@ana = {"kind":"person","login":"ana"}']],
    ["no addresses", "mail ana@primary.org, see @primary/x", []],
    ["issues with and without a repository", "see #12 and acme/docs#7.", ['#12 = {"kind":"issue","number":12}', 'acme/docs#7 = {"kind":"issue","repository":"acme/docs","number":7}']],
    ["no fragments, headings or entities", "[a](#12) a.md#12 &#39; #0 ##3 #12-a", []],
  ];
  for (const [what, line, names] of cases) it(`are ${what}`, () => assert.deepEqual(namesOf(line), names));

  it("include variables in all forms of a template", () => {
    const line = "{{title}} {{ incident.number }} {{{raw}}} {{#when}}x{{/when}} {{}} {x}";
    assert.deepEqual(variablesInLine(line).map(({ name }) => (name.kind === "variable" ? name.name : "")), ["title", "incident.number", "raw", "when", "when"]);
  });
});

describe("The issues that a number can mean", () => {
  const issue = (repository: string, number: number) => sampleIssue({ ref: { repository, number } });
  const issues = [issue("acme/live", 12), issue("acme/desk", 12), issue("acme/desk", 13)];
  const meant = (name: { repository?: string; number: number }, details: { kind?: string; repository?: string }): readonly string[] =>
    namedIssues(name, { labels: [], match: [], ...details }, desk, issues).map(({ ref }) => ref.repository);
  it("are those of the given repository", () => assert.deepEqual(meant({ repository: "ACME/desk", number: 12 }, { kind: "incident" }), ["acme/desk"]));
  it("are those of the runbook's repository", () => assert.deepEqual(meant({ number: 12 }, { kind: "incident", repository: "acme/desk" }), ["acme/desk"]));
  it("are those of the repository of its kind", () => assert.deepEqual(meant({ number: 12 }, { kind: "incident" }), ["acme/live"]));
  it("can be in any repository if the runbook names none", () => assert.deepEqual(meant({ number: 12 }, {}), ["acme/live", "acme/desk"]));
});

describe("The value of a variable", () => {
  const cases = { date: "date", me: "me", primary: "role", title: "parent", "incident.number": "parent", "parent.ref": "parent", project: "asked", "x.number": "asked" } as const;
  for (const [name, source] of Object.entries(cases)) it(`of ${name} comes from: ${source}`, () => assert.equal(variableSource(name, desk), source));
});

describe("The area of a line", () => {
  const areas = (lines: readonly string[]): readonly string[] => {
    const document = readMarkdown(lines.join("\n"));
    return lines.map((_, line) => areaAt(document, line));
  };
  it("is found for front matter, text, templates and code", () => {
    assert.deepEqual(
      areas(["---", "kind: x", "---", "# A", "- [ ] go", "  ```issue", "  kind: x", "  ---", "  body", "  ```", "```sh", "ls", "```", "<!--", "[x]", "-->", "end"]),
      ["prose", "frontMatter", "prose", "prose", "prose", "code", "templateHead", "templateHead", "templateBody", "code", "code", "code", "code", "code", "code", "code", "prose"],
    );
  });
  it("is front matter before that is closed, and while a key is being typed", () => {
    assert.deepEqual(areas(["---", "title: x", "ki"]), ["prose", "frontMatter", "frontMatter"]);
    assert.deepEqual(areas(["---", "ki", "---", "x"]), ["prose", "frontMatter", "prose", "prose"]);
  });
  it("is text below a horizontal rule", () => assert.deepEqual(areas(["---", "A sentence.", "- [ ] go"]), ["prose", "prose", "prose"]));
  it("is the head of a template up to its closing line, which can occur twice", () => {
    assert.deepEqual(areas(["```issue", "---", "kind: x", "---", "b", "```"]), ["code", "templateHead", "templateHead", "templateHead", "templateBody", "code"]);
  });
});
