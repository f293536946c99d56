import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { answersOf, readExample } from "../../../support/metricsExample";

describe("The examples of docs/metrics.md", () => {
  const text = readFileSync("docs/metrics.md", "utf8");
  const examples = [...text.matchAll(/(?:^## (.+)$)|(?:^```metrics\n([^]*?)^```$)/gm)].reduce<{ readonly heading: string; readonly found: readonly { readonly heading: string; readonly example: string }[] }>(
    ({ heading, found }, [, title, example]) => (example === undefined ? { heading: title ?? "", found } : { heading, found: [...found, { heading, example }] }),
    { heading: "", found: [] },
  ).found;

  it("are more than a few", () => assert.ok(examples.length >= 12, String(examples.length)));

  for (const [index, { heading, example }] of examples.entries()) {
    it(`are right: ${heading}, example ${index + 1}`, () => {
      const read = readExample(example);
      assert.ok(read.expected.length > 0);
      assert.deepEqual(answersOf(read), read.expected);
    });
  }
});
