import assert from 'node:assert/strict';
import { hasUnspaced, searchTermsOf, wordsOf } from '../../../../src/core/search/terms';

describe("the words of a text", () => {
  const cases: readonly (readonly [text: string, terms: readonly string[]])[] = [
    ["Restart the API, then look.", ["restart", "the", "api", "then", "look"]],
    ["Crème BRÛLÉE für Straße", ["creme", "brulee", "fur", "strasse"]],
    ["Ещё одна", ["еще", "одна"]],
    ["数据库超时", ["数据", "据库", "库超", "超时"]],
    ["ﾃﾞｰﾀ DB500", ["デー", "ータ", "db500"]],
    ["DB接続500", ["db", "接続", "500"]],
    ["없음", ["없음"]],
    ["हिन्दी संदेश", ["हिन्दी", "संदेश"]],
    ["ที่นี่", ["ที่นี่"]],
    ["🙂 !! \u202e", []],
  ];
  for (const [text, terms] of cases) it(`are ${JSON.stringify(terms)} for “${text}”`, () => assert.deepEqual(wordsOf(text), terms));

  it("include joined names as one word for a search", () => {
    assert.deepEqual(searchTermsOf("kube-proxy: ORA-00942, customer_id; a - b"), ["kube", "proxy", "ora", "00942", "customer", "id", "a", "b", "kubeproxy", "ora00942", "customerid"]);
  });

  it("show whether a script has no spaces", () => {
    assert.deepEqual(["超时", "a超", "Ещё", "ab"].map(hasUnspaced), [true, true, false, false]);
  });
});
