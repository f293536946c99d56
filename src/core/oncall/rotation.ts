import { compareTexts } from "../model/sorting";
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

/** The shift of the first rotation at an instant. Returns `undefined` without a rotation, before its first shift and outside on-call hours. */
export function shiftAt(desk: Desk, at: Instant): Shift | undefined {
  const [rotation] = rotationsOf(desk);
  return rotation === undefined ? undefined : shiftIn(desk, rotation, at);
}

function shiftIn(desk: Desk, rotation: Rotation, at: Instant): Shift | undefined {
  const number = shiftOfDay(rotation, dayAt(rotation, at, desk.timezone));
  const now = millisecondsOf(at);
  return number < 0 ? undefined : stretchesOf(desk, rotation, number).find((one) => one.from <= now && now < one.to)?.shift;
}

/** The next `count` shifts of the first rotation that start after an instant. */
export function nextShifts(desk: Desk, at: Instant, count: number): readonly Shift[] {
  const [rotation] = rotationsOf(desk);
  return rotation === undefined ? [] : nextShiftsIn(desk, rotation, at, count);
}

/** The shift that starts next, in any rotation: the next part of the day, on-call, or next week's shift. If several start together, that of the first rotation. */
export function nextShift(desk: Desk, at: Instant): Shift | undefined {
  const shifts = rotationsOf(desk).flatMap((rotation) => nextShiftsIn(desk, rotation, at, 1));
  return shifts.toSorted((a, b) => millisecondsOf(a.from) - millisecondsOf(b.from))[0];
}

function nextShiftsIn(desk: Desk, rotation: Rotation, at: Instant, count: number): readonly Shift[] {
  const now = millisecondsOf(at);
  const shifts: Shift[] = [];
  for (let number = Math.max(shiftOfDay(rotation, dayAt(rotation, at, desk.timezone)), 0); shifts.length < count; number += 1) {
    shifts.push(...stretchesOf(desk, rotation, number).flatMap((one) => (one.from > now ? [one.shift] : [])));
  }
  return shifts.slice(0, count);
}

/** The holder of each role at an instant, in all rotations. Roles without a holder are absent. */
export function holdersAt(desk: Desk, at: Instant): Holders {
  return Object.fromEntries(rotationsOf(desk).flatMap((rotation) => Object.entries(shiftIn(desk, rotation, at)?.holders ?? {})));
}

/** The role that new issues go to: the first role of the first rotation that covers this part of the day. Returns `undefined` if nobody holds one. */
export function firstRoleOnCall(desk: Desk, holders: Holders): string | undefined {
  return rotationsOf(desk).flatMap(({ roles }) => roles.slice(0, 1)).find((role) => holders[role] !== undefined);
}

/**
 * The holder of each role at an instant, in all rotations, and the part of the shift that they hold without a break. Only
 * overrides of the same role end it. Roles without a holder are absent.
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

/** Maximum number of earlier shifts that are searched for the last one with a holder. */
const shiftsBack = 14;

/**
 * Whether a person held a role at an instant, earlier in the current shift, or in the last shift before it with a holder.
 * Without a rotation, and before its first shift, everybody counts as on call.
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

/** All shifts, in all rotations, that overlap the days from `firstDay` to `lastDay`, both inclusive, sorted by start. */
export function shiftsBetween(desk: Desk, firstDay: CalendarDate, lastDay: CalendarDate): readonly Shift[] {
  const from = startOfDay(firstDay, desk.timezone);
  const to = startOfDay(addDays(lastDay, 1), desk.timezone);
  if (to <= from) return [];
  return rotationsOf(desk)
    .flatMap((rotation) => {
      // A shift past midnight overlaps the next day, and a day can start late.
      const first = Math.max(shiftOfDay(rotation, addDays(firstDay, -1)), 0);
      const last = shiftOfDay(rotation, lastDay);
      return Array.from({ length: Math.max(last - first + 1, 0) }, (_, step) => stretchesOf(desk, rotation, first + step)).flat();
    })
    .filter((one) => one.from < to && from < one.to)
    .toSorted((a, b) => a.from - b.from)
    .map((one) => one.shift);
}

/** A shift for one role: its first and last day as ISO dates, and who holds the role for most of it. */
export interface RoleShift {
  readonly from: string;
  readonly to: string;
  readonly login: string;
}

/** Shift n of a rotation for one of its roles. Returns `undefined` before the first shift and if nobody holds the role. */
export function roleShift(desk: Desk, rotation: Rotation, role: string, number: number): RoleShift | undefined {
  if (number < 0) return undefined;
  const [most] = shiftShares(desk, rotation, number).filter((one) => one.role === role).toSorted((a, b) => b.share - a.share);
  if (most === undefined) return undefined;
  return { from: dateText(firstDayOf(rotation, number)), to: dateText(addDays(firstDayOf(rotation, number + 1), -1)), login: most.login };
}

/** The holders of each role in order. Adjacent spans of the same person are joined. */
export function holdingsOf(shifts: readonly Shift[]): ReadonlyMap<string, readonly Holding[]> {
  const byRole = new Map<string, Holding[]>();
  for (const { from, to, holders } of shifts.toSorted((a, b) => compareTexts(a.from, b.from))) {
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
