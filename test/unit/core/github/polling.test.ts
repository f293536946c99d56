import assert from 'node:assert/strict';
import { nextPoll, type PollContext } from '../../../../src/core/github/polling';
import type { Failure } from '../../../../src/core/model/failure';

const now = "2026-11-20T18:00:00Z";

const server = "https://github.com";

const minute = 60_000;

function look(more: Partial<PollContext>): number | undefined {
  return nextPoll({ now, failures: 0, ...more });
}

function down(failures: number): number {
  return look({ failures, failure: { kind: "offline", server } }) ?? assert.fail("never");
}

describe("The next poll of a server", () => {
  it("is later the longer nobody uses the window", () => {
    const pauses = [undefined, "2026-11-20T17:59:00Z", "2026-11-20T17:50:00Z", "2026-11-20T10:00:00Z"].map((idleSince) => look(idleSince === undefined ? {} : { idleSince }));
    assert.deepEqual(pauses, [minute, minute, 5 * minute, 15 * minute]);
  });

  it("is later after each failure, up to five minutes", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 100].map(down);
    assert.deepEqual([...pauses].sort((a, b) => a - b), pauses);
    assert.equal(new Set(pauses.slice(0, 6)).size, 6);
    assert.equal(pauses.at(-1), 5 * minute);
    assert.ok((pauses[0] ?? 0) < minute, "a short break is noticed soon");
  });

  it("waits for the rate limit", () => {
    const pause = look({ failure: { kind: "limited", server, until: "2026-11-20T18:20:00Z" }, failures: 1 });
    assert.ok(pause !== undefined && pause > 20 * minute && pause < 21 * minute);
    assert.ok((look({ failure: { kind: "limited", server, until: "2026-11-20T17:00:00Z" } }) ?? 0) > 0, "a pause that is over is no time in the past");
  });

  it("never happens when only a person can fix the failure", () => {
    const alone: readonly Failure[] = [{ kind: "signedOut", server, reason: "refused" }, { kind: "badServer", setting: "x" }];
    assert.deepEqual(alone.map((failure) => look({ failure, failures: 1 })), [undefined, undefined]);
    assert.equal(look({ failure: { kind: "noRepository", repository: "a/b" }, failures: 1 }), 5 * minute);
  });
});
