import * as vscode from "vscode";
import type { WhileOpen } from "../app/deskOpener";
import type { Notices } from "../app/notices";

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

type LoadedNotices =
  Pick<typeof import("../ui/pendingNotices"), "notifyRefusal" | "notifyLeft"> &
  Pick<typeof import("./offerUndo"), "offerUndo"> &
  Pick<typeof import("./noticeMessages"), "notifyRenumbered" | "notifyNotice">;

/** Shows notices of the services as notifications. The code is loaded on first use. */
export function createNotices(load: () => Promise<LoadedNotices>): Notices {
  return {
    refused: async (refusal) => (await load()).notifyRefusal(refusal),
    sendingLeft: async (left) => (await load()).notifyLeft(left),
    held: async (change) => (await load()).offerUndo(change),
    renumbered: async (issues) => (await load()).notifyRenumbered(issues),
    fromTracker: async (notice) => (await load()).notifyNotice(notice),
  };
}
