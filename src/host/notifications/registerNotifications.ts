import * as vscode from "vscode";
import type { WhileOpen } from "../app/deskOpener";

interface NotificationDeps {
  readonly context: vscode.ExtensionContext;
  readonly whileOpen: WhileOpen;
  readonly load: () => Promise<
    Pick<typeof import("./reminderSources"), "dueReminders" | "stepReminders" | "handoffReminders"> &
      Pick<typeof import("./reviewReminders"), "reviewReminders"> &
      Pick<typeof import("./actionReminders"), "overdueActionReminders"> &
      Pick<typeof import("./triageStatus"), "triageStatus">
  >;
}

/** Shows reminders for due times, steps, handoffs, reviews and overdue action items, and the time for triage, while a desk is open. */
export function registerNotifications({ context, whileOpen, load }: NotificationDeps): vscode.Disposable {
  return whileOpen(async (session) => {
    const { dueReminders, stepReminders, handoffReminders, reviewReminders, overdueActionReminders, triageStatus } = await load();
    return vscode.Disposable.from(dueReminders(context, session), stepReminders(session), handoffReminders(session), reviewReminders(context, session), overdueActionReminders(session), triageStatus(session));
  });
}
