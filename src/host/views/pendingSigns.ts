import * as vscode from "vscode";
import type { DeskSession } from "../session";
import { lastingChanges } from "./lastingChanges";
import { pendingBadge } from "./pendingBadge";

/**
 * Says that changes wait even where no view is looked at: shows the view of pending changes while there are any, and
 * their number on it. `again` is called when a change has become one worth showing only because time went by.
 */
export function pendingSigns(session: DeskSession, view: vscode.TreeView<unknown>, again: () => void): vscode.Disposable {
  let shown = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function update(): void {
    const all = session.waiting();
    const { length } = lastingChanges(all, session.clock.now());
    if (length !== shown) {
      shown = length;
      void vscode.commands.executeCommand("setContext", "responseDesk.hasPending", length > 0);
      view.badge = pendingBadge(length);
    }
    clearTimeout(timer);
    if (length < all.length) timer = setTimeout(later, 1000);
  }

  function later(): void {
    const before = shown;
    update();
    if (shown !== before) again();
  }

  update();
  return vscode.Disposable.from(session.onDidChange(update), { dispose: () => clearTimeout(timer) });
}
