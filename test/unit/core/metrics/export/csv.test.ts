import assert from "node:assert/strict";
import fc from "fast-check";
import { type Cell, csv } from "../../../../../src/core/metrics/export/exportReport";
import { propertyRuns } from "../../../../support/propertyRuns";

/** Reads CSV by the grammar of RFC 4180 only, and refuses everything else. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let [at, row]: [number, string[]] = [0, []];
  while (at < text.length) {
    const field = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
    field.lastIndex = at;
    const [whole = "", quoted] = field.exec(text) ?? assert.fail(`No field at ${at}`);
    row.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (text[at] === ",") {
      at += 1;
      continue;
    }
    assert.equal(text.slice(at, at + 2), "\r\n", `No end of a row at ${at}`);
    rows.push(row);
    [at, row] = [at + 2, []];
  }
  return rows;
}

const nasty = fc.constantFrom("=", "+", "-", "@", "'", '"', ",", ";", "\n", "\r", "\t", " ", "1", "a", "\u202E", "\u001b", "＝", "|", "cmd", "é", "👩‍🚒");

const text = fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join(""));

const cell: fc.Arbitrary<Cell> = fc.oneof(text, fc.integer(), fc.constant(undefined));

describe("CSV", () => {
  it("is read back cell by cell by a reader of RFC 4180, with every number as it was", () => {
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const read = parse(csv(rows));
      assert.deepEqual(read.map((row) => row.length), rows.map((row) => row.length));
      for (const [index, row] of rows.entries()) for (const [column, value] of row.entries()) {
        const found = read[index]?.[column] ?? assert.fail();
        if (typeof value !== "string") assert.equal(found, value === undefined ? "" : String(value));
        // Only apostrophes are added, and only what cannot be printed becomes a space.
        else assert.equal(found.replaceAll("'", ""), value.replaceAll("'", "").replace(/[\u202E\u001b]/g, " "));
      }
    }), { numRuns: propertyRuns(2000) });
  });

  it("has no cell that a spreadsheet evaluates, whether commas, semicolons or tabs separate its cells", () => {
    fc.assert(fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 3 }), (rows) => {
      const printed = csv(rows);
      const cells = [...parse(printed).flat(), ...printed.split(/[;\t\r\n]/).map((one) => one.replace(/^"/, ""))];
      for (const one of cells) assert.doesNotMatch(one, /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/, JSON.stringify([rows, printed]));
    }), { numRuns: propertyRuns(2000) });
  });
});
