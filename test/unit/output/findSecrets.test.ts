import assert from "node:assert/strict";
import { findSecrets } from "../../../src/output/findSecrets";

describe("The rules for secrets", () => {
  // Put together here, so that no scanner takes this file for a leak.
  const letters = "AbCdEfGh1234567890aBcDeFgHiJkLmNoPqR";
  const secrets = [`${"ghp_"}${letters}`, `${"xapp-"}1-A111-222-${letters}`, `https://hooks.slack.com/services/T0000/B0000/${letters}`, `${"glpat-"}${letters}`, `${"shpat_"}${letters.slice(0, 32)}`, `${"dckr_pat_"}${letters.slice(0, 27)}`];
  for (const secret of secrets) {
    it(`find ${secret.slice(0, 12)} at its position`, async () => {
      const text = `before ${secret} after`;
      assert.deepEqual((await findSecrets(text)).map(([start, end]) => text.slice(start, end)), [secret]);
    });
  }

  it("cannot be disabled by the text, and find nothing in a text without secrets", async () => {
    const [secret = ""] = secrets;
    assert.equal((await findSecrets(`secretlint-disable\n${secret}\nsecretlint-disable-line ${secret}`)).length, 2);
    assert.deepEqual(await findSecrets("pod/web-1 Running 0 3d\nhttps://example.org"), []);
  });

  for (const part of ["xoxb-a-", "ghs_1_", "-----BEGIN PRIVATE KEY-----", "https://a:", "https://", "SG.a.", "mongodb://a:", "postgres://", "_authToken=", "sk-ant-api03-", "ops_ey", "-"]) {
    it(`take linear time in a long text of ${JSON.stringify(part)}`, async () => {
      assert.ok(Array.isArray(await findSecrets(part.repeat(Math.ceil(300_000 / part.length)))));
    });
  }
});
