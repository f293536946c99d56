import fc from 'fast-check';
import assert from 'node:assert/strict';
import { checkChange, fixChange } from '../../../../src/core/desk/deskEdits';
import { withEdits } from '../../../../src/core/markup/yamlEdit';
import { dateFrom } from '../../../../src/core/model/calendarDate';
import { shiftsBetween } from '../../../../src/core/oncall/rotation';
import { propertyRuns } from '../../../support/propertyRuns';
import { deskOf } from './deskText';

const now = "2026-06-10T12:00:00Z";

function problemsIn(before: string, text: string): readonly string[] {
  return checkChange(before, text, now).map(({ code, details, range }) => `${code} ${details["value"] ?? ""} ${details["date"] ?? ""} line ${range.startLine + 1}`);
}

/** The text once every reported change is fixed. */
function fixed(before: string, text: string): string {
  const [problem] = checkChange(before, text, now);
  if (problem === undefined) return text;
  const edits = fixChange(before, text, now, problem);
  assert.notEqual(edits.length, 0, `no fix for ${problem.code} in\n${text}`);
  return fixed(before, withEdits(text, edits));
}

const rotation = "rotation: { starts: 2026-01-05, every: 1w, roles: [primary] }\n";

const flow = `people: [{ login: ana }, { login: ben, name: Ben }, { login: cy }]\n${rotation}`;

const block = `people:\n  - { login: ana }\n  - login: ben # until he goes\n    name: Ben\n  - login: cy\n${rotation}`;

describe("A change of a rotation's people", () => {
  it("that changes past or current shifts is reported at the person", () => {
    assert.deepEqual(problemsIn(flow, flow.replace("{ login: cy }", "{ login: cy }, { login: new }")), ["joinsNow new 2026-06-15 line 1"]);
    assert.deepEqual(problemsIn(block, block.replace(rotation, `  - login: new\n${rotation}`)), ["joinsNow new 2026-06-15 line 6"]);
    assert.deepEqual(problemsIn(flow, flow.replace("{ login: ana }, ", "")), ["leavesNow ana 2026-06-14 line 1"]);
  });

  it("that changes no past or current shift is not reported", () => {
    assert.deepEqual(problemsIn(flow, flow), []);
    assert.deepEqual(problemsIn(flow, flow.replace("{ login: cy }", "{ login: cy }, { login: new, from: 2026-06-15 }")), []);
    assert.deepEqual(problemsIn(flow, flow.replace("name: Ben", "name: Benjamin")), []);
    assert.deepEqual(problemsIn(flow.replace("2026-01-05", "2026-06-15"), flow.replace("2026-01-05", "2026-06-15").replace("{ login: ana }, ", "")), []);
    assert.deepEqual(problemsIn(flow, flow.replace("people: [", "people: [{ login: new }, ").replace("roles: [primary]", "roles: [primary], people: [ana, ben, cy]")), []);
    assert.deepEqual(problemsIn(flow, "people: ["), []);
  });

  const fixes: readonly (readonly [what: string, before: string, text: string, after: string])[] = [
    ["a first day in braces", flow, flow.replace("{ login: cy }", "{ login: cy }, { login: new, name: New }"), flow.replace("{ login: cy }", "{ login: cy }, { login: new, name: New, from: 2026-06-15 }")],
    ["a first day on a line", block, block.replace(rotation, `  - login: new\n    name: New # soon\n${rotation}`), block.replace(rotation, `  - login: new\n    name: New # soon\n    from: 2026-06-15\n${rotation}`)],
    ["a first day in the rotation's own list", flow.replace(" }\n", ", people: [ana, ben] }\n"), flow.replace(" }\n", ", people: [cy, ana, ben] }\n"), flow.replace(" }\n", ', people: [{ login: "cy", from: 2026-06-15 }, ana, ben] }\n')],
    ["a last day in braces, at the old place", flow, flow.replace("{ login: ana }, ", ""), flow.replace("{ login: ana }", "{ login: ana, until: 2026-06-14 }")],
    ["a last day on a line, at the old place", block, block.replace("  - login: ben # until he goes\n    name: Ben\n", ""), block.replace("    name: Ben\n", "    name: Ben\n    until: 2026-06-14\n")],
    ["a last day at the end", block, block.replace("  - login: cy\n", ""), block.replace("  - login: cy\n", "  - login: cy\n    until: 2026-06-14\n")],
    ["a last day of somebody in braces in a block", block, block.replace("  - { login: ana }\n", ""), block.replace("{ login: ana }", "{ login: ana, until: 2026-06-14 }")],
  ];
  for (const [what, before, text, after] of fixes) it(`is mended by ${what}`, () => assert.equal(fixed(before, text), after));

  it("has no fix if the text cannot be edited", () => {
    const aliased = flow.replace("{ login: cy }]", "{ login: cy }, *new]");
    const before = `x: &new { login: new }\n${flow}`;
    const [problem] = checkChange(before, `x: &new { login: new }\n${aliased}`, now);
    assert.deepEqual(problem === undefined ? undefined : fixChange(before, `x: &new { login: new }\n${aliased}`, now, problem), []);
  });

  it("leaves every past and current shift unchanged after the fix", () => {
    const logins = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1 });
    const rules = fc.constantFrom("every: 1w", "every: 1d, days: Mon-Fri", "every: 2d", "every: 2w, days: Sat-Sun", "from: 20:00, to: 06:00");
    const lists = (people: readonly string[], isBlock: boolean): string => (isBlock ? `people:\n${people.map((login) => `  - login: ${login}\n    name: N ${login}\n`).join("")}` : `people: [${people.map((login) => `{ login: ${login} }`).join(", ")}]\n`);
    fc.assert(
      fc.property(logins, logins, rules, fc.boolean(), (people, others, rule, isBlock) => {
        const desk = (list: readonly string[]): string => `${lists(list, isBlock)}rotation: { starts: 2026-05-04, ${rule}, roles: [primary] }\n`;
        // Those who stay do so in their order.
        const stay = people.filter((login) => others.includes(login));
        fc.pre(stay.length > 0);
        const joined = others.filter((login) => !people.includes(login));
        const [before, after] = [desk(people), fixed(desk(people), desk([...stay, ...joined]))];
        const shifts = (text: string): readonly unknown[] => shiftsBetween(deskOf(text), dateFrom("2026-06-01"), dateFrom("2026-06-10"));
        assert.deepEqual(shifts(after), shifts(before), after);
      }),
      { numRuns: propertyRuns(80) },
    );
  });
});
