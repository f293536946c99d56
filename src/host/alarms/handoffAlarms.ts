import * as vscode from "vscode";
import { sameLogin } from "../../core/desk/sameLogin";
import { handoffDue, type HandoffDue } from "../../core/handoff/handoffDue";
import { waitingHandoffs, type KeptHandoff } from "../../core/handoff/waitingHandoffs";
import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import { refKey } from "../../core/issue/issueRef";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { sayInstant } from "../views/sayInstant";
import { tellInTime, type Alarm } from "./tellInTime";

/** Tells the person at the keyboard, once on this machine each, that their turn ends and is not handed off, and that a hand-off waits for them. */
export function handoffAlarms(session: DeskSession): vscode.Disposable {
  return tellInTime("handoff", session, (me, issues, now) => {
    const alarm = (name: string, at: Instant, tell: () => Promise<void>): Alarm => ({ name, subject: name, at: millisecondsOf(at), tell });
    const due = handoffDue(session.desk.config(), session.clocks.time(), me, issues, session.pending.operations(), now);
    return [
      ...waitingHandoffs(issues, session.desk.config())
        .filter(({ handoff }) => sameLogin(handoff.incoming, me))
        .map((kept) => alarm(`handoff/${refKey(kept.issue.ref)}`, now, () => tellWaiting(kept))),
      ...(due === undefined ? [] : [alarm(`handoffDue/${me}/${due.turn.to}`, due.at, () => tellDue(due, session))]),
    ];
  }, session.pending.onDidChange);
}

async function tellWaiting({ issue, handoff }: KeptHandoff): Promise<void> {
  const t = vscode.l10n.t;
  const [accept, open] = [t("Accept"), t("Open Hand-off")];
  const count = handoff.items.length;
  const outgoing = plainLabel(handoff.outgoing);
  const text = count === 1 ? t("{0} hands over to you, with 1 open issue.", outgoing) : t("{0} hands over to you, with {1} open issues.", outgoing, count);
  const chosen = await vscode.window.showInformationMessage(text, accept, open);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen === accept ? "responseDesk.handoff.accept" : "responseDesk.issue.open", { ref: issue.ref });
}

async function tellDue({ turn }: HandoffDue, session: DeskSession): Promise<void> {
  const t = vscode.l10n.t;
  const begin = t("Hand Off");
  const until = sayInstant(turn.to, session.clock.now(), session.desk.config().timezone, vscode.env.language);
  const text = turn.incoming === undefined ? t("Your turn ends {0}, and it is not handed off yet.", until) : t("Your turn ends {0}, and it is not handed off to {1} yet.", until, plainLabel(turn.incoming));
  if ((await vscode.window.showInformationMessage(text, begin)) === begin) await vscode.commands.executeCommand("responseDesk.handoff.begin");
}
