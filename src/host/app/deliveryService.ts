import { compareTexts } from "../../core/model/sorting";
import type * as vscode from "vscode";
import { deliveriesPrefix, type Delivery, isBeingSent, readDelivery } from "../../core/incident/delivery";
import { webhookMessage, type WebhookFailure } from "../../core/incident/webhook";
import { sameData } from "../../core/model/plainData";
import type { OperationKey } from "../../core/model/operation";
import type { Clock, Ids, Log, Memory } from "../../core/model/ports";
import { coalesce, runInBackground } from "../../core/model/queues";
import { assertNever, failed, ok, type Result } from "../../core/model/result";
import type { Submission } from "../../core/sync/outbox";
import { followEvents } from "../platform/followEvents";
import type { AccountService } from "./accountService";
import type { NewEmitter } from "./changeEvent";
import type { PendingService } from "./pendingService";

/**
 * Delivers updates to webhooks. A webhook cannot tell whether it already has a message, so each is sent once per click and never
 * retried automatically. The message is sent first, and the comment that records it is written afterwards: an update counts as
 * sent only if it was.
 */
export interface DeliveryService {
  /** Deliveries that are not complete, oldest first, also those of other windows. */
  waiting(): readonly Delivery[];
  /** Stores an update and sends it once. */
  send(update: DeliveryRequest): Promise<DeliveryEnd>;
  /** Sends it again, or only records it if it is known to be delivered. */
  retry(key: OperationKey): Promise<DeliveryEnd>;
  /** Records it without sending it again, because somebody saw that it was delivered. */
  record(key: OperationKey): Promise<DeliveryEnd>;
  /** Removes it for good. */
  discard(key: OperationKey): Promise<Result<void>>;
  /** The stored addresses of webhooks. */
  readonly addresses: WebhookAddresses;
  /** Fires after `waiting` changed. */
  readonly onDidChange: vscode.Event<void>;
}

export type DeliveryRequest = Pick<Delivery, "ref" | "audience" | "webhook" | "text" | "comment">;

/** `kept`: it was not confirmed and stays until a person acts. `absent`: another window completed or discarded it, or is sending it. */
export type DeliveryEnd = { readonly kind: "sent"; readonly submission: Submission } | { readonly kind: "kept"; readonly failure: WebhookFailure } | { readonly kind: "absent" } | Extract<Result<never>, { kind: "failed" }>;

/** Addresses of webhooks by their name in `desk.yml`, in the editor's secret storage. */
export interface WebhookAddresses {
  get(name: string): Promise<string | undefined>;
  set(name: string, address: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The names with an address on this machine, also those that `desk.yml` does not contain any more. */
  names(): Promise<readonly string[]>;
}

interface OwnedDeliveryService extends DeliveryService, vscode.Disposable {
  /** Reads the stored deliveries, also those of other windows. */
  load(): Promise<void>;
}

interface DeliveryServiceDeps {
  readonly memory: Memory;
  readonly addresses: WebhookAddresses;
  readonly post: (address: string, message: string) => Promise<Result<void, WebhookFailure>>;
  readonly pending: Pick<PendingService, "submit">;
  readonly account: Pick<AccountService, "login" | "writable">;
  /** Events after which another window may have changed what is stored. */
  readonly returns: readonly vscode.Event<unknown>[];
  readonly newEmitter: NewEmitter;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
  readonly log: Log;
}

/** Contains no deliveries before `load`. */
export function createDeliveryService({ memory, addresses, post, pending, account, returns, newEmitter, clock, ids, log }: DeliveryServiceDeps): OwnedDeliveryService {
  const changed = newEmitter<void>();
  const known = new Map<OperationKey, Delivery>();
  const own = new Set<OperationKey>();
  /** Keys of values that were reported as not readable. */
  const unreadable = new Set<string>();
  /** The number of changes that this window stored. */
  let revision = 0;

  async function store(delivery: Delivery): Promise<Result<void>> {
    const written = await memory.write(deliveriesPrefix + delivery.key, delivery);
    if (written.kind === "failed") return written;
    revision += 1;
    known.set(delivery.key, delivery);
    changed.fire();
    return written;
  }

  async function remove(key: OperationKey): Promise<Result<void>> {
    const removed = await memory.remove(deliveriesPrefix + key);
    if (removed.kind === "failed") return removed;
    revision += 1;
    known.delete(key);
    changed.fire();
    return removed;
  }

  /** Reads one delivery again, because another window may have completed it. */
  async function current(key: OperationKey): Promise<Delivery | undefined> {
    const value = await memory.read(deliveriesPrefix + key);
    const delivery = value.kind === "ok" ? readDelivery(value.value) : known.get(key);
    if (delivery === undefined && known.delete(key)) changed.fire();
    return delivery === undefined || own.has(key) || isBeingSent(delivery, clock.now()) ? undefined : delivery;
  }

  /** Runs the work on a delivery unless this window is already doing so. */
  async function alone(key: OperationKey, work: () => Promise<DeliveryEnd>): Promise<DeliveryEnd> {
    own.add(key);
    try {
      return await work();
    } finally {
      own.delete(key);
      changed.fire();
    }
  }

  async function deliver(delivery: Delivery): Promise<DeliveryEnd> {
    const { failure: _before, ...rest } = delivery;
    const attempt: Delivery = { ...rest, state: "sending", attempt: clock.now() };
    const stored = await store(attempt);
    if (stored.kind === "failed") return stored;
    const address = await addresses.get(delivery.webhook);
    const result = address === undefined ? failed<WebhookFailure>({ kind: "noAddress" }) : await post(address, webhookMessage(delivery.text));
    if (result.kind === "ok") return write(attempt);
    log.error(`An update was not confirmed by a webhook: ${result.failure.kind}`);
    await store({ ...attempt, state: "failed", failure: result.failure });
    return { kind: "kept", failure: result.failure };
  }

  /** Writes the comment of a delivered update. From then on it is a pending change like any other. */
  async function write({ failure: _before, ...rest }: Delivery): Promise<DeliveryEnd> {
    const delivery: Delivery = { ...rest, state: "delivered" };
    const stored = await store(delivery);
    if (stored.kind === "failed") log.error(`A delivered update could not be noted: ${stored.failure.kind}`);
    const submission = await pending.submit({ kind: "comment", ref: delivery.ref, markdown: delivery.comment }, delivery.key);
    switch (submission.kind) {
      case "done":
      case "queued":
      case "withdrawn":
        await remove(delivery.key);
        return { kind: "sent", submission };
      case "failed":
        return submission;
      default:
        return assertNever(submission);
    }
  }

  async function act(key: OperationKey, work: (delivery: Delivery) => Promise<DeliveryEnd>): Promise<DeliveryEnd> {
    if (!account.writable()) return failed({ kind: "untrusted" });
    const delivery = await current(key);
    return delivery === undefined ? { kind: "absent" } : alone(key, () => work(delivery));
  }

  /** Reads what is stored, and again if this window changed it meanwhile. */
  const load = coalesce(async (): Promise<void> => {
    for (let before = -1; before !== revision; ) {
      before = revision;
      const stored = await readStored();
      if (stored === undefined || before !== revision) continue;
      if (sameData([...known.values()], stored)) return;
      known.clear();
      for (const delivery of stored) known.set(delivery.key, delivery);
      changed.fire();
    }
  });

  async function readStored(): Promise<readonly Delivery[] | undefined> {
    const keys = await memory.keys(deliveriesPrefix);
    if (keys.kind === "failed") {
      log.error(`Stored updates could not be read: ${keys.failure.kind}`);
      return undefined;
    }
    const values = await Promise.all(keys.value.map(async (key) => ({ key, value: await memory.read(key) })));
    return values.flatMap(({ key, value }) => {
      const delivery = value.kind === "ok" ? readDelivery(value.value) : undefined;
      if (delivery === undefined && !unreadable.has(key) && (value.kind === "failed" || value.value !== undefined)) {
        unreadable.add(key);
        log.error(`A stored update could not be understood and is left alone: ${key}`);
      }
      return delivery ?? [];
    });
  }

  const following = followEvents(() => runInBackground(load(), log), ...returns);
  return {
    waiting: () => [...known.values()].map((delivery) => shown(delivery, own, clock)).toSorted((a, b) => compareTexts(a.at, b.at)),
    async send(update) {
      if (!account.writable()) return failed({ kind: "untrusted" });
      const by = await account.login();
      if (by.kind === "failed") return by;
      const key = ids.next();
      const at = clock.now();
      return alone(key, () => deliver({ ...update, key, at, by: by.value, state: "sending", attempt: at }));
    },
    retry: (key) => act(key, (delivery) => (delivery.state === "delivered" ? write(delivery) : deliver(delivery))),
    record: (key) => act(key, write),
    async discard(key) {
      if (own.has(key)) return ok(undefined);
      return remove(key);
    },
    addresses,
    onDidChange: changed.event,
    load,
    dispose() {
      following.dispose();
      changed.dispose();
    },
  };
}

/** What this window works on is being sent. Otherwise, a delivery that was interrupted may have arrived. */
function shown(delivery: Delivery, own: ReadonlySet<OperationKey>, clock: Pick<Clock, "now">): Delivery {
  if (own.has(delivery.key)) return { ...delivery, state: "sending" };
  if (delivery.state !== "sending" || isBeingSent(delivery, clock.now())) return delivery;
  return { ...delivery, state: "failed", failure: { kind: "unconfirmed" } };
}
