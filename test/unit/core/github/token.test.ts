import assert from 'node:assert/strict';
import { formatStoredToken, providerOf, readStoredToken, readToken } from '../../../../src/core/github/server';

describe("A token", () => {
  it("is trimmed, and rejected if it cannot be sent in a header", () => {
    assert.equal(readToken(" ghp_abc\n"), "ghp_abc");
    for (const text of ["", "  ", "two words", "line\nbreak", "gh\u00fc", "x\u0000", "a".repeat(2000)]) assert.equal(readToken(text), undefined, JSON.stringify(text));
  });

  it("is stored with its login, and other stored values are ignored", () => {
    const kept = { token: "ghp_abc", login: "ana" };
    assert.deepEqual(readStoredToken(formatStoredToken(kept)), kept);
    for (const text of [undefined, "", "{", "null", "[]", '{"token":"ghp_abc"}', '{"token":"a b","login":"ana"}', '{"token":"ghp_abc","login":""}']) assert.equal(readStoredToken(text), undefined, text);
  });
});

describe("The editor's own sign-in", () => {
  it("is used for GitHub, and for another server only when the editor is configured for it", () => {
    assert.equal(providerOf("https://github.com", "https://ghe.acme.example"), "github");
    assert.equal(providerOf("https://ghe.acme.example", "https://GHE.acme.example/"), "github-enterprise");
    assert.equal(providerOf("https://ghe.acme.example", "https://evil.example"), undefined);
    assert.equal(providerOf("https://ghe.acme.example", undefined), undefined);
    assert.equal(providerOf("http://127.0.0.1:4000", ""), undefined);
  });
});
