import * as vscode from "vscode";
import { handoffDue, type HandoffDue } from "../core/handoff/handoffDue";
import { sameLogin } from "../core/handoff/handoffTurn";
import { waitingHandoffs, type KeptHandoff } from "../core/handoff/waitingHandoffs";
import { millisecondsOf } from "../core/instantTime";
import { refKey } from "../core/issue/issueRef";
import { alarmMemory } from "./platform/alarmMemory";
import { debounced } from "./platform/debounced";
import type { DeskSession } from "./session";
import { plainLabel } from "./views/plainLabel";
import { sayInstant } from "./views/sayInstant";

/** A timer's longest time. */
const longest = 2 ** 31 - 1;

/** Tells the person at the keyboard, once on this machine each, that their turn ends and is not handed off, and that a hand-off waits for them. */
export function handoffAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handled = new Set<string>();
  const takes = alarmMemory(context, session);

  function plan(): void {
    clearTimeout(timer);
    const me = session.knownMe();
    const issues = session.issues()?.issues;
    if (me === undefined || issues === undefined) return;
    const { desk } = session.desk();
    const now = session.clock.now();
    for (const kept of waitingHandoffs(issues)) {
      if (sameLogin(kept.handoff.incoming, me)) once(`handoff/${refKey(kept.issue.ref)}`, () => tellWaiting(kept));
    }
    const due = handoffDue(desk, session.time(), me, issues, session.pending(), now);
    if (due === undefined) return;
    const away = millisecondsOf(due.at) - millisecondsOf(now);
    if (away <= 0) once(`handoffDue/${me}/${due.turn.to}`, () => tellDue(due));
    else timer = setTimeout(plan, Math.min(away, longest));
  }

  function once(name: string, tell: () => Promise<void>): void {
    if (handled.has(name)) return;
    handled.add(name);
    void takes(name)
      .then((mine) => (mine ? tell() : undefined))
      .catch((error: unknown) => session.log.error(`An alarm could not be told: ${String(error)}`));
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

  async function tellDue({ turn }: HandoffDue): Promise<void> {
    const t = vscode.l10n.t;
    const begin = t("Hand Off");
    const until = sayInstant(turn.to, session.clock.now(), session.desk().desk.timezone, vscode.env.language);
    const text = turn.incoming === undefined ? t("Your turn ends {0}, and it is not handed off yet.", until) : t("Your turn ends {0}, and it is not handed off to {1} yet.", until, plainLabel(turn.incoming));
    if ((await vscode.window.showInformationMessage(text, begin)) === begin) await vscode.commands.executeCommand("responseDesk.handoff.begin");
  }

  const planSoon = debounced(50, plan);
  plan();
  return vscode.Disposable.from(planSoon, session.onDidChange(() => planSoon()), { dispose: () => clearTimeout(timer) });
}
