import assert from 'node:assert/strict';
import type { Issue } from '../../../../src/core/model/issue';
import { createIssueIndex, type IssueIndex } from '../../../../src/core/search/issueIndex';
import { sampleIssue } from '../../../support/sampleIssue';

const issue = (title: string, number: number, body = ""): Issue => sampleIssue({ ref: { repository: "acme/desk", number }, title, body });

const issues = ["Printer jams", "Portal: certificate expired", "Certificate of the ledger", "Sign-in fails"].map((title, index) => issue(title, index + 1, title === "Sign-in fails" ? "since the portal was updated" : ""));

const newIndex = (): IssueIndex => createIssueIndex(async () => undefined);

const titlesOf = (text: string, among: readonly Issue[], most = 5): readonly string[] => newIndex().find(text, among, most).map(({ title }) => title);

const titles = (text: string, most = 5): readonly string[] => titlesOf(text, issues, most);

describe("similar issues", () => {
  it("are sorted best first, titles before bodies, including prefixes and typos", () => {
    assert.equal(titles("portal certificate")[0], "Portal: certificate expired");
    assert.deepEqual(titles("porta"), ["Portal: certificate expired", "Sign-in fails"]);
    assert.equal(titles("certifcate expierd")[0], "Portal: certificate expired");
  });

  it("weigh a rare word more than common ones", () => {
    assert.equal(titles("certificate printer", 1)[0], "Printer jams");
  });

  it("are limited in number, and empty without words", () => {
    assert.equal(titles("certificate", 1).length, 1);
    assert.deepEqual([titles(""), titles("!!! \u202e"), titles("x".repeat(10_000))], [[], [], []]);
  });

  const others = ["Printer jams", "Billing report is empty", "Datei nicht gefunden", "Ошибка печати", "请求被拒绝", "画面が真っ白になる", "로그인 화면이 하얗다", "เครื่องพิมพ์ไม่ทำงาน"];
  const cases: readonly (readonly [what: string, typed: string, title: string])[] = [
    ["Japanese, a part of the sentence", "データベースに接続できない", "本番のデータベースに接続できない"],
    ["Japanese, while it is still typed", "データベ", "本番のデータベースに接続できない"],
    ["Japanese, half-width letters", "ﾃﾞｰﾀﾍﾞｰｽ", "本番のデータベースに接続できない"],
    ["Chinese, with more before it", "生产数据库连接超时", "数据库连接超时"],
    ["Chinese, two characters", "超时", "数据库连接超时"],
    ["Thai", "เชื่อมต่อฐานข้อมูล", "ไม่สามารถเชื่อมต่อฐานข้อมูล"],
    ["Korean, with another ending", "데이터베이스가", "데이터베이스에 연결할 수 없음"],
    ["German, the second part of a compound", "Verbindung", "Datenbankverbindung abgebrochen"],
    ["German, the first part of a compound", "Datenbank", "Datenbankverbindung abgebrochen"],
    ["German, a compound for its parts", "Datenbankverbindung", "Verbindung zur Datenbank weg"],
    ["Cyrillic, in other letters' case and without its dots", "ОШИБКА еще", "Ещё ошибка подключения"],
    ["accents left out", "creme brulee", "Crème brûlée is sold out"],
    ["accents added", "résumé", "Resume upload fails"],
    ["an error code", "ORA-00942", "Import stops with ORA-00942"],
    ["an error code without its hyphen", "ora00942", "Import stops with ORA-00942"],
    ["a name in parts", "kubeproxy", "kube-proxy restarts"],
    ["a name in parts, as in code", "customer id", "customer_id is null"],
    ["an address", "https://ci.example.org/builds/4711", "Build ci.example.org/builds/4711 is red"],
    ["two letters that changed places", "certifciate", "Certificate is old"],
    ["Hindi, whose vowels are marks", "संदेश", "संदेश नहीं आया"],
  ];
  for (const [what, typed, title] of cases) {
    it(`are found for ${what}`, () => {
      const all = [...others, title].map((each, index) => issue(each, index + 1));
      assert.equal(titlesOf(typed, all)[0], title);
    });
  }

  const typos: readonly (readonly [typed: string, known: string, alike: boolean])[] = [
    ["expierd", "expired", true],
    ["expird", "expired", true],
    ["exppired", "expired", true],
    ["expexed", "expired", false],
    ["certifcaet", "certificate", true],
    ["crtifcaet", "certificate", false],
    ["jam", "ham", false],
    ["jams", "jump", false],
    ["po", "portal", false],
    ["portal", "port", false],
    ["sportal", "portal", false],
  ];
  for (const [typed, known, alike] of typos) it(`are ${alike ? "" : "not "}found by “${typed}” for “${known}”`, () => assert.deepEqual(titlesOf(typed, [issue(known, 1)]), alike ? [known] : []));

  it("are not found by a similar number", () => {
    assert.deepEqual(titlesOf("00943", [issue("Import stops with 00942", 1)]), []);
  });

  it("are not found by hidden marks", () => {
    const marked = issue("Printer jams", 1, "Look\n<!-- desk:run id=run1 runbook=runbooks/ledger.md by=anabel -->\n");
    assert.deepEqual([titlesOf("ledger", [marked]), titlesOf("anabel", [marked]), titlesOf("look", [marked])], [[], [], ["Printer jams"]]);
  });
});

describe("the index of issues", () => {
  it("finds the current versions of the given issues", async () => {
    const index = newIndex();
    await index.add(issues);
    const find = (text: string, among: readonly Issue[]): readonly number[] => index.find(text, among, 9).map(({ ref }) => ref.number);
    assert.deepEqual(find("portal", issues), [2, 4]);
    assert.deepEqual(find("portal", issues.slice(2)), [4]);
    const edited = issues.map((each) => (each.ref.number === 2 ? { ...each, title: "Gateway: certificate expired" } : each));
    assert.deepEqual([find("portal", edited), find("gateway", edited)], [[4], [2]]);
    assert.deepEqual(find("ledger", [...issues, issue("Ledger is closed", 9)]).toSorted(), [3, 9]);
  });

  it("indexes many in slices with pauses, and finds them all at the end", async () => {
    const many = Array.from({ length: 300 }, (_, index) => issue(`Case ${index}`, index + 1, `${"It fails again and again. ".repeat(20)} w${index}x`));
    let pauses = 0;
    const index = createIssueIndex(async () => void (pauses += 1));
    await Promise.all([index.add(many.slice(0, 200)), index.add(many)]);
    assert.ok(pauses >= 5, String(pauses));
    for (const number of [1, 150, 300]) assert.deepEqual(index.find(`w${number - 1}x`, many, 1).map(({ ref }) => ref.number), [number]);
    const before = pauses;
    await index.add([...many]);
    assert.equal(pauses, before);
  });
});
