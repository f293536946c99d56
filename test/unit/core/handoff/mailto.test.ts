import assert from "node:assert/strict";
import fc from "fast-check";
import { isOneAddress, mailto } from "../../../../src/core/handoff/mailto";

describe("a mailto link", () => {
  it("contains address, subject and text unchanged, whatever they are", () => {
    const anyText = fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("\n", "\r\n", "&", "="))).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.constantFrom("dan@example.org", "o'neil+portal@example.org", "a&b=c?d#e%20@example.org"), anyText, anyText, (address, subject, body) => {
        const link = new URL(mailto([address], subject, body) ?? assert.fail("no link"));
        assert.equal(decodeURIComponent(link.pathname), address);
        assert.deepEqual(link.search.slice(1).split("&").map((part) => decodeURIComponent(part.slice(part.indexOf("=") + 1))), [subject, body.replace(/\r\n|\n|\r/g, "\r\n")]);
      }),
    );
  });

  it("has one recipient: addresses that could add another are rejected", () => {
    for (const text of ["", "dan", "dan@", "@example.org", "a@example.org,b@example.org", "a@example.org;b@example.org", "a@example.org b@example.org", "Dan <dan@example.org>", "a@example.org\r\nCc:b@example.org"]) {
      assert.equal(isOneAddress(text), false, text);
      assert.equal(mailto([text], "s", "b"), undefined, text);
    }
    assert.equal(mailto([], "s", "b"), undefined);
  });

  it("can have both incoming people as recipients", () => {
    assert.equal(mailto(["ben@example.org", "cho@example.org"], "s", "b"), "mailto:ben@example.org,cho@example.org?subject=s&body=b");
  });

  it("can hide its recipients from each other", () => {
    assert.equal(mailto(["ben@example.org", "cho@example.org"], "s", "b", "bcc"), "mailto:?bcc=ben@example.org,cho@example.org&subject=s&body=b");
  });

  it("is valid for text with half a surrogate pair", () => {
    assert.equal(mailto(["dan@example.org"], "\ud800", ""), "mailto:dan@example.org?subject=%EF%BF%BD&body=");
  });
});
