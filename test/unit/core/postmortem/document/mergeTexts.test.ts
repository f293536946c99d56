import assert from "node:assert/strict";
import fc from "fast-check";
import { mergeTexts } from "../../../../../src/core/postmortem/document/mergeTexts";

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");

describe("Merging two people's edits of a text", () => {
  it("keeps both when they are in different places", () => {
    assert.equal(mergeTexts(lines("a", "b", "c"), lines("A", "b", "c"), lines("a", "b", "c", "d")), lines("A", "b", "c", "d"));
    assert.equal(mergeTexts(lines("a", "b"), lines("A", "b"), lines("a", "B")), lines("A", "B"));
  });

  it("fails when both changed one line differently", () => {
    assert.equal(mergeTexts(lines("a"), lines("b"), lines("c")), undefined);
    assert.equal(mergeTexts(lines("a", "b"), lines("a"), lines("a", "B")), undefined);
    assert.equal(mergeTexts(lines("a", "b"), lines("a", "x", "b"), lines("a", "y", "b")), undefined);
  });

  it("fails when both filled one empty place, wherever else they wrote", () => {
    const base = lines("S", "", "I", "", "D");
    assert.equal(mergeTexts(base, lines("S", "", "Mine", "", "I", "", "D"), lines("status", "S", "", "Theirs", "", "I", "", "D")), undefined);
    assert.equal(mergeTexts(base, lines("S", "", "Mine", "", "I", "", "D"), lines("S", "", "I", "", "Theirs", "", "D")), lines("S", "", "Mine", "", "I", "", "Theirs", "", "D"));
  });

  it("keeps rows of a table that both added at one place", () => {
    assert.equal(mergeTexts(lines("| a |", "end"), lines("| a |", "| x |", "end"), lines("| a |", "| y |", "end")), lines("| a |", "| y |", "| x |", "end"));
  });

  it("merges rows by what became of each", () => {
    const base = lines("| a | 1 |", "| b | 2 |", "| c | 3 |");
    assert.equal(mergeTexts(base, lines("| A | 1 |", "| x | 9 |", "| b | 2 |", "| c | 3 |"), lines("| a | 1 |", "| y | 8 |", "| b | two |", "| c | 3 |")), lines("| A | 1 |", "| x | 9 |", "| y | 8 |", "| b | two |", "| c | 3 |"));
    assert.equal(mergeTexts(base, lines("| b | 2 |", "| c | 3 |"), lines("| a | one |", "| b | 2 |", "| c | 3 |")), undefined);
    assert.equal(mergeTexts(base, lines("| A | 1 |", "| b | 2 |", "| c | 3 |"), lines("| Z | 1 |", "| b | 2 |", "| c | 3 |")), undefined);
    assert.equal(mergeTexts(lines("- a", "end"), lines("- a", "- x", "end"), lines("- a", "- y", "end")), lines("- a", "- y", "- x", "end"));
  });

  it("adds a row once that both added", () => {
    assert.equal(mergeTexts(lines("| a |"), lines("| a |", "| x |", "| y |"), lines("| a |", "| x |", "| z |")), lines("| a |", "| x |", "| z |", "| y |"));
  });

  it("unites the hidden events of both, and takes the later import", () => {
    const marks = (keys: string): string => lines("| a |", "", `<!-- desk:hidden ${keys} -->`, "", "## I");
    assert.equal(mergeTexts(marks("k"), marks("k l"), marks("k m")), marks("k m l"));
    assert.equal(mergeTexts(marks("k l"), marks("k l m"), marks("k")), marks("k m"));
    assert.equal(mergeTexts(lines("| a |", "", "## I"), marks("l"), marks("m")), marks("m l"));
    assert.equal(mergeTexts(lines("| a |", "", "## I"), marks("l"), lines("| a |", "| b |", "", "## I")), marks("l").replace("| a |", "| a |\n| b |"));
    assert.equal(mergeTexts("events-until: 2026-11-20T16:00:00Z\n", "events-until: 2026-11-20T18:00:00Z\n", "events-until: 2026-11-20T17:00:00Z\n"), "events-until: 2026-11-20T18:00:00Z\n");
  });

  const text = fc.array(fc.constantFrom("a", "b", "c", "| r |"), { maxLength: 8 }).map((parts) => lines(...parts));

  it("returns one side when the other changed nothing, in either order", () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        assert.equal(mergeTexts(base, ours, base), ours);
        assert.equal(mergeTexts(base, base, theirs), theirs);
        assert.equal(mergeTexts(base, ours, ours), ours);
        assert.equal(mergeTexts(base, ours, theirs) === undefined, mergeTexts(base, theirs, ours) === undefined);
      }),
    );
  });

  it("contains every line that either added", () => {
    fc.assert(
      fc.property(text, fc.array(fc.constantFrom("x", "y"), { maxLength: 3 }), fc.array(fc.constantFrom("v", "w"), { maxLength: 3 }), fc.nat(8), fc.nat(8), (base, mine, other, left, right) => {
        const insert = (added: readonly string[], index: number): string => lines(...base.split("\n").slice(0, -1).toSpliced(index, 0, ...added));
        const merged = mergeTexts(base, insert(mine, left), insert(other, right));
        if (merged === undefined) return;
        assert.deepEqual(merged.split("\n").toSorted(), [...base.split("\n"), ...mine, ...other].toSorted());
      }),
    );
  });
});
