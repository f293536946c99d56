import fc from "fast-check";
import assert from "node:assert/strict";
import { defineFields, fieldNamePattern, fillApprovers, fillRoleVariables, readRequests, valueFlaw, withoutRequests } from "../../../../src/core/model/stepRequests";
import { cpuTime } from "../../../support/cpuTime";
import { anyLine } from "../../../support/sampleChecklist";

const fieldsIn = (text: string): readonly unknown[] => readRequests(text).fields;

describe("what a step asks for", () => {
  it("is a value for each name in braces, with its type, choices, and a question mark if it is optional", () => {
    assert.deepEqual(fieldsIn("Set up {{project}} for {{ ticket number : Number }} by {{due?: date}} in {{location: Cloud | Private server |}}, {{lead:person}}, {{see: link}}"), [
      { name: "project", required: true },
      { name: "ticket number", type: "number", required: true },
      { name: "due", type: "date", required: false },
      { name: "location", type: "choice", choices: ["Cloud", "Private server"], required: true },
      { name: "lead", type: "person", required: true },
      { name: "see", type: "link", required: true },
    ]);
  });

  it("is nothing in code, in longer braces, for variables that templates fill in, and for names that are none", () => {
    for (const text of ["`{{project}}`", "{{{project}}}", "{{date}} {{title}} {{incident.number}}", "{{ .Values.image }}", "{{#each}}", "{{__proto__}}", "{{}}", "{{project}", `{{${"a".repeat(61)}}}`, "(approved by ana)", "(no approval by @ana)"]) {
      assert.deepEqual(readRequests(text), { fields: [], commentRequired: false }, text);
    }
  });

  it("is an approval by any of several people, and a comment, together or alone", () => {
    assert.deepEqual(readRequests("Release it (approval by @ana or @qa-team, @ANA)").approval, { by: ["ana", "qa-team"] });
    assert.deepEqual(readRequests("Release it (Approval by @ana, comment required)"), { fields: [], approval: { by: ["ana"] }, commentRequired: true });
    assert.deepEqual(readRequests("Hand it over (comment required)"), { fields: [], commentRequired: true });
    assert.deepEqual(readRequests("Tell them that no comment required it"), { fields: [], commentRequired: false });
  });

  it("can follow a question, which is a decision without it", () => {
    assert.equal(withoutRequests("Is it a false alarm? (approval by @qa)"), "Is it a false alarm?");
    assert.equal(withoutRequests("Is it done? (maybe)"), "Is it done? (maybe)");
  });

  it("names the people of a role, only in approvals", () => {
    assert.equal(fillApprovers("Ask @qa (approval by @QA or @ana)", { qa: ["maya", "noah"] }), "Ask @qa (approval by @maya or @noah or @ana)");
    assert.equal(fillApprovers("Ask (approval by @constructor)", {}), "Ask (approval by @constructor)");
  });

  it("is not the name of a role, which is replaced by its holder unless it has a type", () => {
    assert.equal(fillRoleVariables("Tell {{primary}} and {{ primary }}, not `{{primary}}`, {{lead: person}} or {{project}}", { primary: "ana", lead: "ben" }), "Tell @ana and @ana, not `{{primary}}`, {{lead: person}} or {{project}}");
  });

  it("is read in linear time, and never throws", () => {
    fc.assert(fc.property(anyLine, (text) => void readRequests(text)));
    const started = cpuTime();
    for (const text of ["{{a".repeat(30_000), `{{${"a ".repeat(30_000)}`, "(approval by ".repeat(10_000), `(${",".repeat(50_000)}`, `(comment required${" ".repeat(50_000)}`]) readRequests(text);
    assert.ok(cpuTime() - started < 1_000);
  });
});

describe("a field of several steps", () => {
  it("has the first type that is written, also if that comes later", () => {
    const steps = ["{{project}} {{ticket}}", "{{ticket: number}}", "{{ticket: date}} {{size: S | L}}"].map(readRequests);
    assert.deepEqual(defineFields(steps), [{ name: "project", type: "text" }, { name: "ticket", type: "number" }, { name: "size", type: "choice", choices: ["S", "L"] }]);
  });

  it("accepts only values of its type", () => {
    const cases: readonly (readonly [Parameters<typeof valueFlaw>[0], string, ReturnType<typeof valueFlaw>])[] = [
      [{ type: "text" }, " ", "empty"],
      [{ type: "text" }, "{{x}} <!-- desk:step a --> |", undefined],
      [{ type: "number" }, "-12.5", undefined],
      [{ type: "number" }, "1e999", "notNumber"],
      [{ type: "date" }, "2026-02-28", undefined],
      [{ type: "date" }, "2026-02-30", "notDate"],
      [{ type: "choice", choices: ["S", "L"] }, "M", "notChoice"],
      [{ type: "choice", choices: ["S", "L"] }, "L", undefined],
      [{ type: "person" }, "ana", undefined],
      [{ type: "person" }, "ana ruiz", "notLogin"],
      [{ type: "link" }, "https://example.org/1", undefined],
      [{ type: "link" }, "javascript:alert(1)", "notLink"],
    ];
    for (const [field, value, flaw] of cases) assert.equal(valueFlaw(field, value), flaw, `${field.type} ${value}`);
  });

  it("has a name that can be stored, whatever letters it has", () => {
    for (const name of ["prénom", "チケット", "a", "ticket number", "constructor", "a".repeat(60)]) assert.ok(fieldNamePattern.test(name), name);
    for (const name of ["", " a", "a ", "a.b", "a\nb", "<!--", "a".repeat(61)]) assert.ok(!fieldNamePattern.test(name), name);
  });
});
