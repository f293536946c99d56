import assert from "node:assert/strict";
import { createMeasureCache } from "../../../../../src/core/metrics/measureCache";
import type { Failure } from "../../../../../src/core/model/failure";
import type { Timer } from "../../../../../src/core/model/ports";
import { failed, ok, type Result } from "../../../../../src/core/model/result";
import type { MetricsReading, MetricsSource } from "../../../../../src/host/app/metricsService";
import { createMetricsReader } from "../../../../../src/host/panels/metrics/metricsReader";
import { memoryLog } from "../../../../support/memoryLog";
import { readExample } from "../../../../support/metricsExample";
import { testEmitter } from "../../../../support/testEmitter";

const request = { from: "2026-11-01", to: "2026-11-30" };

const example = (text: string): MetricsSource => ({ ...readExample(text), deskFolder: "", unreadable: [], cache: createMeasureCache(), notes: [{ kind: "deskOfToday" }] });

const one = example("A 2026-11-02 09:00 reported");

const two = example("A 2026-11-02 09:00 reported\nB 2026-11-03 09:00 reported");

describe("the reading of metrics for their page", () => {
  let readings: { readonly reading: MetricsReading; readonly end: (result: Result<MetricsSource> | undefined) => void }[];
  let changes: number;
  let failure: Failure | undefined;
  let isReady: boolean;
  let emitter: ReturnType<typeof testEmitter<void>>;

  beforeEach(() => {
    readings = [];
    changes = 0;
    failure = undefined;
    isReady = true;
    emitter = testEmitter<void>();
  });

  function open(after: Timer["after"] = (_milliseconds, run) => { run(); return () => undefined; }) {
    return createMetricsReader({
      metrics: { read: (reading) => new Promise((end) => readings.push({ reading, end })), onDidChange: emitter.event },
      isReady: () => isReady,
      failure: () => failure,
      describeFailure: ({ kind }) => kind,
      changed: () => (changes += 1),
      timer: { after },
      clock: { now: () => "2026-11-20T12:00:00Z" },
      log: memoryLog(),
    });
  }

  async function end(index: number, result: Result<MetricsSource> | undefined): Promise<void> {
    readings[index]?.end(result);
    await new Promise((resolve) => setImmediate(resolve));
  }

  const countOf = (reader: ReturnType<typeof open>): number | string => {
    const outcome = reader.outcome(request);
    return outcome.kind === "report" ? outcome.report.issues.length : outcome.kind;
  };

  it("starts once, shows its progress, and reads again only after a change, while the old figures stay", async () => {
    const reader = open();
    assert.deepEqual([countOf(reader), countOf(reader), readings.length], ["reading", "reading", 1]);
    readings[0]?.reading.progress(3, 10);
    assert.deepEqual(reader.progress(), { done: 3, of: 10 });
    assert.ok(changes > 0);
    await end(0, ok(one));
    assert.deepEqual([countOf(reader), reader.progress(), readings.length], [1, undefined, 1]);
    emitter.fire();
    assert.deepEqual([countOf(reader), readings.length], [1, 2]);
    await end(1, ok(two));
    assert.equal(countOf(reader), 2);
  });

  it("reads again if something changed during a reading", async () => {
    const reader = open();
    countOf(reader);
    emitter.fire();
    assert.deepEqual([countOf(reader), readings.length], ["reading", 1]);
    await end(0, ok(one));
    assert.deepEqual([countOf(reader), readings.length], [1, 2]);
  });

  it("is not started again while it runs", async () => {
    const reader = open();
    countOf(reader);
    reader.read();
    assert.equal(readings.length, 1);
    await end(0, ok(one));
    reader.read();
    assert.equal(readings.length, 2);
  });

  it("ends when it is canceled, whatever the canceled reading finds later, and starts again on request", async () => {
    const reader = open();
    countOf(reader);
    reader.cancel();
    assert.deepEqual([countOf(reader), readings[0]?.reading.signal.aborted, readings.length], ["cancelled", true, 1]);
    await end(0, ok(one));
    assert.equal(countOf(reader), "cancelled");
    reader.read();
    await end(1, ok(two));
    assert.equal(countOf(reader), 2);
    reader.read();
    reader.cancel();
    assert.deepEqual([countOf(reader), reader.problem()], [2, { kind: "cancelled" }]);
  });

  it("shows figures of an earlier window until it is known what changed, also if that fails", async () => {
    const reader = open();
    countOf(reader);
    readings[0]?.reading.onStored?.(one);
    assert.deepEqual([countOf(reader), reader.progress(), reader.problem(), readings.length], [1, { done: 0, of: 0 }, undefined, 1]);
    await end(0, failed({ kind: "offline", server: "https://github.com" }));
    assert.deepEqual([countOf(reader), reader.progress(), reader.problem()], [1, undefined, { kind: "failed", text: "offline", signIn: false }]);
    reader.read();
    reader.cancel();
    readings[1]?.reading.onStored?.(two);
    assert.equal(countOf(reader), 1);
  });

  it("reads the rest when a rate limit ends, after a minute at the earliest, and only once", async () => {
    const waiting: { readonly milliseconds: number; readonly run: () => void; isCanceled?: true }[] = [];
    const reader = open((milliseconds, run) => {
      const one: (typeof waiting)[number] = { milliseconds, run };
      waiting.push(one);
      return () => void (one.isCanceled = true);
    });
    const limits = (): typeof waiting => waiting.filter(({ milliseconds }) => milliseconds >= 60_000);
    const limitedUntil = (until: string): Failure => ({ kind: "limited", server: "https://github.com", until });
    countOf(reader);
    await end(0, ok({ ...one, notes: [{ kind: "unread", failure: limitedUntil("2026-11-20T12:10:00Z") }] }));
    assert.deepEqual([countOf(reader), readings.length, limits().map(({ milliseconds }) => milliseconds)], [1, 1, [600_000]]);
    limits()[0]?.run();
    assert.deepEqual([countOf(reader), readings.length], [1, 2]);
    await end(1, failed(limitedUntil("2026-11-20T11:00:00Z")));
    assert.equal(limits()[1]?.milliseconds, 60_000);
    reader.read();
    assert.equal(limits()[1]?.isCanceled, true);
    await end(2, ok(two));
    assert.deepEqual([countOf(reader), limits().length], [2, 2]);
  });

  it("shows no progress until a reading takes longer than a moment", async () => {
    const waiting: (() => void)[] = [];
    const reader = open((_milliseconds, run) => { waiting.push(run); return () => undefined; });
    countOf(reader);
    readings[0]?.reading.progress(3, 10);
    assert.deepEqual([reader.progress(), changes], [undefined, 0]);
    waiting[0]?.();
    assert.deepEqual([reader.progress(), changes], [{ done: 3, of: 10 }, 1]);
  });

  it("waits until the issues were read, says why they could not be, and keeps old figures with the reason", async () => {
    isReady = false;
    const reader = open();
    assert.deepEqual([countOf(reader), readings.length], ["reading", 0]);
    failure = { kind: "signedOut", server: "https://github.com", reason: "nobody" };
    assert.deepEqual(reader.outcome(request), { kind: "failed", text: "signedOut", signIn: true });
    [failure, isReady] = [undefined, true];
    countOf(reader);
    await end(0, ok(one));
    reader.read();
    await end(1, failed({ kind: "offline", server: "https://github.com" }));
    assert.deepEqual([countOf(reader), reader.problem()], [1, { kind: "failed", text: "offline", signIn: false }]);
    reader.read();
    await end(2, ok(two));
    assert.deepEqual([countOf(reader), reader.problem()], [2, undefined]);
  });

  it("makes a report again only for another period or another reading", async () => {
    const reader = open();
    countOf(reader);
    await end(0, ok(one));
    const report = (from = request.from) => {
      const outcome = reader.outcome({ ...request, from });
      return outcome.kind === "report" ? outcome.report : assert.fail();
    };
    assert.equal(report(), report());
    assert.notEqual(report(), report("2026-11-02"));
  });
});
