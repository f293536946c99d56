import assert from 'node:assert/strict';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import type { IssueTracker } from '../../../../src/core/model/ports';
import type { IssueRelations } from '../../../../src/core/model/relations';
import { failed, ok, type Result } from '../../../../src/core/model/result';
import { createLinkService, type OwnedLinkService } from '../../../../src/host/app/linkService';
import { sampleIssue } from '../../../support/sampleIssue';
import { testEmitter } from '../../../support/testEmitter';

const ref: IssueRef = { repository: "acme/desk", number: 1 };

const relations: IssueRelations = { issues: [], pullRequests: [] };

describe("the links of an issue", () => {
  let now: number;
  let updatedAt: string;
  let asked: number;
  let fired: number;
  let answer: Result<IssueRelations>;

  let tracker: Pick<IssueTracker, "relations">;

  function service(): OwnedLinkService {
    const made = createLinkService({
      tracker: () => tracker,
      issue: () => sampleIssue({ updatedAt }),
      newEmitter: testEmitter,
      clock: { now: () => new Date(now).toISOString(), wait: async () => undefined },
    });
    made.onDidChange(() => (fired += 1));
    return made;
  }

  beforeEach(() => {
    now = Date.parse("2026-11-21T10:00:00Z");
    updatedAt = "2026-11-21T09:00:00Z";
    asked = fired = 0;
    answer = ok(relations);
    tracker = { relations: async () => ((asked += 1), answer) };
  });

  it("are loaded once for concurrent calls", async () => {
    const links = service();
    assert.equal(links.known(ref), undefined);
    assert.deepEqual(await Promise.all([links.load(ref), links.load(ref)]), [true, true]);
    assert.equal(await links.load(ref), false);
    assert.deepEqual([asked, fired], [1, 1]);
    assert.deepEqual(links.known(ref)?.relations, relations);
  });

  it("are loaded again when the issue changed, when they are old, and after the cache was cleared", async () => {
    const links = service();
    await links.load(ref);
    updatedAt = "2026-11-21T10:00:00Z";
    assert.equal(await links.load(ref), true);
    now += 299_000;
    assert.equal(await links.load(ref), false);
    assert.equal(links.known(ref)?.old, false);
    now += 2000;
    assert.equal(links.known(ref)?.old, true);
    assert.equal(await links.load(ref), true);
    links.forget();
    assert.equal(await links.load(ref), true);
    assert.equal(asked, 4);
  });

  it("stay available when loading fails, with the reason, and are soon loaded again", async () => {
    const links = service();
    await links.load(ref);
    answer = failed({ kind: "offline", server: "https://github.com" });
    updatedAt = "2026-11-21T10:00:00Z";
    await links.load(ref);
    const { failure, relations: kept } = links.known(ref) ?? assert.fail();
    assert.deepEqual([failure?.kind, kept], ["offline", relations]);
    assert.equal(await links.load(ref), false);
    now += 31_000;
    answer = ok(relations);
    assert.equal(await links.load(ref), true);
    assert.equal(links.known(ref)?.failure, undefined);
  });

  it("are loaded again when another store is used", async () => {
    const links = service();
    await links.load(ref);
    tracker = { ...tracker };
    assert.equal(links.known(ref), undefined);
    assert.equal(await links.load(ref), true);
    assert.equal(asked, 2);
  });
});
