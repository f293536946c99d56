import type * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import type { Clock, Timer } from "../../core/model/ports";
import type { NewEmitter } from "./changeEvent";

/** The one timer for everything that changes with time: status bar, rows and reminders. */
export interface Ticker {
  /** Fires at each full minute and at requested times. If the machine slept, it fires late and once. */
  readonly onDidTick: vscode.Event<Instant>;
  /** Requests a tick at a time in milliseconds since 1970, replacing the earlier request of `name`; `undefined` removes it. */
  request(name: string, at: number | undefined): void;
}

interface TickerDeps {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly newEmitter: NewEmitter;
}

const minute = 60_000;

/** Timers pause while the machine sleeps, so the clock is checked at least once in so many milliseconds. */
const longest = 15_000;

/** Ticks until disposed. */
export function createTicker({ clock, timer, newEmitter }: TickerDeps): Ticker & vscode.Disposable {
  const ticked = newEmitter<Instant>();
  const requests = new Map<string, number>();
  let last = millisecondsOf(clock.now());
  let stop: () => void = () => undefined;

  function plan(): void {
    stop();
    const now = millisecondsOf(clock.now());
    const next = Math.min((minuteOf(now) + 1) * minute, ...requests.values());
    stop = timer.after(Math.min(Math.max(next - now, 0), longest), look);
  }

  function look(): void {
    const instant = clock.now();
    const now = millisecondsOf(instant);
    const came = [...requests].filter(([, at]) => at <= now);
    const tick = came.length > 0 || minuteOf(now) !== minuteOf(last);
    for (const [name] of came) requests.delete(name);
    last = now;
    plan();
    if (tick) ticked.fire(instant);
  }

  plan();
  return {
    onDidTick: ticked.event,
    request(name, at) {
      if (requests.get(name) === at) return;
      if (at === undefined) requests.delete(name);
      else requests.set(name, at);
      plan();
    },
    dispose() {
      stop();
      ticked.dispose();
    },
  };
}

function minuteOf(milliseconds: number): number {
  return Math.floor(milliseconds / minute);
}
