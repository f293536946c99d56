import type * as vscode from "vscode";
import type { IssueFacts } from "../../core/issue/issueFacts";
import type { Issue } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import { partsOf } from "../../core/model/operation";
import type { IssuesChange } from "../../core/sync/snapshotChange";
import type { DeskSession } from "../app/session";
import { changesOf, filterEvent, followEvents } from "../platform/followEvents";
import type { ViewName } from "./node";
import { viewOfKind } from "./viewOfKind";

/** A view that is updated when the session changes. */
interface FollowingView {
  readonly name: ViewName;
  /** Whether the view contains a row of this issue, or may contain one once it is built. */
  readonly has: (ref: IssueRef) => boolean;
  /** Updates the view. */
  readonly redraw: () => void;
}

/** Updates each view when something it shows changes, until the returned disposable is disposed of. */
export function followChanges(session: DeskSession, views: readonly FollowingView[]): vscode.Disposable {
  const subscriptions = views.map((view) => followEvents(view.redraw, ...eventsOf(session, view)));
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}

function eventsOf(session: DeskSession, view: FollowingView): readonly vscode.Event<unknown>[] {
  switch (view.name) {
    case "onCall":
      // A pending handoff hides the row for a shift that is not handed off.
      return [
        session.issues.onDidChange, session.desk.onDidChange, session.runbooks.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange,
        session.postmortems.onDidChange, session.ticker.onDidTick,
        filterEvent(session.pending.onDidChange, (changed) => changed.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff")),
      ];
    case "runbooks":
      return [session.runbooks.onDidChange, session.desk.onDidChange];
    case "pending":
      // Rows contain the titles of issues. `trackPending` reports which changes are pending.
      return [filterEvent(session.issues.onDidChange, () => session.pending.waiting().length > 0), session.deliveries.onDidChange, session.desk.onDidChange, session.store.onDidChange, session.ticker.onDidTick];
    case "postmortems":
      return [session.postmortems.onDidChange, session.desk.onDidChange, changesOf(session.ticker.onDidTick, () => session.postmortems.today())];
    case "incidents":
    case "requests":
    case "records":
      return [
        filterEvent(session.issues.onDidChange, (change) => concerns(change, view, (ref) => session.issues.find(ref), session.issues.factsOf)),
        session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange, session.links.onDidChange,
        session.ticker.onDidTick,
      ];
  }
}

/** For more changed issues than this, an update is cheaper than checking each issue. */
const many = 50;

/** Whether a view of issues shows, or will show, one of the changed issues: issues of its own kinds, and those linked to one of its rows. */
export function concerns({ refs, broken }: IssuesChange, { name, has }: Pick<FollowingView, "name" | "has">, find: (ref: IssueRef) => Issue | undefined, factsOf: (issue: Issue) => IssueFacts): boolean {
  // Until the first read ends, the view shows only a message.
  if (broken || refs.length === 0 || refs.length > many) return true;
  return refs.some((ref) => {
    if (has(ref)) return true;
    const issue = find(ref);
    if (issue === undefined) return false;
    const { kind, parent, children, related, blockedBy, blocks, duplicateOf, duplicates } = factsOf(issue);
    return viewOfKind(kind) === name || [...(parent === undefined ? [] : [parent]), ...children, ...related, ...blockedBy, ...blocks, ...duplicateOf, ...duplicates].some(has);
  });
}
