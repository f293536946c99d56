import type * as vscode from "vscode";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import { type IssueRef, refKey } from "../../core/model/issueRef";
import type { Clock, IssueTracker } from "../../core/model/ports";
import { createSingleFlight } from "../../core/model/queues";
import type { IssueRelations } from "../../core/model/relations";
import type { NewEmitter } from "./changeEvent";

/** What issues are linked to, as it was read when somebody looked below them. */
export interface LinkService {
  /** What was last read, without asking; `undefined` when nothing was. */
  known(ref: IssueRef): CachedLinks | undefined;
  /** Reads, unless what is known is of the issue as it is here and a few minutes old at most. Gives whether it did. */
  load(ref: IssueRef): Promise<boolean>;
  /** Fires after the links of an issue were read. */
  readonly onDidChange: vscode.Event<IssueRef>;
}

interface CachedLinks {
  readonly relations?: IssueRelations;
  /** Why the last reading failed; `relations` are then of one before. */
  readonly failure?: Failure;
  /** It was read so long ago that it is to be read again. */
  readonly old: boolean;
}

export interface OwnedLinkService extends LinkService, vscode.Disposable {
  /** Drops what is known, so that it is read again. */
  forget(): void;
}

interface LinkServiceDeps {
  /** The tracker of the store in use. What another one said is dropped. */
  readonly tracker: () => Pick<IssueTracker, "relations">;
  /** An issue as it is shown. */
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

/** Reads nothing before somebody asks for it. */
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
