import assert from 'node:assert/strict';
import { parseData } from '../../../../../src/core/model/parseData';
import type { Files } from '../../../../../src/core/model/ports';
import { failed } from '../../../../../src/core/model/result';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { createPostmortemEditor, type PostmortemEditor } from '../../../../../src/host/panels/postmortem/postmortemEditor';
import { unsavedPostmortem } from '../../../../../src/protocol/postmortem';
import { countingIds } from '../../../../support/countingIds';
import { memoryFiles } from '../../../../support/memoryFiles';
import { emptyPostmortem, entry, parse, zone } from '../../../core/postmortem/samples';

const path = "postmortems/a.md";

const start = renderPostmortem({ ...emptyPostmortem, timeline: [entry("x", "2026-11-20T16:00:00Z", "one"), entry("y", "2026-11-20T17:00:00Z", "two")] }, zone);

interface Desk {
  readonly editor: PostmortemEditor;
  readonly texts: Map<string, string>;
  text(): string;
}

function open(whileReading: (texts: Map<string, string>, editor: PostmortemEditor) => void = () => undefined, whilePausing: (texts: Map<string, string>) => void = () => undefined, content = start): Desk {
  const { files, texts } = memoryFiles({ [path]: content });
  const slow: Files = {
    ...files,
    async read(file) {
      whileReading(texts, editor);
      return files.read(file);
    },
  };
  const pause = async (): Promise<void> => whilePausing(texts);
  const editor = createPostmortemEditor({ files: slow, ids: countingIds("n"), timezone: () => zone, saveSoon: () => undefined, changed: () => undefined, pause }, path, parse(content));
  return { editor, texts, text: () => texts.get(path) ?? "" };
}

function type(editor: PostmortemEditor, text: "summary" | "impact", value: string): void {
  editor.edit({ kind: "text", text, value });
}

describe("a post-mortem that is being edited", () => {
  it("is written when it is saved, and not if nothing changed", async () => {
    const { editor, text } = open();
    await editor.save();
    assert.equal(text(), start);
    type(editor, "summary", "Down");
    assert.equal(editor.now().saved, false);
    await editor.save();
    assert.equal(text(), start.replace("## Summary\n", "## Summary\n\nDown\n"));
    assert.equal(editor.now().saved, true);
  });

  it("merges changes of others elsewhere in the file, and keeps the ids of its rows", async () => {
    const { editor, texts, text } = open();
    texts.set(path, start.replace("| two |", "| two, at last |").replace("lead:", "lead: ben # new"));
    type(editor, "impact", "Many");
    editor.edit({ kind: "entry", id: "t1", column: "event", value: "uno" });
    await editor.save();
    assert.ok(text().includes("Many") && text().includes("| uno |") && text().includes("| two, at last |") && text().includes("lead: ben # new"));
    assert.equal(editor.now().mine.lead, "ben");
    assert.deepEqual(editor.now().mine.timeline.map(({ id, event }) => `${id} ${event}`), ["t1 uno", "t2 two, at last"]);
  });

  it("writes nothing after a conflict until a version is selected", async () => {
    for (const choice of ["mine", "theirs"] as const) {
      const { editor, texts, text } = open();
      const theirs = start.replace("## Summary\n", "## Summary\n\nTheirs\n").replace("status: Draft", "status: Closed");
      texts.set(path, theirs);
      type(editor, "summary", "Mine");
      await editor.save();
      assert.equal(editor.now().problem?.kind, "clash");
      assert.equal(text(), theirs);
      type(editor, "impact", "More of mine");
      await editor.save();
      assert.equal(text(), theirs);
      await editor.resolve(choice);
      assert.equal(editor.now().problem, undefined);
      assert.equal(editor.now().mine.texts.summary, choice === "mine" ? "Mine" : "Theirs");
      assert.equal(text().includes("Theirs"), choice === "theirs");
      assert.equal(text().includes("More of mine"), choice === "mine");
    }
  });

  it("never overwrites a file with errors, and continues when it is fixed", async () => {
    const { editor, texts, text } = open();
    const broken = start.replace("issue: acme/live#12", "issue: [");
    texts.set(path, broken);
    type(editor, "summary", "Down");
    await editor.save();
    assert.equal(text(), broken);
    assert.equal(editor.now().problem?.kind, "broken");
    texts.set(path, start);
    await editor.reread();
    assert.equal(editor.now().problem, undefined);
    assert.ok(text().includes("Down"));
  });

  it("saves texts of a file whose fields have errors, and its fields when these are fixed", async () => {
    const broken = start.replace("severity:", "severity: [");
    const { editor, texts, text } = open(undefined, undefined, broken);
    type(editor, "summary", "Down");
    editor.edit({ kind: "field", field: "lead", value: "ben" });
    assert.equal(editor.now().problem?.kind, "broken");
    await editor.save();
    assert.equal(text(), broken.replace("## Summary\n", "## Summary\n\nDown\n"));
    assert.equal(editor.now().problem?.kind, "broken");
    texts.set(path, text().replace("severity: [", "severity: SEV1"));
    await editor.reread();
    await editor.save();
    assert.ok(text().includes("severity: SEV1") && text().includes("lead: ben") && text().includes("Down"), text());
    assert.equal(editor.now().problem, undefined);
  });

  it("saves again after another window overwrote the file, and keeps the changes of that window", async () => {
    const late = [start.replace("status: Draft", "status: Closed")];
    const { editor, text } = open(undefined, (texts) => {
      const theirs = late.pop();
      if (theirs !== undefined) texts.set(path, theirs);
    });
    type(editor, "summary", "Down");
    await editor.save();
    assert.ok(text().includes("Down") && text().includes("status: Closed"), text());
    assert.equal(editor.now().saved, true);
  });

  it("saves what was typed after a write that a full disk interrupted, and was completed later", async () => {
    const { files, texts } = memoryFiles({ [path]: start.replace("lead:", "lead: ben") });
    let isFull = true;
    const waiting = new Map<string, string>();
    const full: Files = { ...files, write: async (file, text, before) => (isFull ? (waiting.set(file, text), failed({ kind: "unwritable", path: file, reason: "no space left" })) : files.write(file, text, before)) };
    const editor = createPostmortemEditor({ files: full, ids: countingIds("n"), timezone: () => zone, saveSoon: () => undefined, changed: () => undefined, pause: async () => undefined }, path, parse(start));
    type(editor, "summary", "Down");
    await editor.save();
    assert.equal(editor.now().problem?.kind, "failed");
    type(editor, "summary", "Down for an hour");
    isFull = false;
    for (const [file, text] of waiting) texts.set(file, text);
    await editor.save();
    assert.equal(editor.now().problem, undefined);
    assert.equal(texts.get(path), start.replace("lead:", "lead: ben").replace("## Summary\n", "## Summary\n\nDown for an hour\n"));
  });

  it("reports that its file was deleted, and creates it again on request", async () => {
    const { editor, texts, text } = open();
    texts.delete(path);
    type(editor, "summary", "Down");
    await editor.save();
    assert.equal(editor.now().problem?.kind, "deleted");
    assert.equal(texts.has(path), false);
    await editor.resolve("mine");
    assert.ok(text().includes("Down"));
    assert.equal(editor.now().problem, undefined);
  });

  it("continues the unsaved edits of an earlier editor", async () => {
    const { editor, texts, text } = open();
    const mine = { ...parse(start).postmortem, title: "Typed before the crash" };
    texts.set(path, start.replace("status: Draft", "status: Closed"));
    await editor.resume(start, mine, []);
    assert.ok(text().includes("# Post-mortem: Typed before the crash") && text().includes("status: Closed"));
    await editor.resume(start, mine, []);
    assert.equal(editor.now().problem, undefined);
    assert.ok(text().includes("status: Closed"));
  });

  it("continues the unsaved edits that version 0.1.0 stored", async () => {
    const { editor, text } = open();
    const { services: _services, factors: _factors, reviewers: _reviewers, hidden: _hidden, own: _own, impact: _impact, ...old } = { ...parse(start).postmortem, title: "Typed before the update" };
    const timeline = old.timeline.map(({ source: _source, ...row }) => row);
    const edits = [{ number: 1, edit: { kind: "insertEntry", entry: { id: "n", time: { kind: "words", words: "noon" }, event: "three", evidence: "", others: [] }, index: 2 } }];
    const unsaved = parseData(unsavedPostmortem, JSON.parse(JSON.stringify({ life: "1", base: start, mine: { ...old, timeline }, edits })));
    assert.ok(unsaved !== undefined, "the stored edits are dropped");
    await editor.resume(unsaved.base, unsaved.mine, unsaved.edits.map(({ edit }) => edit));
    assert.ok(text().includes("# Post-mortem: Typed before the update") && text().includes("| noon | three |  |  |"), text());
  });

  it("does not treat a partly saved sentence of an earlier editor as a conflict", async () => {
    const { editor, texts, text } = open();
    const summary = (value: string) => start.replace("## Summary\n", `## Summary\n\n${value}\n`);
    texts.set(path, summary("Down for an h"));
    await editor.resume(summary("Down"), parse(summary("Down f")).postmortem, [{ kind: "text", text: "summary", value: "Down for an hour" }]);
    assert.equal(editor.now().problem, undefined);
    assert.equal(text(), summary("Down for an hour"));
  });

  it("reports a conflict after a restart, too", async () => {
    const { editor, texts, text } = open();
    const summary = (value: string) => start.replace("## Summary\n", `## Summary\n\n${value}\n`);
    texts.set(path, summary("Slow"));
    await editor.resume(summary("Down"), parse(summary("Down f")).postmortem, [{ kind: "text", text: "summary", value: "Down for an hour" }]);
    assert.equal(editor.now().problem?.kind, "clash");
    assert.equal(text(), summary("Slow"));
  });

  it("loses no letter that is typed while it reads and merges", async () => {
    let typed = "";
    const desk = open((texts, editor) => {
      if (typed.length > 3) return;
      typed += "x";
      type(editor, "summary", typed);
      texts.set(path, (texts.get(path) ?? "").replace(/^owner:.*$/m, `owner: o${typed.length}`));
    });
    type(desk.editor, "impact", "Many");
    for (let round = 0; round < 6; round += 1) await desk.editor.save();
    await desk.editor.reread();
    assert.equal(desk.editor.now().problem, undefined);
    assert.ok(desk.text().includes("\nxxxx\n") && desk.text().includes("owner: o") && desk.text().includes("Many"), desk.text());
  });

  const conflict = (ours: string, theirs: string): string => start.replace(/(\| [^|]* \| two \|[^\n]*\n)/, (row) => `${row}<<<<<<< HEAD\n${row.replace("two", ours)}=======\n${row.replace("two", theirs)}>>>>>>> branch\n`);
  const events = (editor: PostmortemEditor): readonly string[] => editor.now().mine.timeline.map(({ event }) => event);

  it("shows the rows of both branches that Git could not merge, and resolves that with the next edit", async () => {
    const content = conflict("three", "four");
    const { editor, text } = open(undefined, undefined, content);
    assert.deepEqual([events(editor), editor.now().saved, editor.now().problem], [["one", "two", "four", "three"], true, undefined]);
    await editor.reread();
    assert.equal(text(), content);
    type(editor, "summary", "Down");
    await editor.save();
    assert.deepEqual([text().includes("<<<<<<<"), text().includes("Down"), editor.now().saved], [false, true, true]);
    assert.deepEqual(parse(text()).postmortem.timeline.map(({ event }) => event), ["one", "two", "four", "three"]);
  });

  it("merges its edits with the branches of a conflict that appears while it is open", async () => {
    const { editor, texts, text } = open();
    type(editor, "summary", "Down");
    texts.set(path, conflict("three", "four"));
    await editor.save();
    assert.deepEqual([events(editor), text().includes("Down"), text().includes(">>>>>>>")], [["one", "two", "four", "three"], true, false]);
  });

  it("writes nothing into a file with a conflict that needs a decision, until that is resolved", async () => {
    const content = start.replace("## Summary\n", "## Summary\n\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> branch\n");
    const { editor, texts, text } = open(undefined, undefined, content);
    assert.deepEqual(editor.now().problem, { kind: "broken", reason: "mergeConflict" });
    type(editor, "impact", "Many");
    await editor.save();
    await editor.resolve("mine");
    assert.equal(text(), content);
    texts.set(path, start.replace("## Summary\n", "## Summary\n\nTwo\n"));
    await editor.reread();
    assert.deepEqual([editor.now().problem, editor.now().mine.texts.summary, text().includes("Many")], [undefined, "Two", true]);
  });
});
