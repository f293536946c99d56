import * as v from "valibot";
import { readMilestone } from "../markup/milestone";
import { linkSchema as link, refSchema as ref } from "../markup/linkRegion";
import { evidenceSchema, type FieldValue, stepParts } from "../model/checklist";
import { compareInstants, justAfter } from "../model/instant";
import type { Instant } from "../model/issue";
import { type IssueRef, refKey } from "../model/issueRef";
import type { Operation, OperationKey, PendingOperation, SingleOperation } from "../model/operation";
import { parseData } from "../model/parseData";
import type { Clock, Log, Memory } from "../model/ports";
import { failed, ok, type Result } from "../model/result";
import { batchKey, type Entry, isBatchKey, newEntry, type PlacedOperation, splitBatch, storeBatch, type Withdrawal } from "./pendingOperation";
import type { Outcome } from "./performOperation";
import { openUndoWindow } from "./undoWindow";

/** The entries of an outbox, oldest first. Each is also stored in the memory that all windows share. */
interface OutboxEntries {
  all(): readonly Entry[];
  find(key: OperationKey): Entry | undefined;
  /** Starts to store operations atomically, as the last entries. */
  store(items: readonly PlacedOperation[]): void;
  /** Loads stored entries that are not known yet, such as those of another window, in their order. Returns the added operations. */
  load(): Promise<readonly PendingOperation[]>;
  /** Stored values that could not be parsed at the last load. */
  unreadable(): readonly UnreadableChange[];
  /** Removes an unreadable change. */
  discard(place: string): Promise<Result<void>>;
  /** Reads the stored operation again. Fails when another window has removed it. */
  readAgain(entry: Entry): Promise<Result<void>>;
  /** Removes an entry and resolves its waiting attempts with the result. */
  settle(entry: Entry, result: Result<Outcome>): Result<Outcome>;
  /** Removes the stored copy of a completed entry. */
  forget(entry: Entry): Promise<void>;
  /** Locks an entry that is not being sent while the job runs. */
  withdraw(key: OperationKey, job: (entry: Entry) => Promise<Result<void>>): Promise<Withdrawal>;
}

/** A stored change that this version cannot parse: a person broke it, or a newer version wrote it. */
export interface UnreadableChange {
  /** Key in memory. */
  readonly place: string;
  /** When it was requested, if its key contains that. */
  readonly at?: Instant;
}

/** Creates an empty list of entries. Nothing is read before `load`. */
export function createEntries(memory: Memory, clock: Clock, log: Log): OutboxEntries {
  const entries: Entry[] = [];
  const ownBatches = new Set<string>();
  const unreadable = new Map<string, UnreadableChange>();

  const isKnown = (place: string): boolean => entries.some((entry) => entry.place === place);
  const find = (key: OperationKey): Entry | undefined => entries.find(({ pending }) => pending.key === key);

  function add(entry: Entry): void {
    const later = entries.findIndex(({ place }) => place > entry.place);
    entries.splice(later < 0 ? entries.length : later, 0, entry);
  }

  function noteUnreadable(place: string): void {
    const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.exec(place.slice(outboxPrefix.length).split("/")[0] ?? "")?.[0];
    if (!unreadable.has(place)) log.error(`A stored change could not be understood and is left alone: ${place}`);
    unreadable.set(place, { place, ...(at === undefined ? {} : { at }) });
  }

  /** Completes an atomic store that another window did not finish. */
  async function finish(batch: string): Promise<void> {
    const value = await memory.read(batch);
    const items = value.kind === "ok" ? readBatch(value.value) : undefined;
    if (items !== undefined) await splitBatch(memory, batch, items);
    else if (value.kind === "failed" || value.value !== undefined) noteUnreadable(batch);
  }

  return {
    all: () => entries,
    find,

    store(items) {
      if (items.length > 1) ownBatches.add(batchKey(items));
      const stored = storeBatch(memory, items);
      entries.push(...items.map(({ place, pending }) => newEntry(place, pending, stored, openUndoWindow(clock, pending.notBefore), true)));
    },

    async load() {
      let places = await memory.keys(outboxPrefix);
      const batches = places.kind === "ok" ? places.value.filter((place) => isBatchKey(place) && !ownBatches.has(place)) : [];
      for (const batch of batches) await finish(batch);
      if (batches.length > 0) places = await memory.keys(outboxPrefix);
      if (places.kind === "failed") {
        log.error(`Stored changes could not be read: ${places.failure.kind}`);
        return [];
      }
      const stored = new Set(places.value);
      for (const place of unreadable.keys()) if (!stored.has(place)) unreadable.delete(place);
      const added: PendingOperation[] = [];
      for (const place of places.value) {
        if (isKnown(place) || isBatchKey(place)) continue;
        const value = await memory.read(place);
        const pending = value.kind === "ok" ? readPending(value.value) : undefined;
        // Another window may have written and removed it since the keys were listed.
        if (value.kind === "ok" && value.value === undefined) continue;
        if (pending === undefined) {
          noteUnreadable(place);
          continue;
        }
        unreadable.delete(place);
        if (isKnown(place)) continue;
        add(newEntry(place, pending, Promise.resolve(ok(undefined)), openUndoWindow(clock, pending.notBefore), false));
        added.push(pending);
      }
      return added;
    },

    unreadable: () => [...unreadable.values()],

    async discard(place) {
      const removed = unreadable.has(place) ? await memory.remove(place) : ok(undefined);
      if (removed.kind === "ok") unreadable.delete(place);
      return removed;
    },

    async readAgain(entry) {
      const value = await memory.read(entry.place);
      if (value.kind === "failed") return value;
      const pending = readPending(value.value);
      if (pending === undefined && value.value !== undefined) noteUnreadable(entry.place);
      if (pending === undefined) return failed({ kind: "discarded" });
      entry.pending = pending;
      return ok(undefined);
    },

    settle(entry, result) {
      entry.result = result;
      entry.undoWindow?.release();
      const index = entries.indexOf(entry);
      if (index >= 0) entries.splice(index, 1);
      return result;
    },

    async forget(entry) {
      const removed = await memory.remove(entry.place);
      if (removed.kind === "failed") log.error(`A finished change stays stored and will be tried again: ${removed.failure.kind}`);
    },

    async withdraw(key, job) {
      const entry = find(key);
      if (entry === undefined) return { kind: "absent" };
      await entry.stored;
      while (entry.changing !== undefined) await entry.changing;
      if (entry.result !== undefined) return { kind: "absent" };
      if (entry.sending) return { kind: "sending" };
      const work = job(entry).finally(() => {
        entry.changing = undefined;
      });
      entry.changing = work;
      const result = await work;
      return result.kind === "ok" ? { kind: "ok" } : result;
    },
  };
}

/** Prefix of all keys of pending operations in memory. */
export const outboxPrefix = "outbox/";

const texts = v.array(v.string());

const stamp = { by: v.exactOptional(v.string()), at: v.exactOptional(v.string()) };

const mark = v.variant("kind", [
  v.object({ kind: v.literal("open"), ...stamp }),
  v.object({ kind: v.literal("done"), ...stamp }),
  v.object({ kind: v.literal("skipped"), reason: v.string(), ...stamp }),
]);

const item = v.variant("kind", [
  v.object({ kind: v.literal("section"), id: v.string(), title: v.string(), gate: v.boolean() }),
  v.object({
    kind: v.literal("step"),
    id: v.string(),
    part: v.picklist(stepParts),
    text: v.string(),
    depth: v.number(),
    mark,
    links: v.array(ref),
    chosen: v.exactOptional(v.string()),
    own: v.exactOptional(mark),
    overrode: v.exactOptional(v.string()),
    given: v.exactOptional(v.object({ login: v.string(), at: v.string() })),
    within: v.exactOptional(v.string()),
    formerly: v.exactOptional(texts),
    evidence: v.exactOptional(v.array(evidenceSchema)),
    next: v.exactOptional(texts),
    optional: v.exactOptional(v.literal(true)),
    log: v.exactOptional(v.array(v.object({ mark, chosen: v.exactOptional(v.string()) }))),
  }),
]);

const values = v.array(v.object({ name: v.string(), value: v.string(), at: v.string(), by: v.string() }));

const answers = { values: v.exactOptional(values), comment: v.exactOptional(v.string()) };

const run = v.object({
  id: v.string(),
  runbook: v.string(),
  title: v.string(),
  revision: v.string(),
  startedAt: v.string(),
  by: v.string(),
  items: v.array(item),
  values: v.exactOptional(values),
});

const instant = v.exactOptional(v.string());

const clock = v.object({ reported: instant, acknowledged: instant, by: instant, later: v.exactOptional(v.array(v.object({ at: v.string(), by: instant }))), withdrawn: instant, updated: instant, resolved: instant });

const stepRef = v.object({ run: v.string(), step: v.string() });

const fields = v.array(v.object({ name: v.string(), value: v.string(), at: v.string(), by: v.string() }));

const closeReason = v.exactOptional(v.picklist(["completed", "notPlanned", "duplicate"]));

const changeStamp = v.exactOptional(v.object({ at: v.string(), by: v.string() }));

const change = v.variant("kind", [
  v.object({ kind: v.literal("close"), reason: closeReason, stamp: changeStamp, fields: v.exactOptional(fields), clock: v.exactOptional(clock) }),
  v.object({ kind: v.literal("reopen"), stamp: changeStamp }),
  v.object({ kind: v.literal("retitle"), title: v.string() }),
  v.object({ kind: v.literal("assign"), add: texts, remove: texts }),
  v.object({ kind: v.literal("label"), add: texts, remove: texts }),
  v.object({ kind: v.literal("startRun"), run }),
  v.object({ kind: v.literal("markStep"), run: v.string(), step: v.string(), mark, ...answers }),
  v.object({ kind: v.literal("choose"), run: v.string(), option: v.string(), mark, ...answers }),
  v.object({ kind: v.literal("setValues"), run: v.string(), values }),
  v.object({ kind: v.literal("linkStep"), run: v.string(), step: v.string(), child: ref }),
  v.object({ kind: v.literal("giveStep"), run: v.string(), step: v.string(), login: v.string(), at: v.string() }),
  v.object({ kind: v.literal("showEvidence"), run: v.string(), step: v.string(), add: v.array(evidenceSchema), remove: v.array(evidenceSchema) }),
  v.object({ kind: v.literal("reopenSection"), run: v.string(), section: v.string(), by: v.string(), at: v.string() }),
  v.object({ kind: v.literal("takeOver"), fresh: run }),
  v.object({ kind: v.literal("noteClock"), marks: clock }),
  v.object({ kind: v.literal("setFields"), fields, clock: v.exactOptional(clock) }),
  v.object({ kind: v.literal("acceptHandoff"), by: v.string(), at: v.string() }),
  v.object({ kind: v.literal("addLink"), link, step: v.exactOptional(stepRef) }),
  v.object({ kind: v.literal("relink"), from: ref, to: ref }),
]);

const draft = v.object({ repository: v.string(), kind: v.string(), title: v.string(), body: v.string(), labels: texts, assignees: texts, type: v.exactOptional(v.string()) });

const under = v.object({
  parent: ref,
  relation: v.picklist(["child", "related", "blockedBy", "hasDuplicate"]),
  step: v.exactOptional(stepRef),
});

const firstChange = v.variant("kind", [v.object({ kind: v.literal("comment"), markdown: v.string() }), v.object({ kind: v.literal("edit"), change })]);

const place = v.object({ id: v.string(), title: v.string() });

const single = v.variant("kind", [
  v.object({ kind: v.literal("create"), draft, under: v.exactOptional(under), then: v.exactOptional(v.array(firstChange)) }),
  v.object({ kind: v.literal("link"), child: ref, under }),
  v.object({ kind: v.literal("edit"), ref, change }),
  v.object({ kind: v.literal("comment"), ref, markdown: v.string(), optional: v.exactOptional(v.literal(true)) }),
  v.object({ kind: v.literal("close"), ref, resolution: v.string(), reason: closeReason, after: instant }),
  v.object({ kind: v.literal("sendBack"), ref, run: v.string(), gate: v.string(), section: place, reason: v.string(), at: v.string() }),
  v.object({ kind: v.literal("handOff"), draft, outgoing: v.string(), incoming: v.string(), items: v.array(v.object({ ref, next: v.string() })) }),
  v.object({ kind: v.literal("acceptHandoff"), ref, outgoing: v.string(), items: v.array(ref), at: v.string() }),
]);

const operation = v.variant("kind", [single, v.object({ kind: v.literal("batch"), operations: v.array(single) })]);

const pending = v.object({ key: v.string(), at: v.string(), by: v.string(), operation, notBefore: v.exactOptional(v.string()) });

const together = v.object({ operations: v.array(v.object({ place: v.string(), pending })) });

/** Parses a stored operation. Returns `undefined` when it is invalid or was written by a newer version. */
export function readPending(value: unknown): PendingOperation | undefined {
  return parseData(pending, value);
}

/** Parses a batch that was being stored. Returns `undefined` when it is invalid. */
function readBatch(value: unknown): readonly PlacedOperation[] | undefined {
  return parseData(together, value)?.operations;
}

/**
 * Creates a function that adds author and time to each mark and value, and moves stamps that are earlier than the operation to its
 * time. Marks that one person makes on the same steps within a second get increasing times, so that the last click wins.
 */
export function orderMarks(): (operation: Operation, by: string, now: Instant) => Operation {
  const last = new Map<string, Instant>();

  function inOrder(ref: IssueRef, run: string, asked: Instant): Instant {
    const name = `${refKey(ref)} ${run}`;
    const before = last.get(name);
    const clash = before !== undefined && asked.slice(0, 19) === before.slice(0, 19) && compareInstants(asked, before) <= 0;
    const at = clash ? justAfter(before) : asked;
    if (before === undefined || compareInstants(at, before) > 0) last.set(name, at);
    return at;
  }

  function ordered(operation: SingleOperation, by: string, now: Instant): SingleOperation {
    if (operation.kind === "sendBack") return { ...operation, at: inOrder(operation.ref, operation.run, operation.at) };
    if (operation.kind !== "edit") return operation;
    const { ref, change } = operation;
    if (change.kind === "setFields") return { ...operation, change: { ...change, fields: change.fields.map((field) => notBefore(field, now)) } };
    if (change.kind === "close" && change.stamp !== undefined) return { ...operation, change: { ...change, stamp: notBefore(change.stamp, now), ...(change.fields === undefined ? {} : { fields: change.fields.map((field) => notBefore(field, now)) }) } };
    if (change.kind === "reopen" && change.stamp !== undefined) return { ...operation, change: { ...change, stamp: notBefore(change.stamp, now) } };
    if (change.kind === "giveStep") return { ...operation, change: { ...change, at: inOrder(ref, change.run, change.at) } };
    if (change.kind === "setValues") return { ...operation, change: { ...change, values: stampedBy(change.values, by, inOrder(ref, change.run, now)) } };
    if (change.kind !== "markStep" && change.kind !== "choose") return operation;
    const at = inOrder(ref, change.run, change.mark.at ?? now);
    return { ...operation, change: { ...change, mark: { by, ...change.mark, at }, ...(change.values === undefined ? {} : { values: stampedBy(change.values, by, at) }) } };
  }

  return (operation, by, now) =>
    operation.kind === "batch" ? { kind: "batch", operations: operation.operations.map((part) => ordered(part, by, now)) } : ordered(operation, by, now);
}

/** The operation as another person makes it: marks and values are theirs, so that nobody approves in the name of somebody else. */
export function withAuthor(operation: Operation, by: string): Operation {
  return operation.kind === "batch" ? { kind: "batch", operations: operation.operations.map((part) => authored(part, by)) } : authored(operation, by);
}

function authored(operation: SingleOperation, by: string): SingleOperation {
  if (operation.kind !== "edit") return operation;
  const { change } = operation;
  const theirs = (values: readonly FieldValue[]): readonly FieldValue[] => values.map((value) => ({ ...value, by }));
  if (change.kind === "setValues") return { ...operation, change: { ...change, values: theirs(change.values) } };
  if (change.kind !== "markStep" && change.kind !== "choose") return operation;
  return { ...operation, change: { ...change, mark: { ...change.mark, by }, ...(change.values === undefined ? {} : { values: theirs(change.values) }) } };
}

/** What was stamped before the operation got its time, which may be later within the second. */
function notBefore<T extends { readonly at: Instant }>(stamped: T, now: Instant): T {
  return compareInstants(stamped.at, now) < 0 ? { ...stamped, at: now } : stamped;
}

function stampedBy(values: readonly FieldValue[], by: string, at: Instant): readonly FieldValue[] {
  return values.map((value) => ({ ...value, by, at }));
}

/**
 * Creates a function that returns the time of an operation. Milestones and changes of an issue's state that one person makes
 * within a second get increasing times, so that the last one counts.
 */
export function orderMoments(): (operation: Operation, now: Instant) => Instant {
  let last: Instant | undefined;
  return (operation, now) => {
    const parts = operation.kind === "batch" ? operation.operations : [operation];
    if (!parts.some(isMoment)) return now;
    const clash = last !== undefined && now.slice(0, 19) === last.slice(0, 19) && compareInstants(now, last) <= 0;
    last = clash && last !== undefined ? justAfter(last) : now;
    return last;
  };
}

function isMoment(operation: SingleOperation): boolean {
  if (operation.kind === "comment") return readMilestone(operation.markdown) !== undefined;
  return operation.kind === "close" || (operation.kind === "edit" && ["close", "reopen", "setFields"].includes(operation.change.kind));
}
