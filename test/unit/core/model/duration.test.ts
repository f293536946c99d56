import assert from 'node:assert/strict';
import { parseDuration } from '../../../../src/core/model/desk';

describe("A duration", () => {
  it("is a number and a unit", () => {
    assert.deepEqual(["15m", "1h", "5d", "52w"].map(parseDuration), [
      { amount: 15, unit: "m" },
      { amount: 1, unit: "h" },
      { amount: 5, unit: "d" },
      { amount: 52, unit: "w" },
    ]);
  });

  it("rejects everything else", () => {
    for (const text of ["", "1", "h", "0h", "-1h", "1.5h", "1 h", "1h ", "1H", "1y", "1h30m", "999999h"]) assert.equal(parseDuration(text), undefined, text);
  });
});
