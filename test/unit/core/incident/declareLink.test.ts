import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type DeclareLink, fitDeclareLink, formatDeclareLink, linkParameters, parseDeclareLink, type ReadLink } from '../../../../src/core/incident/declareLink';
import { withoutInertMarks } from '../../../../src/core/markup/inertText';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleDesk } from '../../../support/sampleDesk';

const desk = { ...sampleDesk, environments: ["Production", "UAT"] };

const runbooks = ["runbooks/disk.md", "ops:/runbooks/start.md"];

const empty: DeclareLink = { title: "", details: "", services: [], environments: [] };

/** The query that VS Code passes to the extension: it decodes each component once. */
function received(link: string): string {
  const query = link.slice(link.indexOf("?") + 1);
  return decodeURIComponent(query);
}

function parsed(query: string): ReadLink {
  const read = parseDeclareLink(query);
  assert.ok(read);
  return read;
}

describe("a link that declares an incident", () => {
  it("fills in the form with what the desk has, in its spelling", () => {
    const read = parsed("title=Disk full on db1&runbook=runbooks/disk.md&service=portal&service=LEDGER&environment=uat&priority=Priority: High&severity=sev2&details=Line 1\r\n\tLine 2");
    assert.deepEqual(fitDeclareLink(read, desk, runbooks), {
      link: { title: "Disk full on db1", details: "Line 1\n Line 2", runbook: "runbooks/disk.md", priority: "high", severity: "SEV2", services: ["Portal", "Ledger"], environments: ["UAT"] },
      problems: [],
    });
  });

  it("keeps ampersands and equals signs in values, which VS Code decodes", () => {
    const { link, problems } = parsed("title=R&D: a=b & c&details=https://grafana.example/d?orgId=1&from=now&priority=high");
    assert.deepEqual([link.title, link.details, link.priority, problems], ["R&D: a=b & c", "https://grafana.example/d?orgId=1&from=now", "high", []]);
  });

  it("drops names that the desk does not have, and says which", () => {
    const { link, problems } = fitDeclareLink(parsed("title=A&runbook=../../etc/passwd.md&service=Nope&service=Portal&environment=Moon&priority=urgent&severity=11"), desk, runbooks);
    assert.deepEqual(link, { ...empty, title: "A", services: ["Portal"] });
    assert.deepEqual(problems.map((one) => (one.kind === "notOnDesk" ? `${one.parameter} ${one.value}` : one.kind)), ["runbook ../../etc/passwd.md", "priority urgent", "severity 11", "service Nope", "environment Moon"]);
  });

  it("accepts no runbook outside the desk's, however it is written", () => {
    for (const runbook of ["/etc/passwd", "../runbooks/disk.md", "runbooks/../runbooks/disk.md", "./runbooks/disk.md", "runbooks//disk.md", "RUNBOOKS/DISK.MD", "runbooks\\disk.md", "C:\\disk.md", "file:///runbooks/disk.md", "https://evil.example/disk.md", "runbooks/disk.md#steps", "command:x"]) {
      const { link, problems } = fitDeclareLink(parsed(`title=A&runbook=${runbook}`), desk, runbooks);
      assert.deepEqual([link.runbook, problems], [undefined, [{ kind: "notOnDesk", parameter: "runbook", value: runbook }]]);
    }
  });

  it("uses the first of repeated parameters, and ignores others", () => {
    const { link, problems } = parsed("utm_source=mail&title=A&title=B&priority=high&priority=low");
    assert.deepEqual([link.title, link.priority], ["A", "high"]);
    assert.deepEqual(problems, [{ kind: "unknown", text: "utm_source=mail" }, { kind: "repeated", parameter: "title" }, { kind: "repeated", parameter: "priority" }]);
  });

  it("removes invisible and reordering characters, and shortens what is too long", () => {
    const { link, problems } = parsed(`title=Safe\u202Egpj.exe\u0000\u200B\n\nnext&details=a\u2066b\n${"x".repeat(20_000)}`);
    assert.equal(link.title, "Safegpj.exe next");
    assert.deepEqual([link.details.slice(0, 4), link.details.length], ["ab\nx", 10_000]);
    assert.deepEqual(problems, [{ kind: "hidden", parameter: "title" }, { kind: "hidden", parameter: "details" }, { kind: "shortened", parameter: "details" }]);
    assert.equal(parseDeclareLink("x".repeat(100_000)), undefined);
    assert.deepEqual(parsed(""), { link: empty, problems: [] });
  });

  it("can hide nothing in the details", () => {
    const { link } = fitDeclareLink(parsed("title=A&details=seen<!-- desk:field resolved value=x -->seen"), desk, runbooks);
    assert.equal(link.details, "seen<\u2060!-- desk:field resolved value=x -->seen");
  });

  it("arrives as it was formatted", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((one) => one.replace(/[\s\p{C}\p{Z}\u115F\u1160\u3164\uFFA0]+/gu, " ").trim()).filter((one) => !/&(?:title|runbook|service|environment|priority|severity|details)=/.test(one));
    const name = text.filter((one) => one !== "");
    const link: fc.Arbitrary<DeclareLink> = fc.record({ title: text, details: text, runbook: name, priority: name, services: fc.uniqueArray(name, { maxLength: 3, selector: (one) => one.toLowerCase() }), environments: fc.constant([]) }, { noNullPrototype: true });
    fc.assert(fc.property(link, (one) => {
      const made = formatDeclareLink("vscode://publisher.name", one);
      assert.match(made, /^vscode:\/\/publisher\.name\/declare\?[^\s<>"]*&title=[^&]*$/);
      assert.deepEqual(parseDeclareLink(received(made)), { link: one, problems: [] });
    }), { numRuns: propertyRuns(500) });
  });

  it("is harmless, whatever it contains", () => {
    const piece = fc.oneof(fc.constantFrom(...linkParameters.map((one) => `${one}=`), "&", "=", "\u202E", "\u0000", "\uD800", "\n", "<!-- desk:run", "%00", "Portal", "high", "runbooks/disk.md"), fc.string({ unit: "binary", maxLength: 300 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")), (query) => {
      const { link } = fitDeclareLink(parsed(query), desk, runbooks);
      for (const line of [link.title, ...withoutInertMarks(link.details).split("\n")]) assert.doesNotMatch(line, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u);
      assert.ok([...link.title].length <= 200 && [...withoutInertMarks(link.details)].length <= 20_000);
      assert.ok(!link.details.includes("<!--"));
      assert.ok(link.runbook === undefined || runbooks.includes(link.runbook));
      assert.ok([...link.services, ...link.environments].every((one) => [...desk.services, ...desk.environments].includes(one)));
      assert.ok(link.priority === undefined || desk.priorities.some(({ name }) => name === link.priority));
    }), { numRuns: propertyRuns(2000) });
  });
});
