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

  /** Advances clock and timer. */
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

  it("ticks at each full minute", () => {
    pass(39);
    assert.deepEqual(ticks, []);
    pass(121);
    assert.deepEqual(ticks, ["16:01:00", "16:02:00", "16:03:00"]);
  });

  it("ticks once at a requested time, and at the latest one requested under a name", () => {
    ticker.request("a", start + 5000);
    ticker.request("a", start + 7000);
    ticker.request("b", start + 9000);
    ticker.request("b", undefined);
    pass(30);
    assert.deepEqual(ticks, ["16:00:27"]);
  });

  it("ticks immediately for a time in the past", () => {
    ticker.request("a", start - 5000);
    pass(0);
    assert.deepEqual(ticks, ["16:00:20"]);
    pass(1);
    assert.deepEqual(ticks, ["16:00:20"]);
  });

  it("allows a listener to request the next time", () => {
    ticker.onDidTick(() => ticker.request("a", now + 10_000));
    ticker.request("a", start + 10_000);
    pass(35);
    assert.deepEqual(ticks, ["16:00:30", "16:00:40", "16:00:50"]);
  });

  it("checks the clock every 15 seconds, so that a sleep of the machine is noticed", () => {
    ticker.request("a", start + 3_600_000);
    pass(600);
    assert.ok(longest <= 15_000);
    ticks = [];
    // During sleep, the clock advances and the timer does not.
    now += 8 * 3_600_000;
    if (timer !== undefined) timer = { ...timer, at: timer.at + 8 * 3_600_000 };
    pass(15);
    assert.equal(ticks.length, 1);
  });

  it("stops when disposed", () => {
    ticker.dispose();
    pass(600);
    assert.deepEqual(ticks, []);
  });
});
