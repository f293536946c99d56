import assert from "node:assert/strict";
import { wordLikeness } from "../../../../src/core/issue/wordLikeness";

describe("Likeness of words", () => {
  it("is whole for the same word, and falls with what is missing and with slips", () => {
    const falling = [["portal", "portal"], ["porta", "portal"], ["por", "portal"], ["portal", "portel"]].map(([typed = "", known = ""]) => wordLikeness(typed, known));
    assert.equal(falling[0], 1);
    assert.ok(falling.every((one, index) => one > 0 && (index === 3 || index === 0 || one < (falling[index - 1] ?? 0))), String(falling));
  });

  const slips: readonly (readonly [typed: string, known: string, alike: boolean])[] = [
    ["expierd", "expired", true],
    ["expird", "expired", true],
    ["exppired", "expired", true],
    ["expexed", "expired", false],
    ["certifcaet", "certificate", true],
    ["crtifcaet", "certificate", false],
    ["jam", "ham", false],
    ["jams", "jump", false],
    ["po", "portal", false],
    ["portal", "port", false],
    ["sportal", "portal", false],
  ];
  for (const [typed, known, alike] of slips) it(`“${typed}” is ${alike ? "" : "not "}“${known}”`, () => assert.equal(wordLikeness(typed, known) > 0, alike));
});
