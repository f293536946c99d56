import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Person } from '../../../../../src/core/model/desk';
import { nameFilter, publicPeople, type PublicPeople } from '../../../../../src/core/postmortem/review/publicNames';
import { type PublicContext, type PublicVersion, publicVersion, renderPublicVersion, repositoriesIn } from '../../../../../src/core/postmortem/review/publicVersion';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { propertyRuns } from '../../../../support/propertyRuns';
import { anyPostmortem, parse, zone } from '../samples';

type Member = PublicPeople["people"][number];

const person = (login: string, more: Partial<Person> = {}): Member => ({ login, roles: [], ...more });

const team: PublicPeople = {
  people: [
    person("ana", { name: "Ana Ruiz", email: "ana.ruiz@acme.example", phone: "+1 555 0100" }),
    person("ben-o", { name: "Ben O'Hara", roles: ["specialist"] }),
    person("josé", { name: "José Will" }),
    person("tanaka", { name: "田中 太郎" }),
  ],
  roles: [{ role: "lead", login: "Ana" }, { role: "scribe", login: "tanaka" }],
};

const clean = (text: string, people: PublicPeople = team): string => nameFilter(people).replace(text);

/** The words of a text as the test sees them, without case and accents. */
const words = (text: string): readonly string[] => text.normalize("NFD").toLowerCase().replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];

const contains = (text: string, name: string): boolean => {
  const [all, wanted] = [words(text), words(name)];
  return wanted.length > 0 && all.some((_word, at) => wanted.every((word, index) => all[at + index] === word));
};

const write = (text: string, way: number): string => [text, text.toUpperCase(), `@${text}`, `\`${text}\``, `${text}'s`, `[${text}](https://x.example/${text})`, `@\u2060${text}`, text.replace(/[- ]/, "\\$&"), `**${text}**`, `/${text}/`, text.normalize("NFD"), `“${text}”`][way % 12] ?? text;

describe("Names in a public text", () => {
  it("become the role in the incident, the role in the team, or an engineer", () => {
    assert.equal(clean("Opened by ana, then @ben-o and @\u2060josé. tanaka wrote."), "Opened by the incident lead, then a specialist and an engineer. The scribe wrote.");
    assert.equal(clean("ana's idea\n- ANA: yes\n| Ana Ruiz |"), "The incident lead's idea\n- The incident lead: yes\n| The incident lead |");
  });

  it("are found in any case, with @, as parts, in code, in addresses and with other separators", () => {
    for (const text of ["Ana", "ANA RUIZ", "@Ana", "&commat;ana", "`ana`", "/srv/ana/x", "**Ana** Ruiz", "Ana\nRuiz", "ben\\-o", "ben_o", "BEN O’HARA", "O'Hara", "Ruiz", "ruiz_1", "jose", "Jose\u0301", "田中さん", "太郎が", "ana.ruiz@acme.example", "x+ana@other.example", "+1 (555) 0100", "+15550100"]) {
      const public_ = clean(`x ${text} y`);
      assert.notEqual(public_, `x ${text} y`, text);
      for (const { login, name = "" } of team.people) assert.ok(!contains(public_, login) && !contains(public_, name), public_);
    }
    assert.equal(clean("Mail ana.ruiz@acme.example or call +1 555-0100."), "Mail an email address or call a phone number.");
  });

  it("do not include other words, or words that are also names in small letters", () => {
    for (const text of ["banana bana anaé 1ana2", "It will recover.", "bens and o", "someone@example.com", "2026-11-20 08:02:11 -08:00", "tanakas"]) assert.equal(clean(text), text);
    assert.equal(clean("Then Will went."), "Then an engineer went.");
  });

  it("are replaced by something that names nobody, even if people are called like a role", () => {
    const odd: PublicPeople = { people: [person("engineer"), person("lead"), person("member"), person("somebody"), person("x", { roles: ["lead"] })], roles: [{ role: "lead", login: "x" }] };
    assert.equal(clean("x and engineer", odd), "… and …");
    assert.equal(clean("For ana smith", { people: [person("ana"), person("engineer-smith")], roles: [] }), "For an an engineer");
    assert.equal(clean("Smith told Ana.", { people: [person("ana"), person("z", { name: "An Engineer" })], roles: [] }), "Smith told a team member.");
  });

  it("include those of whoever took part without being in the desk", () => {
    const all = publicPeople(team.people, team.roles, ["@zoe", "ANA", undefined, "Platform team", "zoe"]);
    assert.deepEqual(all.people.slice(team.people.length), [{ login: "zoe", roles: [] }]);
    assert.equal(clean("Opened by Zoe of the Platform team", all), "Opened by an engineer of the Platform team");
  });

  const login = fc.oneof(fc.constantFrom("ana", "ben-o", "an", "engineer", "the", "josé", "a", "x1", "O"), fc.stringMatching(/^[a-z][a-z0-9]{0,6}(?:-[a-z0-9]{1,4})?$/));
  const anyPerson = fc.record({ login, name: fc.option(fc.constantFrom("Ana Ruiz", "Jean-Luc van Berg", "Will May", "An Engineer", "Ödön Ő", "O'Hara", "田中 太郎", "lead"), { nil: undefined }), role: fc.constantFrom("", "engineer", "lead", "on call", "ana") })
    .map(({ login: name, name: full, role }): Member => person(name, { ...(full === undefined ? {} : { name: full }), roles: role === "" ? [] : [role] }));
  const anyTeam = fc.array(anyPerson, { minLength: 1, maxLength: 4 }).map((people): PublicPeople => ({ people, roles: [{ role: "lead", login: people[0]?.login ?? "" }] }));

  it("do not remain, however they are written, for any team and text", () => {
    fc.assert(
      fc.property(anyTeam, fc.array(fc.oneof(fc.string({ maxLength: 6 }), fc.tuple(fc.nat(3), fc.boolean(), fc.nat(11)), fc.constantFrom(" ", "\n", "| ", ". ", "an engineer ", "the lead "))), (group, parts) => {
        const text = parts.map((part) => {
          if (typeof part === "string") return part;
          const [who, full, way] = part;
          const member = group.people[who % group.people.length];
          return ` ${write((full ? member?.name : undefined) ?? member?.login ?? "", way)} `;
        }).join("");
        const public_ = clean(text, group);
        for (const { login: name, name: full = "" } of group.people) {
          assert.ok(!contains(public_, name), `${name} in ${JSON.stringify(public_)}`);
          assert.ok(!contains(public_, full), `${full} in ${JSON.stringify(public_)}`);
        }
        assert.equal(clean(public_, group), public_);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it("leave a text without them unchanged", () => {
    fc.assert(
      fc.property(anyTeam, fc.string({ maxLength: 60 }), (group, text) => {
        const all = group.people.flatMap(({ login: name, name: full = "" }) => [name, ...full.split(/[\s'-]+/), full]);
        if (all.some((name) => contains(text, name)) || /@/.test(text) || /[田中太郎]/.test(text)) return;
        assert.equal(clean(text, group), text);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});

const file = `---
issue: acme/live#12
severity: SEV1
status: Reviewed
lead: ana
owner: ben-o
reviewers: [josé]
customer: Initech
services: [Portal]
started: 2026-11-20T16:00:00Z
resolved: 2026-11-20T17:27:00Z
---

# Post-mortem: Portal is down for ana

## Summary

Ana rolled back, see [the dashboard](https://grafana.internal/d/1) and [our docs](https://status.example.com/x).
Known as acme/engine#7, acme/open#8 and #12. <!-- ask ana -->
<!-- TODO

ask Initech -->
Done in https://github.com/acme/live/pull/9.

\`\`\`
<!-- kept -->
\`\`\`

## Timeline

| Time | Event | Source | Evidence |
| --- | --- | --- | --- |
| 2026-11-20 08:00:00 -08:00 | Opened by ana | comment <!-- desk:entry k1 h1 --> | [run](../runbooks/a.md) |
| 2026-11-20 08:30:00 -08:00 | Secret plan | note, internal | |
| 2026-11-20 09:00:00 -08:00 | Rolled back | command, inferred | acme/live#13 |
<!-- desk:hidden k9 -->

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
| Alert on expiry | detect | ben-o |  | 2026-12-01 | acme/engine#3 | accepted |
| Publish a guide | process | |  |  | acme/open#4 | done |
`;

const context: PublicContext = { ...team, timezone: zone, home: "acme/live", servers: ["https://github.com"], isPublic: (repository) => repository.toLowerCase() === "acme/open" };

const project = (text: string, more: Partial<PublicContext> = {}): PublicVersion => publicVersion(parse(text), { ...context, ...more });

describe("The public version of a post-mortem", () => {
  it("leaves out internal rows, names, owners, hidden marks, front matter, and what only the team can open", () => {
    assert.equal(renderPublicVersion(project(file)), `# Post-mortem: Portal is down for the incident lead

- Severity: SEV1
- Services: Portal
- Started: 2026-11-20 08:00:00 -08:00
- Resolved: 2026-11-20 09:27:00 -08:00
- Time to resolve: 1 h 27 min from the start

## Summary

The incident lead rolled back, see the dashboard and [our docs](https://status.example.com/x).
Known as an internal issue, acme/open#8 and an internal issue.
Done in an internal issue.

\`\`\`
<!-- kept -->
\`\`\`

## Timeline

| Time | Event | Source | Evidence |
| --- | --- | --- | --- |
| 2026-11-20 08:00:00 -08:00 | Opened by the incident lead | comment | run |
| 2026-11-20 09:00:00 -08:00 | Rolled back | command, inferred | an internal issue |

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
| Alert on expiry | detect |  |  | 2026-12-01 |  | accepted |
| Publish a guide | process | |  |  | acme/open#4 | done |
`);
  });

  it("lists everything that it removes or replaces", () => {
    const { changes } = project(file);
    const of = (kind: string): readonly string[] => changes.filter((change) => change.kind === kind).map(({ from, to, count }) => `${from}${to === "" ? "" : ` → ${to}`}${count === 1 ? "" : ` ×${count}`}`);
    assert.deepEqual(of("row"), ["Secret plan"]);
    assert.deepEqual(of("owner"), ["ben-o"]);
    assert.deepEqual(of("name"), ["ana → the incident lead ×3"]);
    assert.deepEqual(of("link"), ["https://grafana.internal/d/1 → the dashboard", "../runbooks/a.md → run", "https://github.com/acme/live/pull/9 → an internal issue"]);
    assert.deepEqual(of("issue"), ["acme/engine#3", "acme/engine#7 → an internal issue", "#12 → an internal issue", "acme/live#13 → an internal issue"]);
    assert.deepEqual(of("field"), ["issue: acme/live#12", "status: Reviewed", "lead: ana", "owner: ben-o", "reviewers: [josé]", "customer: Initech"]);
    assert.ok(of("comment").includes("<!-- ask ana -->"));
  });

  it("keeps links and references of public repositories, but none that names somebody", () => {
    const body = (text: string): string => project(`---\nissue: acme/open#1\n---\n${text}`, { home: "acme/open" }).body;
    const text = "[a](docs/x.md) #12 https://github.com/acme/open/issues/3 ![pic](a.png) <https://example.com>\n";
    assert.equal(body(text), text);
    assert.equal(body("[log](https://x.example/ana/1), https://x.example/?u=ana and ![pic](ana.png)"), "log, an internal link and pic");
    assert.deepEqual(project("---\nissue: acme/open#1\n---\n![pic](a.png) ![ana](ana.png) [x](b.md) ![pic](a.png)", { home: "acme/open" }).pictures, ["a.png"]);
    assert.equal(body("[a][1] [b][2]\n\n[1]: http://intra/x\n[2]: https://example.com\n"), "a [b][2]\n\n[2]: https://example.com\n");
    assert.equal(body("[a](http://intra/x \"Ana\") [mail](mailto:x@y.example)"), "a mail");
  });

  it("removes marks that are not closed", () => {
    assert.equal(project("---\nissue: acme/live#1\n---\nText <!-- desk:entry k\nmore").body, "Text\nmore");
  });

  it("does not change a text without anything internal", () => {
    const text = "# Post-mortem: A\n\n## Summary\r\n\r\nNothing  special * here `code`.\r\n\n## Custom\n\n- [ ] one\n";
    assert.deepEqual([project(text).body, project(text).changes], [text, []]);
  });

  it("names nobody and contains no hidden mark, wherever in a post-mortem they are", () => {
    const names = team.people.flatMap(({ login: name, name: full = "" }) => [name, full]);
    const scattered = fc.tuple(anyPostmortem, fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom("text", "event", "evidence", "source", "others", "action", "title", "own", "impact"), fc.nat(11)), { minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(scattered, ([postmortem, places]) => {
        let now: Postmortem = { ...postmortem, lead: "ana", own: [{ id: "1 Notes", heading: "Notes", text: "-" }], impact: [{ id: "i1", measure: "Users", amount: "1", others: [] }], timeline: [...postmortem.timeline, { id: "x", time: { kind: "instant", at: "2026-11-20T16:00:00Z" }, event: "e", evidence: "", source: "note", origin: { key: "k", hash: "h" }, others: [] }] };
        for (const [name, where, way] of places) {
          const added = ` ${write(name, way)} `;
          const rows = now.timeline.map((row, index) => (index === now.timeline.length - 1 && (where === "event" || where === "evidence" || where === "source") ? { ...row, [where]: `${row[where]}${added}` } : row));
          now = {
            ...now, timeline: rows,
            ...(where === "text" ? { texts: { ...now.texts, factors: `${now.texts.factors}\n\n${added}` } } : {}),
            ...(where === "title" ? { title: now.title + added } : {}),
            ...(where === "own" ? { own: now.own.map((section) => ({ ...section, text: section.text + added })) } : {}),
            ...(where === "impact" ? { impact: now.impact.map((row) => ({ ...row, measure: row.measure + added })) } : {}),
            ...(where === "action" ? { actions: [...now.actions, { id: "y", action: added, owner: name, priority: "", state: "proposed", others: [] }] } : {}),
          };
        }
        const text = renderPublicVersion(project(renderPostmortem(now, zone)));
        for (const name of names) assert.ok(!contains(text, name), `${name} in ${text}`);
        const outside = text.replace(/^ {0,3}(\x60{3,}|~{3,})[^]*?(?:^ {0,3}\1|$(?![^]))/gm, "").replace(/(\x60+)[^]*?\1/g, "");
        assert.doesNotMatch(outside, /<!-- desk:entry k h -->/);
      }),
      { numRuns: propertyRuns(600) },
    );
  });

  it("finds the repositories of a text, to ask which are public", () => {
    assert.deepEqual(repositoriesIn(file, ["https://github.com"]), ["acme/live", "acme/engine", "acme/open"]);
    assert.deepEqual(repositoriesIn("https://ghe.example/a/b/issues/1 https://github.com/c/d", ["https://ghe.example"]), ["a/b"]);
  });
});
