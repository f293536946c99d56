import * as vscode from "vscode";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { systemTimer } from "../platform/ports";
import { overdueActionReminders } from "./actionReminders";
import { reviewReminders } from "./reviewReminders";

/** Milliseconds after the desk was opened at which the post-mortems are read, so that the start of the window is not slowed down. */
const readAfter = 3000;

/** Reminds the user of reviews and of overdue action items. Reads the post-mortems for that once, in the background. */
export function postmortemReminders(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  const stop = systemTimer.after(readAfter, () => runInBackground(session.postmortems.read(), session.log));
  return vscode.Disposable.from({ dispose: stop }, reviewReminders(context, session), overdueActionReminders(session));
}
