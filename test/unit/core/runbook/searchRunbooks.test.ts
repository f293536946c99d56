import assert from 'node:assert/strict';
import { searchRunbooks } from '../../../../src/core/runbook/searchRunbooks';
import { readRunbook } from '../../../../src/markdown/readMarkdown';

const context = { kinds: [], roles: [], priorities: [] };

const search = searchRunbooks([
  readRunbook("a.md", "---\nlabels: [database]\nmatch: [billing]\n---\n# Restore a backup\n\n## Check the disk\n\n- [ ] Ask the database team\n- [ ] Look at **disk** usage\n", context),
  readRunbook("b.md", "# Database is slow\n\n1. Look for long queries\n", context),
]);

function found(text: string, most = 20): readonly string[] {
  return search.find(text, most).map(({ kind, path, text: terms, line }) => `${kind} ${path}:${line + 1} ${terms}`);
}

describe("the search in runbooks", () => {
  it("finds titles first, then headings, labels and steps, by prefixes of words in any case", () => {
    assert.deepEqual(found("DATA"), ["title b.md:1 Database is slow", "label a.md:1 database", "step a.md:9 Ask the database team"]);
    assert.deepEqual(found("disk"), ["section a.md:7 Check the disk", "step a.md:10 Look at **disk** usage"]);
    assert.deepEqual(found("billing"), ["label a.md:1 billing"]);
  });

  it("needs every word, some of which can be in the title only", () => {
    assert.deepEqual(found("backup disk"), ["section a.md:7 Check the disk", "step a.md:10 Look at **disk** usage", "title a.md:1 Restore a backup"].slice(0, 2));
    assert.deepEqual(found("slow disk"), []);
    assert.deepEqual(found("isk"), []);
  });

  it("finds parts of sentences in languages without spaces, and joined names", () => {
    const others = searchRunbooks([
      readRunbook("ja.md", "# 本番データベースの復旧\n\n- [ ] 本番のデータベースに接続できない場合は連絡する\n", context),
      readRunbook("k.md", "# Restart kube-proxy\n\n- [ ] Look\n", context),
    ]);
    const paths = (text: string): readonly string[] => [...new Set(others.find(text, 20).map(({ path }) => path))];
    assert.deepEqual([paths("データベース"), paths("接続できない"), paths("kubeproxy"), paths("kube pro")], [["ja.md"], ["ja.md"], ["k.md"], ["k.md"]]);
  });

  it("says what can be started", () => {
    const sections = searchRunbooks([readRunbook("a.md", "# Lock all\n## Lock one\n- [ ] lock\n## Gate: lock\n- [ ] b\n## Lock none\n", context), readRunbook("b.md", "---\ntitle: Lock\n---\ntext\n", context)]);
    assert.deepEqual(sections.find("lock", 9).map(({ text, start }) => [text, start]), [["Lock all", "a.md"], ["Lock", undefined], ["Lock one", "a.md#lock-one"], ["Gate: lock", undefined], ["Lock none", undefined], ["lock", undefined]]);
  });

  it("returns the titles of all runbooks for an empty text, up to the maximum", () => {
    assert.deepEqual(found(" "), ["title a.md:1 Restore a backup", "title b.md:1 Database is slow"]);
    assert.deepEqual(found("a", 1).length, 1);
  });
});
