import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import type { Desk } from '../../../../../src/core/model/desk';
import type { Runbook } from '../../../../../src/core/model/runbook';
import { runbookContext } from '../../../../../src/core/runbook/runbookContext';
import { selfAndAncestors } from '../../../../../src/host/commands/input/target';
import { originOfLine } from '../../../../../src/host/commands/linked/linkOrigin';
import { openVariables, templateValues, titleFromText } from '../../../../../src/host/commands/linked/linkedState';
import { readRunbook } from '../../../../../src/markdown/readMarkdown';
import { sampleIssue } from '../../../../support/sampleIssue';

const desk: Desk = { ...defaultDesk("acme/desk"), timezone: "Asia/Tokyo" };

const text = `# Onboarding

- [ ] Read the mail
- [ ] Create [REQUEST] or raise an [ISSUE] for the project
  - [ ] Name it

  \`\`\`issue
  kind: request
  title: "Set up {{project}} for {{incident.number}}"
  labels: [onboarding]
  ---
  For {{customer}}, by {{date}}.
  \`\`\`
- [ ] Update the [INCIDENT]
`;

const runbook: Runbook = readRunbook("runbooks/onboarding.md", text, runbookContext(desk));

const lineOf = (words: string): number => text.split("\n").findIndex((line) => line.includes(words));

describe("originOfLine", () => {
  it("takes the kinds that a step asks to create", () => {
    const origin = originOfLine(desk, { ...runbook, templates: [] }, lineOf("Create [REQUEST]"));
    assert.deepEqual(origin.kinds, ["request", "issue"]);
    assert.equal(origin.runbook?.step, runbook.steps[1]?.id);
  });

  it("takes the template around the line, and its step", () => {
    const origin = originOfLine(desk, runbook, lineOf("kind: request"));
    assert.deepEqual(origin.templates.map(({ kind }) => kind), ["request"]);
    assert.equal(origin.runbook?.step, origin.templates[0]?.step);
    assert.notEqual(origin.runbook?.step, undefined);
  });

  it("takes a mentioned kind if the step creates none", () => {
    assert.deepEqual(originOfLine(desk, runbook, lineOf("Update the")).kinds, ["incident"]);
  });

  it("suggests nothing outside of steps", () => {
    const origin = originOfLine(desk, runbook, 0);
    assert.deepEqual([origin.kinds, origin.templates, origin.runbook], [[], [], { path: "runbooks/onboarding.md" }]);
  });
});

describe("templateValues", () => {
  const parent = sampleIssue({ body: "" });
  const values = templateValues({ desk, now: "2026-11-20T20:00:00Z", holders: { primary: "ana" }, me: "ben", parent: { issue: parent, facts: issueFacts(parent, desk) } });

  it("has the date in the desk's time zone, the roles and the parent", () => {
    assert.equal(values["date"], "2026-11-21");
    assert.equal(values["primary"], "@ana");
    assert.equal(values["me"], "@ben");
    assert.equal(values["title"], "Portal down");
    assert.equal(values["incident.number"], "7");
    assert.equal(values["parent.ref"], "acme/desk#7");
  });

  it("leaves only unknown variables open, each once", () => {
    const template = runbook.templates[0];
    assert.ok(template !== undefined);
    assert.deepEqual(openVariables([template], values).map(({ name }) => name), ["project", "customer"]);
  });
});

describe("titleFromText", () => {
  it("removes the request for an issue and keeps its subject", () => {
    assert.equal(titleFromText("Create [REQUEST] for a new project:", ["request"]), "a new project");
    assert.equal(titleFromText("**Raise an [ISSUE]** about the cache.", ["issue"]), "the cache");
    assert.equal(titleFromText("Ask for `logs`", []), "Ask for logs");
    assert.equal(titleFromText("Create [REQUEST]", ["request"]), "");
  });
});

describe("selfAndAncestors", () => {
  it("follows parents to the root, and stops at a cycle", () => {
    const facts = issueFacts(sampleIssue(), desk);
    const ref = (number: number): { repository: string; number: number } => ({ repository: "acme/desk", number });
    const parents = new Map([[3, 2], [2, 1], [1, 2]]);
    const found = selfAndAncestors(ref(3), (at) => ({ ...facts, ...(parents.has(at.number) ? { parent: ref(parents.get(at.number) ?? 0) } : {}) }));
    assert.deepEqual([...found], ["acme/desk#3", "acme/desk#2", "acme/desk#1"]);
  });
});
