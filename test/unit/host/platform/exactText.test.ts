import fc from 'fast-check';
import assert from 'node:assert/strict';
import { exactText, readableText } from '../../../../src/host/platform/fileText';

describe("the text of a file", () => {
  it("is encoded to the same bytes, or decoding throws", () => {
    const refused: Uint8Array[] = [];
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          assert.deepEqual(new TextEncoder().encode(exactText(bytes)), bytes);
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          refused.push(bytes);
        }
      }),
      { examples: [[new Uint8Array([0xef, 0xbb, 0xbf, 0x61])], [new Uint8Array([0x63, 0x61, 0x66, 0xe9])]] },
    );
    assert.ok(refused.length > 0);
    assert.equal(exactText(new TextEncoder().encode("\u{feff}café \u{fffd}")), "\u{feff}café \u{fffd}");
  });

  it("can be decoded for display in any encoding", () => {
    assert.equal(readableText(new Uint8Array([0x63, 0x61, 0x66, 0xe9])), "caf\u{fffd}");
  });
});
