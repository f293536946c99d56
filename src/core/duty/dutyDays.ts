import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../calendarDate";
import type { Desk } from "../desk/desk";
import { rotationsOf } from "../desk/roles";
import { instantAt, millisecondsOf } from "../instantTime";
import { startOfDay, wallTimeOf } from "./localTime";
import { turnsBetween } from "./rotation";

/** Who is on duty on one day on the wall of the desk. */
export interface DutyDay {
  /** ISO date. */
  readonly date: string;
  readonly parts: readonly DutyPart[];
}

/** One role on one day, or a part of it; without `login` it is a gap. */
export interface DutyPart {
  readonly role: string;
  readonly login?: string;
  /** Local times `HH:MM` at which it begins and ends, where that is not with the day. */
  readonly from?: string;
  readonly to?: string;
}

/** All days from one ISO date to another, both included, with everybody who is on duty: role by role, in order of time. */
export function dutyDays(desk: Desk, from: string, to: string): readonly DutyDay[] {
  const rolesOf = new Map(rotationsOf(desk).map(({ name, roles }) => [name, roles]));
  const held = turnsBetween(desk, dateFrom(from), dateFrom(to)).flatMap((turn) =>
    (rolesOf.get(turn.rotation) ?? []).map((role) => ({ role, login: turn.holders[role], from: millisecondsOf(turn.from), to: millisecondsOf(turn.to) })),
  );
  const roles = rotationsOf(desk).flatMap((rotation) => rotation.roles);
  const days: DutyDay[] = [];
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

interface Held {
  readonly role: string;
  readonly login: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** What touches and has the same holder becomes one. */
function joined(parts: readonly Held[]): readonly Held[] {
  return parts.reduce<readonly Held[]>((all, part) => {
    const last = all.at(-1);
    return last?.to === part.from && last.login === part.login ? [...all.slice(0, -1), { ...last, to: part.to }] : [...all, part];
  }, []);
}
