import assert from 'node:assert/strict';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import { failed, ok, type Result } from '../../../../src/core/model/result';
import { createLostIssues } from '../../../../src/host/app/lostIssues';
import { sampleIssue } from '../../../support/sampleIssue';
import { testEmitter } from '../../../support/testEmitter';

const ref = (number: number): IssueRef => ({ repository: "acme/desk", number });

const to = { repository: "acme/engine", number: 5 };

describe("issues that the desk has not loaded", () => {
  let asked: number[];
  let fired: number;
  let now: number;
  let answers: Map<number, Result<Issue>>;
  let tracker: { get: (ref: IssueRef) => Promise<Result<Issue>> };

  beforeEach(() => {
    asked = [];
    fired = 0;
    now = Date.parse("2026-11-21T10:00:00Z");
    answers = new Map<number, Result<Issue>>([[1, ok(sampleIssue({ ref: ref(1), state: "closed" }))], [2, failed({ kind: "gone", ref: ref(2) })], [3, failed({ kind: "transferred", ref: ref(3), to })]]);
    tracker = { get: async ({ number }) => (asked.push(number), answers.get(number) ?? failed({ kind: "offline", server: "https://github.com" })) };
  });

  const service = () => {
    const made = createLostIssues({ tracker: () => tracker, newEmitter: testEmitter, clock: { now: () => new Date(now).toISOString() } });
    made.onDidChange(() => (fired += 1));
    return made;
  };

  it("are read once, and found, deleted or transferred", async () => {
    const issues = service();
    await Promise.all([issues.look([ref(1), ref(2), ref(3), ref(1)]), issues.look([ref(2)])]);
    assert.deepEqual([asked, fired], [[1, 2, 3], 1]);
    assert.equal(issues.find(ref(1))?.state, "closed");
    assert.deepEqual([issues.lost(ref(1)), issues.lost(ref(2)), issues.lost(ref(3))], [undefined, { kind: "gone" }, { kind: "transferred", to }]);
  });

  it("are read again after some hours", async () => {
    const issues = service();
    await issues.look([ref(2)]);
    answers.set(2, ok(sampleIssue({ ref: ref(2) })));
    now += 7 * 3_600_000;
    await issues.look([ref(2)]);
    assert.deepEqual([issues.find(ref(2))?.state, issues.lost(ref(2))], ["open", undefined]);
  });

  it("do not count as deleted while the server does not respond, which is not asked for the others then", async () => {
    const issues = service();
    await issues.look([ref(8), ref(1)]);
    assert.deepEqual([asked, fired, issues.lost(ref(8))], [[8], 0, undefined]);
    now += 600_000;
    await issues.look([ref(1), ref(8)]);
    assert.deepEqual(asked, [8, 1, 8]);
  });

  it("are forgotten when another storage is used", async () => {
    const issues = service();
    await issues.look([ref(2)]);
    tracker = { ...tracker };
    assert.equal(issues.lost(ref(2)), undefined);
  });
});
