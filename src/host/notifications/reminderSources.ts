import * as vscode from "vscode";
import { readableText } from "../../core/checklist/values";
import { type HandoffDue, handoffDue } from "../../core/handoff/handoffDue";
import { type HandoffIssue, pendingHandoffs } from "../../core/handoff/handoffIssues";
import { incidentState } from "../../core/incident/incidentState";
import { rotationsOf } from "../../core/model/desk";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { formatRef, refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { isRecord } from "../../core/model/plainData";
import { concerns, type DueAlarm, dueAlarms, lengthText, reminderTime, urgencyOfEntry } from "../../core/response/urgency";
import { type DueStep, dueSteps } from "../../core/runbook/stepTimer";
import type { DeskSession } from "../app/session";
import { formatInstant } from "../ui/format";
import { plainLabel, withoutMarkup } from "../ui/safeText";
import { type Reminder, scheduleReminders } from "./reminders";

const snoozeFor = 15 * 60_000;

const snoozedKey = "responseDesk.snoozed";

/** Milliseconds after its end at which a snooze is removed. One before a weekend or holidays can be shown days later. */
const snoozeMaxAge = 14 * 24 * 3_600_000;

/**
 * Reminds the user of issues that are due soon or overdue and are assigned to them or to nobody. Only while they are on call,
 * or if there is no rotation. Whoever has a role in an incident is reminded of its updates at any time. Each reminder is shown
 * once per machine, and again after a snooze.
 */
export function dueReminders(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  return scheduleReminders("due", session, (me, issues, now) => {
    const onCall = Object.values(session.clocks.holders());
    const desk = session.desk.config();
    const isOnCall = rotationsOf(desk).length === 0 || onCall.some((login) => sameLogin(login, me));
    const snoozes = snoozed();
    const open = issues.filter((issue) => issue.state === "open");
    const mine = isOnCall ? open.filter((issue) => concerns(issue, me, onCall)) : [];
    const alarms = (of: readonly Issue[]): readonly DueAlarm[] => dueAlarms(of, (issue) => session.clocks.clockOf(issue), session.clocks.time());
    const hasRole = (issue: Issue): boolean => !mine.includes(issue) && incidentState(desk, issue).roles.some(({ login }) => sameLogin(login, me));
    return [...alarms(mine), ...alarms(open.filter(hasRole)).filter(({ stage }) => stage === "update")]
      .map((alarm) => {
        const planned = snoozes[nameOf(alarm)] ?? alarm.at;
        return { alarm, planned, at: millisecondsOf(reminderTime(alarm, session.clocks.time(), planned, now)) };
      })
      // A snoozed early reminder is replaced by the reminder at the due time.
      .filter(({ alarm, at }) => alarm.when === "past" || at < millisecondsOf(alarm.due))
      .map(({ alarm, planned, at }) => ({
        // Not the time at which it is shown, because windows may differ in that.
        name: `${nameOf(alarm)}/${millisecondsOf(planned)}`,
        at,
        // If both became due while the editor was closed, only the later one is shown.
        subject: `${refKey(alarm.issue.ref)} ${stageName(alarm)}`,
        notify: () => notify(alarm),
      }));
  });

  /** Snoozed reminders by name, with the time at which they are shown again. */
  function snoozed(): Readonly<Record<string, string>> {
    const stored: unknown = context.workspaceState.get(snoozedKey);
    return isRecord(stored) ? Object.fromEntries(Object.entries(stored).flatMap(([name, at]) => (typeof at === "string" ? [[name, at]] : []))) : {};
  }

  async function snooze(alarm: DueAlarm): Promise<void> {
    const now = millisecondsOf(session.clock.now());
    const others = Object.entries(snoozed()).filter(([, at]) => millisecondsOf(at) > now - snoozeMaxAge);
    await context.workspaceState.update(snoozedKey, { ...Object.fromEntries(others), [nameOf(alarm)]: instantAt(now + snoozeFor) });
  }

  async function notify(alarm: DueAlarm): Promise<void> {
    const t = vscode.l10n.t;
    const { ref } = alarm.issue;
    const [acknowledge, update, escalate, open, later] = [t("Acknowledge"), t("Send Update…"), t("Escalate…"), t("Open Issue"), t("Snooze 15 min")];
    const missed = alarm.stage === "response" && millisecondsOf(alarm.due) <= millisecondsOf(session.clock.now());
    const chosen = await vscode.window.showWarningMessage(describeDue(alarm, session), alarm.stage === "update" ? update : acknowledge, ...(missed ? [escalate] : []), open, later);
    if (chosen === undefined) return;
    if (chosen === later) return snooze(alarm);
    const commands: Readonly<Record<string, string>> = { [acknowledge]: "acknowledge", [update]: "sendUpdate", [escalate]: "escalate", [open]: "open" };
    await vscode.commands.executeCommand(`responseDesk.issue.${commands[chosen] ?? "open"}`, { ref, ...(chosen === update && alarm.audience !== undefined ? { audiences: [alarm.audience] } : {}) });
  }
}

function nameOf(alarm: DueAlarm): string {
  return `due/${refKey(alarm.issue.ref)}/${stageName(alarm)}/${alarm.when}/${alarm.due}`;
}

/** What is due, for each audience. */
function stageName({ stage, audience }: DueAlarm): string {
  return audience === undefined ? stage : `${stage} ${audience}`;
}

function describeDue(alarm: DueAlarm, session: DeskSession): string {
  const t = vscode.l10n.t;
  const { issue, stage, due, audience } = alarm;
  const now = session.clock.now();
  const name = `${formatRef(issue.ref, "")} ${plainLabel(issue.title)}`;
  const { state, left, pauses } = urgencyOfEntry({ ...alarm, at: due }, session.clocks.time(), now);
  if (state === "past") {
    if (audience !== undefined) return t("An update on {0} for {1} is due now.", name, plainLabel(audience));
    if (stage === "response") return t("{0} is overdue for acknowledgement. Acknowledge it, or escalate it.", name);
    return stage === "triage" ? t("{0} is overdue for triage.", name) : t("An update on {0} is due now.", name);
  }
  if (pauses) {
    const time = formatInstant(due, now, session.desk.config().timezone, vscode.env.language);
    if (audience !== undefined) return t("The next update on {0} for {1} is due {2}.", name, plainLabel(audience), time);
    if (stage === "response") return t("{0} must be acknowledged by {1}.", name, time);
    return stage === "triage" ? t("{0} must be triaged by {1}.", name, time) : t("The next update on {0} is due {1}.", name, time);
  }
  const length = lengthText(left);
  if (audience !== undefined) return t("The next update on {0} for {1} is due in {2}.", name, plainLabel(audience), length);
  if (stage === "response") return t("{0} must be acknowledged within {1}.", name, length);
  return stage === "triage" ? t("{0} must be triaged within {1}.", name, length) : t("The next update on {0} is due in {1}.", name, length);
}

/** Reminds the user that their shift ends without a handoff, and that a handoff is ready to accept. Once per machine. */
export function handoffReminders(session: DeskSession): vscode.Disposable {
  return scheduleReminders("handoff", session, (me, issues, now) => {
    const reminder = (name: string, at: Instant, notify: () => Promise<void>): Reminder => ({ name, subject: name, at: millisecondsOf(at), notify });
    const due = handoffDue(session.desk.config(), session.clocks.time(), me, issues, session.pending.operations(), now);
    return [
      ...pendingHandoffs(issues, session.desk.config())
        .filter(({ handoff }) => sameLogin(handoff.incoming, me))
        .map((pending) => reminder(`handoff/${refKey(pending.issue.ref)}`, now, () => notifyPending(pending))),
      ...(due === undefined ? [] : [reminder(`handoffDue/${me}/${due.shift.to}`, due.at, () => notifyDue(due, session))]),
    ];
  }, session.pending.onDidChange);
}

async function notifyPending({ issue, handoff }: HandoffIssue): Promise<void> {
  const t = vscode.l10n.t;
  const [accept, open] = [t("Accept"), t("Open Handoff")];
  const count = handoff.items.length;
  const outgoing = plainLabel(handoff.outgoing);
  const text = count === 1 ? t("{0} handed off to you, with 1 open issue.", outgoing) : t("{0} handed off to you, with {1} open issues.", outgoing, count);
  const chosen = await vscode.window.showInformationMessage(text, accept, open);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen === accept ? "responseDesk.handoff.accept" : "responseDesk.issue.open", { ref: issue.ref });
}

async function notifyDue({ shift }: HandoffDue, session: DeskSession): Promise<void> {
  const t = vscode.l10n.t;
  const start = t("Hand Off");
  const until = formatInstant(shift.to, session.clock.now(), session.desk.config().timezone, vscode.env.language);
  const text = shift.incoming === undefined ? t("Your shift ends {0}. It is not handed off yet.", until) : t("Your shift ends {0}. It is not handed off to {1} yet.", until, plainLabel(shift.incoming));
  if ((await vscode.window.showInformationMessage(text, start)) === start) await vscode.commands.executeCommand("responseDesk.handoff.start");
}

/** Reminds the user of open steps whose deadline has passed, once per machine. Steps of a checklist with the same deadline share a reminder. */
export function stepReminders(session: DeskSession): vscode.Disposable {
  return scheduleReminders("steps", session, (me, issues) => {
    const byName = new Map<string, DueStep[]>();
    for (const step of dueSteps(issues, me)) byName.set(stepName(step), [...(byName.get(stepName(step)) ?? []), step]);
    return [...byName].flatMap(([name, steps]) => {
      const [first] = steps;
      return first === undefined ? [] : [{ name, subject: name, at: millisecondsOf(first.due), notify: () => notifySteps(first, steps.length) }];
    });
  });
}

async function notifySteps({ ref, checklist, step }: DueStep, count: number): Promise<void> {
  const t = vscode.l10n.t;
  const open = t("Open Checklist");
  const text =
    count === 1
      ? t("“{0}” on {1} is still open. It was due {2} after the checklist was started.", plainLabel(withoutMarkup(readableText(step.text, checklist))), formatRef(ref, ""), step.within ?? "")
      : t("{0} steps of “{1}” on {2} are still open. They were due {3} after the checklist was started.", count, plainLabel(withoutMarkup(checklist.title)), formatRef(ref, ""), step.within ?? "");
  const chosen = await vscode.window.showWarningMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.openChecklist", { ref, run: checklist.id });
}

function stepName({ ref, checklist, due }: DueStep): string {
  return `alarm/${refKey(ref)}/${checklist.id}/${due}`;
}
