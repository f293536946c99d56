import * as vscode from "vscode";
import { type HandoffDue, handoffDue } from "../../core/handoff/handoffDue";
import { type HandoffIssue, pendingHandoffs } from "../../core/handoff/handoffIssues";
import { rotationsOf } from "../../core/model/desk";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { formatRef, refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { isRecord } from "../../core/model/record";
import { concerns, type DueAlarm, dueAlarms as alarmsOf, lengthText } from "../../core/response/urgency";
import { type DueStep, dueSteps } from "../../core/runbook/stepTimer";
import type { DeskSession } from "../app/session";
import { formatInstant } from "../ui/format";
import { plainLabel, withoutMarkup } from "../ui/safeText";
import { type Alarm, scheduleAlarms } from "./reminders";

const snoozeFor = 15 * 60_000;

const snoozedKey = "responseDesk.snoozed";

/** A snooze is forgotten so long after its end. */
const forgetAfter = 24 * 3_600_000;

/**
 * Tells the person at the keyboard, while they are on duty or where there is no rotation, that something is due before long
 * or overdue on an issue that is theirs or nobody's: once on this machine, and again when they asked for that.
 */
export function dueAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  return scheduleAlarms("due", session, (me, issues) => {
    const onCall = Object.values(session.clocks.holders());
    if (rotationsOf(session.desk.config()).length > 0 && !onCall.some((login) => sameLogin(login, me))) return [];
    const mine = issues.filter((issue) => issue.state === "open" && concerns(issue, me, onCall));
    const again = snoozed();
    return alarmsOf(mine, (issue) => session.clocks.clockOf(issue), session.clocks.time())
      .map((alarm) => ({ alarm, at: millisecondsOf(again[nameOf(alarm)] ?? alarm.at) }))
      // Put off beyond the end, what is near is told by the end itself.
      .filter(({ alarm, at }) => alarm.when === "past" || at < millisecondsOf(alarm.due))
      .map(({ alarm, at }) => ({
        name: `${nameOf(alarm)}/${at}`,
        at,
        // When the editor was closed while it came near and passed, only that it passed is news.
        subject: `${refKey(alarm.issue.ref)} ${alarm.stage}`,
        notify: () => notify(alarm),
      }));
  });

  /** Alarms to be told again, by name, and when. */
  function snoozed(): Readonly<Record<string, string>> {
    const stored: unknown = context.workspaceState.get(snoozedKey);
    return isRecord(stored) ? Object.fromEntries(Object.entries(stored).flatMap(([name, at]) => (typeof at === "string" ? [[name, at]] : []))) : {};
  }

  async function snooze(alarm: DueAlarm): Promise<void> {
    const now = millisecondsOf(session.clock.now());
    const others = Object.entries(snoozed()).filter(([, at]) => millisecondsOf(at) > now - forgetAfter);
    await context.workspaceState.update(snoozedKey, { ...Object.fromEntries(others), [nameOf(alarm)]: instantAt(now + snoozeFor) });
  }

  async function notify(alarm: DueAlarm): Promise<void> {
    const t = vscode.l10n.t;
    const { ref } = alarm.issue;
    const [acknowledge, update, escalate, open, later] = [t("Acknowledge"), t("Record Update"), t("Escalate…"), t("Open Issue"), t("Snooze 15 min")];
    const missed = alarm.stage === "response" && millisecondsOf(alarm.due) <= millisecondsOf(session.clock.now());
    const chosen = await vscode.window.showWarningMessage(word(alarm, session), alarm.stage === "update" ? update : acknowledge, ...(missed ? [escalate] : []), open, later);
    if (chosen === undefined) return;
    if (chosen === later) return snooze(alarm);
    const commands: Readonly<Record<string, string>> = { [acknowledge]: "acknowledge", [update]: "addTimelineEntry", [escalate]: "escalate", [open]: "open" };
    await vscode.commands.executeCommand(`responseDesk.issue.${commands[chosen] ?? "open"}`, { ref, ...(chosen === update ? { milestone: "update" } : {}) });
  }
}

function nameOf({ issue, stage, due, when }: DueAlarm): string {
  return `due/${refKey(issue.ref)}/${stage}/${when}/${due}`;
}

function word({ issue, stage, due }: DueAlarm, session: DeskSession): string {
  const t = vscode.l10n.t;
  const name = `${formatRef(issue.ref, "")} ${plainLabel(issue.title)}`;
  const left = session.clocks.time().between(session.clock.now(), due);
  const length = lengthText(left);
  if (left > 0) {
    if (stage === "response") return t("{0} is to be acknowledged within {1}.", name, length);
    return stage === "triage" ? t("{0} is to be looked at within {1}: done at once, or work for later?", name, length) : t("The next update on {0} is due in {1}.", name, length);
  }
  if (stage === "response") return t("{0} should have been acknowledged by now. Acknowledge it, or ask somebody else to.", name);
  return stage === "triage" ? t("{0} waits for somebody to look at it: done at once, or work for later?", name) : t("An update on {0} is due now.", name);
}

/** Tells the person at the keyboard, once on this machine each, that their turn ends and is not handed off, and that a hand-off waits for them. */
export function handoffAlarms(session: DeskSession): vscode.Disposable {
  return scheduleAlarms("handoff", session, (me, issues, now) => {
    const alarm = (name: string, at: Instant, notify: () => Promise<void>): Alarm => ({ name, subject: name, at: millisecondsOf(at), notify });
    const due = handoffDue(session.desk.config(), session.clocks.time(), me, issues, session.pending.operations(), now);
    return [
      ...pendingHandoffs(issues, session.desk.config())
        .filter(({ handoff }) => sameLogin(handoff.incoming, me))
        .map((kept) => alarm(`handoff/${refKey(kept.issue.ref)}`, now, () => notifyPending(kept))),
      ...(due === undefined ? [] : [alarm(`handoffDue/${me}/${due.shift.to}`, due.at, () => notifyDue(due, session))]),
    ];
  }, session.pending.onDidChange);
}

async function notifyPending({ issue, handoff }: HandoffIssue): Promise<void> {
  const t = vscode.l10n.t;
  const [accept, open] = [t("Accept"), t("Open Hand-off")];
  const count = handoff.items.length;
  const outgoing = plainLabel(handoff.outgoing);
  const text = count === 1 ? t("{0} hands over to you, with 1 open issue.", outgoing) : t("{0} hands over to you, with {1} open issues.", outgoing, count);
  const chosen = await vscode.window.showInformationMessage(text, accept, open);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen === accept ? "responseDesk.handoff.accept" : "responseDesk.issue.open", { ref: issue.ref });
}

async function notifyDue({ shift }: HandoffDue, session: DeskSession): Promise<void> {
  const t = vscode.l10n.t;
  const begin = t("Hand Off");
  const until = formatInstant(shift.to, session.clock.now(), session.desk.config().timezone, vscode.env.language);
  const text = shift.incoming === undefined ? t("Your turn ends {0}, and it is not handed off yet.", until) : t("Your turn ends {0}, and it is not handed off to {1} yet.", until, plainLabel(shift.incoming));
  if ((await vscode.window.showInformationMessage(text, begin)) === begin) await vscode.commands.executeCommand("responseDesk.handoff.start");
}

/** Tells the person at the keyboard, once on this machine, that steps of theirs are still open when their time is up: those of a run at one time together. */
export function stepAlarms(session: DeskSession): vscode.Disposable {
  return scheduleAlarms("steps", session, (me, issues) => {
    const together = new Map<string, DueStep[]>();
    for (const step of dueSteps(issues, me)) together.set(stepName(step), [...(together.get(stepName(step)) ?? []), step]);
    return [...together].flatMap(([name, steps]) => {
      const [first] = steps;
      return first === undefined ? [] : [{ name, subject: name, at: millisecondsOf(first.due), notify: () => notify(first, steps.length) }];
    });
  });
}

async function notify({ ref, checklist, step }: DueStep, count: number): Promise<void> {
  const t = vscode.l10n.t;
  const open = t("Open Checklist");
  const text =
    count === 1
      ? t("“{0}” on {1} was due {2} after its checklist began, and is still open.", plainLabel(withoutMarkup(step.text)), formatRef(ref, ""), step.within ?? "")
      : t("{0} steps of “{1}” on {2} were due {3} after it began, and are still open.", count, plainLabel(withoutMarkup(checklist.title)), formatRef(ref, ""), step.within ?? "");
  const chosen = await vscode.window.showWarningMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.openChecklist", { ref, run: checklist.id });
}

function stepName({ ref, checklist, due }: DueStep): string {
  return `alarm/${refKey(ref)}/${checklist.id}/${due}`;
}
