import assert from 'node:assert/strict';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { distinctNames, readLogin } from '../../../../src/core/model/names';

describe("A login", () => {
  it("that a desk accepts for a person can also be that person's setting", () => {
    for (const login of ["ana", "josé", "ana+ops", "ana[bot]", "李"]) {
      const { desk, problems } = parseDesk(`people:\n  - { login: ${JSON.stringify(login)} }\n`);
      assert.deepEqual([desk?.people.map((person) => person.login), problems], [[login], []]);
      assert.equal(readLogin(` ${login} `), login);
    }
  });

  it("is not an empty text, two words or another value", () => {
    for (const value of ["", " ", "two words", "@ana", "a/b", 7, undefined]) assert.equal(readLogin(value), undefined);
  });
});

describe("Names", () => {
  it("are the same in any case, and the first spelling is kept", () => {
    assert.deepEqual(distinctNames(["Portal", "Mail", "portal", "MAIL", "Chat"]), ["Portal", "Mail", "Chat"]);
  });
});
