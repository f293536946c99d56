import assert from "node:assert/strict";
import { answersOf, readExample } from "../../../../support/metricsExample";

/** Tests histories of issues and what they give, calculated by hand. Lengths are business / wall clock. */
export function testTables(topic: string, tables: Readonly<Record<string, string>>): void {
  describe(`Metrics calculated by hand: ${topic}`, () => {
    for (const [name, text] of Object.entries(tables)) {
      it(name, () => {
        const example = readExample(text);
        assert.ok(example.expected.length > 0);
        assert.deepEqual(answersOf(example), example.expected);
      });
    }
  });
}
