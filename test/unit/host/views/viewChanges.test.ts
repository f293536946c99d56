import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import type { Issue } from '../../../../src/core/model/issue';
import { type IssueRef, refKey } from '../../../../src/core/model/issueRef';
import { concerns } from '../../../../src/host/views/viewChanges';
import { sampleIssue } from '../../../support/sampleIssue';

const desk = defaultDesk("acme/desk");

const ref = (number: number): IssueRef => ({ repository: "acme/desk", number });

describe("whether a view shows a changed issue", () => {
  function asked(issue: Issue, rows: readonly number[]): boolean {
    const shown = new Set(rows.map((number) => refKey(ref(number))));
    return concerns({ refs: [issue.ref], broken: false }, { name: "incidents", has: (each) => shown.has(refKey(each)) }, () => issue, (each) => issueFacts(each, desk));
  }

  const request = sampleIssue({ ref: ref(7), labels: ["request"], body: "" });

  it("is true for its own kinds, for its rows, and for issues linked to its rows", () => {
    assert.equal(asked(sampleIssue({ ref: ref(7), labels: ["incident"] }), []), true);
    assert.equal(asked(request, [7]), true);
    assert.equal(asked({ ...request, native: { parent: ref(3), children: 0, blockedBy: 0, blockers: 0, blocks: 0 } }, [3]), true);
  });

  it("is false for an issue of another view", () => {
    assert.equal(asked(request, [1, 2, 3]), false);
  });

  it("is true for many issues, for none (the first read), and for files that cannot be read", () => {
    const view = { name: "incidents" as const, has: () => false };
    const of = (refs: readonly IssueRef[], broken = false) => concerns({ refs, broken }, view, () => request, (each) => issueFacts(each, desk));
    assert.deepEqual([of([]), of(Array.from({ length: 51 }, (_, index) => ref(index + 1))), of([ref(7)], true), of([ref(7)])], [true, true, true, false]);
  });
});
