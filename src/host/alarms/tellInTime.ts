import * as vscode from "vscode";
import { millisecondsOf } from "../../core/instantTime";
import type { Instant, Issue } from "../../core/issue/issue";
import { debounce } from "../../core/model/queues";
import { systemTimer } from "../platform/systemClock";
import { followEvents } from "../platform/followEvents";
import type { DeskSession } from "../session";
import { alarmMemory } from "./alarmMemory";
import { runInBackground } from "../platform/background";

/** Something to be told to the person at the keyboard. */
export interface Alarm {
  /** Names it for all windows of this machine, and after a restart. */
  readonly name: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Of several of one subject whose time has come only the last is told: it says it all. */
  readonly subject: string;
  readonly tell: () => Promise<void>;
}

/** What was due longer ago is no news. */
const oldest = 24 * 3_600_000;
/** A timer stands still while the machine sleeps, so the clock is looked at no later than after so many milliseconds. */
const longest = 15_000;

/**
 * Tells each alarm when its time has come, once on this machine. They are asked for anew whenever issues, desk, clocks or store or one
 * of `events` change, or one was told, for the login of the person at the keyboard and the issues as they are; before both are known there are none.
 */
export function tellInTime(
  session: DeskSession,
  alarmsOf: (me: string, issues: readonly Issue[], now: Instant) => readonly Alarm[],
  ...events: readonly vscode.Event<unknown>[]
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handled = new Set<string>();
  const takes = alarmMemory({ memory: () => session.alarmMemory(), clock: session.clock, ids: session.ids });
  const planSoon = debounce(systemTimer, 50, plan);

  function plan(): void {
    clearTimeout(timer);
    const me = session.knownMe();
    const issues = session.issues()?.issues;
    if (me === undefined || issues === undefined) return;
    const instant = session.clock.now();
    const now = millisecondsOf(instant);
    const waiting = alarmsOf(me, issues, instant)
      .filter(({ name, at }) => !handled.has(name) && at > now - oldest)
      .toSorted((a, b) => a.at - b.at);
    waitFor(waiting, now);
  }

  function waitFor(waiting: readonly Alarm[], now: number): void {
    const [next] = waiting;
    if (next === undefined) return;
    timer = setTimeout(() => {
      const then = millisecondsOf(session.clock.now());
      const passed = waiting.filter(({ at }) => at <= then);
      if (passed.length === 0) return waitFor(waiting, then);
      for (const { name } of passed) handled.add(name);
      for (const alarm of new Map(passed.map((each) => [each.subject, each])).values()) runInBackground(tell(alarm), session.log);
      plan();
    }, Math.min(Math.max(next.at - now, 0), longest));
  }

  async function tell(alarm: Alarm): Promise<void> {
    try {
      if (!(await takes(alarm.name))) return;
      await alarm.tell();
      planSoon();
    } catch (error) {
      session.log.error(`An alarm could not be told: ${String(error)}`);
    }
  }

  plan();
  return vscode.Disposable.from(planSoon, followEvents(planSoon, session.onDidChangeIssues, session.onDidChangeDesk, session.onDidChangeClocks, session.onDidChangeStore, ...events), { dispose: () => clearTimeout(timer) });
}
