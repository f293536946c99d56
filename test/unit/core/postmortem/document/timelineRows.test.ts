import assert from 'node:assert/strict';
import { keepIds } from '../../../../../src/core/postmortem/document/alignRows';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../../src/core/postmortem/postmortemTime';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { countingIds } from '../../../../support/countingIds';
import { emptyPostmortem, entry, parse, zone } from '../samples';

function edited(text: string, ...edits: readonly PostmortemEdit[]): string {
  const document = parse(text);
  return renderPostmortem(edits.reduce((now, edit) => applyEdit(now, edit, (time) => readEntryTime(time, zone)), document.postmortem), zone, document);
}

const text = renderPostmortem(
  {
    ...emptyPostmortem,
    timeline: [
      { ...entry("x", "2026-11-20T16:00:00Z", "one"), source: "comment", inferred: true, internal: true, origin: { key: "comment:7", hash: "a1" } },
      { ...entry("y", "2026-11-20T17:00:00Z", "two"), source: "commit", origin: { key: "commit:b | c", hash: "b2" } },
      entry("z", "2026-11-20T18:00:00Z", "three"),
    ],
  },
  zone,
);

describe("A row of the timeline", () => {
  it("states its source, its flags and, hidden, the event that it came from", () => {
    assert.ok(text.includes("| one | comment, inferred, internal <!-- desk:entry comment:7 a1 --> |  |"), text);
    const [first, second, third] = parse(text).postmortem.timeline;
    assert.deepEqual([first?.source, first?.inferred, first?.internal, first?.origin], ["comment", true, true, { key: "comment:7", hash: "a1" }]);
    assert.deepEqual([second?.source, second?.origin?.key], ["commit", "commit:b | c"]);
    assert.deepEqual([third?.source, third !== undefined && "origin" in third], ["", false]);
  });

  it("that a person hides is remembered below the table, until it is shown again", () => {
    const [first] = parse(text).postmortem.timeline;
    assert.ok(first !== undefined);
    const hidden = edited(text, { kind: "hideEntry", id: "t1" });
    assert.ok(hidden.includes("\n\n<!-- desk:hidden comment:7 -->\n\n## Contributing factors"), hidden);
    assert.deepEqual(parse(hidden).postmortem.hidden, ["comment:7"]);
    const both = edited(hidden, { kind: "hideEntry", id: "t1" });
    assert.deepEqual(parse(both).postmortem.hidden, ["comment:7", "commit:b | c"]);
    assert.equal(edited(hidden, { kind: "showEntry", entry: { ...first, id: "n" }, index: 0 }), text);
  });

  it("gets a column for its source in a table without one only when a row needs it", () => {
    const old = text.replaceAll(/^\| (Time|---|2026[^|]*) \| ([^|]*) \|.*$/gm, "| $1 | $2 |");
    assert.ok(edited(old, { kind: "entry", id: "t1", column: "event", value: "uno" }).includes("| Time | Event |\n"));
    assert.ok(edited(old, { kind: "entryFlag", id: "t2", flag: "internal", value: true }).includes("| two | internal |\n"));
  });

  it("keeps its id by the event that it came from, however it was edited and moved", () => {
    const before = parse(text).postmortem;
    const [first, second, third] = before.timeline;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const read: Postmortem = { ...before, timeline: [third, { ...second, event: "zwei", time: third.time }, { ...second, event: "a copy" }, { ...first, event: "eins", time: third.time }].map((row, index) => ({ ...row, id: `r${index}` })) };
    assert.deepEqual(keepIds(before, read, countingIds("n").next).timeline.map(({ id }) => id), ["t3", "t2", "n1", "t1"]);
  });
});

describe("The section Impact", () => {
  const impact = "## Impact\n\nAll users.\n\n| Measure | Amount |\n|--|--|\n| Users | 12 |\n\nNot counted: bots.\n\n## Timeline\n";

  it("contains figures and the text around them", () => {
    const { texts, impact: rows } = parse(impact).postmortem;
    assert.equal(texts.impact, "All users.\n\nNot counted: bots.");
    assert.deepEqual(rows, [{ id: "i1", measure: "Users", amount: "12", others: [] }]);
  });

  const set = (value: string): string => edited(impact, { kind: "text", text: "impact", value });

  it("keeps the figures where they are when the text changes", () => {
    assert.equal(set("Some users.\n\nNot counted: bots."), impact.replace("All users", "Some users"));
    assert.equal(set("All users.\n\nNot counted: tests."), impact.replace("bots", "tests"));
    assert.equal(set("All users.\n\nIn Europe.\n\nNot counted: bots."), impact.replace("All users.", "All users.\n\nIn Europe."));
    assert.equal(parse(set("Other words")).postmortem.texts.impact, "Other words");
    assert.equal(parse(set("")).postmortem.texts.impact, "");
  });

  it("gets a table below its text with the first figure", () => {
    const row = { id: "n", measure: "Users", amount: "12", others: [] };
    const without = "## Impact\n\nAll users.\n\n## Timeline\n";
    assert.equal(edited(without, { kind: "insertImpact", row, index: 0 }), "## Impact\n\nAll users.\n\n| Measure | Amount |\n| --- | --- |\n| Users | 12 |\n\n## Timeline\n");
    assert.equal(edited("## Impact\n", { kind: "insertImpact", row, index: 0 }, { kind: "text", text: "impact", value: "Many" }), "## Impact\n\nMany\n\n| Measure | Amount |\n| --- | --- |\n| Users | 12 |\n");
    assert.equal(edited(impact, { kind: "impact", id: "i1", column: "amount", value: "14" }), impact.replace("12", "14"));
  });
});

describe("A custom section", () => {
  const file = "## Budget\n\nNone.\n\n## Summary\n\n## Budget\nSome.\n";

  it("is edited in its place, and keeps its id", () => {
    assert.deepEqual(parse(file).postmortem.own, [{ id: "1 budget", heading: "Budget", text: "None." }, { id: "2 budget", heading: "Budget", text: "Some." }]);
    assert.equal(edited(file, { kind: "own", id: "2 budget", value: "Enough.\n## Timeline" }), file.replace("Some.", "Enough.\n\\### Timeline"));
    assert.equal(edited(file, { kind: "own", id: "1 budget", value: "" }), file.replace("\nNone.\n", ""));
  });
});
