import assert from 'node:assert/strict';
import type { IssueSnapshot } from '../../../../src/core/model/issue';
import type { PendingOperation } from '../../../../src/core/model/operation';
import { withPendingOnce } from '../../../../src/core/sync/pendingSnapshot';
import { sampleIssue } from '../../../support/sampleIssue';

const issue = sampleIssue();

const at = "2026-11-20T16:05:00Z";

const close: PendingOperation = { key: "k1", at, by: "ana", operation: { kind: "close", ref: issue.ref, resolution: "Done" } };

describe("what is shown of what is known", () => {
  let snapshot: IssueSnapshot | undefined;
  let pending: PendingOperation[];
  const shown = withPendingOnce(() => snapshot && { snapshot, pending: [...pending] });
  const states = (): readonly string[] | undefined => shown()?.issues.map(({ state }) => state);

  beforeEach(() => {
    snapshot = { at, issues: [issue], broken: [] };
    pending = [];
  });

  it("is nothing before anything was read", () => {
    snapshot = undefined;
    assert.equal(shown(), undefined);
  });

  it("is worked out once while nothing changes", () => {
    pending = [close];
    assert.equal(shown(), shown());
  });

  it("is worked out anew for another change, one less, and another reading", () => {
    assert.deepEqual(states(), ["open"]);
    pending = [close];
    assert.deepEqual(states(), ["closed"]);
    pending = [{ ...close, operation: { kind: "comment", ref: issue.ref, markdown: "Seen." } }];
    assert.deepEqual(states(), ["open"]);
    pending = [];
    assert.deepEqual(states(), ["open"]);
    snapshot = { at, issues: [], broken: [] };
    assert.deepEqual(states(), []);
  });
});
