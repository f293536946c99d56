import { businessLength } from "../calendar/businessLength";
import type { BusinessTime } from "../calendar/businessTime";
import type { Desk, EscalationLevel } from "../model/desk";
import { compareInstants } from "../model/instant";
import type { Instant } from "../model/issue";
import { sameLogin } from "../model/names";
import type { Holders } from "../model/shift";

/** A level of the escalation policy, resolved for one issue. */
interface ResolvedLevel extends EscalationLevel {
  /** One-based. */
  readonly number: number;
  /** The people to ask now: holders of the level's roles and people named directly, without duplicates. */
  readonly logins: readonly string[];
  /** When the level is due in business time. Absent if it never is. */
  readonly at?: Instant;
  readonly passed: boolean;
}

/** The levels of the escalation policy for an issue reported at an instant, in order, with the people to ask now. */
export function escalationLevels(desk: Desk, holders: Holders, time: BusinessTime, reported: Instant, now: Instant): readonly ResolvedLevel[] {
  return desk.escalation.map((level, index) => {
    const at = time.after(reported, businessLength(desk, level.after));
    return {
      ...level,
      number: index + 1,
      logins: [...new Set(level.to.flatMap((name) => peopleFor(desk, holders, name)))],
      ...(at === undefined ? {} : { at }),
      passed: at !== undefined && compareInstants(at, now) <= 0,
    };
  });
}

/** The people behind a role or login: the current holder, otherwise everybody with that standing role, otherwise the person. */
export function peopleFor(desk: Desk, holders: Holders, name: string): readonly string[] {
  const holder = holders[name];
  if (holder !== undefined) return [holder];
  const able = desk.people.filter(({ roles }) => roles.includes(name)).map(({ login }) => login);
  if (able.length > 0) return able;
  return desk.people.some(({ login }) => sameLogin(login, name)) || desk.people.length === 0 ? [name] : [];
}

/** Roles that people have outside of rotations, such as on-site support. */
export function standingRoles(desk: Desk): readonly string[] {
  return [...new Set(desk.people.flatMap(({ roles }) => roles))];
}
