import assert from 'node:assert/strict';
import { batchOf, type SingleOperation } from '../../../../src/core/model/operation';
import type { IssueTracker } from '../../../../src/core/model/ports';
import { ok } from '../../../../src/core/model/result';
import { createOutbox, type Outbox, type OutboxParts } from '../../../../src/core/sync/outbox';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';

const comment = (markdown: string): SingleOperation => ({ kind: "comment", ref: { repository: "acme/desk", number: 1 }, markdown });

interface World {
  readonly time: VirtualTime;
  readonly stored: Map<string, string>;
  /** The comments that were written, each with the second it was written in. */
  readonly written: string[];
  open(more?: Partial<OutboxParts>): Outbox;
}

function world(): World {
  const time = virtualTime();
  const stored = new Map<string, string>();
  const written: string[] = [];
  const unasked = async (): Promise<never> => assert.fail("Nothing but comments is written here");
  const tracker: IssueTracker = {
    list: unasked, get: unasked, create: unasked, edit: unasked, link: unasked, relations: unasked, timeline: unasked, search: unasked, forms: unasked,
    async comment(_ref, markdown) {
      written.push(`${Math.round(time.elapsed() / 1000)}s ${markdown}`);
      return ok(undefined);
    },
  };
  const open = (more: Partial<OutboxParts> = {}): Outbox => createOutbox({ memory: memoryMemory(stored), tracker, clock: time.clock, ids: countingIds("w-"), log: memoryLog(), ...more });
  return { time, stored, written, open };
}

describe("an operation in its undo window", () => {
  const held: Partial<OutboxParts> = { undoMilliseconds: () => 5000 };

  it("is stored at once, sent at the end, and can be undone until then", async () => {
    const w = world();
    const outbox = w.open(held);
    const [sent, dropped] = [outbox.submit(comment("sent"), "ana", "a"), outbox.submit(comment("discarded"), "ana", "b")];
    await w.time.run(w.time.clock.wait(1000));
    assert.equal(w.stored.size, 2);
    assert.deepEqual(outbox.pendingChanges().map(({ state, undoUntil }) => [state, undoUntil]), [["pending", "2026-11-20T16:00:05Z"], ["pending", "2026-11-20T16:00:05Z"]]);
    assert.deepEqual(await w.time.run(outbox.discardPending("b")), { kind: "ok" });
    assert.equal((await w.time.run(sent)).kind, "done");
    assert.deepEqual(await w.time.run(dropped), { kind: "withdrawn" });
    assert.deepEqual([w.written, w.stored.size], [["5s sent"], 0]);
  });

  it("is sent at once when its window closes, without those of other windows", async () => {
    const w = world();
    const [outbox, other] = [w.open({ ...held, ids: countingIds("a-") }), w.open({ ...held, ids: countingIds("b-") })];
    const sent = outbox.submit(comment("mine"), "ana", "a");
    void other.submit(comment("theirs"), "ana", "b");
    await w.time.run(w.time.clock.wait(1000));
    await w.time.run(outbox.load());
    const finished = outbox.finish();
    assert.deepEqual(await w.time.run(sent), { kind: "done", outcome: { ref: { repository: "acme/desk", number: 1 } } });
    assert.deepEqual(w.written, ["1s mine"]);
    await w.time.run(finished);
    await w.time.run(w.time.clock.wait(10_000));
    assert.deepEqual(w.written, ["1s mine", "5s theirs"]);
  });

  it("is sent at once on request", async () => {
    const w = world();
    const outbox = w.open(held);
    void outbox.submit(comment("now"), "ana", "a");
    await w.time.run(w.time.clock.wait(1000));
    await w.time.run(outbox.retry("a"));
    assert.deepEqual(w.written, ["1s now"]);
  });

  it("is not sent earlier by another window, and not at all after undo", async () => {
    const w = world();
    const first = w.open(held);
    void first.submit(comment("one"), "ana", "a");
    void first.submit(comment("two"), "ana", "b");
    await w.time.run(w.time.clock.wait(1000));
    const second = w.open();
    const replayed = second.replay();
    await w.time.run(w.time.clock.wait(1000));
    await w.time.run(first.discardPending("b"));
    await w.time.run(replayed);
    assert.ok(w.written.length > 0 && w.written.every((line) => line === "5s one"), w.written.join());
  });
});

describe("an operation that another account requested", () => {
  const as = (login: string): Partial<OutboxParts> => ({ account: async () => ok(login) });

  it("is pending until that account is back, or this one claims it", async () => {
    const w = world();
    const outbox = w.open(as("ben"));
    const refused = [await w.time.run(outbox.submit(comment("one"), "ana", "a")), await w.time.run(outbox.submit(comment("two"), "ana", "b"))];
    assert.deepEqual(refused.map((result) => result.kind === "queued" && result.failure), [1, 2].map(() => ({ kind: "otherAccount", by: "ana", login: "ben" })));
    assert.deepEqual(w.written, []);
    assert.deepEqual(await w.time.run(outbox.claim("a", "ben")), { kind: "ok" });
    await w.time.run(outbox.retry("a"));
    assert.deepEqual(w.written, ["0s one"]);
    await w.time.run(w.open(as("Ana")).replay());
    assert.deepEqual([w.written, w.stored.size], [["0s one", "0s two"], 0]);
  });

  it("is not continued by another account that signs in meanwhile", async () => {
    const w = world();
    // Ana signs out, and Ben in, once the first comment is there.
    const outbox = w.open({ account: async () => ok(w.written.length === 0 ? "ana" : "ben") });
    const batch = batchOf([comment("one"), comment("two")]);
    assert.deepEqual(await w.time.run(outbox.submit(batch, "ana", "a")), { kind: "queued", failure: { kind: "otherAccount", by: "ana", login: "ben" } });
    assert.deepEqual(w.written, ["0s one"]);
    assert.deepEqual(outbox.pendingChanges().map(({ unsure }) => unsure), [true]);
  });
});
