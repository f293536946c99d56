import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/core/model/failure';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import type { IssueTracker, Memory } from '../../../../src/core/model/ports';
import { failed, ok } from '../../../../src/core/model/result';
import { createOutbox, type OperationRequest, type Outbox } from '../../../../src/core/sync/outbox';
import { countingIds } from '../../../support/countingIds';
import { type MemoryLog, memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';

const parent: IssueRef = { repository: "acme/desk", number: 1 };

interface World {
  readonly time: VirtualTime;
  readonly stored: Map<string, string>;
  readonly log: MemoryLog;
  readonly written: string[];
  /** Why nothing can be created in a repository now. */
  readonly shut: Map<string, Failure>;
  open(memory?: Memory): Outbox;
}

function world(): World {
  const [time, stored, log, written, shut] = [virtualTime(), new Map<string, string>(), memoryLog(), new Array<string>(), new Map<string, Failure>()];
  const unasked = async (): Promise<never> => assert.fail("Nothing asks for this here");
  const tracker: IssueTracker = {
    list: unasked, get: unasked, timeline: unasked, search: unasked, relations: unasked, forms: unasked,
    edit: async (ref) => ok({ ref, title: "", body: "", state: "open", labels: [], assignees: [], author: "ana", createdAt: "", updatedAt: "", location: { kind: "web", url: "" } }),
    link: async () => ok(undefined),
    async create({ repository, title }) {
      await time.clock.wait(5);
      const failure = shut.get(repository);
      if (failure !== undefined) return failed(failure);
      written.push(title);
      return ok({ repository, number: written.length + 1 });
    },
    async comment(_ref, markdown) {
      written.push(markdown);
      return ok(undefined);
    },
  };
  let windows = 0;
  return {
    time, stored, log, written, shut,
    open(memory = memoryMemory(stored)) {
      windows += 1;
      return createOutbox({ memory, tracker, clock: time.clock, ids: countingIds(`w${windows}-`), log });
    },
  };
}

const set: readonly OperationRequest[] = ["acme/desk", "acme/docs", "acme/engine"].map((repository, index) => ({
  key: `set${index}`,
  operation: { kind: "create", draft: { repository, kind: "issue", title: repository, body: "", labels: [], assignees: [] }, under: { parent, relation: "child" } },
}));

describe("several changes submitted together", () => {
  it("are stored before any is tried, and each is written in order", async () => {
    const { time, open, stored, written } = world();
    const outbox = open();
    const all = Promise.all(outbox.submitAll(set, "ana"));
    assert.deepEqual(outbox.pending().map(({ key, by }) => [key, by]), [["set0", "ana"], ["set1", "ana"], ["set2", "ana"]]);
    const results = await time.run(all);
    assert.deepEqual(results.map((result) => result.kind === "done" && result.outcome.ref.number), [2, 3, 4]);
    assert.deepEqual([written, stored.size, outbox.pending()], [["acme/desk", "acme/docs", "acme/engine"], 0, []]);
  });

  it("do not hold up each other or changes of their parent when one of them is pending", async () => {
    const { time, open, written, shut } = world();
    const outbox = open();
    shut.set("acme/desk", { kind: "archived", repository: "acme/desk" });
    const results = await time.run(Promise.all(outbox.submitAll(set, "ana")));
    assert.deepEqual(results.map(({ kind }) => kind), ["queued", "done", "done"]);
    assert.equal((await time.run(outbox.submit({ kind: "comment", ref: parent, markdown: "On with it" }, "ana"))).kind, "done");
    assert.deepEqual(outbox.pendingChanges().map(({ pending, failure, behind }) => [pending.key, failure?.kind, behind]), [["set0", "archived", undefined]]);
    shut.clear();
    assert.equal((await time.run(outbox.retry("set0"))).kind, "done");
    assert.deepEqual(written, ["acme/docs", "acme/engine", "On with it", "acme/desk"]);
  });

  it("are written after earlier changes of their parent", async () => {
    const { time, open, written } = world();
    const outbox = open();
    await time.run(Promise.all([outbox.submit({ kind: "comment", ref: parent, markdown: "First" }, "ana"), ...outbox.submitAll(set, "ana")]));
    assert.equal(written[0], "First");
  });

  it("have no effect and leave nothing when they cannot be stored", async () => {
    for (let full = 0; full < 4; full += 1) {
      const { time, open, stored, written } = world();
      let writes = 0;
      const memory = memoryMemory(stored);
      const outbox = open({ ...memory, write: async (key, value) => (writes++ === full ? failed({ kind: "unwritable", path: key, reason: "full" }) : memory.write(key, value)) });
      const results = await time.run(Promise.all(outbox.submitAll(set, "ana")));
      assert.deepEqual(results.map((result) => result.kind === "failed" && result.failure.kind), ["unwritable", "unwritable", "unwritable"]);
      await time.run(open().replay());
      assert.deepEqual([stored.size, written, outbox.pending()], [0, [], []], `at write ${full}`);
    }
  });

  it("are reported one by one when they are refused for good", async () => {
    const { time, open, stored, shut } = world();
    shut.set("acme/docs", { kind: "refused", server: "https://github.com", reason: "No" });
    const results = await time.run(Promise.all(open().submitAll(set, "ana")));
    assert.deepEqual(results.map((result) => (result.kind === "failed" ? result.failure.kind : result.kind)), ["done", "refused", "done"]);
    await time.run(time.clock.wait(1));
    assert.equal(stored.size, 0);
  });

  it("in an unknown format of another version are kept and reported", async () => {
    const { time, open, stored, log } = world();
    stored.set("outbox/x/whole", JSON.stringify({ operations: [{ place: 1 }] }));
    assert.deepEqual(await time.run(open().replay()), []);
    assert.equal(stored.size, 1);
    assert.match(log.errors.join(), /left alone: outbox\/x\/whole/);
  });
});
