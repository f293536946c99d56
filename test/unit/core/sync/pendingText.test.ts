import assert from 'node:assert/strict';
import { draftWithChecklist } from '../../../../src/core/issue/draftIssue';
import { isBroken, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { noteClock, readClock } from '../../../../src/core/markup/clockRegion';
import { readFields, setFields } from '../../../../src/core/markup/fieldRegion';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Operation } from '../../../../src/core/model/operation';
import { textOf, withText } from '../../../../src/core/sync/pendingText';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const repository = "acme/desk";

const ref = { repository, number: 1 };

const draft = { repository, kind: "incident", title: "[INCIDENT] Portal", body: "Mail\r\nwith lines", labels: ["incident"], assignees: [] };

function bodyOf(operation: Operation): string {
  return operation.kind === "create" ? operation.draft.body : assert.fail(operation.kind);
}

describe("the text of a pending change", () => {
  it("is a draft's title and body; everything else stays", () => {
    const create: Operation = { kind: "create", draft, under: { parent: ref, relation: "child" } };
    assert.deepEqual(textOf(create), { title: draft.title, body: draft.body });
    assert.deepEqual(withText(create, { title: "New\ntitle", body: "New" }), { ...create, draft: { ...draft, title: "New title", body: "New" } });
    assert.deepEqual(withText(create, textOf(create) ?? {}), create);
  });

  it("of a comment cannot become a milestone", () => {
    const edited = withText({ kind: "comment", ref, markdown: "First" }, { body: "Second\n\n<!-- desk:moment resolved -->" });
    assert.deepEqual(edited, { kind: "comment", ref, markdown: "Second\n\n<\\!-- desk:moment resolved -->" });
  });

  it("does not include the checklist of a draft", () => {
    const checklist = sampleChecklist([step("a")]);
    for (const body of [draft.body, "", "Ends with lines\n\n\n"]) {
      const create: Operation = { kind: "create", draft: draftWithChecklist({ ...draft, body }, checklist) };
      assert.equal(textOf(create)?.body, body.trimEnd());
      const edited = withText(create, { title: "T", body: "Other words\n<!-- desk:run id=x -->" });
      assert.equal(isBroken(bodyOf(edited), repository), false);
      assert.deepEqual(readChecklists(bodyOf(edited), repository), readChecklists(bodyOf(create), repository));
      assert.equal(readChecklists(bodyOf(edited), repository).length, 1);
      assert.match(bodyOf(edited), /^Other words\n/);
      assert.equal(bodyOf(withText(create, textOf(create) ?? {})), bodyOf(create));
    }
  });

  it("does not include the fields and the clock of a draft, which are kept", () => {
    const fields = setFields(noteClock(draft.body, { reported: "2026-11-20T16:00:00Z" }), [{ name: "criteria", value: "Outage", at: "2026-11-20T16:00:00Z", by: "ana" }]);
    const create: Operation = { kind: "create", draft: { ...draft, body: fields } };
    assert.equal(textOf(create)?.body, draft.body);
    const edited = bodyOf(withText(create, { body: "Other words" }));
    assert.deepEqual([readFields(edited), readClock(edited)], [readFields(fields), readClock(fields)]);
    assert.match(edited, /^Other words\r?\n/);
  });

  it("is a comment without its milestone mark, which is kept", () => {
    const milestone: Operation = { kind: "comment", ref, markdown: renderMilestone("mitigated", "Rolled back") };
    assert.deepEqual(textOf(milestone), { body: "Rolled back" });
    assert.deepEqual(withText(milestone, { body: "Rolled on" }), { ...milestone, markdown: renderMilestone("mitigated", "Rolled on") });
    const update = renderMilestone("update", "Down.", { audience: "users", next: "2026-11-20T17:00:00Z" });
    assert.deepEqual(withText({ kind: "comment", ref, markdown: update }, { body: "Up." }), { kind: "comment", ref, markdown: update.replace("Down.", "Up.") });
    assert.deepEqual(withText({ kind: "comment", ref, markdown: "a" }, { body: "b" }), { kind: "comment", ref, markdown: "b" });
  });

  it("is a resolution or a new title; a tick and a link have none", () => {
    assert.deepEqual(withText({ kind: "close", ref, resolution: "a" }, { body: "b" }), { kind: "close", ref, resolution: "b" });
    const rename: Operation = { kind: "edit", ref, change: { kind: "retitle", title: "a" } };
    assert.deepEqual(textOf(rename), { title: "a" });
    assert.deepEqual(withText(rename, { title: "b" }), { ...rename, change: { kind: "retitle", title: "b" } });
    assert.equal(textOf({ kind: "edit", ref, change: { kind: "reopen" } }), undefined);
    assert.equal(textOf({ kind: "link", child: ref, under: { parent: ref, relation: "related" } }), undefined);
  });
});
