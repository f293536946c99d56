import { addDays } from "temporal-polyfill/fns/PlainDate";
import { startOfDay } from "../calendar/localTime";
import { type CalendarDate, dateText } from "../model/calendarDate";
import { type Desk, type Rotation, rotationsOf } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { sameLogin } from "../model/names";
import type { Holders, Holding, Shift } from "../model/shift";
import { dayAt, firstDayOf, shiftOfDay } from "./rotationDays";
import { shiftShares, stretchesOf } from "./stretches";

/**
 * Who is on duty in the first rotation at an instant, and the stretch for which these people are; `undefined` without a
 * rotation, before its first turn and outside its times of the day.
 */
export function shiftAt(desk: Desk, at: Instant): Shift | undefined {
  const [rotation] = rotationsOf(desk);
  return rotation === undefined ? undefined : shiftIn(desk, rotation, at);
}

function shiftIn(desk: Desk, rotation: Rotation, at: Instant): Shift | undefined {
  const number = shiftOfDay(rotation, dayAt(rotation, at, desk.timezone));
  const now = millisecondsOf(at);
  return number < 0 ? undefined : stretchesOf(desk, rotation, number).find((one) => one.from <= now && now < one.to)?.shift;
}

/** The next `count` stretches of duty in the first rotation that begin after an instant, in order; none without a rotation. */
export function nextShifts(desk: Desk, at: Instant, count: number): readonly Shift[] {
  const [rotation] = rotationsOf(desk);
  if (rotation === undefined) return [];
  const now = millisecondsOf(at);
  const shifts: Shift[] = [];
  for (let number = Math.max(shiftOfDay(rotation, dayAt(rotation, at, desk.timezone)), 0); shifts.length < count; number += 1) {
    shifts.push(...stretchesOf(desk, rotation, number).flatMap((one) => (one.from > now ? [one.shift] : [])));
  }
  return shifts.slice(0, count);
}

/** Who holds which role at an instant, in all rotations; roles that nobody holds are absent. */
export function holdersAt(desk: Desk, at: Instant): Holders {
  return Object.fromEntries(rotationsOf(desk).flatMap((rotation) => Object.entries(shiftIn(desk, rotation, at)?.holders ?? {})));
}

/**
 * Who holds which role at an instant, in all rotations, and the stretch of the turn in which this person holds it without a
 * break: an override of another role does not end it, one of this role does. Roles that nobody holds are absent.
 */
export function holdingAt(desk: Desk, at: Instant): Readonly<Record<string, Holding>> {
  const now = millisecondsOf(at);
  return Object.fromEntries(
    rotationsOf(desk).flatMap((rotation) => {
      const number = shiftOfDay(rotation, dayAt(rotation, at, desk.timezone));
      const stretches = number < 0 ? [] : stretchesOf(desk, rotation, number);
      const index = stretches.findIndex((one) => one.from <= now && now < one.to);
      return Object.entries(stretches[index]?.shift.holders ?? {}).map(([role, login]) => {
        let [first, last] = [index, index];
        const goesOn = (one: number, other: number): boolean => stretches[one]?.to === stretches[other]?.from && [one, other].every((each) => stretches[each]?.shift.holders[role] === login);
        while (goesOn(first - 1, first)) first -= 1;
        while (goesOn(last, last + 1)) last += 1;
        return [role, { login, from: instantAt(stretches[first]?.from ?? now), to: instantAt(stretches[last]?.to ?? now) }] as const;
      });
    }),
  );
}

/** The turns before the one of an instant that are looked at for the last in which somebody was on duty. */
const shiftsBack = 14;

/**
 * Whether a person held a role at an instant, or earlier in the turn under way, or in the last turn before it in which anybody did.
 * Without a rotation, and before the first turn, everybody counts as on duty.
 */
export function wasOnCall(desk: Desk, login: string, at: Instant): boolean {
  const now = millisecondsOf(at);
  const started = rotationsOf(desk).flatMap((rotation) => {
    const number = shiftOfDay(rotation, dayAt(rotation, at, desk.timezone));
    return number < 0 ? [] : [{ rotation, number }];
  });
  if (started.length === 0) return true;
  return started.some(({ rotation, number }) => {
    const isHolder = ({ from, shift }: { readonly from: number; readonly shift: Shift }): boolean => from <= now && Object.values(shift.holders).some((holder) => sameLogin(holder, login));
    if (stretchesOf(desk, rotation, number).some(isHolder)) return true;
    for (let before = number - 1; before >= Math.max(number - shiftsBack, 0); before -= 1) {
      const stretches = stretchesOf(desk, rotation, before);
      if (stretches.some(({ shift }) => Object.keys(shift.holders).length > 0)) return stretches.some(isHolder);
    }
    return false;
  });
}

/** All stretches of duty, in all rotations, that overlap the days from `firstDay` to `lastDay`, both included; in order of their beginnings. */
export function shiftsBetween(desk: Desk, firstDay: CalendarDate, lastDay: CalendarDate): readonly Shift[] {
  const from = startOfDay(firstDay, desk.timezone);
  const to = startOfDay(addDays(lastDay, 1), desk.timezone);
  if (to <= from) return [];
  return rotationsOf(desk)
    .flatMap((rotation) => {
      // A night that began the day before still overlaps, and a day may begin late.
      const first = Math.max(shiftOfDay(rotation, addDays(firstDay, -1)), 0);
      const last = shiftOfDay(rotation, lastDay);
      return Array.from({ length: Math.max(last - first + 1, 0) }, (_, step) => stretchesOf(desk, rotation, first + step)).flat();
    })
    .filter((one) => one.from < to && from < one.to)
    .toSorted((a, b) => a.from - b.from)
    .map((one) => one.shift);
}

/** A turn as one role sees it: its first and last day as ISO dates, and who has the role for most of it. */
export interface RoleShift {
  readonly from: string;
  readonly to: string;
  readonly login: string;
}

/** Turn n of a rotation for one of its roles; `undefined` before the first turn and where nobody has the role. */
export function roleShift(desk: Desk, rotation: Rotation, role: string, number: number): RoleShift | undefined {
  if (number < 0) return undefined;
  const [most] = shiftShares(desk, rotation, number).filter((one) => one.role === role).toSorted((a, b) => b.share - a.share);
  if (most === undefined) return undefined;
  return { from: dateText(firstDayOf(rotation, number)), to: dateText(addDays(firstDayOf(rotation, number + 1), -1)), login: most.login };
}

/** For each role who holds it and when, in order; stretches of the same person that touch are one. */
export function holdingsOf(shifts: readonly Shift[]): ReadonlyMap<string, readonly Holding[]> {
  const byRole = new Map<string, Holding[]>();
  for (const { from, to, holders } of shifts.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    for (const [role, login] of Object.entries(holders)) {
      const held = byRole.get(role) ?? [];
      byRole.set(role, held);
      const last = held.at(-1);
      if (last?.login === login && last.to === from) held[held.length - 1] = { ...last, to };
      else held.push({ login, from, to });
    }
  }
  return byRole;
}
