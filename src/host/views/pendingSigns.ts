import * as vscode from "vscode";
import { sameData } from "../../core/sameData";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { DeskSession } from "../session";
import { contextKeys } from "../platform/contextKeys";
import { lastingChanges } from "./lastingChanges";
import { pendingBadge } from "./pendingBadge";
import { runInBackground } from "../platform/background";

/**
 * Says that changes wait even where no view is looked at: shows the view of pending changes while there are any, and
 * their number on it. `again` is called when what is worth showing changed, also when it did only because time went by.
 */
export function pendingSigns(session: DeskSession, view: vscode.TreeView<unknown>, again: () => void): vscode.Disposable {
  const setContext = contextKeys(vscode.commands.executeCommand);
  let shown: readonly WaitingOperation[] = [];
  let counted = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function update(): void {
    const all = session.waiting();
    const before = shown;
    shown = lastingChanges(all, session.clock.now());
    const unreadable = session.unreadable();
    const count = shown.length + unreadable.length;
    runInBackground(setContext("hasPending", count > 0), session.log);
    if (count !== counted) view.badge = pendingBadge(count);
    clearTimeout(timer);
    if (shown.length < all.length) timer = setTimeout(update, 1000);
    if (count !== counted || !sameData(before, shown)) again();
    counted = count;
  }

  update();
  return vscode.Disposable.from(session.onDidChangePending(update), session.onDidChangeStore(update), { dispose: () => clearTimeout(timer) });
}
