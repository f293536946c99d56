import assert from "node:assert/strict";
import { readMarkdown } from "../../../src/markdown/readMarkdown";
import { outlineOf, runbookOf } from "../../support/readText";

describe("The title of a real-world runbook", () => {
  const cases: readonly (readonly [what: string, text: string, title: string])[] = [
    ["closing marks", "# Restore ##\n", "Restore"],
    ["a setext heading", "Restore\nthe *database*\n====\n", "Restore the database"],
    ["an id for a site generator", "# Restore {#restore}\n", "Restore"],
    ["classes in kramdown's way", "# Restore {: .wide #x }\n", "Restore"],
    ["a variable that stays", "# Restore {{name}}\n", "Restore {{name}}"],
    ["a link", "# [Restore](x.md) of <b>all</b>\n", "Restore of all"],
    ["pictures beside words", "# ![logo](x.png) Restore [![build](b.svg)](c)\n", "Restore"],
    ["only a picture", "# ![Restore](x.png)\n", "Restore"],
    ["a key of several words in front matter", "---\nLast updated: 2026-01-02\ntitle: Restore\n---\n# Other\n", "Restore"],
    ["TOML", "+++\n# site\ntitle = \"Restore \\\"all\\\"\"\n[menu]\ntitle = 'no'\n+++\n# Other\n", "Restore \"all\""],
    ["TOML without a title", "+++\ndraft = true\n[menu]\ntitle = 'no'\n+++\n# Other\n", "Other"],
    ["empty front matter", "---\n---\n# Restore\n", "Restore"],
    ["front matter that is not closed", "---\ntitle: x\n\n# Restore\n", "Restore"],
    ["a rule below", "# Restore\n\n---\n\ntitle: x\n\n---\n", "Restore"],
    ["no heading", "Words.\n", "a"],
  ];
  for (const [what, text, title] of cases) it(`is read with ${what}`, () => assert.equal(runbookOf(text).title, title));

  it("keeps its formatting when it is far too long", () => {
    const text = "**a** ".repeat(200).trim();
    assert.equal(runbookOf(`# ${text}`).title, text);
  });
});

describe("The steps of real-world runbooks", () => {
  const cases: readonly (readonly [what: string, text: string, outline: readonly string[]])[] = [
    ["numbers that go on behind code that is not indented", "1. a\n```\nx\n```\n2. b\n\n```\ny\n```\n3) c\n", ["- a", "- b", "- c"]],
    ["boxes without words", "- [ ]\n- [ ] \n- [x] a\n1. [ ]\n2. [ ] b\n", ["- a", "- b"]],
    ["every list mark, and a tick in capitals", "* [X] a\n+ [ ] b\n- [x] c\n1) [ ] d\n", ["- a", "- b", "- c", "- d"]],
    ["tables and code", "| - [ ] a |\n|---|\n| - [ ] b |\n\n~~~sh\n- [ ] c\n~~~\n\n    - [ ] d\n\n- [ ] e\n```\n- [ ] f\n", ["- e"]],
    ["HTML around them", "<details><summary>x</summary>\n\n- [ ] a\n\n</details>\n<Tabs>\n\n- [ ] b\n\n</Tabs>\n", ["- a", "- b"]],
    ["templates", "{% if x %}\n- [ ] {{ a }}\n{% endif %}\n{{< note >}}\n- [ ] b\n{{< /note >}}\n", ["- {{ a }} {% endif %} {{< note >}}", "- b {{< /note >}}"]],
    ["footnotes", "- [ ] a[^1]\n\n[^1]: See b.\n\n    - [ ] c\n\n    1. no step\n\n# D\n\n1. e\n\n[^2]: 1. f\n", ["- a[^1]", "- c", "- e"]],
    ["rules around a list", "---\nBefore: this\n- [ ] a\n---\n- [ ] b\n", ["- a", "- b"]],
    ["quotes", "> 1. no\n> - [ ] a\n", ["- a"]],
    ["null and half characters", "- [ ] a\0\n- [ ] \ud800b\n", ["- a\uFFFD", "- \ud800b"]],
  ];
  for (const [what, text, outline] of cases) it(`are found with ${what}`, () => assert.deepEqual(outlineOf(runbookOf(text)), outline));

  it("are found in four hundred nested lists and nine hundred nested quotes", () => {
    const stairs = Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- [ ] ${depth}`).join("\n");
    assert.deepEqual(runbookOf(stairs).steps.map(({ depth, text }) => `${depth}`.concat(text)), Array.from({ length: 400 }, (_, depth) => `${depth}${depth}`));
    assert.deepEqual(outlineOf(runbookOf(`${"> ".repeat(900)}- [ ] a`)), ["- a"]);
  });

  it("end before the empty lines below them, however many lists end there", () => {
    const text = `- [ ] a\n  - [ ] b\n    - [ ] c${"\n".repeat(1000)}> - [ ] d\n>\n>\n`;
    assert.deepEqual(runbookOf(text).steps.map(({ line, endLine }) => [line, endLine]), [[0, 3], [1, 3], [2, 3], [1002, 1003]]);
  });

  it("have unique ids among thousands of equal texts", () => {
    const same = Array.from({ length: 3000 }, (_, index) => `${"  ".repeat(index % 40)}- [ ] again`).join("\n");
    assert.equal(new Set(runbookOf(same).steps.map(({ id }) => id)).size, 3000);
  });
});

describe("Commands in real-world runbooks", () => {
  for (const info of ["bash {linenos=true}", "sh title=\"x\"", "{.bash}", "{ .bash .copy }", "{bash}", "console", "Shell", "language-sh", "bash,ignore", "bash:run.sh", "shell-session", "posh"]) {
    it(`are recognized by ${info}`, () => assert.equal(runbookOf(`\`\`\`${info}\nls\n\`\`\``).commands.length, 1));
  }
  for (const info of ["", "yaml", "text", "{.yaml}", "bashful"]) it(`are not ${info === "" ? "blocks without a language" : info}`, () => assert.deepEqual(runbookOf(`\`\`\`${info}\nls\n\`\`\``).commands, []));
});

describe("Links in real-world runbooks", () => {
  it("lead nowhere while they contain a template variable", () => {
    assert.deepEqual(runbookOf("[a]({{ url }}/x.md) [b](${base}/y.md) [c](<{% x %}.md>) [d](z.md)", { exists: () => false }).problems.map(({ details }) => details["path"]), ["runbooks/z.md"]);
  });

  it("are found in references too", () => {
    assert.deepEqual(runbookOf("[x] and [y][]\n\n[x]: a.md\n[y]: b.md\n").links.map(({ path }) => path), ["runbooks/a.md", "runbooks/b.md"]);
  });
});

describe("Lines", () => {
  it("are those of the file with any line breaks and a byte order mark", () => {
    const text = "---\ntitle: x\n---\n# A\n\n- [ ] b\n\n```sh\nls\n```\n";
    for (const end of ["\n", "\r\n", "\r"]) {
      const { sections, steps, commands } = runbookOf(`\uFEFF${text.replaceAll("\n", end)}`);
      assert.deepEqual([sections[0]?.line, steps[0]?.line, commands[0]?.line], [3, 5, 7]);
    }
    assert.equal(readMarkdown("a\u2028b\u0085c\vd").lines.length, 1);
  });
});
