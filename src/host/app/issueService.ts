import type * as vscode from "vscode";
import { type IssueFacts, issueFacts } from "../../core/issue/issueFacts";
import type { Desk } from "../../core/model/desk";
import type { Instant, Issue, IssueSnapshot } from "../../core/model/issue";
import { type IssueRef, sameRef } from "../../core/model/issueRef";
import type { PendingOperation } from "../../core/model/operation";
import { coalesce } from "../../core/model/queues";
import type { IssueIndex } from "../../core/search/issueIndex";
import { withPendingOnce } from "../../core/sync/pendingSnapshot";
import { changeBetween, type IssuesChange, keepEqualIssues } from "../../core/sync/snapshotChange";
import { changeEvent, type NewEmitter } from "./changeEvent";
import type { OwnedPendingService } from "./pendingService";
import type { Store } from "./store/store";
import type { OwnedStoreService } from "./storeService";

/** The issues of the desk as last read, with pending changes applied. */
export interface IssueService {
  /** `undefined` until the first read ends. */
  snapshot(): IssueSnapshot | undefined;
  find(ref: IssueRef): Issue | undefined;
  /** The facts of an issue. Cached for each version of the issue. */
  factsOf(issue: Issue): IssueFacts;
  /** The search index for similar issues. It contains the issues passed to its `add`. */
  readonly index: IssueIndex;
  /** The time of the issues on screen if the last read failed or none has ended yet; `undefined` when they are current. */
  asOf(): Instant | undefined;
  /** Fires after issues, or the list of files that cannot be read, changed. */
  readonly onDidChange: vscode.Event<IssuesChange>;
}

export interface OwnedIssueService extends IssueService, vscode.Disposable {
  /** Reads all issues. Calls during a read share one more read after it. */
  read(): Promise<void>;
  /** Shows the writes to these issues; reads all issues again if the store has no copy of its own. */
  showWritten(refs: readonly IssueRef[]): Promise<void>;
  /** Replaces the issues with those that the store cached when it was last read. Returns whether there were any. */
  showCached(): Promise<boolean>;
  /** `written` are operations that a read contains. Their effect was announced before. */
  announce(written?: readonly PendingOperation[]): void;
}

interface IssueServiceDeps {
  readonly store: OwnedStoreService;
  readonly pending: Pick<OwnedPendingService, "operations" | "confirmed" | "forget">;
  readonly desk: () => Desk;
  readonly index: IssueIndex;
  /** Fires the events of all services that have changes. */
  readonly changed: (written?: readonly PendingOperation[]) => void;
  readonly newEmitter: NewEmitter;
}

/** Contains no issues before `showCached` or `read`. */
export function createIssueService({ store, pending, desk, index, changed, newEmitter }: IssueServiceDeps): OwnedIssueService {
  let last: { readonly from: Store; readonly read: IssueSnapshot | undefined } | undefined;
  let closed = false;

  /** The issues as last read from the current store. */
  const read = (): IssueSnapshot | undefined => (last?.from === store.current() ? last.read : undefined);
  const snapshot = withPendingOnce(() => {
    const now = read();
    return now && { snapshot: now, pending: pending.operations(), confirmed: pending.confirmed() };
  });
  const changes = changeEvent<IssueSnapshot | undefined, IssuesChange, readonly PendingOperation[]>(newEmitter, snapshot, (before, now, written) => {
    const change = changeBetween(before, now, written);
    return change === undefined ? [] : [change];
  });

  /** Shows a read that contains these operations. */
  function show(now: IssueSnapshot, confirmed: readonly PendingOperation[]): void {
    last = { from: store.current(), read: keepEqualIssues(read(), now) };
    pending.forget(confirmed);
  }

  const readAll = coalesce(async () => {
    const from = store.current();
    const confirmed = pending.confirmed();
    const result = await from.tracker.list({ state: "all" });
    if (from !== store.current() || closed) return;
    store.recordRead(result);
    if (result.kind === "ok") show(result.value, confirmed);
    changed(confirmed);
  });

  return {
    snapshot,
    find: (ref) => snapshot()?.issues.find((issue) => sameRef(issue.ref, ref)),
    factsOf: cacheFacts(desk),
    index,
    asOf: () => (store.isCurrent() ? undefined : read()?.at),
    onDidChange: changes.event,
    read: readAll,
    async showWritten(refs) {
      const from = store.current();
      const confirmed = pending.confirmed();
      const known = store.isCurrent() ? await from.written?.() : undefined;
      if (known === undefined || !refs.every((ref) => known.issues.some((issue) => sameRef(issue.ref, ref)))) return readAll();
      if (from !== store.current() || closed) return;
      show(known, confirmed);
      changed(confirmed);
    },
    async showCached() {
      const from = store.current();
      last = undefined;
      last = { from, read: await from.remembered() };
      return read() !== undefined;
    },
    announce: (written) => changes.compare(written),
    dispose() {
      closed = true;
      changes.dispose();
    },
  };
}

/** Computes and caches the facts of issues. All views and clocks share the cache. */
export function cacheFacts(desk: () => Desk): (issue: Issue) => IssueFacts {
  let of: Desk | undefined;
  let known = new WeakMap<Issue, IssueFacts>();
  return (issue) => {
    const now = desk();
    if (now !== of) known = new WeakMap();
    of = now;
    const facts = known.get(issue) ?? issueFacts(issue, now);
    known.set(issue, facts);
    return facts;
  };
}
