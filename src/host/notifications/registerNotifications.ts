import * as vscode from "vscode";
import type { WhileOpen } from "../app/deskOpener";

interface NotificationDeps {
  readonly context: vscode.ExtensionContext;
  readonly whileOpen: WhileOpen;
  readonly load: () => Promise<
    Pick<typeof import("./reminderSources"), "dueReminders" | "stepReminders" | "handoffReminders"> &
      Pick<typeof import("./postmortemReminders"), "postmortemReminders"> &
      Pick<typeof import("./triageStatus"), "triageStatus">
  >;
}

/** Shows reminders for due times, steps, handoffs, reviews and overdue action items, and the time for triage, while a desk is open. */
export function registerNotifications({ context, whileOpen, load }: NotificationDeps): vscode.Disposable {
  return whileOpen(async (session) => {
    const { dueReminders, stepReminders, handoffReminders, postmortemReminders, triageStatus } = await load();
    return vscode.Disposable.from(dueReminders(context, session), stepReminders(session), handoffReminders(session), postmortemReminders(context, session), triageStatus(session));
  });
}
