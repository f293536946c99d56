import * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { debounce } from "../../core/model/queues";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { followEvents } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { alarmMemory } from "./reminderMemory";

/** Something to be told to the person at the keyboard. */
export interface Alarm {
  /** Names it for all windows of this machine, and after a restart. */
  readonly name: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Of several of one subject whose time has come only the last is told: it says it all. */
  readonly subject: string;
  readonly notify: () => Promise<void>;
}

/** What was due longer ago is no news. */
const oldest = 24 * 3_600_000;

/** What reminders are worked out from. */
type AlarmServices = Pick<DeskSession, "issues" | "desk" | "clocks" | "account" | "store" | "ticker" | "clock" | "ids" | "log">;

/**
 * Tells each alarm when its time has come, once on this machine. They are asked for anew whenever issues, desk, clocks, account or one
 * of `events` change, or one was told, for the login of the person at the keyboard and the issues as they are; before both are known there are none.
 * `name` is that of its requests to the ticker.
 */
export function scheduleAlarms(
  name: string,
  session: AlarmServices,
  alarmsOf: (me: string, issues: readonly Issue[], now: Instant) => readonly Alarm[],
  ...events: readonly vscode.Event<unknown>[]
): vscode.Disposable {
  let waiting: readonly Alarm[] = [];
  const handled = new Set<string>();
  const takes = alarmMemory({ memory: () => session.store.alarmMemory(), clock: session.clock, ids: session.ids });
  const planSoon = debounce(systemTimer, 50, plan);

  function plan(): void {
    waiting = [];
    const me = session.account.knownMe();
    const issues = session.issues.snapshot()?.issues;
    const instant = session.clock.now();
    const now = millisecondsOf(instant);
    if (me !== undefined && issues !== undefined) waiting = alarmsOf(me, issues, instant)
      .filter(({ name, at }) => !handled.has(name) && at > now - oldest)
      .toSorted((a, b) => a.at - b.at);
    session.ticker.request(name, waiting[0]?.at);
  }

  function look(instant: Instant): void {
    const now = millisecondsOf(instant);
    const passed = waiting.filter(({ at }) => at <= now);
    if (passed.length === 0) return;
    for (const each of passed) handled.add(each.name);
    for (const alarm of new Map(passed.map((each) => [each.subject, each])).values()) runInBackground(notify(alarm), session.log);
    plan();
  }

  async function notify(alarm: Alarm): Promise<void> {
    try {
      if (!(await takes(alarm.name))) return;
      await alarm.notify();
      planSoon();
    } catch (error) {
      session.log.error(`An alarm could not be told: ${String(error)}`);
    }
  }

  plan();
  return vscode.Disposable.from(
    planSoon,
    session.ticker.onDidTick(look),
    followEvents(planSoon, session.issues.onDidChange, session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange, ...events),
    { dispose: () => session.ticker.request(name, undefined) },
  );
}
