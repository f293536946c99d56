import assert from "node:assert/strict";
import * as fc from "fast-check";
import { coalesce, createKeyedQueue, createPriorityQueue, createQueue, createSingleFlight, debounce, type Priority, runInBackground, throttle } from "../../../../src/core/model/queues";
import { memoryLog } from "../../../support/memoryLog";
import { virtualTime } from "../../../support/virtualTime";
import { manualTimer } from "../../../support/manualTimer";

const keys = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
const jobs = fc.array(fc.record({ keys, pause: fc.nat(6), ticks: fc.nat(5), fails: fc.boolean() }), { maxLength: 30 });

describe("A queue", () => {
  it("runs jobs one at a time in order, and a failed job rejects only its own caller", () =>
    fc.assert(
      fc.asyncProperty(jobs, async (given) => {
        const queue = createQueue();
        const log: string[] = [];
        const results = given.map(({ ticks, fails }, index) => queue(() => work(log, index, ticks, fails)));
        const outcomes = await Promise.allSettled(results);
        assert.deepEqual(log, given.flatMap((_, index) => [`begin ${index}`, `end ${index}`]));
        assert.deepEqual(outcomes.map(({ status }) => status), given.map(({ fails }) => (fails ? "rejected" : "fulfilled")));
      }),
    ));

  it("continues after a job that throws synchronously", async () => {
    const queue = createQueue();
    const broken = queue((): Promise<never> => {
      throw new Error("at once");
    });
    const next = queue(async () => "next");
    await assert.rejects(broken, /at once/);
    assert.equal(await next, "next");
  });
});

describe("A queue with keys", () => {
  it("runs every job once, those with a common key in order and never concurrently", () =>
    fc.assert(
      fc.asyncProperty(jobs, async (given) => {
        const queue = createKeyedQueue();
        const log: string[] = [];
        const results: Promise<void>[] = [];
        for (const [index, { keys, pause, ticks, fails }] of given.entries()) {
          await tick(pause);
          const result = queue(keys, () => work(log, index, ticks, fails));
          result.catch(() => undefined);
          results.push(result);
        }
        await Promise.allSettled(results);
        assert.equal(log.length, given.length * 2);
        for (const [later, job] of given.entries()) {
          for (const [earlier, before] of given.slice(0, later).entries()) {
            if (!before.keys.some((key) => job.keys.includes(key))) continue;
            assert.ok(log.indexOf(`end ${earlier}`) < log.indexOf(`begin ${later}`), log.join());
          }
        }
      }),
    ));

  it("runs jobs without a common key concurrently", async () => {
    const queue = createKeyedQueue();
    const never = queue(["a", "b"], () => new Promise<never>(() => undefined));
    assert.equal(await Promise.race([never, queue(["c"], async () => "beside")]), "beside");
  });
});

describe("A queue with priorities", () => {
  it("runs every job once and one at a time, spaced, and in order within a priority", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.record({ priority: fc.constantFrom<Priority>("foreground", "background"), took: fc.nat(300), fails: fc.boolean() }), { maxLength: 15 }), async (given) => {
        const time = virtualTime();
        const queue = createPriorityQueue(time.clock, 100);
        const begun: { index: number; at: number }[] = [];
        let running = 0;
        const results = given.map(({ priority, took, fails }, index) =>
          queue(priority, async () => {
            running += 1;
            assert.equal(running, 1);
            begun.push({ index, at: time.elapsed() });
            await time.clock.wait(took);
            running -= 1;
            if (fails) throw new Error("failed");
            return index;
          }),
        );
        const outcomes = await time.run(Promise.allSettled(results));
        assert.deepEqual(outcomes.map((each) => (each.status === "fulfilled" ? each.value : "failed")), given.map(({ fails }, index) => (fails ? "failed" : index)));
        const order = [...given.keys()].sort((a, b) => Number(given[a]?.priority === "background") - Number(given[b]?.priority === "background") || a - b);
        assert.deepEqual(begun.map(({ index }) => index), order);
        for (const [place, { at }] of begun.entries()) if (place > 0) assert.ok(at - (begun[place - 1]?.at ?? 0) >= 100);
      }),
      { numRuns: 30 },
    ));

  it("runs a late foreground job before waiting background jobs", async () => {
    const time = virtualTime();
    const queue = createPriorityQueue(time.clock, 100);
    const begun: string[] = [];
    const run = (priority: Priority, name: string): Promise<void> => queue(priority, async () => void begun.push(name));
    await time.run(run("background", "first"));
    const waiting = [run("background", "second"), run("background", "third"), run("foreground", "late")];
    await time.run(Promise.all(waiting));
    assert.deepEqual(begun, ["first", "late", "second", "third"]);
  });

  it("continues after a job that throws synchronously", async () => {
    const time = virtualTime();
    const queue = createPriorityQueue(time.clock, 100);
    const broken = queue("foreground", (): Promise<never> => {
      throw new Error("at once");
    });
    const next = queue("background", async () => "next");
    await assert.rejects(time.run(broken), /at once/);
    assert.equal(await time.run(next), "next");
  });
});

describe("A coalesced action", () => {
  it("runs one at a time, and once more for all calls during a run", async () => {
    const ends: (() => void)[] = [];
    let running = 0;
    let runs = 0;
    const ask = coalesce(async () => {
      runs += 1;
      running += 1;
      assert.equal(running, 1);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
    const first = [ask(), ask()];
    await settle();
    assert.equal(runs, 1);
    const later = [ask(), ask(), ask()];
    ends.shift()?.();
    await Promise.all(first);
    await settle();
    assert.equal(runs, 2);
    const afterwards = ask();
    ends.shift()?.();
    await Promise.all(later);
    await settle();
    ends.shift()?.();
    await afterwards;
    assert.equal(runs, 3);
  });

  it("runs again for waiting callers when a run rejects", async () => {
    let runs = 0;
    const ask = coalesce(async () => {
      runs += 1;
      await Promise.resolve();
      if (runs === 1) throw new Error("first");
    });
    const first = ask();
    await Promise.resolve();
    await Promise.resolve();
    const second = ask();
    await assert.rejects(first, /first/);
    await second;
    assert.equal(runs, 2);
  });

  it("returns the result of a run that started after the call, and runs no more often than called", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.record({ pause: fc.nat(4), ticks: fc.nat(5), fails: fc.boolean() }), { minLength: 1, maxLength: 30 }), async (given) => {
        let asked = 0;
        let runs = 0;
        let running = 0;
        const ask = coalesce(async () => {
          running += 1;
          assert.equal(running, 1);
          const seen = asked;
          const { ticks, fails } = given[runs] ?? { ticks: 0, fails: false };
          runs += 1;
          await tick(ticks);
          running -= 1;
          if (fails) throw new Error(String(seen));
          return seen;
        });
        const answers: Promise<void>[] = [];
        for (const { pause } of given) {
          asked += 1;
          const mine = asked;
          answers.push(ask().catch((error: unknown) => Number(error instanceof Error ? error.message : "")).then((seen) => assert.ok(seen >= mine)));
          await tick(pause);
        }
        await Promise.all(answers);
        assert.ok(runs <= given.length);
      }),
    ));
});

describe("A single flight", () => {
  it("runs once at a time for each key, and again after it has ended in any way", async () => {
    const share = createSingleFlight<number>();
    let runs = 0;
    const run = async (): Promise<number> => {
      runs += 1;
      const mine = runs;
      await Promise.resolve();
      if (mine === 1) throw new Error("first");
      return mine;
    };
    const [one, same, other] = await Promise.allSettled([share("a", run), share("a", run), share("b", run)]);
    assert.deepEqual([one, same].map(({ status }) => status), ["rejected", "rejected"]);
    assert.deepEqual(other, { status: "fulfilled", value: 2 });
    assert.equal(await share("a", run), 3);
  });
});

describe("Calls in quick succession", () => {
  const calls = fc.array(fc.nat(150), { minLength: 1, maxLength: 20 });

  it("run once when debounced, after the given time since the last of each group", () =>
    fc.assert(
      fc.property(calls, (pauses) => {
        const timer = manualTimer();
        const acted: number[] = [];
        const call = debounce(timer, 100, () => acted.push(timer.now()));
        const at = callAfter(timer, pauses, call);
        assert.deepEqual(acted, at.filter((time, index) => (at[index + 1] ?? Infinity) - time >= 100).map((time) => time + 100));
      }),
    ));

  it("run immediately when throttled, then at the end of the interval, and never closer together", () =>
    fc.assert(
      fc.property(calls, (pauses) => {
        const timer = manualTimer();
        const acted: number[] = [];
        const call = throttle(timer, 100, () => acted.push(timer.now()));
        const at = callAfter(timer, pauses, call);
        assert.equal(acted[0], at[0]);
        for (const [index, time] of acted.entries()) if (index > 0) assert.ok(time - (acted[index - 1] ?? 0) >= 100);
        for (const time of at) assert.ok(acted.some((each) => each >= time && each <= time + 100), `a call at ${time} is lost`);
      }),
    ));

  it("do not run after being disposed", () => {
    const timer = manualTimer();
    let acted = 0;
    const delayed = [debounce(timer, 100, () => (acted += 1)), throttle(timer, 100, () => (acted += 1))];
    for (const call of delayed) {
      call();
      call();
      call.dispose();
    }
    timer.pass(1000);
    assert.equal(acted, 1);
  });
});

/** Calls after each of the pauses, waits for all that follows, and gives when it called. */
describe("work that nobody awaits", () => {
  it("logs its rejection", async () => {
    const log = memoryLog();
    runInBackground(Promise.reject(new Error("The disk is gone")), log);
    runInBackground(Promise.resolve(1), log);
    runInBackground(undefined, log);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(log.errors.length, 1);
    assert.match(log.errors[0] ?? "", /The disk is gone/);
  });
});

function callAfter(timer: ReturnType<typeof manualTimer>, pauses: readonly number[], call: () => void): readonly number[] {
  const at = pauses.map((pause) => {
    timer.pass(pause);
    call();
    return timer.now();
  });
  timer.pass(1000);
  return at;
}

async function work(log: string[], index: number, ticks: number, fails: boolean): Promise<void> {
  log.push(`begin ${index}`);
  await tick(ticks);
  log.push(`end ${index}`);
  if (fails) throw new Error(`job ${index}`);
}

async function tick(times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) await Promise.resolve();
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
