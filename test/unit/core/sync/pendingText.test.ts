import assert from 'node:assert/strict';
import { satisfactionOperations } from '../../../../src/core/incident/ending';
import { updateComment } from '../../../../src/core/incident/updateText';
import { draftWithChecklist } from '../../../../src/core/issue/draftIssue';
import { isBroken, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { noteClock, readClock } from '../../../../src/core/markup/clockRegion';
import { renderCommand } from '../../../../src/core/markup/commandMark';
import { readFields, setFields } from '../../../../src/core/markup/fieldRegion';
import { duplicateEndComment, recordStartedComment } from '../../../../src/core/markup/issueTexts';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Operation, SingleOperation } from '../../../../src/core/model/operation';
import { textOf, withText } from '../../../../src/core/sync/pendingText';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { sampleIssue } from '../../../support/sampleIssue';

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
    const command: Operation = { kind: "comment", ref, markdown: renderCommand("I ran it") };
    assert.deepEqual(textOf(command), { body: "I ran it" });
    assert.deepEqual(withText(command, { body: "I ran it twice" }), { kind: "comment", ref, markdown: renderCommand("I ran it twice") });
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

  describe("that a batch repeats", () => {
    const other = { repository, number: 2 };
    const stamp = { at: "2026-11-20T17:00:00Z", by: "ana" };
    const batch = (...operations: readonly SingleOperation[]): Operation => ({ kind: "batch", operations });
    const field = (name: string, value: string): SingleOperation => ({ kind: "edit", ref, change: { kind: "setFields", fields: [{ name, value, ...stamp }] } });
    const comment = (markdown: string, on = ref): SingleOperation => ({ kind: "comment", ref: on, markdown });
    const notice = (resolution: string): SingleOperation => comment(duplicateEndComment("resolved", ref, repository, resolution, "kim"), other);

    it("changes in the recorded resolution, and where the reporters of duplicates are informed", () => {
      const resolve = (text: string): Operation => batch(comment(renderMilestone("resolved", text)), field("resolution", text), notice(text));
      assert.deepEqual(withText(resolve("Fixed @all"), { body: "Restarted\nby @ben" }), resolve("Restarted\nby @ben"));
      const close = (text: string): Operation => batch({ kind: "close", ref, resolution: text }, notice(text));
      assert.deepEqual(withText(close("Fixed"), { body: "Restarted" }), close("Restarted"));
      assert.deepEqual(withText(batch(comment("Fixed"), comment("Fixed in #1: Fixed", other), field("resolution", "Other")), { body: "New" }), batch(comment("New"), comment("Fixed in #1: Fixed", other), field("resolution", "Other")), "nothing that a person wrote themselves");
    });

    it("changes in the update for each audience, whose headings stay", () => {
      const updates = (text: string): Operation => batch(...["users", "leadership"].map((audience) => comment(updateComment(text, { audience, means: ["mail"] }))));
      const body = textOf(updates("Down.\n\nNext: wait"))?.body ?? "";
      assert.deepEqual(withText(updates("Down.\n\nNext: wait"), { body: body.replace("Down.", "Up.") }), updates("Up.\n\nNext: wait"));
    });

    it("changes in the score of feedback", () => {
      const feedback = (score: number): Operation => batch(...satisfactionOperations(sampleIssue({ ref }), score, "Fast", stamp));
      const body = textOf(feedback(4))?.body ?? "";
      assert.deepEqual(withText(feedback(4), { body: body.replace("4 of 5", "2 of 5") }), feedback(2));
    });

    it("changes in the note on the opportunity of a record", () => {
      const start = (title: string): Operation => batch({ kind: "create", draft: { ...draft, kind: "record", title: `[RECORD] ${title}` } }, comment(renderMilestone("note", recordStartedComment(title)), other));
      assert.deepEqual(withText(start("New portal"), { title: "[RECORD] Newer portal", body: draft.body }), start("Newer portal"));
    });
  });
});
