import assert from 'node:assert/strict';
import { appendChecklist, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { readLinks } from '../../../../src/core/markup/linkRegion';
import type { Issue, IssueSnapshot } from '../../../../src/core/model/issue';
import type { Operation } from '../../../../src/core/model/operation';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const at = "2026-11-20T16:05:00Z";

const parent = { repository: "acme/desk", number: 7 };

const child = { repository: "acme/engine", number: 8 };

const snapshot: IssueSnapshot = {
  at,
  issues: [sampleIssue({ body: appendChecklist("", sampleChecklist([step("a")]), "acme/desk") }), sampleIssue({ ref: child, body: "" })],
  broken: [],
};

function shown(...operations: readonly Operation[]): readonly [Issue, Issue] {
  const [one, two] = withPending(snapshot, operations.map((operation, index) => ({ key: `k${index}`, at, by: "ana", operation }))).issues;
  assert.ok(one && two);
  return [one, two];
}

describe("a snapshot with pending operations", () => {
  it("shows ticks, links and closing immediately", () => {
    const [one, two] = shown(
      { kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", at } } },
      { kind: "link", child, under: { parent, relation: "child", step: { run: "run1", step: "a" } } },
      { kind: "close", ref: child, resolution: "Done" },
    );
    assert.deepEqual(readChecklists(one.body, "acme/desk")[0]?.items, [step("a", { mark: { kind: "done", at }, links: [child] })]);
    assert.deepEqual([readLinks(one.body, "acme/desk"), readLinks(two.body, "acme/engine"), two.state], [[{ kind: "child", other: child }], [{ kind: "parent", other: parent }], "closed"]);
  });

  it("is the same object when no pending operation affects it", () => {
    assert.equal(withPending(snapshot, []), snapshot);
    const gone: Operation = { kind: "edit", ref: { ...parent, number: 99 }, change: { kind: "close" } };
    const noStep: Operation = { kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: "x", mark: { kind: "done" } } };
    assert.equal(withPending(snapshot, [{ key: "k", at, by: "", operation: gone }, { key: "l", at, by: "", operation: noStep }]), snapshot);
  });
});
