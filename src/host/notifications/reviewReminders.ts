import * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import { type ReviewReminder, reviewReminders as remindersOf } from "../../core/postmortem/reviewReminders";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { systemTimer } from "../platform/ports";
import { formatDay } from "../ui/format";
import { openPostmortemFile } from "../ui/openPanel";
import { plainLabel } from "../ui/safeText";
import { scheduleReminders } from "./reminders";

/** Milliseconds after the desk was opened. The folder of post-mortems is not read during the start. */
const readAfter = 5000;

const mutedKey = "responseDesk.mutedReviews";

const maxMuted = 200;

/**
 * Reminds owner, lead and reviewers of a review on the day of its session, and on each working day afterwards until the post-mortem
 * is reviewed. Once per day and machine. The user can turn off the reminders of one session.
 */
export function reviewReminders(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  const loaded = new vscode.EventEmitter<void>();
  const read = (): void => runInBackground(session.postmortems.read().then(() => loaded.fire()), session.log);
  const stop = systemTimer.after(readAfter, read);
  const rereading = session.postmortems.onDidChange(read);

  const muted = (): readonly string[] => {
    const stored: unknown = context.workspaceState.get(mutedKey);
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  };

  async function notify(reminder: ReviewReminder): Promise<void> {
    const t = vscode.l10n.t;
    const [act, open, mute] = [reminder.isDraft ? t("Request Review…") : t("Mark as Reviewed…"), t("Open Post-mortem"), t("Stop Reminding")];
    const chosen = await vscode.window.showInformationMessage(describeReview(reminder), act, open, mute);
    if (chosen === act) await vscode.commands.executeCommand(`responseDesk.postmortem.${reminder.isDraft ? "requestReview" : "markReviewed"}`, { path: reminder.path });
    if (chosen === open) openPostmortemFile(reminder.path);
    if (chosen === mute) await context.workspaceState.update(mutedKey, [...muted(), sessionName(reminder)].slice(-maxMuted));
  }

  const reminders = scheduleReminders("reviews", session, (me, _issues, now) => {
    const files = session.postmortems.known()?.postmortems ?? [];
    const off = muted();
    return remindersOf(files, me, now, session.desk.config().timezone, session.clocks.time())
      .filter((reminder) => !off.includes(sessionName(reminder)))
      .map((reminder) => ({ name: `${sessionName(reminder)}/${reminder.date}`, subject: sessionName(reminder), at: millisecondsOf(reminder.at), notify: () => notify(reminder) }));
  }, loaded.event);
  return vscode.Disposable.from(reminders, rereading, loaded, { dispose: stop });
}

function sessionName({ path, session }: ReviewReminder): string {
  return `review/${path}/${session}`;
}

function describeReview({ title, session, late, isDraft }: ReviewReminder): string {
  const t = vscode.l10n.t;
  const name = plainLabel(title);
  if (late === 0) return isDraft ? t("The review of “{0}” is due today, and is not requested yet.", name) : t("The review session of “{0}” takes place today.", name);
  const date = formatDay(session, vscode.env.language);
  return isDraft ? t("The review of “{0}” was due {1}, and is not requested yet.", name, date) : t("The review of “{0}” was due {1}. Mark it as reviewed, or set another date.", name, date);
}
