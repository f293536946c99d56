import assert from 'node:assert/strict';
import { parseForm, parseTemplate, readForms } from '../../../../src/core/forms/readForms';
import type { IssueForm } from '../../../../src/core/model/issueForm';

const bug = `name: Bug report
description: Something does not work
title: "[Bug]: "
labels: [bug, triage]
assignees: ana, ben
type: Bug
body:
  - type: markdown
    attributes:
      value: Thanks for *helping*.
  - type: input
    id: contact
    attributes:
      label: Contact
      description: Whom do we ask?
      placeholder: a@b.org
    validations:
      required: true
  - type: textarea
    attributes:
      label: Log
      value: |
        one
          two
      render: shell
  - type: dropdown
    attributes:
      label: Version
      options:
        - 1.0
        - "2.0"
        - 3
      default: 1
  - type: dropdown
    attributes: { label: Browsers, multiple: true, options: [Firefox, Chrome] }
  - type: checkboxes
    attributes:
      label: Terms
      options:
        - label: I agree
          required: true
        - label: I am a bot
`;

const formOf = (source: string): IssueForm => {
  const form = parseForm("x/bug.yml", source);
  return form.kind === "ok" ? form.value : assert.fail(JSON.stringify(form.failure));
};

describe("a form's YAML", () => {
  it("returns all fields of the form in order", () => {
    assert.deepEqual(formOf(bug), {
      path: "x/bug.yml", name: "Bug report", about: "Something does not work", title: "[Bug]:", labels: ["bug", "triage"], assignees: ["ana", "ben"], type: "Bug",
      fields: [
        { kind: "input", key: "contact", label: "Contact", description: "Whom do we ask?\nThanks for *helping*.", required: true, placeholder: "a@b.org", value: "" },
        { kind: "textarea", key: "Log", label: "Log", description: "", required: false, placeholder: "", value: "one\n  two", render: "shell" },
        { kind: "dropdown", key: "Version", label: "Version", description: "", required: false, options: ["1.0", "2.0", "3"], multiple: false, chosen: "2.0" },
        { kind: "dropdown", key: "Browsers", label: "Browsers", description: "", required: false, options: ["Firefox", "Chrome"], multiple: true },
        { kind: "checkboxes", key: "Terms", label: "Terms", description: "", required: true, options: [{ label: "I agree", required: true }, { label: "I am a bot", required: false }] },
      ],
    });
  });

  it("tolerates what GitHub only warns about", () => {
    const form = formOf('name: 12\nhello: world\nbody:\n- {type: input, attributes: {label: true}}\n- {type: input, attributes: {label: true}}\n- {type: checkboxes, attributes: {options: [{label: a}]}}\n- {type: upload, attributes: {label: Picture}}\n');
    assert.equal(form.name, "12");
    assert.deepEqual(form.fields.map(({ kind, key, label }) => [kind, key, label]), [["input", "true", "true"], ["input", "true+", "true"], ["checkboxes", "", ""], ["textarea", "Picture", "Picture"]]);
  });

  const flaws: readonly (readonly [string, string, string, number | undefined])[] = [
    ["no YAML", "name: [\nbody:", "badYaml", 1],
    ["keys that come twice", "name: a\nname: b\n", "badYaml", 1],
    ["no map", "- a\n", "noName", undefined],
    ["no name", "body:\n- {type: input, attributes: {label: a}}\n", "noName", undefined],
    ["nothing to answer", "name: a\nbody:\n- type: markdown\n  attributes: {value: b}\n", "noField", 1],
    ["no body", "name: a\n", "noField", 0],
    ["a body that is no list", "name: a\nbody: b\n", "noField", 1],
    ["a field without a type", "name: a\nbody:\n- attributes: {label: b}\n", "badField", 2],
    ["a field of an unknown type", "name: a\nbody:\n- {type: slider, attributes: {label: b}}\n", "badField", 2],
    ["a field that is a text", "name: a\nbody:\n- b\n", "badField", 2],
    ["a field without a label", "name: a\nbody:\n- type: input\n", "noLabel", 2],
    ["a choice of nothing", "name: a\nbody:\n- {type: dropdown, attributes: {label: b, options: []}}\n", "noOptions", 2],
    ["boxes without texts", "name: a\nbody:\n- {type: checkboxes, attributes: {label: b, options: [c]}}\n", "noOptions", 2],
  ];
  for (const [what, source, reason, line] of flaws) {
    it(`reports where it has ${what}`, () => {
      assert.deepEqual(parseForm("x/a.yml", source), { kind: "failed", failure: { reason, ...(line === undefined ? {} : { line }) } });
    });
  }
});

describe("a Markdown template", () => {
  const template = (source: string): ReturnType<typeof parseTemplate> => parseTemplate("x/ISSUE_TEMPLATE.md", source);

  it("has its fields in front matter, and keeps its text unchanged", () => {
    const read = template("---\r\nname: 🐞 Bug\nabout: File a bug\ntitle: '[BUG] <title>'\nlabels: Bug, Needs Triage\nassignees: ''\ntype: Bug\n\n---\n\n<!-- Note -->\r\n\n### Steps:\n");
    assert.ok(read.kind === "ok");
    const { fields, ...head } = read.value;
    assert.deepEqual(head, { path: "x/ISSUE_TEMPLATE.md", name: "🐞 Bug", about: "File a bug", title: "[BUG] <title>", labels: ["Bug", "Needs Triage"], assignees: [], type: "Bug" });
    assert.deepEqual(fields, [{ kind: "textarea", key: "", label: "", description: "", required: false, placeholder: "", value: "<!-- Note -->\r\n\n### Steps:\n" }]);
  });

  it("is named after its file if it has no front matter", () => {
    const read = template("## What?\n\n---\n\nname: no\n");
    assert.ok(read.kind === "ok");
    assert.deepEqual([read.value.name, read.value.fields[0]?.kind === "textarea" && read.value.fields[0].value], ["ISSUE_TEMPLATE.md", "## What?\n\n---\n\nname: no\n"]);
  });

  it("reports where its front matter is invalid", () => {
    assert.deepEqual(template("---\nname: a: b: c\n---\nx"), { kind: "failed", failure: { reason: "badYaml", line: 1 } });
  });
});

describe("the forms of a repository", () => {
  const read = (files: Readonly<Record<string, string | undefined>>, maintainer = false): ReturnType<typeof readForms> =>
    readForms(Object.entries(files).map(([name, text]) => ({ path: `t/${name}`, ...(text === undefined ? {} : { text }) })), maintainer, (path) => ({ kind: "file", path }));

  it("are in GitHub's order, and invalid ones are separate", () => {
    const small = (name: string): string => `name: ${name}\nbody: [{type: input, attributes: {label: a}}]\n`;
    const { forms, broken } = read({ "b.md": "---\nname: M\n---\n", "10-z.yml": small("Z"), "2-a.yaml": small("A"), "bad.yml": "name: [", "gone.yml": undefined });
    assert.deepEqual(forms.map(({ name }) => name), ["Z", "A", "M"]);
    assert.deepEqual(broken, [
      { path: "t/bad.yml", location: { kind: "file", path: "t/bad.yml" }, reason: "badYaml", line: 0 },
      { path: "t/gone.yml", location: { kind: "file", path: "t/gone.yml" }, reason: "unreadable" },
    ]);
  });

  it("include who can skip them, and contact links", () => {
    const config = "blank_issues_enabled: false\ncontact_links:\n- {name: Forum, url: 'https://a.org', about: Ask}\n- {name: Bad, url: 'command:x'}\n- {url: 'https://b.org'}\n";
    assert.deepEqual(read({ "config.yml": config }), { forms: [], broken: [], links: [{ name: "Forum", about: "Ask", url: "https://a.org" }], blank: "nobody" });
    assert.equal(read({ "config.yaml": config }, true).blank, "maintainers");
    assert.equal(read({ "config.yml": "contact_links: 5\n" }).blank, "everybody");
    assert.deepEqual(read({ "config.yml": "a: [" }).broken.map(({ reason }) => reason), ["badYaml"]);
  });
});
