import assert from 'node:assert/strict';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import { readIssueTarget, readRunbookTarget, selfAndAncestors } from '../../../../../src/host/commands/input/target';
import { sampleDesk } from '../../../../support/sampleDesk';
import { sampleIssue } from '../../../../support/sampleIssue';

const ref = { repository: "acme/desk", number: 12 };

describe("readIssueTarget", () => {
  it("reads a reference, a tree node and a step", () => {
    assert.deepEqual(readIssueTarget(ref), { ref });
    assert.deepEqual(readIssueTarget({ kind: "issue", id: "x", ref }), { ref });
    assert.deepEqual(readIssueTarget({ ref, run: "r", step: "s", kind: "request" }), { ref, run: "r", step: "s", issueKind: "request" });
    assert.deepEqual(readIssueTarget({ ref, run: "r", step: "s", template: "t" }), { ref, run: "r", step: "s", template: "t" });
  });

  it("rejects arguments without an issue", () => {
    for (const wrong of [undefined, null, "acme/desk#12", {}, { ref: {} }, { repository: "", number: 1 }, { repository: "a", number: 0 }, { repository: "a", number: 1.5 }]) {
      assert.equal(readIssueTarget(wrong), undefined);
    }
  });

  it("ignores fields that are not text", () => {
    assert.deepEqual(readIssueTarget({ ref, run: 5, step: "" }), { ref });
  });
});

describe("readRunbookTarget", () => {
  it("reads a path with a line, as numbers or as the text of a link", () => {
    assert.deepEqual(readRunbookTarget(["runbooks/a.md", 4]), { path: "runbooks/a.md", line: 4 });
    assert.deepEqual(readRunbookTarget(["runbooks/a.md", "4"]), { path: "runbooks/a.md", line: 4 });
    assert.deepEqual(readRunbookTarget([{ path: "runbooks/a.md", line: 4 }]), { path: "runbooks/a.md", line: 4 });
    assert.deepEqual(readRunbookTarget([{ runbook: "runbooks/a.md" }]), { path: "runbooks/a.md" });
  });

  it("reads URIs", () => {
    assert.deepEqual(readRunbookTarget(["file:///w/a.md"]), { uri: "file:///w/a.md" });
    const uri = { scheme: "file", path: "/w/a.md", toString: () => "file:///w/a.md" };
    assert.deepEqual(readRunbookTarget([uri, { line: 2, character: 0 }]), { uri: "file:///w/a.md", line: 2 });
    assert.deepEqual(readRunbookTarget([{ uri, line: 2 }]), { uri: "file:///w/a.md", line: 2 });
  });

  it("rejects arguments without a file, and lines that are not valid", () => {
    assert.equal(readRunbookTarget([]), undefined);
    assert.equal(readRunbookTarget([{}]), undefined);
    assert.equal(readRunbookTarget([""]), undefined);
    assert.deepEqual(readRunbookTarget(["a.md", -1]), { path: "a.md" });
  });
});

describe("selfAndAncestors", () => {
  it("follows parents to the root, and stops at a cycle", () => {
    const facts = issueFacts(sampleIssue(), sampleDesk);
    const numbered = (number: number): { repository: string; number: number } => ({ repository: "acme/desk", number });
    const parents = new Map([[3, 2], [2, 1], [1, 2]]);
    const found = selfAndAncestors(numbered(3), (at) => ({ ...facts, ...(parents.has(at.number) ? { parent: numbered(parents.get(at.number) ?? 0) } : {}) }));
    assert.deepEqual([...found], ["acme/desk#3", "acme/desk#2", "acme/desk#1"]);
  });
});
