import type { Failure } from "../../core/failure";
import { millisecondsOf } from "../../core/instantTime";
import type { Issue } from "../../core/issue/issue";
import { refKey, type IssueRef } from "../../core/issue/issueRef";
import type { IssueRelations } from "../../core/issue/relations";
import { createSingleFlight } from "../../core/model/queues";
import type { Clock, IssueTracker } from "../../core/ports";

/** What issues are linked to, as it was read when somebody looked below them. */
export interface LinkShelf {
  /** What was last read, without asking; `undefined` when nothing was. */
  known(ref: IssueRef): KeptLinks | undefined;
  /** Reads, unless what is known is of the issue as it is here and a few minutes old at most; says whether it did. */
  load(ref: IssueRef): Promise<boolean>;
  forget(): void;
}

export interface KeptLinks {
  readonly relations?: IssueRelations;
  /** Why the last reading failed; `relations` are then of one before. */
  readonly failure?: Failure;
  /** It was read so long ago that it is to be read again. */
  readonly old: boolean;
}

interface Kept extends Omit<KeptLinks, "old"> {
  readonly updatedAt?: string;
  readonly until: number;
}

const lasting = 300_000;
const lastingFailure = 30_000;

/** `issue` gives an issue as it is shown; `changed` is called after each reading. */
export function linkShelf(tracker: Pick<IssueTracker, "relations">, clock: Clock, issue: (ref: IssueRef) => Issue | undefined, changed: (ref: IssueRef) => void): LinkShelf {
  const kept = new Map<string, Kept>();
  const readings = createSingleFlight<boolean>();

  const isOld = ({ until }: Kept): boolean => millisecondsOf(clock.now()) >= until;

  async function read(key: string, ref: IssueRef, updatedAt: string | undefined): Promise<boolean> {
    const result = await tracker.relations(ref);
    const before = kept.get(key)?.relations;
    const found = result.kind === "ok" ? { relations: result.value } : { failure: result.failure, ...(before === undefined ? {} : { relations: before }) };
    const until = millisecondsOf(clock.now()) + (result.kind === "ok" ? lasting : lastingFailure);
    kept.set(key, { ...found, until, ...(updatedAt === undefined ? {} : { updatedAt }) });
    changed(ref);
    return true;
  }

  return {
    known(ref) {
      const known = kept.get(refKey(ref));
      return known && { ...known, old: isOld(known) };
    },
    async load(ref) {
      const key = refKey(ref);
      const before = kept.get(key);
      const updatedAt = issue(ref)?.updatedAt;
      if (before !== undefined && before.updatedAt === updatedAt && !isOld(before)) return false;
      return readings(key, () => read(key, ref, updatedAt));
    },
    forget: () => kept.clear(),
  };
}
