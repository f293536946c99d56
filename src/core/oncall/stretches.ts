import { addDays } from "temporal-polyfill/fns/PlainDate";
import { localTime, type Span } from "../calendar/localTime";
import { dateFrom, dateText } from "../model/calendarDate";
import type { Desk, Rotation, RotationOverride } from "../model/desk";
import { instantAt } from "../model/instant";
import type { Holders, Shift } from "../model/shift";
import { isAway } from "./absence";
import { dayStart, firstDayOf, onCallSpans, orderOf, workingDays } from "./rotationDays";

/** A part of a shift with the same people on call. */
interface Stretch extends Span {
  readonly shift: Shift;
}

/**
 * Shift n of a rotation, split at the edges of overrides and on-call hours. Role k goes to the k-th person of the order, so the
 * backup is the next primary. A person who is away on all working days, or already holds a role, is skipped. Planned shifts
 * take precedence over the order, and overrides over both. A role that nobody can take is absent: a gap.
 */
export function stretchesOf(desk: Desk, rotation: Rotation, number: number): readonly Stretch[] {
  const firstDay = firstDayOf(rotation, number);
  const nextDay = firstDayOf(rotation, number + 1);
  const spans = onCallSpans(rotation, firstDay, nextDay, desk.timezone);
  const [start, end] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0];
  const overrides = rotation.overrides
    .map((one) => ({ roles: one.roles, ...overrideSpan(rotation, one, desk.timezone) }))
    .filter((one) => one.from < end && one.to > start);
  const edges = [...new Set(overrides.flatMap((one) => [one.from, one.to]))].toSorted((a, b) => a - b);

  const absent = desk.people.filter((one) => one.away.length > 0);
  const days = absent.length === 0 ? [] : workingDays(rotation, number);
  const away = new Set(absent.filter((one) => isAway(one, days)).map((one) => one.login));
  const order = orderOf(rotation, number);
  const planned = rotation.planned.find((one) => one.starts === dateText(firstDay))?.roles ?? {};
  return spans
    .flatMap((span) => cut(span, edges))
    .map(({ from, to }) => {
      const named = overrides.filter((one) => one.from <= from && from < one.to).reduce<Holders>((all, one) => ({ ...all, ...one.roles }), {});
      const shift = { from: instantAt(from), to: instantAt(to), holders: holdersOf(rotation.roles, order, away, withPlanned(named, planned)) };
      return { from, to, shift: rotation.name === undefined ? shift : { ...shift, rotation: rotation.name } };
    });
}

/** The time span of an override. */
export function overrideSpan(rotation: Rotation, { from, to }: Pick<RotationOverride, "from" | "to">, timezone: string): Span {
  return {
    from: from.includes("T") ? localTime(from, "start", timezone) : dayStart(rotation, dateFrom(from), timezone),
    to: to.includes("T") ? localTime(to, "end", timezone) : dayStart(rotation, addDays(dateFrom(to), 1), timezone),
  };
}

function cut({ from, to }: Span, edges: readonly number[]): readonly Span[] {
  const inside = [from, ...edges.filter((edge) => from < edge && edge < to), to];
  return inside.slice(0, -1).map((edge, index) => ({ from: edge, to: inside[index + 1] ?? to }));
}

/** The planned holders, without those whom an override gives another role. */
function withPlanned(named: Holders, planned: Holders): Holders {
  const taken = new Set(Object.values(named));
  return { ...Object.fromEntries(Object.entries(planned).filter(([, login]) => !taken.has(login))), ...named };
}

/** Role k goes to `order[k]`, otherwise to the next person in order who is available. Roles in `named` are fixed. */
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

/** The share of a shift that a person holds a role, from 0 to 1. */
interface ShiftShare {
  readonly role: string;
  readonly login: string;
  readonly share: number;
}

/** The holders of each role in shift n with their shares. With covers, a role can have several holders. */
export function shiftShares(desk: Desk, rotation: Rotation, number: number): readonly ShiftShare[] {
  const stretches = stretchesOf(desk, rotation, number);
  const whole = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const shares = new Map<string, ShiftShare>();
  for (const { from, to, shift } of stretches) {
    for (const [role, login] of Object.entries(shift.holders)) {
      const key = `${role}/${login}`;
      shares.set(key, { role, login, share: (shares.get(key)?.share ?? 0) + (to - from) / whole });
    }
  }
  return [...shares.values()];
}
