import assert from 'node:assert/strict';
import { type FilledTemplate, fillTemplate, templateVariables } from '../../../../src/core/runbook/templates';

const template: FilledTemplate = { kind: "request", title: "Set up {{project}}", labels: ["{{team}}", "new"], assign: "{{primary}}", body: "{{incident.number}} <{{{project}}}>\n{{#note}}Note: {{note}}\n{{/note}}{{! gone }}{{other}}" };

describe("A template", () => {
  it("names its variables once", () => {
    assert.deepEqual(templateVariables(template), ["project", "team", "primary", "incident.number", "note", "other"]);
  });

  it("is filled with the values as they are, and keeps what has none", () => {
    assert.deepEqual(fillTemplate(template, { project: "A & <b>", team: "", primary: "ana", "incident.number": "7", note: "x" }), {
      kind: "request", title: "Set up A & <b>", labels: ["new"], assign: "ana", body: "7 <A & <b>>\nNote: x\n{{other}}",
    });
  });

  it("leaves a section out whose value is missing, and never reads values as templates", () => {
    assert.equal(fillTemplate({ ...template, body: "a{{#note}}b{{/note}}{{project}}" }, { project: "{{note}}" }).body, "a{{note}}");
  });

  it("takes only values that were given", () => {
    assert.equal(fillTemplate({ ...template, body: "{{constructor}}{{toString}}" }, {}).body, "{{constructor}}{{toString}}");
  });

  it("with broken marks stays as it is", () => {
    assert.equal(fillTemplate({ ...template, body: "{{#a}} {{b" }, { b: "x" }).body, "{{#a}} {{b");
  });
});
