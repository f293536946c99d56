import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/core/model/failure';
import type { Operation } from '../../../../src/core/model/operation';
import type { IssueTracker, Memory } from '../../../../src/core/model/ports';
import { failed, ok } from '../../../../src/core/model/result';
import { createOutbox, type Outbox } from '../../../../src/core/sync/outbox';
import { retryWhenDue } from '../../../../src/core/sync/retryTimer';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { propertyRuns } from '../../../support/propertyRuns';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';

const offline: Failure = { kind: "offline", server: "https://github.com" };

const signedOut: Failure = { kind: "signedOut", server: "https://github.com", reason: "nobody" };

interface World {
  readonly time: VirtualTime;
  readonly stored: Map<string, string>;
  /** The comments that were written, in order, as `1: text`. */
  readonly written: string[];
  /** Every attempt, with the second it was made in. */
  readonly tried: string[];
  /** What the next attempts come to, and how long they take. */
  fate: { failure?: Failure | undefined; takes: number; refused?: string };
  open(memory?: Memory): Outbox;
}

function world(): World {
  const time = virtualTime();
  const stored = new Map<string, string>();
  const made: World = { time, stored, written: [], tried: [], fate: { takes: 1 }, open };
  let windows = 0;

  function open(memory = memoryMemory(stored)): Outbox {
    windows += 1;
    return createOutbox({ memory, tracker: trackerOf(made), clock: time.clock, ids: countingIds(`w${windows}-`), log: memoryLog() });
  }
  return made;
}

function trackerOf(made: World): IssueTracker {
  const unasked = async (): Promise<never> => assert.fail("Nothing but comments is written here");
  return {
    list: unasked, get: unasked, create: unasked, edit: unasked, link: unasked, relations: unasked, timeline: unasked, search: unasked, forms: unasked,
    async comment(ref, markdown) {
      made.tried.push(`${Math.round(made.time.elapsed() / 1000)}s ${markdown}`);
      const { failure, takes, refused } = made.fate;
      await made.time.clock.wait(takes);
      if (markdown === refused) return failed({ kind: "gone", ref });
      if (failure !== undefined) return failed(failure);
      made.written.push(`${ref.number}: ${markdown}`);
      return ok(undefined);
    },
  };
}

/** A memory whose changes take a while. */
function slow(memory: Memory, time: VirtualTime): Memory {
  return {
    ...memory,
    write: (key, value) => time.clock.wait(300).then(() => memory.write(key, value)),
    remove: (key) => time.clock.wait(300).then(() => memory.remove(key)),
  };
}

const comment = (markdown: string, number = 1): Operation => ({ kind: "comment", ref: { repository: "acme/desk", number }, markdown });

describe("a pending change", () => {
  it("contains its failure, number of attempts, next attempt, and predecessor", async () => {
    const w = world();
    w.fate = { failure: offline, takes: 1 };
    const outbox = w.open();
    await w.time.run(Promise.all([outbox.submit(comment("one"), "ana", "a"), outbox.submit(comment("two"), "ana", "b"), outbox.submit(comment("other", 2), "ana", "c")]));
    const reported = outbox.pendingChanges().map(({ pending, state, attempts, failure, nextAt, behind, unsure }) => [pending.key, state, attempts, failure?.kind, nextAt, behind, unsure]);
    assert.deepEqual(reported, [
      ["a", "pending", 2, "offline", "2026-11-20T16:00:10Z", undefined, true],
      ["b", "pending", 0, undefined, undefined, "a", false],
      ["c", "pending", 1, "offline", "2026-11-20T16:00:05Z", undefined, true],
    ]);
    w.fate = { takes: 1 };
    assert.equal((await w.time.run(outbox.retry("b"))).kind, "done");
    assert.deepEqual([w.written, outbox.pendingChanges().map(({ pending }) => pending.key)], [["1: one", "1: two"], ["c"]]);
  });

  it("is removed from memory before it disappears, and never written", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open();
    await w.time.run(Promise.all([outbox.submit(comment("one"), "ana", "a"), outbox.submit(comment("two"), "ana", "b")]));
    const seen: unknown[] = [];
    outbox.onChange(() => seen.push([outbox.pendingChanges().length, w.stored.size]));
    assert.deepEqual(await w.time.run(outbox.discardPending("a")), { kind: "ok" });
    assert.deepEqual(seen, [[1, 1]]);
    assert.equal(outbox.pendingChanges()[0]?.behind, undefined);
    w.fate = { takes: 1 };
    assert.deepEqual(await w.time.run(outbox.replay()), []);
    assert.deepEqual([w.written, w.stored.size], [["1: two"], 0]);
    assert.deepEqual(await w.time.run(outbox.discardPending("a")), { kind: "absent" });
    assert.deepEqual(await w.time.run(outbox.retry("a")), { kind: "withdrawn" });
  });

  it("stays when memory cannot be changed", async () => {
    const w = world();
    w.fate = { failure: offline, takes: 1 };
    const full: Failure = { kind: "unwritable", path: "x", reason: "full" };
    const outbox = w.open({ ...memoryMemory(w.stored), remove: async () => failed(full) });
    await w.time.run(outbox.submit(comment("one"), "ana", "a"));
    assert.deepEqual(await w.time.run(outbox.discardPending("a")), failed(full));
    assert.deepEqual([outbox.pendingChanges().length, w.stored.size], [1, 1]);
  });

  it("cannot be discarded while it is being written", async () => {
    const w = world();
    w.fate = { takes: 5000 };
    const outbox = w.open();
    const result = outbox.submit(comment("one"), "ana", "a");
    await w.time.run(w.time.clock.wait(1000));
    assert.equal(outbox.pendingChanges()[0]?.state, "sending");
    assert.deepEqual(await w.time.run(outbox.discardPending("a")), { kind: "sending" });
    assert.deepEqual(await w.time.run(outbox.replace("a", comment("other"))), { kind: "sending" });
    assert.equal((await w.time.run(result)).kind, "done");
    assert.deepEqual([w.written, await w.time.run(outbox.discardPending("a"))], [["1: one"], { kind: "absent" }]);
  });

  it("can be discarded while it is queued, and its submitter is notified", async () => {
    const w = world();
    w.fate = { takes: 5000 };
    const outbox = w.open();
    const results = [outbox.submit(comment("one"), "ana", "a"), outbox.submit(comment("two"), "ana", "b")];
    await w.time.run(w.time.clock.wait(1000));
    assert.deepEqual(await w.time.run(outbox.discardPending("b")), { kind: "ok" });
    const [first, second] = await w.time.run(Promise.all(results));
    assert.deepEqual([first?.kind, second], ["done", { kind: "withdrawn" }]);
    assert.deepEqual([w.written, w.stored.size], [["1: one"], 0]);
  });

  it("is not written by a window after another one discarded it, and is written as another one changed it", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const [mine, other] = [w.open(), w.open()];
    await w.time.run(Promise.all([mine.submit(comment("one"), "ana", "a"), mine.submit(comment("two", 2), "ana", "b")]));
    await w.time.run(other.replay());
    await w.time.run(other.discardPending("a"));
    await w.time.run(other.replace("b", comment("better", 2)));
    w.fate = { takes: 1 };
    assert.deepEqual(await w.time.run(mine.replay()), []);
    assert.deepEqual([w.written, mine.pendingChanges(), w.stored.size], [["2: better"], [], 0]);
    assert.deepEqual(await w.time.run(other.replay()), []);
    assert.deepEqual([w.written, other.pendingChanges()], [["2: better"], []]);
  });

  it("keeps its key and position with another text, also across a restart", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open();
    await w.time.run(Promise.all(["one", "two", "three"].map((text, index) => outbox.submit(comment(text), "ana", String(index)))));
    assert.deepEqual(await w.time.run(outbox.replace("1", comment("zwei"))), { kind: "ok" });
    assert.deepEqual(outbox.pending().map(({ key, operation }) => [key, operation.kind === "comment" && operation.markdown]), [["0", "one"], ["1", "zwei"], ["2", "three"]]);
    w.fate = { takes: 1 };
    await w.time.run(w.open().replay());
    assert.deepEqual([w.written, w.stored.size], [["1: one", "1: zwei", "1: three"], 0]);
    await w.time.run(outbox.submit(comment("x", 3), "ana", "x"));
    await assert.rejects(w.time.run(Promise.all([outbox.submit(comment("y", 3), "ana", "y"), outbox.replace("y", comment("y", 4))])), /another issue/);
  });

  it("is never overtaken by a later change of its issue that was requested in between", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open();
    await w.time.run(outbox.submit(comment("one"), "ana", "a"));
    w.fate = { takes: 1000 };
    const later = outbox.submit(comment("two"), "ana", "b");
    const earlier = outbox.retry("a");
    assert.deepEqual((await w.time.run(Promise.all([later, earlier]))).map(({ kind }) => kind), ["done", "done"]);
    assert.deepEqual(w.written, ["1: one", "1: two"]);
  });

  it("is not written while it is being discarded", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open(slow(memoryMemory(w.stored), w.time));
    await w.time.run(outbox.submit(comment("one"), "ana", "a"));
    w.fate = { takes: 1 };
    const dropped = outbox.discardPending("a");
    const retried = outbox.retry("a");
    assert.deepEqual(await w.time.run(Promise.all([dropped, retried])), [{ kind: "ok" }, { kind: "withdrawn" }]);
    assert.deepEqual([w.written, w.stored.size], [[], 0]);
  });

  it("is not held up by a predecessor that was refused for good", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open();
    await w.time.run(outbox.submit(comment("one"), "ana", "a"));
    w.fate = { failure: offline, takes: 1, refused: "one" };
    await w.time.run(outbox.submit(comment("two"), "ana", "b"));
    assert.deepEqual(outbox.pendingChanges().map(({ failure, behind, nextAt }) => [failure?.kind, behind, nextAt !== undefined]), [["gone", undefined, false], ["offline", undefined, true]]);
  });
});

describe("retryWhenDue", () => {
  it("retries with growing delays until it succeeds, and then continues with the next change immediately", async () => {
    const w = world();
    w.fate = { failure: offline, takes: 1 };
    const outbox = w.open();
    const stop = retryWhenDue(outbox, w.time.clock, memoryLog(), (key) => outbox.retry(key));
    await w.time.run(Promise.all([outbox.submit(comment("one"), "ana", "a"), outbox.submit(comment("two", 2), "ana", "b")]));
    void outbox.submit(comment("three", 2), "ana", "c");
    await w.time.run(w.time.clock.wait(60_000));
    assert.deepEqual(w.tried.filter((each) => each.endsWith("one")), ["0s one", "5s one", "15s one", "35s one"]);
    assert.equal(w.tried.some((each) => each.endsWith("three")), false);
    w.fate = { takes: 1 };
    await w.time.run(w.time.clock.wait(120_000));
    assert.deepEqual([[...w.written].sort(), outbox.pendingChanges()], [["1: one", "2: three", "2: two"], []]);
    stop();
  });

  it("does not retry what needs a person, and nothing after it was stopped", async () => {
    const w = world();
    w.fate = { failure: signedOut, takes: 1 };
    const outbox = w.open();
    const stop = retryWhenDue(outbox, w.time.clock, memoryLog(), (key) => outbox.retry(key));
    await w.time.run(outbox.submit(comment("one"), "ana", "a"));
    await w.time.run(w.time.clock.wait(3_600_000));
    assert.equal(w.tried.length, 1);
    w.fate = { failure: offline, takes: 1 };
    await w.time.run(outbox.retry("a"));
    stop();
    await w.time.run(w.time.clock.wait(3_600_000));
    assert.equal(w.tried.length, 2);
  });
});

describe("an outbox with concurrent edits by people", function () {

  it("writes the last version of each change once, in order on its issue, unless it was discarded", async () => {
    const action = fc.record({
      kind: fc.constantFrom("submit" as const, "submit" as const, "drop" as const, "replace" as const, "retry" as const, "weather" as const, "restart" as const),
      which: fc.nat(9),
      pause: fc.nat(4000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const w = world();
        const expected = new Map<string, { number: number; text: string }>();
        const memory = slow(memoryMemory(w.stored), w.time);
        let outbox = w.open(memory);
        let stop = retryWhenDue(outbox, w.time.clock, memoryLog(), (key) => outbox.retry(key));
        let offlineNow = false;
        for (const [index, { kind, which, pause }] of actions.entries()) {
          const key = `k${which}`;
          const known = expected.get(key);
          switch (kind) {
            case "submit":
              if (known !== undefined) break;
              expected.set(key, { number: which % 3, text: `${key}.` });
              void outbox.submit(comment(`${key}.`, which % 3), "ana", key);
              break;
            case "drop":
              if ((await w.time.run(outbox.discardPending(key))).kind === "ok") expected.delete(key);
              break;
            case "replace":
              if (known !== undefined && (await w.time.run(outbox.replace(key, comment(`${key}.${index}`, known.number)))).kind === "ok") expected.set(key, { ...known, text: `${key}.${index}` });
              break;
            case "retry":
              void outbox.retry(key);
              break;
            case "weather":
              offlineNow = !offlineNow;
              w.fate = { takes: 700, ...(offlineNow ? { failure: offline } : {}) };
              break;
            case "restart":
              // The old window has ended what it was doing, and is closed.
              await w.time.run(w.time.clock.wait(60_000));
              stop();
              outbox = w.open(memory);
              stop = retryWhenDue(outbox, w.time.clock, memoryLog(), (each) => outbox.retry(each));
              await w.time.run(outbox.replay());
          }
          await w.time.run(w.time.clock.wait(pause));
        }
        w.fate = { takes: 1 };
        await w.time.run(w.time.clock.wait(900_000));
        stop();
        assert.deepEqual([outbox.pendingChanges(), w.stored.size], [[], 0]);
        const order = [...expected.values()].map(({ number, text }) => `${number}: ${text}`);
        for (const number of [0, 1, 2]) {
          const of = (all: readonly string[]): readonly string[] => all.filter((each) => each.startsWith(`${number}:`));
          assert.deepEqual(of(w.written), of(order));
        }
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});
