import fc from 'fast-check';
import assert from 'node:assert/strict';
import { keepIds } from '../../../../src/core/postmortem/document/alignRows';
import type { Postmortem } from '../../../../src/core/postmortem/postmortem';
import { applyEdit, isSorted, type PostmortemEdit, sortEntries } from '../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { action, anyEntry, emptyPostmortem, entry, zone } from './samples';

const rows: Postmortem = {
  ...emptyPostmortem,
  severity: "SEV1",
  timeline: [entry("t1", "2026-11-20T16:00:00Z", "one"), entry("t2", "2026-11-20T17:00:00Z", "two")],
  actions: [action("a1", "Fix it", { type: "prevent", due: "2026-12-01" })],
};

function after(...edits: readonly PostmortemEdit[]): Postmortem {
  return edits.reduce((now, edit) => applyEdit(now, edit, (text) => readEntryTime(text, zone)), rows);
}

describe("Editing a post-mortem", () => {
  it("sets fields, and clears optional ones", () => {
    assert.equal(after({ kind: "field", field: "lead", value: "ben" }).lead, "ben");
    assert.ok(!("severity" in after({ kind: "field", field: "severity", value: "" })));
    assert.equal(after({ kind: "field", field: "status", value: "Reviewed" }).status, "Reviewed");
    assert.equal(after({ kind: "field", field: "status", value: "Forgotten" }).status, "Draft");
  });

  it("reads times in the desk's time zone", () => {
    assert.deepEqual(after({ kind: "instant", instant: "mitigated", value: "2026-07-01T08:30" }).instants, { mitigated: "2026-07-01T15:30:00Z" });
    assert.deepEqual(after({ kind: "entry", id: "t1", column: "time", value: "2026-11-20T08:30:15" }).timeline[0]?.time, { kind: "instant", at: "2026-11-20T16:30:15Z" });
    assert.deepEqual(after({ kind: "entry", id: "t1", column: "time", value: "about noon" }).timeline[0]?.time, { kind: "words", words: "about noon" });
    assert.deepEqual(after({ kind: "instant", instant: "mitigated", value: "soon" }).instants, {});
  });

  it("changes nothing when the row does not exist", () => {
    assert.deepEqual(after({ kind: "entry", id: "gone", column: "event", value: "x" }, { kind: "removeAction", id: "gone" }, { kind: "action", id: "gone", column: "state", value: "done" }), rows);
  });

  it("sets the cells of an action, and ignores invalid values", () => {
    const edited = after(
      { kind: "action", id: "a1", column: "type", value: "" },
      { kind: "action", id: "a1", column: "due", value: "soon" },
      { kind: "action", id: "a1", column: "issue", value: "acme/engine#3" },
      { kind: "action", id: "a1", column: "state", value: "accepted" },
    ).actions[0];
    assert.deepEqual(edited, { id: "a1", action: "Fix it", owner: "", priority: "", issue: { repository: "acme/engine", number: 3 }, state: "accepted", others: [] });
  });

  it("has the same effect when applied twice", () => {
    const edits: readonly PostmortemEdit[] = [
      { kind: "text", text: "impact", value: "All" },
      { kind: "insertEntry", entry: entry("n", "2026-11-20T16:30:00Z", "new"), index: 1 },
      { kind: "removeEntry", id: "t2" },
      { kind: "insertAction", action: action("m", "Another"), index: 9 },
      { kind: "sortEntries" },
      { kind: "eventsUntil", value: "2026-11-20T17:00:00Z" },
    ];
    for (const edit of edits) assert.deepEqual(after(edit, edit), after(edit));
  });

  it("restores a removed row at its position", () => {
    const [, second] = rows.timeline;
    assert.ok(second !== undefined);
    assert.deepEqual(after({ kind: "removeEntry", id: "t2" }, { kind: "insertEntry", entry: second, index: 1 }), rows);
  });

  it("sorts by time, and rows without a time stay after their predecessor", () => {
    const words = { ...entry("w", "", "later"), time: { kind: "words", words: "a little later" } } as const;
    const [first, second] = rows.timeline;
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(sortEntries([second, words, first]).map(({ id }) => id), ["t1", "t2", "w"]);
    fc.assert(fc.property(fc.array(anyEntry, { maxLength: 8 }), (entries) => assert.ok(isSorted(sortEntries(entries)))));
  });

  it("keeps the ids of rows that are read again", () => {
    const read: Postmortem = { ...rows, timeline: [entry("x1", "2026-11-20T15:00:00Z", "zero"), entry("x2", "2026-11-20T16:00:00Z", "one"), entry("x3", "2026-11-20T17:00:00Z", "two, and more")], actions: [] };
    assert.deepEqual(keepIds(rows, read, () => "fresh").timeline.map(({ id }) => id), ["fresh", "t1", "t2"]);
  });
});
