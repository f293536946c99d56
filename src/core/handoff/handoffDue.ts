import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { BusinessTime } from "../calendar/businessTime";
import { dateOf } from "../calendar/localTime";
import { type Desk, rotationsOf } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { sameLogin } from "../model/names";
import { partsOf, type PendingOperation } from "../model/operation";
import type { Holders, Shift } from "../model/shift";
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

/** Time before the end of a shift at which the handoff reminder is shown, in milliseconds. Less for a shift of less than 20 hours. */
const reminderTime = 2 * 3_600_000;

/**
 * What a person would hand over now: their shift, to whoever takes over at its end in the same rotation or in one that starts
 * then, such as on-call after the last part of the day. If there is nobody, to the next holder of the role. A person who is not
 * on call hands over the last seven days to the one who is.
 */
export function handoffShift(desk: Desk, outgoing: string, now: Instant): HandoffShift {
  const held = Object.entries(holdingAt(desk, now)).filter(([, { login }]) => sameLogin(login, outgoing));
  const [role, holding] = held.find(([name]) => isFirstRole(desk, name)) ?? held[0] ?? [];
  if (role === undefined || holding === undefined) {
    const roles = rotationsOf(desk)[0]?.roles ?? [];
    const period = { outgoing, from: instantAt(millisecondsOf(now) - week), to: now };
    return { ...period, ...peopleOf(roles, roles.find((name) => !sameLogin(holdersAt(desk, now)[name] ?? outgoing, outgoing)), holdersAt(desk, now)) };
  }
  const day = dateOf(holding.to, desk.timezone);
  const following = shiftsBetween(desk, day, addDays(day, maxDaysBetween)).filter((shift) => millisecondsOf(shift.from) >= millisecondsOf(holding.to));
  // A role belongs to one rotation only.
  const own = following.find((shift) => shift.holders[role] !== undefined);
  const other = own?.from === holding.to || !isFirstRole(desk, role) ? undefined : following.find((shift) => shift.from === holding.to && shift.holders[firstRoleOf(desk, shift)] !== undefined);
  const next = other ?? own;
  const nextRole = other === undefined ? role : firstRoleOf(desk, other);
  const rotation = rotationsOf(desk).find(({ roles }) => roles.includes(nextRole));
  return { outgoing, role, from: holding.from, to: holding.to, ...peopleOf(rotation?.roles ?? [], nextRole, next?.holders ?? {}) };
}

function firstRoleOf(desk: Desk, { rotation }: Shift): string {
  return rotationsOf(desk).find(({ name }) => name === rotation)?.roles[0] ?? "";
}

/**
 * When the reminder for the end of a shift is due: two hours before it, or a tenth of a short shift. Business time counts, except
 * for a shift that has none. Returns `undefined` if there is no such time.
 */
export function reminderAt(business: BusinessTime, now: Instant, { from, to }: Pick<HandoffShift, "from" | "to">): Instant | undefined {
  const before = Math.min(reminderTime, (millisecondsOf(to) - millisecondsOf(from)) / 10);
  if (business.between(from, to) === 0) return instantAt(Math.max(millisecondsOf(now), millisecondsOf(to) - before));
  const left = business.between(now, to) - before;
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
  const at = shift === undefined ? undefined : reminderAt(business, now, shift);
  if (shift === undefined || at === undefined) return undefined;
  const started = pending.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff" && sameLogin(operation.outgoing, login));
  const end = millisecondsOf(shift.to);
  const written = handoffIssues(issues, desk, ({ handoff }) => sameLogin(handoff.outgoing, login) && millisecondsOf(handoff.to) === end).length > 0;
  return started || written ? undefined : { shift, at };
}
