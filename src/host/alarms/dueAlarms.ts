import * as vscode from "vscode";
import { rotationsOf } from "../../core/desk/roles";
import { sameLogin } from "../../core/desk/sameLogin";
import { dueAlarms as alarmsOf, type DueAlarm } from "../../core/duty/dueAlarms";
import { concerns, lengthText } from "../../core/duty/urgency";
import { instantAt, millisecondsOf } from "../../core/instantTime";
import { isRecord } from "../../core/isRecord";
import { formatRef, refKey } from "../../core/issue/issueRef";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { tellInTime } from "./tellInTime";

const snoozeFor = 15 * 60_000;
const snoozedKey = "responseDesk.snoozed";
/** A snooze is forgotten so long after its end. */
const forgetAfter = 24 * 3_600_000;

/**
 * Tells the person at the keyboard, while they are on duty or where there is no rotation, that something is due before long
 * or overdue on an issue that is theirs or nobody's: once on this machine, and again when they asked for that.
 */
export function dueAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  return tellInTime("due", session, (me, issues) => {
    const onDuty = Object.values(session.clocks.holders());
    if (rotationsOf(session.desk.config()).length > 0 && !onDuty.some((login) => sameLogin(login, me))) return [];
    const mine = issues.filter((issue) => issue.state === "open" && concerns(issue, me, onDuty));
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
        tell: () => tell(alarm),
      }));
  });

  /** Alarms to be told again, by name, and when. */
  function snoozed(): Readonly<Record<string, string>> {
    const kept: unknown = context.workspaceState.get(snoozedKey);
    return isRecord(kept) ? Object.fromEntries(Object.entries(kept).flatMap(([name, at]) => (typeof at === "string" ? [[name, at]] : []))) : {};
  }

  async function snooze(alarm: DueAlarm): Promise<void> {
    const now = millisecondsOf(session.clock.now());
    const others = Object.entries(snoozed()).filter(([, at]) => millisecondsOf(at) > now - forgetAfter);
    await context.workspaceState.update(snoozedKey, { ...Object.fromEntries(others), [nameOf(alarm)]: instantAt(now + snoozeFor) });
  }

  async function tell(alarm: DueAlarm): Promise<void> {
    const t = vscode.l10n.t;
    const { ref } = alarm.issue;
    const [acknowledge, update, escalate, open, later] = [t("Acknowledge"), t("Record Update"), t("Escalate…"), t("Open Issue"), t("Snooze 15 min")];
    const missed = alarm.stage === "response" && millisecondsOf(alarm.due) <= millisecondsOf(session.clock.now());
    const chosen = await vscode.window.showWarningMessage(word(alarm, session), alarm.stage === "update" ? update : acknowledge, ...(missed ? [escalate] : []), open, later);
    if (chosen === undefined) return;
    if (chosen === later) return snooze(alarm);
    const commands: Readonly<Record<string, string>> = { [acknowledge]: "acknowledge", [update]: "moment", [escalate]: "escalate", [open]: "open" };
    await vscode.commands.executeCommand(`responseDesk.issue.${commands[chosen] ?? "open"}`, { ref, ...(chosen === update ? { moment: "update" } : {}) });
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
