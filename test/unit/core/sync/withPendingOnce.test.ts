import assert from 'node:assert/strict';
import type { IssueSnapshot } from '../../../../src/core/model/issue';
import type { PendingOperation } from '../../../../src/core/model/operation';
import { withPendingOnce } from '../../../../src/core/sync/pendingSnapshot';
import { sampleIssue } from '../../../support/sampleIssue';

const issue = sampleIssue();

const at = "2026-11-20T16:05:00Z";

const close: PendingOperation = { key: "k1", at, by: "ana", operation: { kind: "close", ref: issue.ref, resolution: "Done" } };

describe("the cached snapshot with pending operations", () => {
  let snapshot: IssueSnapshot | undefined;
  let pending: PendingOperation[];
  let confirmed: PendingOperation[];
  const shown = withPendingOnce(() => snapshot && { snapshot, pending: [...pending], confirmed: [...confirmed] });
  const states = (): readonly string[] | undefined => shown()?.issues.map(({ state }) => state);

  beforeEach(() => {
    snapshot = { at, issues: [issue], broken: [] };
    pending = [];
    confirmed = [];
  });

  it("is undefined before the first reading", () => {
    snapshot = undefined;
    assert.equal(shown(), undefined);
  });

  it("is computed once while nothing changes", () => {
    pending = [close];
    assert.equal(shown(), shown());
  });

  it("is computed again after another change, a removed one, and another reading", () => {
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
