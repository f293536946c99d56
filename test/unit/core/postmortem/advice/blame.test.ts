import assert from "node:assert/strict";
import fc from "fast-check";
import { namesIn } from "../../../../../src/core/postmortem/advice/blame";
import { cpuTime } from "../../../../support/cpuTime";
import { propertyRuns } from "../../../../support/propertyRuns";
import { anyText } from "../samples";

const people = [
  { login: "ana-b", name: "Ana Bäcker" },
  { login: "ben", name: "Ben O'Neil" },
  { login: "jose", name: "José García" },
  { login: "am9", name: "Anne-Marie Dubois" },
  { login: "will", name: "Will Young" },
  { login: "tanaka", name: "田中 太郎" },
  { login: "minsu", name: "민수" },
  { login: "hk", name: "Dr. Helga Krüger" },
];

const named = (text: string, roles: readonly string[] = []): readonly string[] => namesIn(text, people, roles).map(({ name, login }) => `${name}=${login ?? ""}`);

describe("Names of people in a text", () => {
  const found: readonly (readonly [string, readonly string[]])[] = [
    ["Ana deployed it.", ["Ana=ana-b"]],
    ["ANA BÄCKER deployed it with Ben's key", ["ANA BÄCKER=ana-b", "Ben=ben"]],
    ["Dr. Krüger and Helga", ["Helga=hk"]],
    ["Dr. Helga Krüger", ["Dr. Helga Krüger=hk"]],
    ["(Ana, Ben)", ["Ana=ana-b", "Ben=ben"]],
    ["Ben\nO'Neil", ["Ben\nO'Neil=ben"]],
    ["ben restarted ana-b’s host", ["ben=ben", "ana-b=ana-b"]],
    ["Jose\u0301 Garci\u0301a and José", ["José García=jose", "José=jose"].map((name) => name.normalize("NFD").replace("José=", "José=".normalize("NFC")))],
    ["Anne-Marie was alone", ["Anne-Marie=am9"]],
    ["@zoe and @\u2060Ben and @ana-b. Then", ["zoe=", "Ben=ben", "ana-b=ana-b"]],
    ["Will Young said that it will work", ["Will Young=will"]],
    ["昨日、田中さんが再起動した", ["田中=tanaka"]],
    ["민수가 배포했다", ["민수=minsu"]],
    ["**Ana**, _Ben_ and ~~Ben~~", ["Ana=ana-b", "Ben=ben", "Ben=ben"]],
    ["- Ana\n- Ben.", ["Ana=ana-b", "Ben=ben"]],
  ];
  for (const [text, names] of found) {
    it(`are found in ${JSON.stringify(text)}`, () => assert.deepEqual(named(text).map((name) => name.normalize("NFC")), names.map((name) => name.normalize("NFC"))));
  }

  const notFound = [
    "Will it work? It will.", "Banana, Benjamin and anastrophe", "`Ana` and `@ben`", "```\nAna\n@ben\n```", "[Ana's runbook](https://example.com/Ana)", "https://example.com/Ana/Ben",
    "<!-- Ana -->", "ana@example.com, Ben@example.com", "ben.example.com and ben-service and /srv/ben", "@acme/web and @ben/tools", "the ANA protocol", "@dependabot and @github-actions", "[Ana][1]", "x@ben", "$ben, #ben, ben=1", "",
  ];
  for (const text of notFound) {
    it(`are not found in ${JSON.stringify(text)}`, () => assert.deepEqual(named(text), []));
  }

  it("are not roles of the desk", () => assert.deepEqual(named("@primary asked @Backup and @lead", ["primary", "backup"]), ["lead="]));

  it("are at the given positions", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.constantFrom("Ana", " Ben ", "@ben", "田中", "`", "[", "](x)", "José")), { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        let last = 0;
        for (const { start, end, name } of namesIn(text, people)) {
          assert.ok(last <= start && start < end && end <= text.length);
          assert.equal(text.slice(start, end), name);
          last = end;
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  for (const piece of ["Ana ", "@", "[", "`", "a.", "[a](", "<!--", "ab-", "a://", "田", "[a][", "_", "```\n"]) {
    it(`are found in time in proportion to the length of ${JSON.stringify(piece)} repeated`, () => {
      const text = piece.repeat(300_000 / piece.length);
      const started = cpuTime();
      namesIn(text, people);
      assert.ok(cpuTime() - started < 3000);
    });
  }
});
