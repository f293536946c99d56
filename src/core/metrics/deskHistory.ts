import type { BusinessTime } from "../calendar/businessTime";
import type { Desk } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import type { RunbookDetails } from "../model/runbook";

/** A desk as it was from some time on: its configuration, and its business time with the calendars of that time. */
export interface DeskVersion {
  /** When it came into force. The first version also counts for all time before that. */
  readonly from: Instant;
  readonly desk: Desk;
  readonly time: BusinessTime;
  /** The front matter of a runbook then, by its path from the workspace folder. */
  readonly details?: (path: string) => RunbookDetails | undefined;
}

/** A length of time in milliseconds: business time, and all time. Neither is negative, and business time is never longer. */
export interface Times {
  readonly business: number;
  readonly wall: number;
}

/** The versions of a desk. Times are in milliseconds since the epoch. */
export interface DeskHistory {
  /** The version in force now. */
  readonly current: DeskVersion;
  /** All versions, the oldest first. */
  readonly versions: readonly DeskVersion[];
  /** When each version except the first came into force. */
  readonly changes: readonly number[];
  /** The version in force at a time. */
  at(at: number): DeskVersion;
  /** The time between two instants, counted under each version that was in force. Zero if the second is not after the first. */
  between(from: number, to: number): Times;
}

/** Creates the history of a desk from its versions in order of time. There is at least one. A version that seems to start before the one before it starts with it. */
export function deskHistory([first, ...later]: readonly [DeskVersion, ...DeskVersion[]]): DeskHistory {
  const versions = [first, ...later];
  const changes: number[] = [];
  for (const { from } of later) changes.push(Math.max(millisecondsOf(from), changes.at(-1) ?? -Infinity));
  const indexAt = (at: number): number => changes.findLastIndex((change) => change <= at) + 1;
  return {
    current: versions.at(-1) ?? first,
    versions,
    changes,
    at: (at) => versions[indexAt(at)] ?? first,
    between(from, to) {
      if (!(to > from)) return { business: 0, wall: 0 };
      let business = 0;
      for (let index = indexAt(from); index < versions.length; index += 1) {
        const start = Math.max(from, changes[index - 1] ?? -Infinity);
        const end = Math.min(to, changes[index] ?? Infinity);
        if (start >= to) break;
        if (end > start) business += versions[index]?.time.between(instantAt(start), instantAt(end)) ?? 0;
      }
      return { business, wall: to - from };
    },
  };
}

/** The sum of several lengths. */
export function sumTimes(all: readonly Times[]): Times {
  return all.reduce((sum, { business, wall }) => ({ business: sum.business + business, wall: sum.wall + wall }), { business: 0, wall: 0 });
}
