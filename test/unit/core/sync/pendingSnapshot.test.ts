import assert from 'node:assert/strict';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { appendChecklist, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { readClock } from '../../../../src/core/markup/clockRegion';
import { readLinks } from '../../../../src/core/markup/linkRegion';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Issue, IssueSnapshot } from '../../../../src/core/model/issue';
import type { Operation, PendingOperation } from '../../../../src/core/model/operation';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { sampleDesk } from '../../../support/sampleDesk';
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

  it("contains an update for an audience only once it is confirmed", () => {
    const pending = (key: string, milestone: "update" | "acknowledged", audience?: string): PendingOperation => ({
      key, at, by: "ana", operation: { kind: "comment", ref: parent, markdown: renderMilestone(milestone, "", audience === undefined ? {} : { audience }) },
    });
    const updates = (before: readonly PendingOperation[], confirmed: readonly PendingOperation[]): readonly string[] => {
      const [issue] = withPending(snapshot, before, confirmed).issues;
      assert.ok(issue);
      return [...incidentState(sampleDesk, issue).updates.map(({ audience }) => audience), ...Object.keys(readClock(issue.body))];
    };
    const [acknowledged, sent] = [pending("a", "acknowledged"), pending("u", "update", "users")];
    assert.deepEqual(updates([acknowledged, sent], []), ["acknowledged", "by"]);
    assert.deepEqual(updates([acknowledged], [sent]).toSorted(), ["acknowledged", "by", "updated", "users"]);
    assert.deepEqual(updates([pending("v", "update")], []), ["updated"]);
  });
});
