import * as vscode from "vscode";
import { dueAlarms as alarmsOf, type DueAlarm } from "../core/duty/dueAlarms";
import { concerns, lengthText } from "../core/duty/urgency";
import { instantAt, millisecondsOf } from "../core/instantTime";
import { formatRef, refKey } from "../core/issue/issueRef";
import { isRecord } from "../core/isRecord";
import { alarmMemory } from "./platform/alarmMemory";
import { debounced } from "./platform/debounced";
import type { DeskSession } from "./session";
import { plainLabel } from "./views/plainLabel";

/** What was due longer ago is no news. */
const oldest = 24 * 3_600_000;
/** A timer's longest time. */
const longest = 2 ** 31 - 1;
const snoozeFor = 15 * 60_000;
const snoozedKey = "responseDesk.snoozed";

/**
 * Tells the person at the keyboard, while they are on duty or where there is no rotation, that something is due before long
 * or overdue on an issue that is theirs or nobody's: once on this machine, and again when they asked for that.
 */
export function dueAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handled = new Set<string>();
  const takes = alarmMemory(context, session);

  /** Alarms to be told again, by name, and when. */
  function snoozed(): Readonly<Record<string, string>> {
    const kept: unknown = context.workspaceState.get(snoozedKey);
    return isRecord(kept) ? Object.fromEntries(Object.entries(kept).flatMap(([name, at]) => (typeof at === "string" ? [[name, at]] : []))) : {};
  }

  function plan(): void {
    clearTimeout(timer);
    const me = session.knownMe();
    const issues = session.issues()?.issues;
    if (me === undefined || issues === undefined || !isOnDuty(me)) return;
    const now = millisecondsOf(session.clock.now());
    const onDuty = Object.values(session.holders());
    const mine = issues.filter((issue) => issue.state === "open" && concerns(issue, me, onDuty));
    const again = snoozed();
    const waiting = alarmsOf(mine, (issue) => session.clockOf(issue), session.time())
      .map((alarm) => ({ alarm, name: nameOf(alarm), at: millisecondsOf(again[nameOf(alarm)] ?? alarm.at) }))
      // Put off beyond the end, what is near is told by the end itself.
      .filter(({ alarm, at }) => alarm.when === "past" || at < millisecondsOf(alarm.due))
      .filter(({ name, at }) => !handled.has(`${name} ${at}`) && at > now - oldest)
      .toSorted((a, b) => a.at - b.at);
    const [next] = waiting;
    if (next === undefined) return;
    timer = setTimeout(() => {
      const passed = waiting.filter(({ at }) => at <= millisecondsOf(session.clock.now()));
      for (const { name, at } of passed) handled.add(`${name} ${at}`);
      // Of one issue only the last is news, as when the editor was closed while it came near and passed.
      const latest = new Map(passed.map((each) => [`${refKey(each.alarm.issue.ref)} ${each.alarm.stage}`, each]));
      for (const { alarm, name, at } of latest.values()) {
        void tell(alarm, name, at).catch((error: unknown) => session.log.error(`An alarm could not be told: ${String(error)}`));
      }
      plan();
    }, Math.min(Math.max(next.at - now, 0), longest));
  }

  function isOnDuty(me: string): boolean {
    const { rotation, rotations } = session.desk().desk;
    return (rotation === undefined && rotations.length === 0) || Object.values(session.holders()).some((login) => login.toLowerCase() === me.toLowerCase());
  }

  async function tell(alarm: DueAlarm, name: string, at: number): Promise<void> {
    if (!(await takes(`${name}/${at}`))) return;
    const t = vscode.l10n.t;
    const { ref } = alarm.issue;
    const [acknowledge, update, escalate, open, later] = [t("Acknowledge"), t("Record Update"), t("Escalate…"), t("Open Issue"), t("Snooze 15 min")];
    const missed = alarm.stage === "response" && millisecondsOf(alarm.due) <= millisecondsOf(session.clock.now());
    const chosen = await vscode.window.showWarningMessage(word(alarm, session), alarm.stage === "update" ? update : acknowledge, ...(missed ? [escalate] : []), open, later);
    if (chosen === undefined) return;
    if (chosen === later) {
      const until = millisecondsOf(session.clock.now()) + snoozeFor;
      await context.workspaceState.update(snoozedKey, { ...stillWaiting(snoozed()), [name]: instantAt(until) });
      plan();
      return;
    }
    const commands: Readonly<Record<string, string>> = { [acknowledge]: "acknowledge", [update]: "moment", [escalate]: "escalate", [open]: "open" };
    await vscode.commands.executeCommand(`responseDesk.issue.${commands[chosen] ?? "open"}`, { ref, ...(chosen === update ? { moment: "update" } : {}) });
  }

  function stillWaiting(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const now = millisecondsOf(session.clock.now());
    return Object.fromEntries(Object.entries(all).filter(([, at]) => millisecondsOf(at) > now - oldest));
  }

  const planSoon = debounced(50, plan);
  plan();
  return vscode.Disposable.from(planSoon, session.onDidChange(() => planSoon()), { dispose: () => clearTimeout(timer) });
}

function nameOf({ issue, stage, due, when }: DueAlarm): string {
  return `due/${refKey(issue.ref)}/${stage}/${when}/${due}`;
}

function word({ issue, stage, due }: DueAlarm, session: DeskSession): string {
  const t = vscode.l10n.t;
  const name = `${formatRef(issue.ref, "")} ${plainLabel(issue.title)}`;
  const left = session.time().between(session.clock.now(), due);
  const length = lengthText(left);
  if (left > 0) {
    if (stage === "response") return t("{0} is to be acknowledged within {1}.", name, length);
    return stage === "triage" ? t("{0} is to be looked at within {1}: done at once, or work for later?", name, length) : t("The next update on {0} is due in {1}.", name, length);
  }
  if (stage === "response") return t("{0} should have been acknowledged by now. Acknowledge it, or ask somebody else to.", name);
  return stage === "triage" ? t("{0} waits for somebody to look at it: done at once, or work for later?", name) : t("An update on {0} is due now.", name);
}
