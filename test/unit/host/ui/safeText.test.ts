import fc from 'fast-check';
import assert from 'node:assert/strict';
import { plainLabel } from '../../../../src/host/ui/safeText';

describe("plainLabel", () => {
  it("does not change ordinary titles", () => {
    for (const title of ["Portal is down", "Ünïcödé 🧯 (again)", "שלום", "$5 (five)", "<img src=x onerror=alert(1)>"]) {
      assert.equal(plainLabel(title), title);
    }
  });

  it("removes characters that reorder text", () => {
    assert.equal(plainLabel("safe\u202Etxt.exe\u2066 x\u2069"), "safetxt.exe x");
  });

  it("makes one line", () => {
    assert.equal(plainLabel(" a\r\nb\tc\u0000d\u2028e "), "a b c d e");
  });

  it("truncates a very long title at whole characters", () => {
    const cut = plainLabel("🧯".repeat(10_000));
    assert.equal([...cut].length, 301);
    assert.ok(cut.endsWith("🧯…"));
  });

  it("removes every icon, link, control character and line end, and is idempotent", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("$(", "bug)", "[a](", "command:x)", "\u202E", "\n", "\u0007", "word", "$", "(", "]"), { maxLength: 30 }), (parts) => {
        const shown = plainLabel(parts.join(""));
        assert.doesNotMatch(shown, /\$\(|\]\(|[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        assert.equal(plainLabel(shown), shown);
      }),
    );
  });
});
