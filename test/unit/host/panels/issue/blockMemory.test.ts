import assert from 'node:assert/strict';
import { type BlockMemory, createBlockMemory } from '../../../../../src/host/panels/issue/blockMemory';

/** The texts that are read when these are asked for in order. */
function read(memory: BlockMemory, texts: readonly string[], place = ""): readonly string[] {
  const parsed: string[] = [];
  for (const text of texts) {
    memory(text, place, () => {
      parsed.push(text);
      return [];
    });
  }
  return parsed;
}

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${index}`);

describe("the memory of parsed texts", () => {
  it("parses a text once", () => {
    assert.deepEqual(read(createBlockMemory(), ["a", "b", "a"]), ["a", "b"]);
  });

  it("parses it again in another place, because links in it lead elsewhere", () => {
    const memory = createBlockMemory();
    read(memory, ["a"]);
    assert.deepEqual(read(memory, ["a"], "elsewhere"), ["a"]);
  });

  it("forgets the text that was not used for longest", () => {
    const memory = createBlockMemory();
    read(memory, [...numbered(200), "0", "more"]);
    assert.deepEqual(read(memory, ["0", "199", "more", "1"]), ["1"]);
  });

  it("forgets long texts for later ones, but not the only one", () => {
    const memory = createBlockMemory();
    const long = ["x", "y"].map((letter) => letter.repeat(600_000));
    assert.deepEqual(read(memory, ["small", ...long, ...long.slice(1), "small"]).length, 4);
    const huge = "z".repeat(2_000_000);
    assert.deepEqual(read(memory, [huge, huge]).length, 1);
  });
});
