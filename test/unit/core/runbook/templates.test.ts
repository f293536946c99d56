import assert from 'node:assert/strict';
import { type FilledTemplate, fillTemplate, templateVariables } from '../../../../src/core/runbook/templates';

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
