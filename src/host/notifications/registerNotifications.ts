import * as vscode from "vscode";
import type { WhileOpen } from "../app/deskOpener";

interface NotificationDeps {
  readonly context: vscode.ExtensionContext;
  readonly whileOpen: WhileOpen;
  readonly load: () => Promise<Pick<typeof import("./reminderSources"), "dueAlarms" | "stepAlarms" | "handoffAlarms">>;
}

/** Shows reminders of what is due, of steps and of handoffs, while a desk is open. */
export function registerNotifications({ context, whileOpen, load }: NotificationDeps): vscode.Disposable {
  return whileOpen(async (session) => {
    const { dueAlarms, stepAlarms, handoffAlarms } = await load();
    return vscode.Disposable.from(dueAlarms(context, session), stepAlarms(session), handoffAlarms(session));
  });
}
