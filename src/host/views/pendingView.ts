import * as vscode from "vscode";
import type { Delivery } from "../../core/incident/delivery";
import { sameData } from "../../core/model/plainData";
import type { PendingChange } from "../../core/sync/pendingOperation";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { contextKeys } from "../platform/contextKeys";
import { followEvents } from "../platform/followEvents";
import { formatInstant, timeFormat } from "../ui/format";
import type { DeliveryNode, PendingChangeNode, UnreadableNode } from "./node";
import { nextLastingAt, pendingNodes, visibleChanges } from "./pendingNodes";

/** The services whose incomplete work the view Pending Changes shows. */
type PendingServices = Pick<DeskSession, "pending" | "deliveries" | "clock">;

/** Rows for these changes, with what the session knows about their issues. */
export function buildPending(session: DeskSession, pendingChanges: readonly PendingChange[]): readonly PendingChangeNode[] {
  const desk = session.desk.config();
  const now = session.clock.now();
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  return pendingNodes({
    pendingChanges,
    issue: (ref) => session.issues.find(ref),
    home: repositories.size === 1 ? ([...repositories][0] ?? "") : "",
    formatInstant: timeFormat(now, desk.timezone, vscode.env.language).full,
  });
}

/** Rows for the updates that webhooks did not confirm. */
export function buildDeliveries(session: DeskSession): readonly DeliveryNode[] {
  const { timezone, kinds } = session.desk.config();
  const now = session.clock.now();
  const format = timeFormat(now, timezone, vscode.env.language).full;
  const repositories = new Set(kinds.flatMap((kind) => kind.repositories));
  return incomplete(session).map(({ key, ref, audience, state, failure, text, by, at }) => ({
    kind: "delivery",
    id: `delivery:${key}`,
    key,
    ref,
    audience,
    state,
    ...(failure === undefined ? {} : { failure }),
    text,
    by,
    since: format(at),
    ...(failure?.kind === "limited" && failure.until !== undefined ? { until: format(failure.until) } : {}),
    home: repositories.size === 1 ? ([...repositories][0] ?? "") : "",
  }));
}

/** The number of rows in the view Pending Changes. */
export function pendingCount(session: PendingServices): number {
  return visibleChanges(session.pending.waiting(), session.clock.now()).length + session.pending.unreadable().length + incomplete(session).length;
}

/** Updates that a person must act on. */
function incomplete({ deliveries }: Pick<DeskSession, "deliveries">): readonly Delivery[] {
  return deliveries.waiting().filter(({ state }) => state !== "sending");
}

/** Rows for stored changes that cannot be read. */
export function buildUnreadable(session: DeskSession): readonly UnreadableNode[] {
  const { timezone } = session.desk.config();
  const now = session.clock.now();
  return session.pending.unreadable().map(({ place, at }) => ({
    kind: "unreadable",
    id: `unreadable:${place}`,
    place,
    ...(at === undefined ? {} : { since: formatInstant(at, now, timezone, vscode.env.language) }),
  }));
}

/** The badge of the activity bar for this number of pending changes. */
export function pendingBadge(count: number): vscode.ViewBadge | undefined {
  if (count === 0) return undefined;
  return { value: count, tooltip: count === 1 ? vscode.l10n.t("1 pending change") : vscode.l10n.t("{0} pending changes", count) };
}

/**
 * Keeps the badge and the visibility of the view Pending Changes up to date, also while no view is open. Calls `again` when the
 * visible changes differ, which can happen by time alone.
 */
export function trackPending(session: PendingServices & Pick<DeskSession, "store" | "ticker" | "log">, view: vscode.TreeView<unknown>, again: () => void): vscode.Disposable {
  const setContext = contextKeys(vscode.commands.executeCommand);
  let shown: readonly PendingChange[] = [];
  let counted = 0;

  function update(): void {
    const all = session.pending.waiting();
    const before = shown;
    shown = visibleChanges(all, session.clock.now());
    const count = pendingCount(session);
    runInBackground(setContext("hasPending", count > 0), session.log);
    if (count !== counted) view.badge = pendingBadge(count);
    session.ticker.request("pending", nextLastingAt(all, session.clock.now()));
    if (count !== counted || !sameData(before, shown)) again();
    counted = count;
  }

  update();
  return vscode.Disposable.from(followEvents(update, session.pending.onDidChange, session.deliveries.onDidChange, session.store.onDidChange, session.ticker.onDidTick), { dispose: () => session.ticker.request("pending", undefined) });
}
