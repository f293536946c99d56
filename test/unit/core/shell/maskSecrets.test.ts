import assert from "node:assert/strict";
import { mask, maskSecrets } from "../../../../src/core/shell/maskSecrets";

const body = "AbCdEfGh1234567890aBcDeF";

describe("A secret in an output", () => {
  // Put together here, so that no scanner takes this file for a leak.
  const secrets: readonly (readonly [text: string, secret: string])[] = [
    [`token is ${`ghp_${body}`}.`, `ghp_${body}`],
    [`x ${`github_pat_${body}_${body}`} y`, `github_pat_${body}`],
    [`AWS ${`AKIA${"ABCDEFGH12345678"}`} there`, "AKIAABCDEFGH12345678"],
    [`aws_secret_access_key = ${body}/+x`, body],
    [`password=${body}`, body],
    [`DB_PASSWORD='two words ${body}'`, body],
    [`{"password": "a\\"${body}", "user": "ana"}`, body],
    [`  api-key: ${body}`, body],
    [`curl --token ${body} x`, body],
    [`export MYSQL_PASS=${body}`, body],
    [`client_secret => ${body}`, body],
    [`> Authorization: Basic ${body}==`, body],
    [`-H 'Authorization: Bearer ${body}' x`, body],
    [`"authorization": "Token ${body}"`, body],
    [`< Set-Cookie: sid=${body}; Path=/`, body],
    [`postgres://ana:${body}@db.example:5432/x`, body],
    [`https://${body}@github.example/acme/desk.git`, body],
    [`https://ana:p@ss${body}@db.example/`, body],
    [`a eyJ${body}.eyJ${body}.${body} b`, body],
    [`xoxb-${body}-1 hook`, body],
    [`-----BEGIN RSA PRIVATE KEY-----\n${body}\n${body}\n-----END RSA PRIVATE KEY-----\nafter`, body],
    [`${body}\n${body}\n-----END OPENSSH PRIVATE KEY-----\nafter`, body],
    [`-----BEGIN PRIVATE KEY-----\n${body}`, body],
  ];
  for (const [text, secret] of secrets) {
    it(`is masked: ${text.split("\n", 1)[0]}`, () => {
      const masked = maskSecrets(text);
      assert.equal(masked.includes(secret), false, masked);
      assert.ok(masked.includes(mask), masked);
      assert.equal(maskSecrets(masked), masked, "a second time changes nothing");
      if (text.endsWith("after")) assert.ok(masked.endsWith("after"));
    });
  }

  const harmless = [
    "total 4\n-rw-r--r-- 1 ana ana 12 Nov 21 notes.md", "pod/web-1 Running 0 3d", "see https://example.org/a?b=c#d and ana@example.org", "commit 1f0c9e7b2d3a4f5e6a7b8c9d0e1f2a3b4c5d6e7f",
    "passing tests: 12", "compass: north", "secretary Ana", "the password was changed", "-----BEGIN CERTIFICATE-----", "git@github.example:acme/desk.git",
  ];
  for (const text of harmless) it(`is not seen where there is none: ${text.split("\n", 1)[0]}`, () => assert.equal(maskSecrets(text), text));
});
