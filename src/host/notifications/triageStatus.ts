import * as vscode from "vscode";
import { minutesLeft, minutesOf, type TriageTimer } from "../../core/incident/triage";
import { millisecondsOf } from "../../core/model/instant";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { contextKeys } from "../platform/contextKeys";
import { followEvents } from "../platform/followEvents";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";

type TriageServices = Pick<DeskSession, "triage" | "ticker" | "clock" | "desk" | "log">;

/** The status bar item with the remaining time of reports that are being looked into, and a notification when the time of one is over. */
export function triageStatus(session: TriageServices): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("responseDesk.triageStatus", vscode.StatusBarAlignment.Left, 9);
  item.name = vscode.l10n.t("Response Desk: Triage");
  const setContext = contextKeys(vscode.commands.executeCommand);
  /** Ends of timers that were reported in this window. After a restart, they are reported again. */
  const notified = new Set<string>();

  function show(): void {
    const t = vscode.l10n.t;
    const now = session.clock.now();
    const all = session.triage.all().toSorted((a, b) => millisecondsOf(a.until) - millisecondsOf(b.until));
    runInBackground(setContext("inTriage", all.length > 0), session.log);
    const [first] = all;
    session.ticker.request("triage", nextChange(all, millisecondsOf(now)));
    if (first === undefined) return item.hide();
    const left = minutesLeft(first, now);
    const time = left === 0 ? t("time is over") : t("{0} min left", left);
    const lines = all.map((timer) => `${timer.title}: ${minutesLeft(timer, now) === 0 ? t("time is over") : t("{0} min left", minutesLeft(timer, now))}`);
    item.text = `$(watch) ${t("Triage: {0}", time)}`;
    item.tooltip = safeTooltip(t("Triage"), lines);
    item.accessibilityInformation = { label: [t("Triage"), ...lines].map(plainLabel).join(", "), role: "button" };
    item.command = all.length === 1 ? { command: "responseDesk.triage.finish", title: "", arguments: [{ id: first.id }] } : "responseDesk.triage.finish";
    item.backgroundColor = left === 0 ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    item.show();
    for (const timer of all) if (minutesLeft(timer, now) === 0) notifyOnce(timer);
  }

  function notifyOnce(timer: TriageTimer): void {
    const name = `${timer.id} ${timer.until}`;
    if (notified.has(name)) return;
    notified.add(name);
    runInBackground(notifyOver(timer), session.log);
  }

  async function notifyOver({ id, title }: TriageTimer): Promise<void> {
    const t = vscode.l10n.t;
    const [done, raise, more] = [t("Done"), t("Raise as Request"), t("{0} More Minutes", minutesOf(session.desk.config().triage.within))];
    const chosen = await vscode.window.showWarningMessage(t("The time for “{0}” is over. Is it done, or does it need a request?", plainLabel(title)), done, raise, more);
    const choice = chosen === done ? "done" : chosen === raise ? "request" : chosen === more ? "more" : undefined;
    if (choice !== undefined) await vscode.commands.executeCommand("responseDesk.triage.finish", { id, choice });
  }

  show();
  return vscode.Disposable.from(
    item,
    followEvents(show, session.triage.onDidChange, session.ticker.onDidTick),
    { dispose: () => session.ticker.request("triage", undefined) },
  );
}

/** When the number of minutes on screen changes next, in milliseconds since 1970; `undefined` if none does. */
function nextChange(all: readonly TriageTimer[], now: number): number | undefined {
  const next = all.map(({ until }) => millisecondsOf(until) - now).filter((left) => left > 0).map((left) => now + (left % 60_000 || 60_000));
  return next.length === 0 ? undefined : Math.min(...next);
}
