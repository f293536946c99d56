import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { type Desk, deskRoles, findKind } from '../../../../src/core/model/desk';
import { deskOf, marked, problemsOf } from './deskText';

describe("A desk.yml", () => {
  it("supports the complete format", () => {
    const desk = deskOf(`
team: Night shift
timezone: Europe/London
hours:
  Mon-Thu: ["8:00-12:00", "13:00-17:00"]
  Fri, Sun: ["22:00-02:00"]
holidays: [2026-11-26, { calendar: ./days/off.ics }, { country: GB, region: SCT }]
exceptions: { 2026-12-24: ["22:00-02:00", "8:00-10:00"], 2026-12-31: [] }
kinds:
  Incident: { repository: acme/live, label: outage, prefix: "[INCIDENT]", respondWithin: 1h, triageWithin: 15m, runbook: ./incident.md }
  issue: { repositories: [acme/engine, acme/docs, acme/engine] }
  request:
priorities:
  2: { label: p2, respondWithin: 2h, updateEvery: 1h, criteria: [An outage] }
  1:
stages: [New, Doing, Over]
services: [Portal]
environments: [Production]
people:
  - { login: ana, name: Ana, email: ana@example.org, phone: "+1 555 0100", experienced: true, away: [2026-12-24, 2026-12-28/2027-01-02] }
  - { login: ben, roles: [on-site] }
rotation:
  starts: 2026-01-05
  overrides: [{ from: 2026-11-24, to: 2026-11-26T12:00, primary: ben }]
escalation: [{ after: 30m, to: [backup, on-site, ana, lead] }]
severities: [SEV0, SEV1]
incidentRoles: [Lead, comms]
transitions: { new: [doing] }
checklists: [{ runbook: "ops.md#start-of-day", role: BEN, when: start-of-day }, { runbook: ops.md, when: end-of-shift }]
triage: { within: 20m, tell: [BEN, Primary], keepAnswers: true }
audiences: { users: { slack: "#ops", webhook: ops-channel, updateEvery: { "2": 30m }, hours: always }, leadership: { email: [lead@example.org], updateEvery: 4h, internal: true } }
postmortem: { folder: reports/, for: ["2"], within: 5d, template: docs/post-mortem.md }
folders: [./runbooks/, .]
`);
    const expected: Desk = {
      team: "Night shift",
      timezone: "Europe/London",
      hours: [
        { weekday: 1, spans: [{ from: "00:00", to: "02:00" }, ...day] },
        ...[2, 3, 4].map((weekday) => ({ weekday, spans: day })),
        { weekday: 5, spans: [{ from: "22:00", to: "24:00" }] },
        { weekday: 6, spans: [{ from: "00:00", to: "02:00" }] },
        { weekday: 7, spans: [{ from: "22:00", to: "24:00" }] },
      ],
      holidays: [{ kind: "date", date: "2026-11-26" }, { kind: "calendar", path: "days/off.ics" }, { kind: "country", country: "GB", region: "SCT" }],
      exceptions: [{ date: "2026-12-24", spans: [{ from: "08:00", to: "10:00" }, { from: "22:00", to: "24:00" }] }, { date: "2026-12-31", spans: [] }],
      kinds: [
        {
          name: "incident",
          repositories: ["acme/live"],
          label: "outage",
          prefix: "[INCIDENT]",
          respondWithin: { amount: 1, unit: "h" },
          triageWithin: { amount: 15, unit: "m" },
          runbook: "incident.md",
        },
        { name: "issue", repositories: ["acme/engine", "acme/docs"] },
        { name: "request", repositories: ["local"] },
      ],
      priorities: [
        { name: "2", label: "p2", respondWithin: { amount: 2, unit: "h" }, updateEvery: { amount: 1, unit: "h" }, criteria: ["An outage"] },
        { name: "1", label: "priority: 1", criteria: [] },
      ],
      severities: ["SEV0", "SEV1"],
      stages: ["New", "Doing", "Over"],
      services: ["Portal"],
      environments: ["Production"],
      people: [
        {
          login: "ana",
          name: "Ana",
          email: "ana@example.org",
          phone: "+1 555 0100",
          experienced: true,
          roles: [],
          away: ["2026-12-24/2026-12-24", "2026-12-28/2027-01-02"],
        },
        { login: "ben", experienced: false, roles: ["on-site"], away: [] },
      ],
      rotation: {
        starts: "2026-01-05",
        every: { amount: 1, unit: "w" },
        dayStarts: "00:00",
        roles: ["primary", "backup"],
        people: ["ana", "ben"],
        planned: [],
        overrides: [{ from: "2026-11-24", to: "2026-11-26T12:00", roles: { primary: "ben" } }],
      },
      rotations: [],
      incidentRoles: ["lead", "comms"],
      transitions: { New: ["Doing"] },
      checklists: [{ runbook: "ops.md#start-of-day", when: "start-of-day", role: "ben" }, { runbook: "ops.md", when: "end-of-shift" }],
      triage: { within: { amount: 20, unit: "m" }, tell: ["ben", "primary"], keepsAnswers: true },
      escalation: [{ after: { amount: 30, unit: "m" }, to: ["backup", "on-site", "ana", "lead"] }],
      audiences: [
        { name: "users", slack: "#ops", email: [], webhook: "ops-channel", updateEvery: { "2": { amount: 30, unit: "m" } }, aroundTheClock: true, isInternal: false },
        { name: "leadership", email: ["lead@example.org"], updateEvery: { "1": { amount: 4, unit: "h" }, "2": { amount: 4, unit: "h" } }, aroundTheClock: false, isInternal: true },
      ],
      postmortem: { folder: "reports", for: ["2"], within: { amount: 5, unit: "d" }, template: "docs/post-mortem.md" },
      folders: ["runbooks", ""],
    };
    assert.deepEqual(desk, expected);
  });

  it("that is empty is the default desk, without rules for post-mortems", () => {
    const reading = parseDesk("", "acme/desk");
    const { postmortem, ...expected } = defaultDesk("acme/desk");
    assert.deepEqual(reading, { desk: { ...expected, postmortem: { ...postmortem, for: [] } }, problems: [] });
  });

  it("can be open until midnight", () => {
    assert.deepEqual(deskOf('hours: { Mon: ["22:00-00:00"] }').hours, [{ weekday: 1, spans: [{ from: "22:00", to: "24:00" }] }]);
  });

  it("can contain an unfinished key", () => {
    assert.deepEqual(problemsOf("team: A\nhours:\nkinds:\n  incident:\n    label:\n"), []);
  });

  it("finds kinds in any case, and lists every role", () => {
    const desk = deskOf("kinds: { Change Request: }\npeople: [{ login: ana, roles: [on-site, backup] }]\nrotation: { starts: 2026-01-05 }");
    assert.equal(findKind(desk, "CHANGE REQUEST")?.name, "change request");
    assert.equal(findKind(desk, "incident"), undefined);
    assert.deepEqual(deskRoles(desk), ["primary", "backup", "on-site", "lead", "communications", "scribe"]);
  });

  it("is loaded in spite of warnings", () => {
    const { desk, problems } = parseDesk("teem: A\nteam: B\n");
    assert.equal(desk?.team, "B");
    assert.deepEqual(problems.map((problem) => problem.severity), ["warning"]);
  });
});

const day = [
  { from: "08:00", to: "12:00" },
  { from: "13:00", to: "17:00" },
];

describe("A problem in a desk.yml is reported with its position", () => {
  const cases: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
    ["an unknown key", "«teem»: A", ["warning unknownKey teem"]],
    ["an unknown key inside", "kinds:\n  incident: { «repo»: acme/x }", ["warning unknownKey repo"]],
    ["an unknown key in a list", "people:\n  - login: ana\n    «mail»: x", ["warning unknownKey mail"]],
    ["a key twice", "team: A\n«team»: B", ["error badYaml DUPLICATE_KEY"]],
    ["a value of the wrong type", "team: «[A]»", ["error wrongType team"]],
    ["a number where text belongs", "services: [Portal, «404»]", ["error wrongType 1"]],
    ["a missing key", "people:\n  - «name»: Ana", ["error missingKey login"]],
    ["a missing key in a map", "«rotation»: { every: 1w }", ["error missingKey starts"]],
    ["an empty list of repositories", "kinds: { issue: { repositories: «[]» } }", ["error missingKey "]],
    ["a list for a map", "kinds: «[incident]»\nhours: «[Mon]»", ["error wrongType kinds", "error wrongType hours"]],
    ["a list for a kind", "kinds:\n  incident: «[a]»", ["error wrongType incident"]],
    ["a file that is a list", "«- a\n- b\n»", ["error wrongType "]],
    ["a time zone that is not", "timezone: «America/Los_Angels»", ["error badTimezone America/Los_Angels"]],
    ["a day the calendar lacks", "holidays: [2028-02-29, «2026-02-29»]", ["error badDate 2026-02-29"]],
    ["a date in another order", "holidays:\n  - «26.11.2026»", ["error badDate 26.11.2026"]],
    ["days away that end before they start", "people: [{ login: a, away: [«2026-02-02/2026-02-01»] }]", ["error badDate 2026-02-02/2026-02-01"]],
    ["an override that ends before it starts", "rotation: { starts: 2026-01-05, overrides: [{ from: 2026-02-02, to: «2026-02-01» }] }", ["error badDate 2026-02-01"]],
    ["an override of no length", "rotation: { starts: 2026-01-05, overrides: [{ from: 2026-02-02T10:00, to: «2026-02-02T10:00» }] }", ["error badDate 2026-02-02T10:00"]],
    ["a duration without unit", "kinds:\n  incident: { respondWithin: «\"60\"» }", ["error badDuration 60"]],
    ["shifts in hours", "rotation: { starts: 2026-01-05, every: «12h» }", ["error badDuration 12h"]],
    ["a short day the calendar lacks", "exceptions: { «2026-02-29»: [] }", ["error badDate 2026-02-29"]],
    ["a short day of no length", "exceptions: { 2026-02-28: [«\"08:00-08:00\"»] }", ["error badHours 08:00-08:00"]],
    ["a region of no country", "holidays: [«{ region: CA }»]", ["error missingKey calendar"]],
    ["an unknown weekday", "hours: { «Funday»: [\"08:00-12:00\"] }", ["error badHours Funday"]],
    ["a span that is not one", "hours: { Mon: [«8-12»] }", ["error badHours 8-12"]],
    ["a span of no length", "hours: { Mon: [«\"08:00-08:00\"»] }", ["error badHours 08:00-08:00"]],
    ["spans that overlap", "hours: { Mon-Fri: [\"08:00-17:00\"], Fri: [«\"08:00-15:00\"»] }", ["error badHours 08:00-15:00"]],
    ["a span into the next morning's", "hours: { Mon: [\"00:00-08:00\"], Sun: [«\"22:00-01:00\"»] }", ["error badHours 22:00-01:00"]],
    ["a repository that is none", "kinds: { issue: { repository: «engine» } }", ["error badRepository engine"]],
    ["a repository of dots", "kinds: { issue: { repository: «../..» } }", ["error badRepository ../.."]],
    ["no kinds", "«kinds»: {}", ["error noKinds "]],
    ["a kind twice in other letters", "kinds: { Bug: , «bug»: }", ["error duplicateName bug"]],
    ["a kind that is the product's own", "kinds: { «Checklist»: }", ["error duplicateName Checklist"]],
    ["a kind that cannot name a folder", "kinds: { «../x»: }", ["error badName ../x"]],
    ["a person twice", "people: [{ login: ana }, { login: «Ana» }]", ["error duplicateName ana"]],
    ["a login with @", "people: [{ login: «\"@ana\"» }]", ["error badName @ana"]],
    ["one stage", "stages: «[Open]»", ["error tooFewStages Open"]],
    ["a folder outside", "postmortem: { folder: «../elsewhere» }", ["error unsafePath ../elsewhere"]],
    ["a runbook outside", "kinds: { incident: { runbook: «a/../../b.md» } }", ["error unsafePath a/../../b.md"]],
    ["an absolute folder", "folders: [runbooks, «/etc»]", ["error unsafePath /etc"]],
    ["a folder on a drive", "folders: [«'C:\\x'»]", ["error unsafePath C:\\x"]],
    ["the repository's own store", "postmortem: { folder: «.git/hooks» }", ["error unsafePath .git/hooks"]],
    ["a calendar by address", "holidays: [{ calendar: «https://example.org/x.ics» }]", ["error unsafePath https://example.org/x.ics"]],
    ["a template outside", "postmortem: { template: «../t.md» }", ["error unsafePath ../t.md"]],
    ["a template that is not Markdown", "postmortem: { template: «docs/t.txt» }", ["error notMarkdown docs/t.txt"]],
    ["an unknown priority", "postmortem: { for: [high, «urgent»] }", ["warning unknownPriority urgent"]],
    ["the impact of an unknown severity", "severities: [S1, S2]\nimpact: { S1: major, s2: 0.5, «SEV1»: none }", ["warning unknownSeverity SEV1"]],
    ["an impact that is more than an outage", "impact: { SEV1: «2» }", ["error badImpact 2"]],
    ["an impact in percent", "impact: { SEV1: «30%», SEV2: «{ share: 30 }» }", ["error badImpact 30%", "error wrongType SEV2"]],
    ["an unknown person in the rotation", "people: [{ login: ana }]\nrotation: { starts: 2026-01-05, people: [ana, «bob»] }", ["warning unknownPerson bob"]],
    ["an unknown role and person in an override", "people: [{ login: ana }]\nrotation:\n  starts: 2026-01-05\n  overrides: [{ from: 2026-01-05, to: 2026-01-06, «third»: «bob» }]", ["warning unknownRole third", "warning unknownPerson bob"]],
    ["an audience that nobody can reach", "audiences: { users: { slack: '#ops' }, «boss»: }", ["warning unreachableAudience boss"]],
    ["an audience twice in other letters", "audiences: { users: { webhook: a }, «Users»: { webhook: b } }", ["error duplicateName Users"]],
    ["an audience with an address that is none", "audiences: { users: { email: [a@b.example, «'a@b.example, c@d.example'»] } }", ["warning badEmail a@b.example, c@d.example"]],
    ["a cadence for an unknown priority", "audiences: { users: { webhook: a, updateEvery: { high: 1h, «urgent»: 2h } } }", ["warning unknownPriority urgent"]],
    ["an unknown escalation", "people: [{ login: ana }]\nescalation: [{ after: 1h, to: [ana, lead, «bob»] }]", ["warning unknownPerson bob"]],
    ["several at once, in order", "holidays: [«x»]\nstages: «[A]»\n«zzz»: 1", ["error badDate x", "error tooFewStages A", "warning unknownKey zzz"]],
    ["brackets that never close", "team: [A«»", ["error badYaml BAD_INDENT"]],
    ["a tag", "team: «!!js/function» x", ["warning badYaml TAG_RESOLVE_FAILED"]],
  ];
  for (const [what, text, expected] of cases) {
    it(what, () => {
      const { plain, ranges } = marked(text);
      const { desk, problems } = parseDesk(plain);
      assert.deepEqual(
        problems.map(({ severity, code, details }) => `${severity} ${code} ${details["value"] ?? ""}`),
        expected,
      );
      assert.deepEqual(problems.map((problem) => problem.range), ranges);
      assert.equal(desk === undefined, expected.some((problem) => problem.startsWith("error")));
    });
  }

  it("for an unknown login only when the desk lists people", () => {
    assert.deepEqual(problemsOf("rotation: { starts: 2026-01-05, people: [ana, bob] }"), []);
  });
});

describe("A malicious desk.yml", () => {
  it("with nested aliases is rejected", () => {
    const rows = Array.from({ length: 12 }, (_, row) => `a${row}: &a${row} [${Array(10).fill(row === 0 ? "x" : `*a${row - 1}`).join(", ")}]`);
    assert.deepEqual(problemsOf(rows.join("\n")), ["error badYaml tooLarge"]);
  });

  it("whose alias contains itself is rejected", () => {
    assert.deepEqual(problemsOf("services: &a [*a]"), ["error badYaml tooLarge"]);
  });

  it("with only brackets is rejected", () => {
    for (const opener of ["[", "{", "- ", "? "]) assert.deepEqual(problemsOf(opener.repeat(50_000)), ["error badYaml tooLarge"]);
    assert.deepEqual(problemsOf(`services: ${"[".repeat(200)}${"]".repeat(200)}`), ["error badYaml tooLarge"]);
  });

  it("that is huge is rejected without parsing", () => {
    assert.deepEqual(problemsOf(`# ${"x".repeat(200_000)}`), ["error badYaml tooLarge"]);
  });

  it("cannot reach a prototype", () => {
    const reading = parseDesk("__proto__: { polluted: 1 }\nkinds: { __proto__: { label: x }, constructor: , incident: }\npriorities: { toString: }");
    assert.equal(Reflect.get({}, "polluted"), undefined);
    assert.deepEqual(reading.desk?.kinds.map((kind) => kind.name), ["incident"]);
    assert.deepEqual(reading.desk?.priorities.map((priority) => priority.name), ["toString"]);
    assert.deepEqual(reading.problems.map((problem) => problem.details["value"]), ["__proto__", "__proto__", "constructor"]);
  });

  it("can use an anchor in the usual way", () => {
    const desk = deskOf('hours: { Mon: &day ["08:00-12:00"], Tue: *day }');
    assert.deepEqual(desk.hours.map((one) => one.spans), [[{ from: "08:00", to: "12:00" }], [{ from: "08:00", to: "12:00" }]]);
  });

  it("full of unknown keys has a limited number of problems", () => {
    const text = Array.from({ length: 5000 }, (_, row) => `k${row}: 1`).join("\n");
    assert.equal(parseDesk(text).problems.length, 100);
  });

  it("is reported with Windows line breaks too", () => {
    const [problem] = parseDesk("team: A\r\nstages: [A]\r\n").problems;
    assert.deepEqual(problem?.range, { startLine: 1, startColumn: 8, endLine: 1, endColumn: 11 });
  });
});
