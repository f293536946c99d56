import fc from 'fast-check';
import assert from 'node:assert/strict';
import {
  eventsPath,
  idOfKey,
  type IssueFile,
  issueNumber,
  issuePath,
  readIssueFile,
  renderIssueFile,
  renumberedPath,
  updateIssueFile,
} from '../../../../src/core/markup/issueFile';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { anyLine } from '../../../support/sampleChecklist';

const path = ".desk/incident/7-portal.md";

function read(text: string): IssueFile {
  const file = readIssueFile(path, 7, text);
  return file.kind === "ok" ? file.value : assert.fail(file.failure);
}

describe("an issue's file", function () {

  it("can be parsed back, whatever the texts are", () => {
    const anyText = fc.array(fc.oneof(anyLine, fc.constantFrom("\n", "\r\n", "---", "\ufeff")), { maxLength: 6 }).map((parts) => parts.join("")).filter((body) => !body.includes("desk:"));
    fc.assert(
      fc.property(anyLine.filter((line) => line.trim() !== ""), fc.array(anyLine, { maxLength: 3 }), anyText, anyLine, (title, labels, body, key) => {
        const ref = { repository: "acme/desk", number: 7, id: idOfKey(key) };
        const file: IssueFile = { issue: sampleIssue({ ref, title, labels, body, state: "closed", closedAt: "2026-11-20T17:00:00Z", updatedAt: "2026-11-20T17:00:00Z" }), key, hasId: true };
        assert.deepEqual(read(renderIssueFile(file)), file);
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  it("is readable", () => {
    assert.equal(
      renderIssueFile({ issue: sampleIssue({ ref: { repository: "acme/desk", number: 7, id: "4hk20c9xz1" }, labels: ["incident", "priority: high"], assignees: ["ben"] }), key: "k1" }),
      '---\nid: 4hk20c9xz1\ntitle: "[INCIDENT] Portal down"\nrepository: acme/desk\nstate: open\nlabels: [incident, "priority: high"]\nassignees: [ben]\nauthor: ana\ncreated: 2026-11-20T16:00:00Z\nkey: k1\n---\n\nNobody can sign in.',
    );
  });

  it("keeps other fields, comments, order, line breaks and body on changes", () => {
    const text = "\ufeff---\r\n# ours\r\nowner: {name: Zoë, since: 2020} # do not touch\r\ntitle: Portal down\r\ncreated: 2026-11-20\r\nlabels:\r\n  - incident # kind\r\n---\r\nBody  \r\n---\r\n";
    const { issue } = read(text);
    assert.deepEqual([issue.body, issue.createdAt, issue.labels, issue.state, issue.ref.repository], ["Body  \r\n---\r\n", "2026-11-20T00:00:00Z", ["incident"], "open", "local"]);
    assert.equal(
      updateIssueFile(text, issue, { ...issue, state: "closed", closedAt: "2026-11-21T00:00:00Z" }),
      text.replace("labels:\r\n  - incident # kind\r\n", "labels:\r\n  - incident # kind\r\nstate: closed\r\nclosed: 2026-11-21T00:00:00Z\r\n"),
    );
  });

  for (const [text, reason] of [
    ["", "noFrontMatter"],
    ["Just a note", "noFrontMatter"],
    ["---\ntitle: x\ncreated: 2026-11-20\n", "noFrontMatter"],
    ["---\ntitle: [x\n---\n", "badYaml"],
    ["---\ntitle: a\ntitle: b\n---\n", "badYaml"],
    ["---\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n---\n", "mergeConflict"],
    ["---\n- x\n---\n", "badFields"],
    ["---\ntitle: x\n---\n", "badFields"],
    ["---\ntitle: x\ncreated: 2026-02-30T00:00:00Z\n---\n", "badFields"],
    ["---\ntitle: x\ncreated: 2026-02-03\nstate: ajar\n---\n", "badFields"],
    ["---\ntitle: x\ncreated: 2026-02-03\nlabels: {a: b}\n---\n", "badFields"],
    ["---\ntitle: x\ncreated: 2026-02-03\n---\n<!-- /desk:run -->", "badRegion"],
    [`---\na: &a [x,x,x,x,x,x,x,x,x]\n${["ab", "bc", "cd", "de", "ef"].map(([from, to]) => `${to}: &${to} [${`*${from},`.repeat(8)}]\n`).join("")}title: x\ncreated: 2026-02-03\n---\n`, "tooLarge"],
    [`---\ntitle: x\ncreated: 2026-02-03\n${Array.from({ length: 9_000 }, (_, index) => `k${index}: v\n`).join("")}---\n`, "tooLarge"],
    [`---\ntitle: x\ncreated: 2026-02-03\nown: ${"[".repeat(300)}${"]".repeat(300)}\n---\n`, "tooLarge"],
  ] as const) {
    it(`is reported as ${reason} when it is ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.deepEqual(readIssueFile(path, 7, text), { kind: "failed", failure: reason });
    });
  }
});

describe("the file name of an issue", () => {
  it("is short and plain, whatever the title and the kind", () => {
    assert.equal(issuePath("incident", 7, "[INCIDENT] Größe: Portal/../down?"), ".desk/incident/7-incident-gro-e-portal-down.md");
    assert.equal(issuePath("..", 7, "\u202e👩‍🚒"), ".desk/issue/7-issue.md");
    assert.equal(issuePath("con", 7, "nul."), ".desk/con-kind/7-nul.md");
    fc.assert(fc.property(anyLine, anyLine, (kind, title) => assert.match(issuePath(kind, 7, title.repeat(500)), /^\.desk\/[a-z0-9-]{1,60}\/7-[a-z0-9-]{1,60}\.md$/)), { numRuns: propertyRuns(100) });
  });

  it("contains its number, and leads to its log", () => {
    assert.deepEqual(["7-x.md", "7.md", "x-7.md", "07-x.md", "7-x.md.new", "7.events.jsonl"].map(issueNumber), [7, 7, undefined, undefined, undefined, undefined]);
    assert.equal(eventsPath(".desk/incident/7-portal.md", undefined), ".desk/incident/7.events.jsonl");
    assert.equal(eventsPath(".desk/incident/7-portal.md", "4hk20c9xz1"), ".desk/incident/4hk20c9xz1.events.jsonl");
    assert.equal(renumberedPath(".desk/incident/7-portal.md", 12, "4hk20c9xz1"), ".desk/incident/12-portal-4hk20c.md");
    assert.equal(renumberedPath(".desk/incident/12-portal-4hk20c.md", 13, "4hk20c9xz1"), ".desk/incident/13-portal-4hk20c.md");
    assert.equal(renumberedPath(".desk/incident/7.md", 8, undefined), ".desk/incident/8.md");
  });
});
