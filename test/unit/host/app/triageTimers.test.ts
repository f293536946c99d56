import assert from 'node:assert/strict';
import { startTriage, type TriageTimer } from '../../../../src/core/incident/triage';
import { createTriageTimers, type TriageTimers } from '../../../../src/host/app/triageTimers';
import type { Memory } from '../../../../src/core/model/ports';
import { memoryMemory } from '../../../support/memoryMemory';
import { testEmitter } from '../../../support/testEmitter';

const timer = (id: string, minute: number): TriageTimer => startTriage(`Report ${id}`, id, `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`, { amount: 15, unit: "m" });

const opened = (memory: Memory): ReturnType<typeof createTriageTimers> => createTriageTimers({ memory, returns: [], newEmitter: testEmitter, log: { error: assert.fail, info: () => undefined } });

const ids = (timers: TriageTimers): readonly string[] => timers.all().map(({ id }) => id);

describe("the reports that are being looked into", () => {
  it("survive a restart, in the order in which they were started", async () => {
    const memory = memoryMemory();
    const before = opened(memory);
    await before.put(timer("b", 2));
    await before.put(timer("a", 5));
    await before.put({ ...timer("b", 2), text: "More" });
    const after = opened(memory);
    await after.load();
    assert.deepEqual(after.all(), [{ ...timer("b", 2), text: "More" }, timer("a", 5)]);
  });

  it("of two windows are kept, and what one window ended is gone in the other", async () => {
    const memory = memoryMemory();
    const [one, other] = [opened(memory), opened(memory)];
    await one.put(timer("a", 1));
    await other.put(timer("b", 2));
    await one.load();
    assert.deepEqual(ids(one), ["a", "b"]);
    await one.remove("b");
    await other.load();
    assert.deepEqual(ids(other), ["a"]);
  });

  it("are written once for fast typing, with the last text", async () => {
    const memory = memoryMemory();
    const written: unknown[] = [];
    const timers = opened({ ...memory, write: async (key, value) => (written.push(value), memory.write(key, value)) });
    const texts = ["a", "ab", "abc"].map((text) => ({ ...timer("a", 1), text }));
    await Promise.all(texts.map((each) => timers.put(each)));
    assert.deepEqual(written, [texts[2]]);
    await Promise.all([timers.put({ ...timer("a", 1), text: "late" }), timers.remove("a")]);
    const after = opened(memory);
    await after.load();
    assert.deepEqual(after.all(), []);
  });

  it("keep what is typed while they are read", async () => {
    const memory = memoryMemory();
    const timers = opened(memory);
    await timers.put(timer("a", 1));
    const loading = timers.load();
    await Promise.resolve();
    const typed = { ...timer("a", 1), text: "Typed" };
    await Promise.all([loading, timers.put(typed)]);
    assert.deepEqual(timers.all(), [typed]);
  });

  it("are left alone if their value cannot be read", async () => {
    const memory = memoryMemory(new Map([["triage/x", "{"], ["triage/y", "5"]]));
    const timers = opened(memory);
    await timers.put(timer("a", 1));
    await timers.load();
    assert.deepEqual(ids(timers), ["a"]);
    assert.deepEqual(await memory.keys("triage/"), { kind: "ok", value: ["triage/x", "triage/y", "triage/a"] });
  });
});
