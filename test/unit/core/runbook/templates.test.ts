import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import type { Desk } from '../../../../src/core/model/desk';
import { type FilledTemplate, fillTemplate, knownVariables, openVariables, templateValues, templateVariables } from '../../../../src/core/runbook/templates';
import { sampleIssue } from '../../../support/sampleIssue';

const template: FilledTemplate = { kind: "request", title: "Set up {{project}}", labels: ["{{team}}", "new"], assign: "{{primary}}", body: "{{incident.number}} <{{{project}}}>\n{{#note}}Note: {{note}}\n{{/note}}{{! gone }}{{other}}" };

describe("A template", () => {
  it("lists its variables without duplicates", () => {
    assert.deepEqual(templateVariables(template), ["project", "team", "primary", "incident.number", "note", "other"]);
  });

  it("is filled with the unmodified values, and keeps variables without one", () => {
    assert.deepEqual(fillTemplate(template, { project: "A & <b>", team: "", primary: "ana", "incident.number": "7", note: "x" }), {
      kind: "request", title: "Set up A & <b>", labels: ["new"], assign: "ana", body: "7 <A & <b>>\nNote: x\n{{other}}",
    });
  });

  it("omits a section whose value is missing, and never parses values as templates", () => {
    assert.equal(fillTemplate({ ...template, body: "a{{#note}}b{{/note}}{{project}}" }, { project: "{{note}}" }).body, "a{{note}}");
  });

  it("uses only the given values", () => {
    assert.equal(fillTemplate({ ...template, body: "{{constructor}}{{toString}}" }, {}).body, "{{constructor}}{{toString}}");
  });

  it("with invalid tags is unchanged", () => {
    assert.equal(fillTemplate({ ...template, body: "{{#a}} {{b" }, { b: "x" }).body, "{{#a}} {{b");
  });
});

describe("The values of variables", () => {
  const desk: Desk = { ...defaultDesk("acme/desk"), timezone: "Asia/Tokyo" };
  const issue = sampleIssue({ body: "", labels: ["incident", "priority: high", "service: Portal"] });
  const values = templateValues({ desk, now: "2026-11-20T20:00:00Z", holders: { primary: "ana" }, me: "ben", parent: { issue, facts: issueFacts(issue, desk) } });

  it("have the date in the desk's time zone, the roles and the parent", () => {
    assert.equal(values["date"], "2026-11-21");
    assert.equal(values["primary"], "@ana");
    assert.equal(values["me"], "@ben");
    assert.equal(values["title"], "Portal down");
    assert.equal(values["incident.number"], "7");
    assert.equal(values["parent.ref"], "acme/desk#7");
  });

  it("are known for every variable that completion offers for this parent", () => {
    const offered = knownVariables(desk).filter(({ name, source }) => source !== "role" && (source !== "parent" || !name.includes(".") || /^(?:parent|incident)\./.test(name)));
    assert.ok(offered.length > 10);
    assert.deepEqual(offered.filter(({ name }) => !Object.hasOwn(values, name)), []);
  });

  it("leave only unknown variables open, each once, with the templates that use it", () => {
    const [one, two] = [{ ...template, title: "{{project}} for {{incident.number}}", body: "{{customer}}, {{date}}" }, { ...template, title: "{{project}}", body: "" }].map((each, index) => ({ ...each, labels: [], assign: "", id: String(index), line: 0, endLine: 1 }));
    assert.ok(one !== undefined && two !== undefined);
    assert.deepEqual(openVariables([one, two], values), [{ name: "project", templates: [one, two] }, { name: "customer", templates: [one] }]);
    assert.deepEqual(openVariables([one], { ...values, project: "", customer: "" }), []);
  });
});
