import * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { debounce } from "../../core/model/queues";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { followEvents } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { reminderMemory } from "./reminderMemory";

/** A notification at a certain time. */
export interface Reminder {
  /** Identifies it in all windows of this machine, and after a restart. */
  readonly name: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Of several due reminders with the same subject, only the last is shown. */
  readonly subject: string;
  readonly notify: () => Promise<void>;
}

/** Reminders that are older are not shown. */
const maxAge = 24 * 3_600_000;

/** The services that reminders depend on. */
type ReminderServices = Pick<DeskSession, "issues" | "desk" | "clocks" | "account" | "store" | "ticker" | "clock" | "ids" | "log">;

/**
 * Shows each reminder at its time, once per machine. The reminders are computed again when issues, desk, clocks or account change, when
 * one of `events` fires, and after one was shown. There are none before the user's login and the issues are known. `name` identifies
 * the requests to the ticker.
 */
export function scheduleReminders(
  name: string,
  session: ReminderServices,
  remindersOf: (me: string, issues: readonly Issue[], now: Instant) => readonly Reminder[],
  ...events: readonly vscode.Event<unknown>[]
): vscode.Disposable {
  let planned: readonly Reminder[] = [];
  const handled = new Set<string>();
  const claim = reminderMemory({ memory: () => session.store.alarmMemory(), clock: session.clock, ids: session.ids });
  const planSoon = debounce(systemTimer, 50, plan);

  function plan(instant = session.clock.now()): void {
    planned = [];
    const me = session.account.knownMe();
    const issues = session.issues.snapshot()?.issues;
    const now = millisecondsOf(instant);
    if (me !== undefined && issues !== undefined) planned = remindersOf(me, issues, instant)
      .filter(({ name, at }) => !handled.has(name) && at > now - maxAge)
      .toSorted((a, b) => a.at - b.at);
    session.ticker.request(name, planned[0]?.at);
  }

  function check(instant: Instant): void {
    const now = millisecondsOf(instant);
    const isDue = ({ at }: Reminder): boolean => at <= now;
    if (!planned.some(isDue)) return;
    // The machine may have been asleep since then, and some reminders are shown only at certain hours.
    plan(instant);
    const passed = planned.filter(isDue);
    for (const each of passed) handled.add(each.name);
    for (const reminder of new Map(passed.map((each) => [each.subject, each])).values()) runInBackground(notify(reminder), session.log);
    plan();
  }

  async function notify(reminder: Reminder): Promise<void> {
    try {
      if (!(await claim(reminder.name))) return;
      await reminder.notify();
      planSoon();
    } catch (error) {
      session.log.error(`A reminder could not be shown: ${String(error)}`);
    }
  }

  plan();
  return vscode.Disposable.from(
    planSoon,
    session.ticker.onDidTick(check),
    followEvents(planSoon, session.issues.onDidChange, session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange, ...events),
    { dispose: () => session.ticker.request(name, undefined) },
  );
}
