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
    [`    client-key-data: LS0tLS1CRUdJTi${body}`, body],
    [`x LS0tLS1CRUdJTiBSU0Eg${body}`, body],
    [`kind: Secret\ndata:\n  plain: ${body}\n  other: |\n    ${body}\ntype: Opaque`, body],
    [`{"kind": "Secret", "data": {"plain": "${body}"}}`, body],
    ["curl -u admin:hunter2 https://a.example", "hunter2"],
    ["curl -s --user 'admin:two words' x", "two words"],
    ["curl -uadmin:hunter2 x", "hunter2"],
    ["mysql -h db -phunter2 app", "hunter2"],
    ["sshpass -p 'hunter 2' ssh a", "hunter 2"],
    [`${"xapp-"}1-A111-222-${body}`, body],
    [`https://hooks.slack.com/services/T0000/B0000/${body}`, body],
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
    "docker run -u 1000:1000 x", "kind: ConfigMap\ndata:\n  a: b", "certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", "mysql -h db -p app", "kind: Secret\nmetadata:\n  name: api",
  ];
  for (const text of harmless) it(`is not seen where there is none: ${text.split("\n", 1)[0]}`, () => assert.equal(maskSecrets(text), text));

  it("is masked without the rest of its line", () => {
    assert.equal(maskSecrets("$ curl -s -u admin:hunter2 https://a.example && echo done"), "$ curl -s -u admin:[masked] https://a.example && echo done");
    assert.equal(maskSecrets("kind: Secret\ndata:\n  a: aHVudGVyMg==\ntype: Opaque"), "kind: Secret\ndata:\n  a: [masked]\ntype: Opaque");
  });

  // Grown to this size, text that made a pattern look again from each of its places would run for minutes.
  for (const part of ["eyJ-", "eyJaaaaaa.", "password", "password ", "password=\"\\\\", "--token ", "curl -u ", "curl ", "a:", "-----BEGIN PRIVATE KEY-----", "QUJDREVGR0hJSktM\n", "https://", "a://b", "authorization: ", "cookie", "<", "mysql -p", "xoxb-", "LS0tLS1CRUdJTi", "kind: Secret\ndata:\n a: ", "\"data\": {", "'", " "]) {
    it(`is searched in linear time in a long text of ${JSON.stringify(part)}`, () => {
      const text = part.repeat(Math.ceil(300_000 / part.length));
      assert.ok(maskSecrets(text).length > 0);
    });
  }
});
