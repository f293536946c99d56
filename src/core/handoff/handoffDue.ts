import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { BusinessTime } from "../calendar/businessTime";
import { dateOf } from "../calendar/localTime";
import { type Desk, rotationsOf } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { sameLogin } from "../model/names";
import { partsOf, type PendingOperation } from "../model/operation";
import type { Holders } from "../model/shift";
import { holdersAt, holdingAt, shiftsBetween } from "../oncall/rotation";
import { handoffIssues } from "./waitingHandoffs";

/** Who hands over what stretch of time to whom. */
export interface HandoffShift {
  readonly outgoing: string;
  readonly from: Instant;
  readonly to: Instant;
  /** The role that ends; absent for somebody who holds none now. */
  readonly role?: string;
  /** Absent where nobody is next. */
  readonly incoming?: string;
  readonly beside: readonly string[];
}

const week = 7 * 24 * 3_600_000;

/** Somebody who comes on duty later than this is not the one to hand over to. */
const maxDaysBetween = 14;

/** Business time before a turn's end from which a hand-off is asked for. */
const reminderTime = 2 * 3_600_000;

/**
 * What a person hands over now: their turn, to whoever has its role next. Somebody who is not on duty hands over the last
 * seven days to the one who is.
 */
export function handoffShift(desk: Desk, outgoing: string, now: Instant): HandoffShift {
  const held = Object.entries(holdingAt(desk, now)).filter(([, { login }]) => sameLogin(login, outgoing));
  const [role, holding] = held.find(([name]) => isFirstRole(desk, name)) ?? held[0] ?? [];
  if (role === undefined || holding === undefined) {
    const roles = rotationsOf(desk)[0]?.roles ?? [];
    const period = { outgoing, from: instantAt(millisecondsOf(now) - week), to: now };
    return { ...period, ...peopleOf(roles, roles.find((name) => !sameLogin(holdersAt(desk, now)[name] ?? outgoing, outgoing)), holdersAt(desk, now)) };
  }
  const rotation = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  const day = dateOf(holding.to, desk.timezone);
  const next = shiftsBetween(desk, day, addDays(day, maxDaysBetween)).find(
    // No role is in two rotations.
    (shift) => shift.holders[role] !== undefined && millisecondsOf(shift.from) >= millisecondsOf(holding.to),
  );
  return { outgoing, role, from: holding.from, to: holding.to, ...peopleOf(rotation?.roles ?? [], role, next?.holders ?? {}) };
}

/** From when on the end of a turn is near: two hours of business time before it. `undefined` where that never comes. */
export function reminderAt(business: BusinessTime, now: Instant, to: Instant): Instant | undefined {
  const left = business.between(now, to) - reminderTime;
  return left <= 0 ? now : business.after(now, left);
}

/** The turn of a person that somebody else goes on with; `undefined` where they hold no first role of a rotation, or keep it. */
export function endingShift(desk: Desk, login: string, now: Instant): HandoffShift | undefined {
  const shift = handoffShift(desk, login, now);
  const ends = shift.role !== undefined && isFirstRole(desk, shift.role) && !sameLogin(shift.incoming ?? "", login);
  return ends ? shift : undefined;
}

function isFirstRole(desk: Desk, role: string): boolean {
  return rotationsOf(desk).some(({ roles }) => roles[0] === role);
}

function peopleOf(roles: readonly string[], role: string | undefined, holders: Holders): Pick<HandoffShift, "incoming" | "beside"> {
  const incoming = role === undefined ? undefined : holders[role];
  const beside = roles.flatMap((name) => (name === role || holders[name] === undefined ? [] : [holders[name]]));
  return { ...(incoming === undefined ? {} : { incoming }), beside };
}

/** A turn that nobody has handed off yet, and from when on its person is reminded of that. */
export interface HandoffDue {
  readonly shift: HandoffShift;
  readonly at: Instant;
}

/** The hand-off that a person owes at the end of the turn they hold; `undefined` where there is none, or it is written or being written. */
export function handoffDue(desk: Desk, business: BusinessTime, login: string, issues: readonly Issue[], pending: readonly PendingOperation[], now: Instant): HandoffDue | undefined {
  const shift = endingShift(desk, login, now);
  const at = shift === undefined ? undefined : reminderAt(business, now, shift.to);
  if (shift === undefined || at === undefined) return undefined;
  const started = pending.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff" && sameLogin(operation.outgoing, login));
  const end = millisecondsOf(shift.to);
  const written = handoffIssues(issues, desk, ({ handoff }) => sameLogin(handoff.outgoing, login) && millisecondsOf(handoff.to) === end).length > 0;
  return started || written ? undefined : { shift, at };
}
