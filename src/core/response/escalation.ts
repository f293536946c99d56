import type { BusinessTime } from "../calendar/businessTime";
import type { Desk, EscalationLevel } from "../model/desk";
import { compareInstants } from "../model/instantOrder";
import type { Instant } from "../model/issue";
import { sameLogin } from "../model/names";
import type { Holders } from "../model/shift";
import { businessLength } from "./responseClock";

/** A level of the escalation policy for one issue. */
interface AskedLevel extends EscalationLevel {
  /** From 1. */
  readonly number: number;
  /** Who is asked now: holders of the roles that the level names, and people named themselves; each once. */
  readonly logins: readonly string[];
  /** When the policy asks them, in the desk's business time; `undefined` where that time never comes. */
  readonly at?: Instant;
  readonly passed: boolean;
}

/** The levels of the desk's policy for an issue that was reported then, in order, with the people they ask as of `now`. */
export function escalationLevels(desk: Desk, holders: Holders, time: BusinessTime, reported: Instant, now: Instant): readonly AskedLevel[] {
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

/** Who a role or login stands for: who is on duty in that role, else all who have it outside the rotation, else that person. */
export function peopleFor(desk: Desk, holders: Holders, name: string): readonly string[] {
  const holder = holders[name];
  if (holder !== undefined) return [holder];
  const able = desk.people.filter(({ roles }) => roles.includes(name)).map(({ login }) => login);
  if (able.length > 0) return able;
  return desk.people.some(({ login }) => sameLogin(login, name)) || desk.people.length === 0 ? [name] : [];
}

/** Roles that people have outside the rotation, as being on site. */
export function standingRoles(desk: Desk): readonly string[] {
  return [...new Set(desk.people.flatMap(({ roles }) => roles))];
}
