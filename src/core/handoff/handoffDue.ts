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
import { handoffIssues } from "./handoffIssues";

/** Who hands over which shift to whom. */
export interface HandoffShift {
  readonly outgoing: string;
  readonly from: Instant;
  readonly to: Instant;
  /** The role that ends. Absent for a person without a role. */
  readonly role?: string;
  /** Absent when nobody follows. */
  readonly incoming?: string;
  readonly beside: readonly string[];
}

const week = 7 * 24 * 3_600_000;

/** Maximum number of days until the next person's shift starts. */
const maxDaysBetween = 14;

/** Business time before the end of a shift at which the handoff reminder is shown, in milliseconds. */
const reminderTime = 2 * 3_600_000;

/**
 * What a person would hand over now: their shift, to the next holder of its role. A person who is not on call hands over the
 * last seven days to the one who is.
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
    // A role belongs to one rotation only.
    (shift) => shift.holders[role] !== undefined && millisecondsOf(shift.from) >= millisecondsOf(holding.to),
  );
  return { outgoing, role, from: holding.from, to: holding.to, ...peopleOf(rotation?.roles ?? [], role, next?.holders ?? {}) };
}

/** When the reminder for the end of a shift is due: two hours of business time before it. Returns `undefined` if there is no such time. */
export function reminderAt(business: BusinessTime, now: Instant, to: Instant): Instant | undefined {
  const left = business.between(now, to) - reminderTime;
  return left <= 0 ? now : business.after(now, left);
}

/** The current shift of a person that somebody else continues. Returns `undefined` if they do not hold the first role of a rotation, or keep it. */
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

/** A shift without a handoff, and when its holder is reminded. */
export interface HandoffDue {
  readonly shift: HandoffShift;
  readonly at: Instant;
}

/** The handoff that a person still has to write for the current shift. Returns `undefined` if there is none, or if it exists or is pending. */
export function handoffDue(desk: Desk, business: BusinessTime, login: string, issues: readonly Issue[], pending: readonly PendingOperation[], now: Instant): HandoffDue | undefined {
  const shift = endingShift(desk, login, now);
  const at = shift === undefined ? undefined : reminderAt(business, now, shift.to);
  if (shift === undefined || at === undefined) return undefined;
  const started = pending.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff" && sameLogin(operation.outgoing, login));
  const end = millisecondsOf(shift.to);
  const written = handoffIssues(issues, desk, ({ handoff }) => sameLogin(handoff.outgoing, login) && millisecondsOf(handoff.to) === end).length > 0;
  return started || written ? undefined : { shift, at };
}
