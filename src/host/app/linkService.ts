import type * as vscode from "vscode";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import { type IssueRef, refKey } from "../../core/model/issueRef";
import type { Clock, IssueTracker } from "../../core/model/ports";
import { createSingleFlight } from "../../core/model/queues";
import type { IssueRelations } from "../../core/model/relations";
import type { NewEmitter } from "./changeEvent";

/** The links of issues, loaded when a user expands an issue. */
export interface LinkService {
  /** The links as last loaded, without a request; `undefined` if they were never loaded. */
  known(ref: IssueRef): CachedLinks | undefined;
  /** Loads the links, unless they are a few minutes old at most and of this version of the issue. Returns whether it loaded them. */
  load(ref: IssueRef): Promise<boolean>;
  /** Fires after the links of an issue were loaded. */
  readonly onDidChange: vscode.Event<IssueRef>;
}

interface CachedLinks {
  readonly relations?: IssueRelations;
  /** Why the last load failed. `relations` are then from an earlier one. */
  readonly failure?: Failure;
  /** Whether the links are so old that they are to be loaded again. */
  readonly old: boolean;
}

export interface OwnedLinkService extends LinkService, vscode.Disposable {
  /** Clears the cache. */
  forget(): void;
}

interface LinkServiceDeps {
  /** The tracker of the current store. The cache is cleared when it changes. */
  readonly tracker: () => Pick<IssueTracker, "relations">;
  /** An issue as shown. */
  readonly issue: (ref: IssueRef) => Issue | undefined;
  readonly newEmitter: NewEmitter;
  readonly clock: Clock;
}

interface Cached extends Omit<CachedLinks, "old"> {
  readonly updatedAt?: string;
  readonly until: number;
}

interface Cache {
  readonly of: Pick<IssueTracker, "relations">;
  readonly links: Map<string, Cached>;
  readonly readings: ReturnType<typeof createSingleFlight<boolean>>;
}

const lasting = 300_000;

const failureLifetime = 30_000;

/** Loads nothing before `load` is called. */
export function createLinkService({ tracker, issue, newEmitter, clock }: LinkServiceDeps): OwnedLinkService {
  const changed = newEmitter<IssueRef>();
  let cache: Cache | undefined;

  function current(): Cache {
    const of = tracker();
    if (cache?.of !== of) cache = { of, links: new Map(), readings: createSingleFlight() };
    return cache;
  }

  const isOld = ({ until }: Cached): boolean => millisecondsOf(clock.now()) >= until;

  async function read({ of, links }: Cache, ref: IssueRef, updatedAt: string | undefined): Promise<boolean> {
    const key = refKey(ref);
    const result = await of.relations(ref);
    const before = links.get(key)?.relations;
    const found = result.kind === "ok" ? { relations: result.value } : { failure: result.failure, ...(before === undefined ? {} : { relations: before }) };
    const until = millisecondsOf(clock.now()) + (result.kind === "ok" ? lasting : failureLifetime);
    links.set(key, { ...found, until, ...(updatedAt === undefined ? {} : { updatedAt }) });
    changed.fire(ref);
    return true;
  }

  return {
    known(ref) {
      const known = current().links.get(refKey(ref));
      return known && { ...known, old: isOld(known) };
    },
    async load(ref) {
      const mine = current();
      const key = refKey(ref);
      const before = mine.links.get(key);
      const updatedAt = issue(ref)?.updatedAt;
      if (before !== undefined && before.updatedAt === updatedAt && !isOld(before)) return false;
      return mine.readings(key, () => read(mine, ref, updatedAt));
    },
    forget: () => current().links.clear(),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
