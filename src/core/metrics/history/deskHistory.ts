import type { BusinessTime } from "../../calendar/businessTime";
import type { Desk } from "../../model/desk";
import { millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { distinctLogins, distinctNames } from "../../model/names";
import type { RunbookDetails } from "../../model/runbook";
import { upperBound } from "../../model/sorting";
import { type DeskNames, deskNames } from "./deskNames";
import { timesWithin } from "./nameSpans";

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
  /** When versions came into force between two times, both exclusive. */
  changes(from: number, to: number): readonly number[];
  /** The version in force at a time. */
  at(at: number): DeskVersion;
  /** The names in all versions. */
  readonly names: DeskNames;
  /** The time between two instants, counted under each version that was in force. Zero if the second is not after the first. */
  between(from: number, to: number): Times;
}

/** Creates the history of a desk from its versions in order of time. There is at least one. A version that seems to start before the one before it starts with it. */
export function deskHistory([first, ...later]: readonly [DeskVersion, ...DeskVersion[]]): DeskHistory {
  const versions = [first, ...later];
  const changes: number[] = [];
  for (const { from } of later) changes.push(Math.max(millisecondsOf(from), changes.at(-1) ?? -Infinity));
  // Most versions differ in something else than their business time.
  const clocks = versions.flatMap(({ time }, index) => (time === versions[index - 1]?.time ? [] : [{ from: changes[index - 1] ?? -Infinity, time }]));
  const clockStarts = clocks.map((clock) => clock.from);
  return {
    current: versions.at(-1) ?? first,
    versions,
    changes: (from, to) => timesWithin(changes, from, to),
    at: (at) => versions[upperBound(changes, at)] ?? first,
    names: deskNames(versions.map(({ desk }) => desk)),
    between(from, to) {
      if (!(to > from)) return noTime;
      let business = 0;
      for (let index = upperBound(clockStarts, from) - 1; index < clocks.length; index += 1) {
        const start = Math.max(from, clockStarts[index] ?? -Infinity);
        const end = Math.min(to, clockStarts[index + 1] ?? Infinity);
        if (start >= to) break;
        if (end > start) business += clocks[index]?.time.millisecondsBetween(start, end) ?? 0;
      }
      return { business, wall: to - from };
    },
  };
}

export const noTime: Times = { business: 0, wall: 0 };

interface EverNamed {
  readonly kinds: readonly { readonly name: string }[];
  readonly priorities: readonly { readonly name: string }[];
}

/** The kinds and priorities of a desk, and then those that only earlier versions of it have. Issues of then still have them. */
export function namesEver({ versions }: Pick<DeskHistory, "versions">): EverNamed {
  const named = (namesOf: (desk: Desk) => readonly { readonly name: string }[]): EverNamed["kinds"] => distinctNames(versions.toReversed().flatMap(({ desk }) => namesOf(desk).map(({ name }) => name))).map((name) => ({ name }));
  return { kinds: named(({ kinds }) => kinds), priorities: named(({ priorities }) => priorities) };
}

/** Logins of the people of a desk, and then those of people who are only in earlier versions of it. What they noted then still counts. */
export function peopleEver({ versions }: Pick<DeskHistory, "versions">): readonly string[] {
  return distinctLogins(versions.toReversed().flatMap(({ desk }) => desk.people.map(({ login }) => login)));
}

/** The sum of several lengths. */
export function sumTimes(all: readonly Times[]): Times {
  return all.reduce((sum, { business, wall }) => ({ business: sum.business + business, wall: sum.wall + wall }), noTime);
}
