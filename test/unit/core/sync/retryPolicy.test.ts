import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/core/model/failure';
import { isTransient, retryDelay } from '../../../../src/core/sync/retryPolicy';

const server = "https://github.com";

const repository = "acme/desk";

const ref = { repository, number: 1 };

const now = "2026-11-20T16:00:00Z";

/** The wait after one, two, … attempts. */
function delays(failure: Failure, attempts = 9): readonly (number | undefined)[] {
  return [...Array(attempts).keys()].map((index) => retryDelay(failure, index + 1, now));
}

describe("retryDelay", () => {
  it("grows while there is no response, up to five minutes", () => {
    assert.deepEqual(delays({ kind: "offline", server }), [5, 10, 20, 40, 80, 160, 300, 300, 300]);
    assert.deepEqual(delays({ kind: "unwritable", path: "x", reason: "full" }, 2), [5, 10]);
    assert.equal(retryDelay({ kind: "offline", server }, 1_000_000, now), 300);
  });

  it("grows up to ten minutes after server errors", () => {
    assert.deepEqual(delays({ kind: "serverError", server, status: 502 }, 8), [10, 20, 40, 80, 160, 320, 600, 600]);
  });

  it("respects a rate limit, and is at least a second", () => {
    assert.deepEqual(delays({ kind: "limited", server, until: "2026-11-20T16:10:00.5Z" }, 2), [602, 602]);
    assert.equal(retryDelay({ kind: "limited", server, until: "2026-11-20T15:00:00Z" }, 1, now), 1);
  });

  it("is undefined when a person has to act", () => {
    const failures: readonly Failure[] = [
      { kind: "signedOut", server, reason: "refused" },
      { kind: "forbidden", repository },
      { kind: "archived", repository },
      { kind: "unconfirmed", repository },
      { kind: "locked", ref },
      { kind: "badServer", setting: "x" },
      { kind: "untrusted" },
    ];
    for (const failure of failures) {
      assert.equal(isTransient(failure), true, failure.kind);
      assert.equal(retryDelay(failure, 1, now), undefined, failure.kind);
    }
  });

  it("is undefined for a final refusal", () => {
    for (const failure of [{ kind: "gone", ref }, { kind: "refused", server, reason: "no" }, { kind: "discarded" }, { kind: "broken", path: "x", reason: "badYaml" }] as const) {
      assert.equal(isTransient(failure), false, failure.kind);
      assert.equal(retryDelay(failure, 1, now), undefined, failure.kind);
    }
  });
});
