import assert from 'node:assert/strict';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { renderPostmortem, unwrittenEdits } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { parse, zone } from '../samples';

function edited(text: string, change: Partial<Postmortem>): string {
  const document = parse(text);
  return renderPostmortem({ ...document.postmortem, ...change }, zone, document);
}

describe("The fields of a post-mortem", () => {
  it("contain names as a list or as one text", () => {
    const names = (yaml: string): readonly string[] => parse(`---\n${yaml}\n---\n`).postmortem.services;
    assert.deepEqual(names("services: [Portal, 'Led, ger']"), ["Portal", "Led, ger"]);
    assert.deepEqual(names("services:\n- Portal\n-   Ledger # new"), ["Portal", "Ledger"]);
    assert.deepEqual(names("services: Portal, Ledger"), ["Portal", "Ledger"]);
    assert.deepEqual(names("services: 'Portal'"), ["Portal"]);
    assert.deepEqual(names("services:"), []);
    assert.deepEqual(names("services: {Portal: 1}"), []);
  });

  const styles: readonly (readonly [string, string])[] = [
    ["services: [Portal, \"Ledger\"] # ours", "services: [\"Ledger\", Mail] # ours"],
    ["services: []", "services: [Ledger, Mail]"],
    ["services:", "services: [Ledger, Mail]"],
    ["services: # which?\nlead: ana", "services: [Ledger, Mail] # which?\nlead: ana"],
    ["services: Portal, Ledger", "services: Ledger, Mail"],
    ["services:\n  - Portal\n  # the old one\n  - 'Ledger' # still used\nlead: ana", "services:\n  # the old one\n  - 'Ledger' # still used\n  - Mail\nlead: ana"],
    ["services:\n- Portal\n- Desk\nlead: ana", "services:\n- Ledger\n- Mail\nlead: ana"],
    ["services: [\n  Portal, # gone\n  Ledger, # here\n]", "services: [\n  Ledger, Mail, # here\n]"],
    ["services: [Portal,\n  Ledger,\n  Desk]", "services: [Ledger, Mail]"],
    ["lead: ana", "lead: ana\nservices: [Ledger, Mail]"],
  ];
  for (const [before, after] of styles) {
    it(`keep their style when a list changes: ${JSON.stringify(before)}`, () => {
      const wanted = after.includes("[\n") || !before.includes("\n  Ledger,\n") ? `---\n${after}\n---\nText` : undefined;
      const result = edited(`---\n${before}\n---\nText`, { services: ["Ledger", "Mail"] });
      assert.deepEqual(parse(result).postmortem.services, ["Ledger", "Mail"]);
      if (wanted !== undefined) assert.equal(result, wanted);
    });
  }

  it("keep a list's comments when it becomes empty", () => {
    assert.equal(edited("---\nservices:\n  # ours\n  - Portal\nlead: ana\n---\n", { services: [] }), "---\nservices:\n  # ours\nlead: ana\n---\n");
  });

  it("are added to a file without front matter, above its text", () => {
    assert.equal(edited("# The day\n\nText\n", { status: "Reviewed", services: ["Portal"] }), "---\nstatus: Reviewed\nservices: [Portal]\n---\n\n# The day\n\nText\n");
    assert.equal(edited("---\nA sentence between lines.\n\n---\n", { lead: "ana" }), "---\nlead: ana\n---\n\n---\nA sentence between lines.\n\n---\n");
    assert.equal(edited("---\n---\nText\n", { lead: "ana" }), "---\nlead: ana\n---\nText\n");
  });

  for (const text of ["---\nlead: ana\nseverity: [\n---\n", "+++\nlead = \"ana\"\n+++\n", "---\nlead: ana\nlead: ben\n---\n"]) {
    it(`can be read, but not changed, if they are not valid: ${JSON.stringify(text)}`, () => {
      const document = parse(`${text}\n## Summary\n\nDown\n`);
      assert.equal(document.postmortem.lead, "ana");
      const change = { ...document.postmortem, lead: "ben", texts: { ...document.postmortem.texts, summary: "Up" }, instants: { started: "2026-11-20T16:00:00Z" } };
      assert.equal(renderPostmortem(change, zone, document), document.text.replace("Down", "Up"));
      assert.deepEqual(unwrittenEdits(change, document).map((edit) => ("value" in edit ? edit.value : "")), ["ben", "2026-11-20T16:00:00Z"]);
    });
  }

  it("are not replaced if they contain more than a text", () => {
    const document = parse("---\nlead: { name: ana }\nowner: ben\n---\n");
    const change = { ...document.postmortem, lead: "cy", owner: "di" };
    assert.equal(renderPostmortem(change, zone, document), document.text.replace("ben", "di"));
    assert.deepEqual(unwrittenEdits(change, document), [{ kind: "field", field: "lead", value: "cy" }]);
  });
});
