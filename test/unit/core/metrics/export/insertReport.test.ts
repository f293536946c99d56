import assert from "node:assert/strict";
import { insertionAt, insertionPlace } from "../../../../../src/core/metrics/export/insertReport";

const inserted = (before: string, after: string): string => `${before}${insertionAt("## Report\n", before, after)}${after}`;

describe("a report that is inserted into a document", () => {
  it("has an empty line between itself and the text around it", () => {
    assert.equal(inserted("Before", "After"), "Before\n\n## Report\n\nAfter");
    assert.equal(inserted("Before\n", "After"), "Before\n\n## Report\n\nAfter");
    assert.equal(inserted("Before\n\n", "\nAfter"), "Before\n\n## Report\n\nAfter");
    assert.equal(inserted("Before", "\n\nAfter"), "Before\n\n## Report\n\nAfter");
    assert.equal(inserted("Before", "\nAfter"), "Before\n\n## Report\n\nAfter");
    assert.equal(inserted("Before\r\n\r\n", "\r\n\r\nAfter"), "Before\r\n\r\n## Report\r\n\r\nAfter");
  });

  it("is inserted at the cursor, or after the paragraph, list or table that the cursor is in", () => {
    const lines = ["# Title", "", "One", "two", "", "- a", "- b"];
    const at = (line: number, character: number): string => {
      const place = insertionPlace(lines, { line, character });
      return `${place.line}:${place.character}`;
    };
    assert.deepEqual([at(0, 0), at(1, 0), at(2, 0), at(4, 0), at(5, 0), at(9, 0)], ["0:0", "1:0", "2:0", "4:0", "5:0", "9:0"]);
    assert.deepEqual([at(0, 3), at(2, 1), at(3, 0), at(3, 3), at(6, 0)], ["0:7", "3:3", "3:3", "3:3", "6:3"]);
  });

  it("is alone in an empty document, and ends one with a single line break", () => {
    assert.equal(inserted("", ""), "## Report\n");
    assert.equal(inserted("Before", "\n"), "Before\n\n## Report\n");
    assert.equal(inserted("\n", ""), "\n## Report\n");
    assert.equal(inserted("Before", ""), "Before\n\n## Report\n");
  });
});
