import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { CalendarDate } from "../calendarDate";
import type { Desk, Rotation } from "../desk/desk";
import { rotationsOf } from "../desk/roles";
import { sameLogin } from "../desk/sameLogin";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { startOfDay } from "./localTime";
import { dayAt, turnOfDay } from "./rotationDays";
import { stretchesOf } from "./stretches";
import type { Holders, Holding, Turn } from "./turn";

/**
 * Who is on duty in the first rotation at an instant, and the stretch for which these people are; `undefined` without a
 * rotation, before its first turn and outside its times of the day.
 */
export function turnAt(desk: Desk, at: Instant): Turn | undefined {
  const [rotation] = rotationsOf(desk);
  return rotation === undefined ? undefined : turnIn(desk, rotation, at);
}

function turnIn(desk: Desk, rotation: Rotation, at: Instant): Turn | undefined {
  const number = turnOfDay(rotation, dayAt(rotation, at, desk.timezone));
  const now = millisecondsOf(at);
  return number < 0 ? undefined : stretchesOf(desk, rotation, number).find((one) => one.from <= now && now < one.to)?.turn;
}

/** The next `count` stretches of duty in the first rotation that begin after an instant, in order; none without a rotation. */
export function nextTurns(desk: Desk, at: Instant, count: number): readonly Turn[] {
  const [rotation] = rotationsOf(desk);
  if (rotation === undefined) return [];
  const now = millisecondsOf(at);
  const turns: Turn[] = [];
  for (let number = Math.max(turnOfDay(rotation, dayAt(rotation, at, desk.timezone)), 0); turns.length < count; number += 1) {
    turns.push(...stretchesOf(desk, rotation, number).flatMap((one) => (one.from > now ? [one.turn] : [])));
  }
  return turns.slice(0, count);
}

/** Who holds which role at an instant, in all rotations; roles that nobody holds are absent. */
export function holdersAt(desk: Desk, at: Instant): Holders {
  return Object.fromEntries(rotationsOf(desk).flatMap((rotation) => Object.entries(turnIn(desk, rotation, at)?.holders ?? {})));
}

/**
 * Who holds which role at an instant, in all rotations, and the stretch of the turn in which this person holds it without a
 * break: an override of another role does not end it, one of this role does. Roles that nobody holds are absent.
 */
export function holdingAt(desk: Desk, at: Instant): Readonly<Record<string, Holding>> {
  const now = millisecondsOf(at);
  return Object.fromEntries(
    rotationsOf(desk).flatMap((rotation) => {
      const number = turnOfDay(rotation, dayAt(rotation, at, desk.timezone));
      const stretches = number < 0 ? [] : stretchesOf(desk, rotation, number);
      const index = stretches.findIndex((one) => one.from <= now && now < one.to);
      return Object.entries(stretches[index]?.turn.holders ?? {}).map(([role, login]) => {
        let [first, last] = [index, index];
        const goesOn = (one: number, other: number): boolean => stretches[one]?.to === stretches[other]?.from && [one, other].every((each) => stretches[each]?.turn.holders[role] === login);
        while (goesOn(first - 1, first)) first -= 1;
        while (goesOn(last, last + 1)) last += 1;
        return [role, { login, from: instantAt(stretches[first]?.from ?? now), to: instantAt(stretches[last]?.to ?? now) }] as const;
      });
    }),
  );
}

/** The turns before the one of an instant that are looked at for the last in which somebody was on duty. */
const turnsBack = 14;

/**
 * Whether a person held a role at an instant, or earlier in the turn under way, or in the last turn before it in which anybody did.
 * Without a rotation, and before the first turn, everybody counts as on duty.
 */
export function wasOnDuty(desk: Desk, login: string, at: Instant): boolean {
  const now = millisecondsOf(at);
  const begun = rotationsOf(desk).flatMap((rotation) => {
    const number = turnOfDay(rotation, dayAt(rotation, at, desk.timezone));
    return number < 0 ? [] : [{ rotation, number }];
  });
  if (begun.length === 0) return true;
  return begun.some(({ rotation, number }) => {
    const isHolder = ({ from, turn }: { readonly from: number; readonly turn: Turn }): boolean => from <= now && Object.values(turn.holders).some((holder) => sameLogin(holder, login));
    if (stretchesOf(desk, rotation, number).some(isHolder)) return true;
    for (let before = number - 1; before >= Math.max(number - turnsBack, 0); before -= 1) {
      const stretches = stretchesOf(desk, rotation, before);
      if (stretches.some(({ turn }) => Object.keys(turn.holders).length > 0)) return stretches.some(isHolder);
    }
    return false;
  });
}

/** All stretches of duty, in all rotations, that overlap the days from `firstDay` to `lastDay`, both included; in order of their beginnings. */
export function turnsBetween(desk: Desk, firstDay: CalendarDate, lastDay: CalendarDate): readonly Turn[] {
  const from = startOfDay(firstDay, desk.timezone);
  const to = startOfDay(addDays(lastDay, 1), desk.timezone);
  if (to <= from) return [];
  return rotationsOf(desk)
    .flatMap((rotation) => {
      // A night that began the day before still overlaps, and a day may begin late.
      const first = Math.max(turnOfDay(rotation, addDays(firstDay, -1)), 0);
      const last = turnOfDay(rotation, lastDay);
      return Array.from({ length: Math.max(last - first + 1, 0) }, (_, step) => stretchesOf(desk, rotation, first + step)).flat();
    })
    .filter((one) => one.from < to && from < one.to)
    .toSorted((a, b) => a.from - b.from)
    .map((one) => one.turn);
}
