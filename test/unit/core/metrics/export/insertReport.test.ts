import assert from "node:assert/strict";
import { insertionAt } from "../../../../../src/core/metrics/export/insertReport";

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

  it("is alone in an empty document, and ends one with a single line break", () => {
    assert.equal(inserted("", ""), "## Report\n");
    assert.equal(inserted("Before", "\n"), "Before\n\n## Report\n");
    assert.equal(inserted("\n", ""), "\n## Report\n");
    assert.equal(inserted("Before", ""), "Before\n\n## Report\n");
  });
});
