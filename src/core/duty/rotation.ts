import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, daysBetween } from "../calendarDate";
import type { Desk, Rotation } from "../desk/desk";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { isAway } from "./away";
import { dateOf, localTime, startOfDay } from "./localTime";
import type { Holders, Turn } from "./turn";

/**
 * Who is on duty at an instant, and the stretch for which these people are; `undefined` without a rotation and before
 * its first turn.
 *
 * Turn n begins at the start of its first day in the desk's time zone. Role k of turn n goes to `people[(n + k) mod count]`,
 * so this turn's backup is the next turn's primary; somebody away on every day of the turn, or already holding a role, is
 * passed over for the next in order. Overrides split a turn: inside one, the roles it names are as it says. A role that
 * nobody can take is absent from the holders: a gap.
 */
export function turnAt(desk: Desk, at: Instant): Turn | undefined {
  if (desk.rotation === undefined) return undefined;
  const number = turnNumber(desk, desk.rotation, at);
  const now = millisecondsOf(at);
  return number < 0 ? undefined : stretches(desk, desk.rotation, number).find((one) => now < one.to)?.turn;
}

/** The next `count` stretches of duty that begin after an instant, in order; none without a rotation. */
export function nextTurns(desk: Desk, at: Instant, count: number): readonly Turn[] {
  if (desk.rotation === undefined) return [];
  const now = millisecondsOf(at);
  const turns: Turn[] = [];
  for (let number = Math.max(turnNumber(desk, desk.rotation, at), 0); turns.length < count; number += 1) {
    turns.push(...stretches(desk, desk.rotation, number).flatMap((one) => (one.from > now ? [one.turn] : [])));
  }
  return turns.slice(0, count);
}

function turnDays(rotation: Rotation): number {
  return rotation.every.amount * (rotation.every.unit === "w" ? 7 : 1);
}

function turnNumber(desk: Desk, rotation: Rotation, at: Instant): number {
  const elapsed = daysBetween(dateFrom(rotation.starts), dateOf(at, desk.timezone));
  return Math.floor(elapsed / turnDays(rotation));
}

/** A part of a turn; `from` and `to` in milliseconds since the epoch. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly turn: Turn;
}

/** Turn n as a whole, or its parts between the edges of overrides. */
function stretches(desk: Desk, rotation: Rotation, number: number): readonly Stretch[] {
  const days = turnDays(rotation);
  const firstDay = addDays(dateFrom(rotation.starts), number * days);
  const nextDay = addDays(firstDay, days);
  const start = startOfDay(firstDay, desk.timezone);
  const end = startOfDay(nextDay, desk.timezone);
  const overrides = rotation.overrides
    .map((one) => ({ roles: one.roles, from: localTime(one.from, "start", desk.timezone), to: localTime(one.to, "end", desk.timezone) }))
    .filter((one) => one.from < end && one.to > start);
  const edges = [...new Set([start, end, ...overrides.flatMap((one) => [one.from, one.to])])]
    .filter((edge) => start <= edge && edge <= end)
    .toSorted((a, b) => a - b);

  const away = new Set(desk.people.filter((one) => isAway(one, firstDay, nextDay)).map((one) => one.login));
  const count = rotation.people.length;
  const order = rotation.people.map((_, step) => rotation.people[(number + step) % count] ?? "");
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? end;
    const named = overrides.filter((one) => one.from <= from && from < one.to).reduce<Holders>((all, one) => ({ ...all, ...one.roles }), {});
    return { from, to, turn: { from: instantAt(from), to: instantAt(to), holders: holdersOf(rotation.roles, order, away, named) } };
  });
}

/** Role k goes to `order[k]`, else to the next in order who is there and free; named roles are as they are named. */
function holdersOf(roles: readonly string[], order: readonly string[], away: ReadonlySet<string>, named: Holders): Holders {
  const taken = new Set(Object.values(named));
  const holders: [string, string][] = [];
  for (const [k, role] of roles.entries()) {
    const login = named[role] ?? [...order.slice(k), ...order.slice(0, k)].find((one) => !away.has(one) && !taken.has(one));
    if (login === undefined) continue;
    taken.add(login);
    holders.push([role, login]);
  }
  return Object.fromEntries(holders);
}
