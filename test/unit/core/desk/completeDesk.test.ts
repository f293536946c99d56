import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { completeDesk, isCompletedFromSchema } from "../../../../src/core/desk/completeDesk";

const schema: unknown = JSON.parse(readFileSync("media/desk.schema.json", "utf8"));

/** Suggestions at the | in a text. */
function at(text: string, wanted?: "all" | "rest"): readonly string[] {
  const before = text.slice(0, text.indexOf("|")).split("\n");
  return completeDesk(text.replace("|", ""), before.length - 1, before.at(-1)?.length ?? 0, schema, wanted).map((one) => one.text);
}

describe("Completion of desk.yml", () => {
  const cases: readonly (readonly [what: string, text: string, some: readonly string[], never: readonly string[]])[] = [
    ["offers the keys of the file", "|", ["team", "timezone", "rotation"], ["login"]],
    ["leaves out keys that are there, above and below", "team: A\nt|\nhours:\n", ["timezone"], ["team", "hours"]],
    ["offers kinds", "kinds:\n  |", ["incident", "request"], ["team", "prefix"]],
    ["offers the keys of a kind", "kinds:\n  incident:\n    label: x\n    |\n  issue:\n    prefix: y", ["prefix", "respondWithin"], ["label", "login"]],
    ["offers the keys of a kind in braces", "kinds:\n  incident: { label: x, re|", ["repository", "respondWithin"], ["label"]],
    ["offers them in braces within braces", "kinds: { incident: { |", ["repository"], ["incident"]],
    ["offers them after closed braces", "kinds: { incident: { label: x }, |", ["request"], ["repository"]],
    ["offers durations", "kinds:\n  incident: { respondWithin: 1|", ["1h", "15m"], ["repository"]],
    ["offers the keys of a person", "people:\n  - login: ana\n    |", ["email", "away"], ["login", "people"]],
    ["offers them for each person anew", "people:\n  - login: ana\n  - |", ["login"], ["team"]],
    ["offers what only the person above has", "people:\n  - login: ana\n    email: a\n  - login: ben\n    |", ["email"], ["login"]],
    ["offers what only the person below has", "people:\n  - login: ana\n    |\n  - login: ben\n    email: b", ["email"], ["login"]],
    ["offers them in a list that is not indented", "people:\n- login: ana\n  |", ["email"], ["login"]],
    ["offers them in braces in a list", "people:\n  - { login: ana, |", ["email"], ["login"]],
    ["offers yes and no", "people:\n  - experienced: |", ["true", "false"], []],
    ["offers weekdays", "hours:\n  |", ["Mon-Fri", "Sat"], ["team"]],
    ["offers spans", "hours:\n  Mon-Fri: |", ['["08:00-12:00","13:00-17:00"]'], []],
    ["offers stages", "stages: |", ['["To do","In progress","Done"]'], []],
    ["offers time zones", "timezone: Europe/|", ["Europe/London", "America/Los_Angeles", "UTC"], ["team"]],
    ["offers the keys of overrides", "rotation:\n  starts: 2026-01-05\n  overrides:\n    - { fr|", ["from", "to"], ["starts"]],
    ["knows a kind with a space in its name", "kinds:\n  change request:\n    |", ["repository"], ["incident"]],
  ];
  for (const [what, text, some, never] of cases) {
    it(what, () => {
      const found = at(text);
      assert.deepEqual(some.filter((one) => !found.includes(one)), []);
      assert.deepEqual(never.filter((one) => found.includes(one)), []);
    });
  }

  it("suggests nothing in comments, quotes, free text and unknown keys", () => {
    for (const text of ["# |", "team: A # |", 'team: "|', "team: A B|", "teem:\n  |", "services: [|"]) assert.deepEqual(at(text), [], text);
  });

  it("leaves suggestions from the schema to the YAML extension", () => {
    for (const text of ["|", "kinds:\n  incident:\n    |", "people:\n  - experienced: |", "kinds:\n  incident: { respondWithin: 1|"]) {
      assert.notDeepEqual(at(text), [], text);
      assert.deepEqual(at(text, "rest"), [], text);
    }
    assert.ok(at("timezone: Europe/|", "rest").includes("Europe/London"));
    assert.ok(at("kinds:\n  |", "rest").includes("incident"));
    assert.ok(at("hours:\n  Sat: []\n  |", "rest").includes("Mon-Fri"));
  });

  it("is left to the YAML extension if that is enabled, completes, and handles the file as YAML", () => {
    const support = { installed: true, completion: true, languageId: "yaml" };
    assert.equal(isCompletedFromSchema(support), true);
    assert.equal(isCompletedFromSchema({ ...support, completion: undefined }), true);
    assert.equal(isCompletedFromSchema({ ...support, installed: false }), false);
    assert.equal(isCompletedFromSchema({ ...support, completion: false }), false);
    assert.equal(isCompletedFromSchema({ ...support, languageId: "plaintext" }), false);
  });

  it("explains each key", () => {
    assert.match(completeDesk("", 0, 0, schema).find((one) => one.text === "team")?.description ?? "", /name/);
  });
});
