import type * as vscode from "vscode";
import { readTimer, type TriageTimer } from "../../core/incident/triage";
import { sameData } from "../../core/model/plainData";
import { compareInstants } from "../../core/model/instant";
import type { Log, Memory } from "../../core/model/ports";
import { createQueue, runInBackground } from "../../core/model/queues";
import { followEvents } from "../platform/followEvents";
import type { NewEmitter } from "./changeEvent";

const prefix = "triage/";

/** The reports that are being looked into, also in other windows. They are stored with the desk, so that they survive a restart. */
export interface TriageTimers {
  all(): readonly TriageTimer[];
  /** Stores a timer, and replaces the one with its id. It is in `all` at once. */
  put(timer: TriageTimer): Promise<void>;
  remove(id: string): Promise<void>;
  /** Fires after a timer was put or removed. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedTriageTimers extends TriageTimers, vscode.Disposable {
  /** Reads the stored timers, also those of other windows. */
  load(): Promise<void>;
}

interface TriageTimersDeps {
  readonly memory: Memory;
  /** Events after which another window may have changed what is stored. */
  readonly returns: readonly vscode.Event<unknown>[];
  readonly newEmitter: NewEmitter;
  readonly log: Log;
}

/**
 * Keeps each timer as a value of its own: the editor stores a workspace's values together, so that two windows would overwrite
 * each other's. Contains no timers before `load`.
 */
export function createTriageTimers({ memory, returns, newEmitter, log }: TriageTimersDeps): OwnedTriageTimers {
  const changed = newEmitter<void>();
  const inTurn = createQueue();
  let known: ReadonlyMap<string, TriageTimer> = new Map();

  function show(timers: ReadonlyMap<string, TriageTimer>): void {
    known = timers;
    changed.fire();
  }

  /** Writes the latest state of a timer. Fast typing leaves nothing to do for all but the last write. */
  function store(id: string, expected: TriageTimer | undefined): Promise<void> {
    return inTurn(async () => {
      if (known.get(id) !== expected) return;
      const stored = await (expected === undefined ? memory.remove(prefix + id) : memory.write(prefix + id, expected));
      if (stored.kind === "failed") log.error(`The report that is being looked into could not be stored: ${stored.failure.kind}`);
    });
  }

  function load(): Promise<void> {
    return inTurn(async () => {
      const before = known;
      const keys = await memory.keys(prefix);
      if (keys.kind === "failed") return log.error(`Reports that are being looked into could not be read: ${keys.failure.kind}`);
      const values = await Promise.all(keys.value.map((key) => memory.read(key)));
      // What this window changed meanwhile is not stored yet.
      if (known !== before) return;
      const timers = values.flatMap((value) => (value.kind === "ok" ? (readTimer(value.value) ?? []) : []));
      if (!sameData(sorted([...known.values()]), sorted(timers))) show(new Map(timers.map((timer) => [timer.id, timer])));
    });
  }

  const following = followEvents(() => runInBackground(load(), log), ...returns);
  return {
    all: () => sorted([...known.values()]),
    async put(timer) {
      show(new Map(known).set(timer.id, timer));
      await store(timer.id, timer);
    },
    async remove(id) {
      show(new Map([...known].filter(([each]) => each !== id)));
      await store(id, undefined);
    },
    onDidChange: changed.event,
    load,
    dispose() {
      following.dispose();
      changed.dispose();
    },
  };
}

function sorted(timers: readonly TriageTimer[]): readonly TriageTimer[] {
  return timers.toSorted((a, b) => compareInstants(a.startedAt, b.startedAt) || (a.id < b.id ? -1 : 1));
}
