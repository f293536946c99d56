import * as vscode from "vscode";
import type { WhileOpen } from "../app/deskOpener";

export interface NotificationDeps {
  readonly context: vscode.ExtensionContext;
  readonly whileOpen: WhileOpen;
}

/** Shows reminders of what is due, of steps and of handoffs, while a desk is open. */
export function registerNotifications({ context, whileOpen }: NotificationDeps): vscode.Disposable {
  return whileOpen(async (session) => {
    const [{ dueAlarms }, { stepAlarms }, { handoffAlarms }] = await Promise.all([import("../alarms/dueAlarms"), import("../alarms/stepAlarms"), import("../alarms/handoffAlarms")]);
    return vscode.Disposable.from(dueAlarms(context, session), stepAlarms(session), handoffAlarms(session));
  });
}
