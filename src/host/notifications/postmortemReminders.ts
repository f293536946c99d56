import * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import { actionReminders, ownOverdueActions } from "../../core/postmortem/library/reminders";
import type { OwnedAction } from "../../core/postmortem/library/library";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { filterEvent } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { formatDate } from "../ui/format";
import { plainLabel, withoutMarkup } from "../ui/safeText";
import { scheduleReminders } from "./reminders";
import { reviewReminders } from "./reviewReminders";

/** Milliseconds after the desk was opened at which the post-mortems are read, so that the start of the window is not slowed down. */
const readAfter = 3000;

/** Reminds the user of reviews and of overdue action items. Reads the post-mortems for that once, in the background. */
export function postmortemReminders(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  const stop = systemTimer.after(readAfter, () => runInBackground(session.postmortems.read(), session.log));
  return vscode.Disposable.from({ dispose: stop }, reviewReminders(context, session), overdueActionReminders(session));
}

const setting = "postmortem.reminders";

/** Reminds the user once a day of overdue action items that they own, unless the setting turns this off. There are no reminders before the post-mortems were read. */
function overdueActionReminders(session: DeskSession): vscode.Disposable {
  const isOn = (): boolean => vscode.workspace.getConfiguration("responseDesk").get(setting, true);
  const switched = filterEvent(vscode.workspace.onDidChangeConfiguration, (event) => event.affectsConfiguration(`responseDesk.${setting}`));
  return scheduleReminders("actions", session, (me, _issues, now) => {
    const library = session.postmortems.known()?.postmortems ?? [];
    const reminders = isOn() ? actionReminders(library, session.desk.config(), me, session.clocks.time(), now) : [];
    return reminders.map(({ day, at }) => ({ name: `actions/${me.toLowerCase()}/${day}`, subject: "actions", at: millisecondsOf(at), notify: () => notify(session, me) }));
  }, session.postmortems.onDidChange, switched);
}

async function notify(session: DeskSession, me: string): Promise<void> {
  const t = vscode.l10n.t;
  const own = ownOverdueActions(session.postmortems.known()?.postmortems ?? [], session.desk.config(), me, session.postmortems.today());
  const [first, ...others] = own;
  if (first === undefined) return;
  const [open, show, off] = [t("Open"), t("Show Action Items"), t("Turn Off")];
  const text = others.length === 0 ? describeOne(first, session.postmortems.today()) : t("{0} post-mortem action items that you own are overdue.", own.length);
  const chosen = await vscode.window.showWarningMessage(text, others.length === 0 ? open : show, off);
  if (chosen === show) await vscode.commands.executeCommand("responseDesk.postmortems.focus");
  else if (chosen === off) await vscode.workspace.getConfiguration("responseDesk").update(setting, false, vscode.ConfigurationTarget.Global);
  else if (chosen === open) await openAction(first);
}

function describeOne({ postmortem, action }: OwnedAction, today: string): string {
  const t = vscode.l10n.t;
  const due = action.due === undefined ? "" : formatDate(action.due, today, vscode.env.language);
  return t("Your action item “{0}” from the post-mortem “{1}” has been overdue since {2}.", plainLabel(withoutMarkup(action.action)), plainLabel(withoutMarkup(postmortem.title)), due);
}

async function openAction({ postmortem, action }: OwnedAction): Promise<void> {
  const { issue, lost } = action;
  const ref = lost?.kind === "transferred" ? lost.to : issue;
  if (ref !== undefined && lost?.kind !== "gone") await vscode.commands.executeCommand("responseDesk.issue.open", { ref });
  else await vscode.commands.executeCommand("responseDesk._postmortem.openBuilder", { path: postmortem.path, ...(postmortem.issue === undefined ? {} : { incident: postmortem.issue }) });
}
