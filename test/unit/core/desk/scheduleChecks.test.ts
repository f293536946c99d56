import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { holdersAt } from '../../../../src/core/oncall/rotation';
import { escalationLevels } from '../../../../src/core/response/escalation';
import { deskOf, problemsOf } from './deskText';

const office = (more: string, people = "{ login: ana }, { login: ben }"): string => `timezone: Europe/Berlin\npeople: [${people}]\nrotation: { starts: 2026-06-01, days: Mon-Fri, from: "09:00", to: "17:00", roles: [primary]${more} }`;

const overrides = (...all: readonly string[]): string => office(`, overrides: [${all.join(", ")}]`);

describe("Schedule entries without effect are reported", () => {
  const cases: readonly (readonly [what: string, desk: string, problems: readonly string[]])[] = [
    ["an override at a weekend without on-call hours", overrides("{ from: 2026-06-06, to: 2026-06-07, primary: ben }"), ["warning noWorkingDay 2026-06-01"]],
    ["one from the weekend on", overrides("{ from: 2026-06-06, to: 2026-06-08, primary: ben }"), []],
    ["one before the rotation starts", overrides("{ from: 2026-05-25, to: 2026-05-31, primary: ben }"), ["warning beforeStart 2026-06-01"]],
    ["one that lasts until after it starts", overrides("{ from: 2026-05-25, to: 2026-06-01, primary: ben }"), []],
    ["one that ends as the first shift starts", overrides("{ from: 2026-05-25, to: 2026-06-01T09:00, primary: ben }"), ["warning beforeStart 2026-06-01"]],
    ["one in the night", overrides("{ from: 2026-06-08T17:00, to: 2026-06-09T09:00, primary: ben }"), ["warning noWorkingDay 2026-06-01"]],
    ["one that has a minute of the day", overrides("{ from: 2026-06-08T16:59, to: 2026-06-09T09:00, primary: ben }"), []],
    ["one from Friday evening to Monday morning", overrides("{ from: 2026-06-05T17:00, to: 2026-06-08T09:00, primary: ben }"), ["warning noWorkingDay 2026-06-01"]],
    ["one of a role that there is not", overrides("{ from: 2026-06-08, to: 2026-06-08, boss: ben }"), ["warning unknownRole boss"]],
    ["one that names no role", overrides("{ from: 2026-06-08, to: 2026-06-08 }"), ["warning noRole "]],
    ["one for somebody who has left", office(", overrides: [{ from: 2026-06-10, to: 2026-06-11, primary: ben }]", "{ login: ana }, { login: ben, until: 2026-06-09 }"), ["warning notOnTeam ben"]],
    ["one for somebody who joins within it", office(", overrides: [{ from: 2026-06-10, to: 2026-06-11, primary: ben }]", "{ login: ana }, { login: ben, from: 2026-06-11 }"), []],
    ["a planned turn in which nobody works", `people: [{ login: ana }]\nrotation: { starts: 2026-06-01, every: 1d, days: Mon-Fri, roles: [primary], planned: { 2026-06-06: { primary: ana } } }`, ["warning noWorkingDay 2026-06-06"]],
    ["a planned turn for somebody who is not there yet", office(", planned: { 2026-06-08: { primary: ben } }", "{ login: ana }, { login: ben, from: 2026-07-01 }"), ["warning notOnTeam ben"]],
    ["an absence at a weekend without on-call hours", office("", "{ login: ana, away: [2026-06-06/2026-06-07] }, { login: ben }"), ["warning noWorkingDay 2026-06-01"]],
    ["an absence before the rotation starts", office("", "{ login: ana, away: [2026-05-06] }, { login: ben }"), ["warning beforeStart 2026-06-01"]],
    ["an absence on the morning after the last night", `people: [{ login: ana, away: [2026-06-06] }]\nrotation: { starts: 2026-06-01, days: Mon-Fri, from: 22:00, to: 06:00, roles: [primary] }`, []],
    ["an absence that another rotation heeds", `${office("", "{ login: ana, away: [2026-06-06] }, { login: ben }")}\nrotations: { weekend: { starts: 2026-06-01, days: Sat-Sun } }`, []],
    ["an absence of somebody in no rotation", office(", people: [ben]", "{ login: ana, away: [2026-06-06] }, { login: ben }"), []],
    ["an override with everything right, years on", overrides("{ from: 2031-06-02, to: 2031-06-03, primary: ben }"), []],
  ];
  for (const [what, desk, problems] of cases) it(what, () => assert.deepEqual(problemsOf(desk), problems));

  it("at their positions", () => {
    const [problem] = parseDesk("people: [{ login: ana }]\nrotation:\n  starts: 2026-06-01\n  days: Mon-Fri\n  overrides:\n    - { from: 2026-06-06, to: 2026-06-06, primary: ana }\n").problems;
    assert.equal(problem?.range.startLine, 5);
  });
});

describe("A shift without an available person is reported", () => {
  const away = (ana: string, ben: string, more = ""): readonly string[] =>
    parseDesk(office(more, `{ login: ana, away: [${ana}] }, { login: ben, away: [${ben}] }`)).problems.map(({ code, details }) => `${code} ${details["value"] ?? ""} ${details["from"] ?? ""} ${details["to"] ?? ""}`);

  it("when everybody is away on its working days", () => {
    assert.deepEqual(away("2026-06-08/2026-06-12", "2026-06-01/2026-06-14"), ["nobodyLeft primary 2026-06-08 2026-06-12"]);
    assert.deepEqual(away("2026-06-08/2026-06-11", "2026-06-01/2026-06-14"), []);
    assert.deepEqual(away("2026-06-08/2026-06-26", "2026-06-08/2026-06-26"), ["nobodyLeft primary 2026-06-08 2026-06-26"]);
  });

  it("but not when an override or a plan names somebody", () => {
    assert.deepEqual(away("2026-06-08/2026-06-12", "2026-06-01/2026-06-14", ", overrides: [{ from: 2026-06-08, to: 2026-06-12, primary: ben }]"), []);
    assert.deepEqual(away("2026-06-08/2026-06-12", "2026-06-01/2026-06-14", ", planned: { 2026-06-08: { primary: ben } }"), []);
  });

  it("quickly, however long people are away", () => {
    const people = Array.from({ length: 40 }, (_, person) => `{ login: p${person}, away: [0001-01-01/9999-12-31] }`).join(", ");
    assert.ok(problemsOf(`people: [${people}]\nrotation: { starts: 0001-01-01, every: 1d }`).includes("warning nobodyLeft primary"));
  });
});

describe("Logins and roles are compared ignoring case", () => {
  const text = "people: [{ login: Ana }, { login: cy, roles: [On-Site] }]\nrotation: { starts: 2026-06-01, roles: [primary, backup], people: [ana, CY], overrides: [{ from: 2026-06-02, to: 2026-06-03, Primary: Cy }], planned: { 2026-06-08: { primary: CY, BACKUP: aNa } } }\nescalation: [{ after: 30m, to: [Backup, on-site, ANA] }]\npriorities: { High: }\npostmortem: { for: [high] }";

  it("so that nobody has two roles, and nobody is unknown", () => {
    const desk = deskOf(text);
    assert.deepEqual(holdersAt(desk, "2026-06-02T12:00:00Z"), { primary: "cy", backup: "Ana" });
    assert.deepEqual(holdersAt(desk, "2026-06-10T12:00:00Z"), { primary: "cy", backup: "Ana" });
    assert.deepEqual(desk.rotation?.people, ["Ana", "cy"]);
    assert.deepEqual(desk.postmortem.for, ["High"]);
  });

  it("also in the escalation policy", () => {
    const desk = deskOf(text);
    const [level] = escalationLevels(desk, holdersAt(desk, "2026-06-02T12:00:00Z"), businessTime(desk), "2026-06-02T12:00:00Z", "2026-06-02T12:00:00Z");
    assert.deepEqual(level?.logins, ["Ana", "cy"]);
  });

  it("and in a desk without people, the first spelling counts", () => {
    assert.deepEqual(holdersAt(deskOf("rotation: { starts: 2026-06-01, people: [Ana, ben], overrides: [{ from: 2026-06-02, to: 2026-06-03, primary: Ben }] }"), "2026-06-02T12:00:00Z"), { primary: "ben", backup: "Ana" });
  });

  it("and duplicates in two spellings are reported", () => {
    assert.deepEqual(problemsOf("people: [{ login: ana }, { login: Ana }]"), ["error duplicateName ana"]);
    assert.deepEqual(problemsOf("rotation: { starts: 2026-06-01, people: [ana, Ana] }"), ["error duplicateName ana"]);
    assert.deepEqual(problemsOf("rotation: { starts: 2026-06-01, people: [ana], roles: [primary, Primary] }"), ["error duplicateName primary"]);
    assert.deepEqual(problemsOf("rotation: { starts: 2026-06-01, people: [ana], overrides: [{ from: 2026-06-02, to: 2026-06-03, primary: ana, Primary: ana }] }"), ["error duplicateName Primary"]);
  });
});
