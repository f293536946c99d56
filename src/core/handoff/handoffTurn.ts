import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { Desk } from "../desk/desk";
import { rotationsOf } from "../desk/roles";
import { sameLogin } from "../desk/sameLogin";
import type { BusinessTime } from "../duty/businessTime";
import { dateOf } from "../duty/localTime";
import { holdersAt, holdingAt, turnsBetween } from "../duty/rotation";
import type { Holders } from "../duty/turn";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";

/** Who hands over what stretch of time to whom. */
export interface HandoffTurn {
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
const mostDaysBetween = 14;
/** Business time before a turn's end from which a hand-off is asked for. */
const reminderTime = 2 * 3_600_000;

/**
 * What a person hands over now: their turn, to whoever has its role next. Somebody who is not on duty hands over the last
 * seven days to the one who is.
 */
export function turnToHandOff(desk: Desk, outgoing: string, now: Instant): HandoffTurn {
  const held = Object.entries(holdingAt(desk, now)).filter(([, { login }]) => sameLogin(login, outgoing));
  const [role, holding] = held.find(([name]) => isFirstRole(desk, name)) ?? held[0] ?? [];
  if (role === undefined || holding === undefined) {
    const roles = rotationsOf(desk)[0]?.roles ?? [];
    const period = { outgoing, from: instantAt(millisecondsOf(now) - week), to: now };
    return { ...period, ...peopleOf(roles, roles.find((name) => !sameLogin(holdersAt(desk, now)[name] ?? outgoing, outgoing)), holdersAt(desk, now)) };
  }
  const rotation = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  const day = dateOf(holding.to, desk.timezone);
  const next = turnsBetween(desk, day, addDays(day, mostDaysBetween)).find(
    // No role is in two rotations.
    (turn) => turn.holders[role] !== undefined && millisecondsOf(turn.from) >= millisecondsOf(holding.to),
  );
  return { outgoing, role, from: holding.from, to: holding.to, ...peopleOf(rotation?.roles ?? [], role, next?.holders ?? {}) };
}

/** From when on the end of a turn is near: two hours of business time before it. `undefined` where that never comes. */
export function reminderAt(business: BusinessTime, now: Instant, to: Instant): Instant | undefined {
  const left = business.between(now, to) - reminderTime;
  return left <= 0 ? now : business.after(now, left);
}

/** The turn of a person that somebody else goes on with; `undefined` where they hold no first role of a rotation, or keep it. */
export function endingTurn(desk: Desk, login: string, now: Instant): HandoffTurn | undefined {
  const turn = turnToHandOff(desk, login, now);
  const ends = turn.role !== undefined && isFirstRole(desk, turn.role) && !sameLogin(turn.incoming ?? "", login);
  return ends ? turn : undefined;
}

function isFirstRole(desk: Desk, role: string): boolean {
  return rotationsOf(desk).some(({ roles }) => roles[0] === role);
}

function peopleOf(roles: readonly string[], role: string | undefined, holders: Holders): Pick<HandoffTurn, "incoming" | "beside"> {
  const incoming = role === undefined ? undefined : holders[role];
  const beside = roles.flatMap((name) => (name === role || holders[name] === undefined ? [] : [holders[name]]));
  return { ...(incoming === undefined ? {} : { incoming }), beside };
}
