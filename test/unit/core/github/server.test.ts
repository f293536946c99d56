import assert from "node:assert/strict";
import { readServer } from "../../../../src/core/github/server";

describe("A server's address", () => {
  it("is normalized", () => {
    const written = {
      "https://github.com": "https://github.com",
      " HTTPS://GitHub.com/ ": "https://github.com",
      "https://api.github.com": "https://github.com",
      "https://www.github.com": "https://github.com",
      "https://github.com:443": "https://github.com",
      "https://acme.ghe.com": "https://acme.ghe.com",
      "https://ghe.acme.example:8443/": "https://ghe.acme.example:8443",
      "http://127.0.0.1:4000": "http://127.0.0.1:4000",
      "http://localhost": "http://localhost",
      "http://[::1]:80": "http://[::1]",
    };
    assert.deepEqual(Object.fromEntries(Object.keys(written).map((text) => [text, readServer(text)])), written);
  });

  it("is rejected if invalid, or if it would send the token unencrypted", () => {
    const refused = [
      "http://github.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example", "http://10.0.0.1", "http://[::2]", "ftp://github.com", "github.com", "", "https://",
      "https://user:secret@github.com", "https://github.com@evil.example", "https://github.com/evil", "https://github.com?x", "https://github.com#x", "https://git hub.com", "https://github.com\n.evil.example",
      "https://-github.com", "https://github.com:0", "https://github.com:123456", 7, null, undefined,
    ];
    assert.deepEqual(refused.filter((text) => readServer(text) !== undefined), []);
  });
});
