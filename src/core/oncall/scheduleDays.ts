import { addDays } from "temporal-polyfill/fns/PlainDate";
import { startOfDay, wallTimeOf } from "../calendar/localTime";
import { dateFrom, dateText } from "../model/calendarDate";
import { type Desk, rotationsOf } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import { shiftsBetween } from "./rotation";

/** Who is on call on one local date of the desk. */
export interface OnCallDay {
  /** ISO date. */
  readonly date: string;
  readonly parts: readonly OnCallPart[];
}

/** One role on one day or part of it. Without `login` it is a gap. */
export interface OnCallPart {
  readonly role: string;
  readonly login?: string;
  /** Local times `HH:MM` of start and end, if they differ from those of the day. */
  readonly from?: string;
  readonly to?: string;
}

/** All days between two ISO dates, both inclusive, with everybody who is on call, by role and then by time. */
export function onCallDays(desk: Desk, from: string, to: string): readonly OnCallDay[] {
  const rolesOf = new Map(rotationsOf(desk).map(({ name, roles }) => [name, roles]));
  const held = shiftsBetween(desk, dateFrom(from), dateFrom(to)).flatMap((shift) =>
    (rolesOf.get(shift.rotation) ?? []).map((role) => ({ role, login: shift.holders[role], from: millisecondsOf(shift.from), to: millisecondsOf(shift.to) })),
  );
  const roles = rotationsOf(desk).flatMap((rotation) => rotation.roles);
  const days: OnCallDay[] = [];
  for (let day = dateFrom(from); dateText(day) <= to; day = addDays(day, 1)) {
    const [start, end] = [startOfDay(day, desk.timezone), startOfDay(addDays(day, 1), desk.timezone)];
    const here = held.filter((one) => one.from < end && start < one.to);
    const wall = (milliseconds: number): string => wallTimeOf(instantAt(milliseconds), desk.timezone).slice(11, 16);
    const parts = roles.flatMap((role) =>
      joined(here.filter((one) => one.role === role)).map(({ login, from: first, to: last }) => ({
        role,
        ...(login === undefined ? {} : { login }),
        ...(first > start ? { from: wall(first) } : {}),
        ...(last < end ? { to: wall(last) } : {}),
      })),
    );
    days.push({ date: dateText(day), parts });
  }
  return days;
}

interface HeldRole {
  readonly role: string;
  readonly login: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Joins adjacent parts with the same holder. */
function joined(parts: readonly HeldRole[]): readonly HeldRole[] {
  return parts.reduce<readonly HeldRole[]>((all, part) => {
    const last = all.at(-1);
    return last?.to === part.from && last.login === part.login ? [...all.slice(0, -1), { ...last, to: part.to }] : [...all, part];
  }, []);
}
