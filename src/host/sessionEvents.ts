import type * as vscode from "vscode";
import type { IssueSnapshot } from "../core/issue/issue";
import type { IssueRef } from "../core/issue/issueRef";
import type { PendingOperation } from "../core/issue/operation";
import { changeBetween, pendingBetween, type IssuesChange } from "../core/issue/snapshotChange";
import type { WaitingOperation } from "../core/issue/waitingOperation";
import { sameData } from "../core/sameData";

/** What can be heard of a session: one event for each thing, fired once for each change of it, after the change. */
export interface SessionEvents {
  /** Issues, as they are shown with pending changes applied, or the list of broken files. */
  readonly onDidChangeIssues: vscode.Event<IssuesChange>;
  /** The pending operations that were added or removed, or of whose attempts something else is known. */
  readonly onDidChangePending: vscode.Event<readonly PendingOperation[]>;
  /** The team's configuration, its problems or its place. */
  readonly onDidChangeDesk: vscode.Event<void>;
  /** The text of a runbook, or which runbooks there are. */
  readonly onDidChangeRunbooks: vscode.Event<void>;
  /** What due times are counted from besides the issues: calendars, and response goals of runbooks. */
  readonly onDidChangeClocks: vscode.Event<void>;
  /** Where the issues are, who is at the keyboard, whether they may write, and whether the last reading failed. */
  readonly onDidChangeStore: vscode.Event<void>;
  /** What the store said about the links of one issue. */
  readonly onDidChangeLinks: vscode.Event<IssueRef>;
}

/** What is compared to find out what changed. */
export interface SessionState {
  readonly issues: IssueSnapshot | undefined;
  readonly waiting: readonly WaitingOperation[];
  /** Plain data that the desk's event is fired for when it is no longer equal. */
  readonly desk: unknown;
  /** The same for the store's event. */
  readonly store: unknown;
}

export interface SessionEventSource {
  readonly events: SessionEvents;
  /**
   * Compares the state with the one of the last call and fires the events of what differs; the first call fires nothing. Operations that are
   * shown already and were `written` by now are not announced again because the store stamped its own time on their issues.
   */
  compare(written?: readonly PendingOperation[]): void;
  runbooksChanged(): void;
  clocksChanged(): void;
  linksChanged(ref: IssueRef): void;
  dispose(): void;
}

/** The events of a session whose state is given by `state`. */
export function sessionEvents(newEmitter: <T>() => vscode.EventEmitter<T>, state: () => SessionState): SessionEventSource {
  const issues = newEmitter<IssuesChange>();
  const pending = newEmitter<readonly PendingOperation[]>();
  const desk = newEmitter<void>();
  const runbooks = newEmitter<void>();
  const clocks = newEmitter<void>();
  const store = newEmitter<void>();
  const links = newEmitter<IssueRef>();
  let last: SessionState | undefined;

  return {
    events: {
      onDidChangeIssues: issues.event,
      onDidChangePending: pending.event,
      onDidChangeDesk: desk.event,
      onDidChangeRunbooks: runbooks.event,
      onDidChangeClocks: clocks.event,
      onDidChangeStore: store.event,
      onDidChangeLinks: links.event,
    },
    compare(written) {
      const before = last;
      const now = state();
      last = now;
      if (before === undefined) return;
      const issuesChange = changeBetween(before.issues, now.issues, written);
      const changed = pendingBetween(before.waiting, now.waiting);
      if (!sameData(before.desk, now.desk)) desk.fire();
      if (!sameData(before.store, now.store)) store.fire();
      if (issuesChange !== undefined) issues.fire(issuesChange);
      if (changed.length > 0) pending.fire(changed);
    },
    runbooksChanged: () => runbooks.fire(),
    clocksChanged: () => clocks.fire(),
    linksChanged: (ref) => links.fire(ref),
    dispose() {
      for (const emitter of [issues, pending, desk, runbooks, clocks, store, links]) emitter.dispose();
    },
  };
}
