import * as vscode from "vscode";
import { sameData } from "../../core/sameData";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { DeskSession } from "../session";
import { contextKeys } from "../platform/contextKeys";
import { lastingChanges } from "./lastingChanges";
import { pendingBadge } from "./pendingBadge";

/**
 * Says that changes wait even where no view is looked at: shows the view of pending changes while there are any, and
 * their number on it. `again` is called when what is worth showing changed, also when it did only because time went by.
 */
export function pendingSigns(session: DeskSession, view: vscode.TreeView<unknown>, again: () => void): vscode.Disposable {
  const setContext = contextKeys(vscode.commands.executeCommand);
  let shown: readonly WaitingOperation[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function update(): void {
    const all = session.waiting();
    const before = shown;
    shown = lastingChanges(all, session.clock.now());
    void setContext("hasPending", shown.length > 0);
    if (shown.length !== before.length) view.badge = pendingBadge(shown.length);
    clearTimeout(timer);
    if (shown.length < all.length) timer = setTimeout(update, 1000);
    if (!sameData(before, shown)) again();
  }

  update();
  return vscode.Disposable.from(session.onDidChangePending(update), { dispose: () => clearTimeout(timer) });
}
