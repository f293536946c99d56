import assert from 'node:assert/strict';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import { createTicker, type Ticker } from '../../../../src/host/app/ticker';
import { testEmitter } from '../../../support/testEmitter';

const start = millisecondsOf("2026-11-20T16:00:20Z");

describe("the ticker", () => {
  let now: number;
  let timer: { readonly at: number; readonly action: () => void } | undefined;
  let longest: number;
  let ticks: string[];
  let ticker: Ticker & { dispose(): void };

  /** Lets time go by, the timer with it. */
  function pass(seconds: number): void {
    const end = now + seconds * 1000;
    for (;;) {
      if (timer === undefined || timer.at > end) break;
      now = timer.at;
      const { action } = timer;
      timer = undefined;
      action();
    }
    now = end;
  }

  beforeEach(() => {
    now = start;
    longest = 0;
    ticks = [];
    timer = undefined;
    ticker = createTicker({
      clock: { now: () => instantAt(now), wait: async () => undefined },
      newEmitter: testEmitter,
      timer: {
        after(milliseconds, action) {
          longest = Math.max(longest, milliseconds);
          timer = { at: now + milliseconds, action };
          return () => (timer = undefined);
        },
      },
    });
    ticker.onDidTick((at) => ticks.push(at.slice(11, 19)));
  });

  it("ticks when a minute begins", () => {
    pass(39);
    assert.deepEqual(ticks, []);
    pass(121);
    assert.deepEqual(ticks, ["16:01:00", "16:02:00", "16:03:00"]);
  });

  it("ticks at a requested time, once, and at the last one that was requested under a name", () => {
    ticker.request("a", start + 5000);
    ticker.request("a", start + 7000);
    ticker.request("b", start + 9000);
    ticker.request("b", undefined);
    pass(30);
    assert.deepEqual(ticks, ["16:00:27"]);
  });

  it("ticks at once for a time that has passed", () => {
    ticker.request("a", start - 5000);
    pass(0);
    assert.deepEqual(ticks, ["16:00:20"]);
    pass(1);
    assert.deepEqual(ticks, ["16:00:20"]);
  });

  it("lets a listener request the next time", () => {
    ticker.onDidTick(() => ticker.request("a", now + 10_000));
    ticker.request("a", start + 10_000);
    pass(35);
    assert.deepEqual(ticks, ["16:00:30", "16:00:40", "16:00:50"]);
  });

  it("looks at the clock every 15 seconds, so that a machine that slept is noticed", () => {
    ticker.request("a", start + 3_600_000);
    pass(600);
    assert.ok(longest <= 15_000);
    ticks = [];
    // While it sleeps, the clock goes on and the timer stands still.
    now += 8 * 3_600_000;
    if (timer !== undefined) timer = { ...timer, at: timer.at + 8 * 3_600_000 };
    pass(15);
    assert.equal(ticks.length, 1);
  });

  it("ends when it is disposed of", () => {
    ticker.dispose();
    pass(600);
    assert.deepEqual(ticks, []);
  });
});
