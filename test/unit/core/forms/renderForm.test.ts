import fc from 'fast-check';
import assert from 'node:assert/strict';
import { answerOf, formDraft, initialAnswers, renderForm, titleWith } from '../../../../src/core/forms/renderForm';
import { draftIssue } from '../../../../src/core/issue/draftIssue';
import type { Answers, FormField, IssueForm } from '../../../../src/core/model/issueForm';
import { readPending } from '../../../../src/core/sync/outboxEntries';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleDesk } from '../../../support/sampleDesk';

const head = { description: "", required: false, placeholder: "", value: "" };

const form = (fields: readonly FormField[], title = ""): IssueForm => ({ path: "x.yml", name: "X", about: "", title, labels: [], assignees: [], fields });

const boxes = (...labels: readonly string[]): { readonly label: string; readonly required: boolean }[] => labels.map((label) => ({ label, required: false }));

describe("an answered form", () => {
  it("is rendered as on GitHub", () => {
    const fields: readonly FormField[] = [
      { ...head, kind: "input", key: "contact", label: "Contact" },
      { ...head, kind: "textarea", key: "what", label: "What happened?" },
      { ...head, kind: "dropdown", key: "browsers", label: "Browsers", options: ["Firefox", "Chrome", "Safari"], multiple: true },
      { ...head, kind: "dropdown", key: "none", label: "Version", options: ["1"], multiple: false },
      { ...head, kind: "textarea", key: "log", label: "Log", render: "shell" },
      { ...head, kind: "textarea", key: "empty", label: "Empty log", render: "shell" },
      { ...head, kind: "checkboxes", key: "terms", label: "Terms", options: boxes("I agree", "I am a bot") },
    ];
    const answers: Answers = { contact: "a@b.org", what: "It\nfell\n", browsers: ["Safari", "Firefox"], log: "$ ls", empty: " \n", terms: ["I agree"] };
    assert.equal(
      renderForm(form(fields), answers),
      "### Contact\n\na@b.org\n\n### What happened?\n\nIt\nfell\n\n\n### Browsers\n\nFirefox, Safari\n\n### Version\n\n_No response_\n\n### Log\n\n```shell\n$ ls\n```\n\n### Empty log\n\n_No response_\n\n### Terms\n\n- [x] I agree\n- [ ] I am a bot",
    );
  });

  it("starts with the form's initial values", () => {
    const fields: readonly FormField[] = [
      { ...head, kind: "input", key: "a", label: "A", value: "first" },
      { ...head, kind: "dropdown", key: "b", label: "B", options: ["x", "y"], multiple: false, chosen: "y" },
    ];
    assert.equal(renderForm(form(fields), {}), "### A\n\nfirst\n\n### B\n\ny");
    assert.equal(renderForm(form(fields), { a: "", b: [] }), "### A\n\n_No response_\n\n### B\n\n_No response_");
    assert.equal(renderForm(form(fields), { a: ["odd"], b: "odd" }), "### A\n\nfirst\n\n### B\n\ny");
  });

  it("that is not filled in yet has what was entered before in its first field for text, above the form's own, and loses nothing without one", () => {
    const log: FormField = { ...head, kind: "textarea", key: "log", label: "Log", render: "shell" };
    const template = form([{ ...head, kind: "textarea", key: "", label: "", value: "## Steps\n" }]);
    const text = (one: IssueForm, details: string): string => formDraft({ kind: "incident", title: "It", details }, one, initialAnswers(one, details)).details;
    assert.equal(text(template, ""), "## Steps\n");
    assert.equal(text(template, "By phone."), "By phone.\n\n## Steps\n");
    assert.equal(text(form([log, { ...head, kind: "textarea", key: "what", label: "What?" }]), "By @ana."), "### Log\n\n_No response_\n\n### What?\n\nBy @ana.");
    assert.equal(text(form([log]), "By @ana."), "By @ana.\n\n### Log\n\n_No response_");
  });

  it("of a Markdown template is only its text", () => {
    assert.equal(renderForm(form([{ ...head, kind: "textarea", key: "", label: "", value: "## Steps\n" }]), {}), "## Steps\n");
    assert.equal(renderForm(form([{ ...head, kind: "textarea", key: "", label: "", value: "## Steps\n" }]), { "": "" }), "");
  });

  it("starts its title with the form's prefix, once, without placeholders", () => {
    const title = (first: string, own = "Viewer is slow"): string => titleWith(form([], first), own);
    assert.deepEqual([title(""), title("[Bug]:"), title("[BUG] <title>"), title("[bug]", "[Bug] Viewer")], ["Viewer is slow", "[Bug]: Viewer is slow", "[BUG] Viewer is slow", "[Bug] Viewer"]);
  });

  it("leaves the title to the person if the form has a complete one, as on GitHub", () => {
    const cut = "Cut v1.36.0-rc.1 release";
    for (const first of ["Cut v1.x.y-{alpha,beta,rc}.z release", "Release <version>: notes", "Bug report", "<short title>", "{{ title }}", "[Release] v<version>"]) {
      assert.equal(titleWith(form([], first), cut), cut, first);
    }
    assert.deepEqual(["docs: <what>", "(ops)", "RFC -", "[Bug] {what}"].map((first) => titleWith(form([], first), "It")), ["docs: It", "(ops) It", "RFC - It", "[Bug] It"]);
  });

  it("becomes a draft with the form's labels, assignees and type in addition to the desk's", () => {
    const filled = { ...form([{ ...head, kind: "input", key: "a", label: "A" }], "[Outage]"), labels: ["Incident", "triage"], assignees: ["ben"], type: "Bug" };
    const input = { kind: "incident", title: "Portal down", details: "old", labels: ["vip"], assignees: ["ana"] };
    assert.deepEqual(draftIssue(sampleDesk, formDraft(input, filled, { a: "here <!-- desk:run -->" })), {
      kind: "ok",
      value: { repository: "acme/live", kind: "incident", title: "[INCIDENT] [Outage] Portal down", body: "old\n\n### A\n\nhere <\\!-- desk:run -->", labels: ["incident", "vip", "triage"], assignees: ["ana", "ben"], type: "Bug" },
    });
    assert.equal(formDraft(input, undefined, {}), input);
    const pending = { key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation: { kind: "create", draft: { repository: "acme/live", kind: "incident", title: "t", body: "", labels: [], assignees: [], type: "Bug" } } };
    assert.deepEqual(readPending(pending), pending);
  });

  it("can be read back, whatever the answers are", function () {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z ?]{0,8}[A-Za-z]$/);
    // A text that is shown as code may be anything; another one could itself write a heading.
    const code = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.constantFrom("```", "````", "### A", "`", "\n", "x", "~~~", "\r\n"), { maxLength: 12 }).map((parts) => parts.join("")));
    const plain = code.map((text) => text.replaceAll("#", ""));
    const option = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
    const field = (label: string): fc.Arbitrary<{ readonly field: FormField; readonly answer: string | readonly string[] }> =>
      fc.oneof(
        word.map((answer) => ({ field: { ...head, kind: "input" as const, key: label, label }, answer })),
        plain.map((answer) => ({ field: { ...head, kind: "textarea" as const, key: label, label }, answer })),
        code.map((answer) => ({ field: { ...head, kind: "textarea" as const, key: label, label, render: "shell" }, answer })),
        option.chain((options) => fc.subarray(options).map((answer) => ({ field: { ...head, kind: "dropdown" as const, key: label, label, options, multiple: true }, answer }))),
        option.chain((options) => fc.subarray(options).map((answer) => ({ field: { ...head, kind: "checkboxes" as const, key: label, label, options: boxes(...options) }, answer }))),
      );
    const filled = fc.uniqueArray(word, { minLength: 1, maxLength: 5 }).chain((labels) => fc.tuple(...labels.map(field)));
    fc.assert(
      fc.property(filled, (parts) => {
        const answers = Object.fromEntries(parts.map(({ field: { key }, answer }) => [key, answer]));
        const fields = parts.map((part) => part.field);
        assert.deepEqual(readBack(fields, renderForm(form(fields), answers)), fields.map((one) => {
          const answer = answerOf(one, answers);
          return typeof answer === "string" && answer.trim() === "" ? "" : answer;
        }));
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

/** Reads as a Markdown reader would: a heading begins a part, except inside a fenced block, which ends at a fence at least as long. */
function readBack(fields: readonly FormField[], body: string): readonly (string | readonly string[])[] {
  let rest = body;
  return fields.map((field, index) => {
    const opening = `### ${field.label}\n\n`;
    assert.ok(rest.startsWith(opening), `${field.label} is not at ${JSON.stringify(rest)}`);
    rest = rest.slice(opening.length);
    const fence = field.kind === "textarea" && field.render !== undefined ? (/^(`{3,})shell\n/.exec(rest)?.[1] ?? "") : "";
    let inside = rest;
    if (fence !== "") {
      inside = rest.slice(fence.length + "shell\n".length);
      const end = inside.search(new RegExp(`(?<=^|\\n) {0,3}\`{${fence.length},}[ \\t]*(?=\\n|$)`));
      assert.ok(end > 0);
      rest = inside.slice(end + fence.length).replace(/^\n\n/, "");
      return inside.slice(0, end - 1);
    }
    const next = fields[index + 1];
    const end = next === undefined ? rest.length : rest.indexOf(`\n\n### ${next.label}\n\n`);
    inside = rest.slice(0, end);
    rest = rest.slice(end).replace(/^\n\n/, "");
    if (field.kind === "checkboxes") return inside.split("\n").flatMap((line) => /^- \[x\] (.*)$/.exec(line)?.[1] ?? []);
    if (field.kind === "dropdown") return inside === "_No response_" ? [] : inside.split(", ");
    return inside === "_No response_" ? "" : inside;
  });
}
