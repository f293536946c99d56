import * as vscode from "vscode";
import { sameData } from "../../core/sameData";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { DeskSession } from "../app/session";
import { contextKeys } from "../platform/contextKeys";
import { followEvents } from "../platform/followEvents";
import { lastingChanges, nextLastingAt } from "./lastingChanges";
import { pendingBadge } from "./pendingBadge";
import { runInBackground } from "../platform/background";

/**
 * Says that changes wait even where no view is looked at: shows the view of pending changes while there are any, and
 * their number on it. `again` is called when what is worth showing changed, also when it did only because time went by.
 */
export function pendingSigns(session: Pick<DeskSession, "pending" | "store" | "ticker" | "clock" | "log">, view: vscode.TreeView<unknown>, again: () => void): vscode.Disposable {
  const setContext = contextKeys(vscode.commands.executeCommand);
  let shown: readonly WaitingOperation[] = [];
  let counted = 0;

  function update(): void {
    const all = session.pending.waiting();
    const before = shown;
    shown = lastingChanges(all, session.clock.now());
    const unreadable = session.pending.unreadable();
    const count = shown.length + unreadable.length;
    runInBackground(setContext("hasPending", count > 0), session.log);
    if (count !== counted) view.badge = pendingBadge(count);
    session.ticker.request("pending", nextLastingAt(all, session.clock.now()));
    if (count !== counted || !sameData(before, shown)) again();
    counted = count;
  }

  update();
  return vscode.Disposable.from(followEvents(update, session.pending.onDidChange, session.store.onDidChange, session.ticker.onDidTick), { dispose: () => session.ticker.request("pending", undefined) });
}
