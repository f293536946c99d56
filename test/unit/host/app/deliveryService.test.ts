import assert from 'node:assert/strict';
import { webhookMessage, type WebhookFailure } from '../../../../src/core/incident/webhook';
import type { Operation } from '../../../../src/core/model/operation';
import { failed, ok, type Result } from '../../../../src/core/model/result';
import type { Submission } from '../../../../src/core/sync/outbox';
import { createDeliveryService, type DeliveryEnd } from '../../../../src/host/app/deliveryService';
import { webhookAddresses } from '../../../../src/host/platform/webhookAddresses';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { testEmitter } from '../../../support/testEmitter';

const ref = { repository: "acme/live", number: 7 };

const update = { ref, audience: "users", webhook: "ops", text: "Down.", comment: "**Update**\n\nDown." };

const address = "https://hooks.example/secret";

/** The state that windows of one machine share. */
function newMachine() {
  const values = new Map<string, string>();
  const secrets = new Map<string, string>();
  const machine = {
    values,
    now: "2026-11-24T10:00:00Z",
    trusted: true,
    isUnreadable: false,
    /** What the webhook received, and how it answers next. */
    posted: [] as string[],
    answer: ok(undefined) as Result<void, WebhookFailure>,
    /** The states of deliveries while a comment is written. */
    states: [] as string[],
    comments: [] as { readonly key: string; readonly operation: Operation }[],
    submission: { kind: "done", outcome: { ref } } as Submission,
    addresses: webhookAddresses({ get: async (key) => secrets.get(key), store: async (key, value) => void secrets.set(key, value), delete: async (key) => void secrets.delete(key) }, "desk"),
    log: memoryLog(),
    /** Fires when a window gets the focus. */
    focus: testEmitter<void>(),
    open: async () => {
      const memory = memoryMemory(values);
      const service = createDeliveryService({
        memory: { ...memory, keys: async (prefix) => (machine.isUnreadable ? failed({ kind: "unreadable", path: "", reason: "" }) : memory.keys(prefix)) },
        addresses: machine.addresses,
        post: async (to, message) => {
          assert.equal(to, address);
          machine.posted.push(message);
          return machine.answer;
        },
        pending: {
          submit: async (operation, key = "") => {
            machine.comments.push({ key, operation });
            machine.states.push(...service.waiting().map(({ state }) => state));
            return machine.submission;
          },
        },
        account: { login: async () => ok("ana"), writable: () => machine.trusted },
        returns: [machine.focus.event],
        newEmitter: testEmitter,
        clock: { now: () => machine.now },
        ids: countingIds(),
        log: machine.log,
      });
      await service.load();
      return service;
    },
  };
  return machine;
}

function failureOf(end: DeliveryEnd): unknown {
  return end.kind === "kept" || end.kind === "failed" ? end.failure : end.kind;
}

describe("Updates for webhooks", () => {
  it("are posted, then recorded by a comment, and leave nothing behind", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    assert.equal((await service.send(update)).kind, "sent");
    assert.deepEqual(machine.posted, [webhookMessage("Down.")]);
    assert.deepEqual(machine.comments.map(({ operation }) => operation), [{ kind: "comment", ref, markdown: update.comment }]);
    assert.deepEqual([machine.states, service.waiting(), machine.values.size], [["sending"], [], 0]);
  });

  it("are not recorded while they are not confirmed, and never sent again by themselves", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.answer = failed({ kind: "timeout" });
    assert.deepEqual(failureOf(await service.send(update)), { kind: "timeout" });
    const restarted = await machine.open();
    const [kept] = restarted.waiting();
    assert.deepEqual([kept?.state, kept?.failure, kept?.text, kept?.by], ["failed", { kind: "timeout" }, "Down.", "ana"]);
    assert.deepEqual([machine.posted.length, machine.comments.length], [1, 0]);
    machine.answer = ok(undefined);
    assert.equal((await restarted.retry(kept?.key ?? "")).kind, "sent");
    assert.deepEqual([machine.posted.length, machine.comments.length, restarted.waiting()], [2, 1, []]);
    assert.equal((await service.retry(kept?.key ?? "")).kind, "absent", "the first window has not noticed yet");
    assert.equal(machine.posted.length, 2);
  });

  it("of another window appear and disappear by themselves", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const [one, two] = [await machine.open(), await machine.open()];
    let fired = 0;
    const changed = (): Promise<void> => new Promise((resolve) => {
      const listening = two.onDidChange(() => {
        fired += 1;
        listening.dispose();
        resolve();
      });
    });
    machine.answer = failed({ kind: "timeout" });
    await one.send(update);
    const appears = changed();
    machine.focus.fire();
    await appears;
    assert.deepEqual(two.waiting().map(({ audience, failure }) => [audience, failure]), [["users", { kind: "timeout" }]]);
    await two.load();
    assert.equal(fired, 1, "nothing changed");
    await one.discard(one.waiting()[0]?.key ?? "");
    const disappears = changed();
    machine.focus.fire();
    await disappears;
    assert.deepEqual(two.waiting(), []);
  });

  it("that are sent while the stored ones are read are not forgotten", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.answer = failed({ kind: "timeout" });
    for (let count = 1; count <= 5; count += 1) {
      await Promise.all([service.load(), service.send(update), service.load()]);
      assert.equal(service.waiting().length, count);
    }
  });

  it("can be recorded without sending them again, and discarded", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.answer = failed({ kind: "unconfirmed" });
    await service.send(update);
    await service.send({ ...update, audience: "team" });
    const [first, second] = service.waiting();
    assert.equal((await service.record(first?.key ?? "")).kind, "sent");
    assert.equal((await service.discard(second?.key ?? "")).kind, "ok");
    assert.deepEqual([machine.posted.length, machine.comments.map(({ key }) => key), service.waiting(), machine.values.size], [2, [first?.key], [], 0]);
  });

  it("that were interrupted may have arrived", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.answer = failed({ kind: "timeout" });
    await service.send(update);
    const [[place = "", stored = ""] = []] = machine.values;
    machine.values.set(place, stored.replace('"state":"failed"', '"state":"sending"').replace(/,"failure":\{[^}]*\}/, ""));
    const other = await machine.open();
    assert.equal(other.waiting()[0]?.state, "sending");
    assert.equal((await other.retry(other.waiting()[0]?.key ?? "")).kind, "absent", "another window may be sending it");
    machine.now = "2026-11-24T10:01:00Z";
    assert.deepEqual(other.waiting()[0]?.failure, { kind: "unconfirmed" });
  });

  it("that are delivered only need their comment", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.submission = { kind: "failed", failure: { kind: "gone", ref } };
    assert.deepEqual(failureOf(await service.send(update)), { kind: "gone", ref });
    assert.equal(service.waiting()[0]?.state, "delivered");
    machine.submission = { kind: "queued" };
    assert.equal((await service.retry(service.waiting()[0]?.key ?? "")).kind, "sent");
    assert.deepEqual([machine.posted.length, machine.comments.length, new Set(machine.comments.map(({ key }) => key)).size], [1, 2, 1]);
  });

  it("are not sent in an untrusted workspace, or without an address", async () => {
    const machine = newMachine();
    const service = await machine.open();
    assert.deepEqual(failureOf(await service.send(update)), { kind: "noAddress" });
    machine.trusted = false;
    assert.deepEqual(failureOf(await service.send(update)), { kind: "untrusted" });
    assert.deepEqual(failureOf(await service.retry(service.waiting()[0]?.key ?? "")), { kind: "untrusted" });
    assert.deepEqual(machine.posted, []);
  });

  it("leave the address nowhere but in the secret storage", async () => {
    const machine = newMachine();
    await machine.addresses.set("ops", address);
    const service = await machine.open();
    machine.answer = failed({ kind: "rejected", status: 404 });
    await service.send(update);
    assert.doesNotMatch(JSON.stringify([...machine.values, service.waiting(), machine.log]), /hooks\.example|secret/);
  });

  it("ignore stored values that cannot be read, and keep them", async () => {
    const machine = newMachine();
    machine.values.set("deliveries/x", "{}");
    machine.values.set("deliveries/y", "{");
    const service = await machine.open();
    await service.load();
    assert.deepEqual([service.waiting(), machine.values.size], [[], 2]);
    assert.deepEqual(machine.log.errors, ["x", "y"].map((name) => `A stored update could not be understood and is left alone: deliveries/${name}`), "each once");
  });

  it("stay when the stored ones cannot be read", async () => {
    const machine = newMachine();
    const service = await machine.open();
    await service.send(update);
    assert.equal(service.waiting().length, 1);
    machine.isUnreadable = true;
    await service.load();
    assert.equal(service.waiting().length, 1);
    assert.equal(machine.log.errors.at(-1), "Stored updates could not be read: unreadable");
  });

  it("use the address of their own desk only", async () => {
    const secrets = new Map<string, string>();
    const of = (desk: string) => webhookAddresses({ get: async (key) => secrets.get(key), store: async (key, value) => void secrets.set(key, value), delete: async (key) => void secrets.delete(key) }, desk);
    await of("one").set("ops", address);
    assert.deepEqual([await of("one").get("ops"), await of("two").get("ops"), await of("one").get("other")], [address, undefined, undefined]);
    assert.deepEqual([await of("one").names(), await of("two").names()], [["ops"], []]);
    await of("one").remove("ops");
    assert.equal(secrets.size, 0, "nothing remains, also of one that desk.yml does not name");
  });
});
