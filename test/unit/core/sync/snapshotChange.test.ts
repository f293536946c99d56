import assert from 'node:assert/strict';
import type { Issue, IssueSnapshot } from '../../../../src/core/model/issue';
import type { PendingOperation } from '../../../../src/core/model/operation';
import type { PendingChange } from '../../../../src/core/sync/pendingOperation';
import { changeBetween, keepEqualIssues, pendingBetween } from '../../../../src/core/sync/snapshotChange';
import { sampleIssue } from '../../../support/sampleIssue';

const at = "2026-11-20T16:00:00Z";

const later = "2026-11-20T16:00:09Z";

const ref = (number: number) => ({ repository: "acme/desk", number });

const issue = (number: number, more: Partial<Issue> = {}): Issue => sampleIssue({ ref: ref(number), title: `Issue ${number}`, ...more });

const snapshot = (...issues: readonly Issue[]): IssueSnapshot => ({ at, issues, broken: [] });

const tick = (number: number): PendingOperation => ({ key: `k${number}`, at, by: "ana", operation: { kind: "edit", ref: ref(number), change: { kind: "close" } } });

const change = (pending: PendingOperation, more: Partial<PendingChange> = {}): PendingChange => ({ pending, state: "pending", attempts: 0, unsure: false, ...more });

describe("the difference between two snapshots", () => {
  it("is undefined when the same was read again", () => {
    assert.equal(changeBetween(snapshot(issue(1), issue(2)), { ...snapshot(issue(2), issue(1)), at: later }), undefined);
  });

  it("contains issues that were added, removed or edited, and no others", () => {
    const before = snapshot(issue(1), issue(2), issue(3));
    const after = snapshot(issue(1), issue(3, { labels: ["urgent"] }), issue(4));
    assert.deepEqual(changeBetween(before, after), { refs: [ref(3), ref(4), ref(2)], broken: false });
  });

  it("contains everything at the first reading, even if that is empty", () => {
    assert.deepEqual(changeBetween(undefined, snapshot(issue(1))), { refs: [ref(1)], broken: false });
    assert.deepEqual(changeBetween(undefined, snapshot()), { refs: [], broken: false });
  });

  it("includes whether unreadable files changed", () => {
    assert.deepEqual(changeBetween(snapshot(), { ...snapshot(), broken: [{ path: ".desk/incident/0001-x.md", reason: "badYaml" }] }), { refs: [], broken: true });
  });

  it("is undefined when only the update time of a displayed edit changed, but not for other updates", () => {
    const [before, after] = [snapshot(issue(1)), snapshot(issue(1, { updatedAt: later }))];
    assert.equal(changeBetween(before, after, [tick(1)]), undefined);
    assert.deepEqual(changeBetween(before, after, [tick(2)]), { refs: [ref(1)], broken: false });
    assert.deepEqual(changeBetween(before, snapshot(issue(1, { updatedAt: later, title: "Other" })), [tick(1)]), { refs: [ref(1)], broken: false });
  });

  it("keeps the objects of equal issues", () => {
    const before = snapshot(issue(1), issue(2));
    const kept = keepEqualIssues(before, { ...snapshot(issue(1), issue(2, { title: "Other" })), at: later });
    assert.equal(kept.issues[0], before.issues[0]);
    assert.equal(kept.issues[1]?.title, "Other");
    assert.equal(kept.at, later);
  });
});

describe("the difference between two lists of pending operations", () => {
  it("is undefined when a first attempt has started or has written a part", () => {
    assert.deepEqual(pendingBetween([change(tick(1))], [change(tick(1), { state: "sending", unsure: true })]), []);
    assert.deepEqual(pendingBetween([change(tick(1), { attempts: 1 })], [change(tick(1), { attempts: 1, state: "sending" })]), [tick(1)]);
  });

  it("contains operations that were added, removed or tried", () => {
    assert.deepEqual(pendingBetween([change(tick(1)), change(tick(2)), change(tick(3))], [change(tick(1)), change(tick(3), { attempts: 1 }), change(tick(4))]), [tick(3), tick(4), tick(2)]);
    assert.deepEqual(pendingBetween([change(tick(1))], [change(tick(1))]), []);
  });
});
