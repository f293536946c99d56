import { dateTextOf } from "../calendar/localTime";
import { roleComment } from "../markup/issueTexts";
import { renderMilestone } from "../markup/milestone";
import { type Desk, rotationsOf } from "../model/desk";
import type { Instant, Issue } from "../model/issue";
import { hasLogin, sameLogin, sameName } from "../model/names";
import type { SingleOperation } from "../model/operation";
import type { Holders } from "../model/shift";
import { isAbsentOn } from "../oncall/absence";
import type { IncidentState } from "./incidentState";

/** The role of the person who leads an incident. Every desk has it. */
export const leadRole = "lead";

/** Why somebody is a doubtful holder of a role. `offShift`: others of their rotation are on call now. */
export type RoleProblemCode = "away" | "offShift";

/** A doubtful holder of a role in an incident. */
export interface RoleProblem {
  readonly role: string;
  readonly login: string;
  readonly code: RoleProblemCode;
}

/** The roles of an open incident whose holders are away, and its lead if they are off shift. `holders` are on call now. */
export function roleProblems(desk: Desk, state: IncidentState, now: Instant, holders: Holders): readonly RoleProblem[] {
  if (!["reported", "acknowledged", "mitigated"].includes(state.phase)) return [];
  return state.roles.flatMap(({ role, login }) => {
    const code = holderProblem(desk, role, login, now, holders);
    return code === undefined ? [] : [{ role, login, code }];
  });
}

/** Why a person is a doubtful holder of a role now. `undefined` if nothing is known against it. */
export function holderProblem(desk: Desk, role: string, login: string, now: Instant, holders: Holders): RoleProblemCode | undefined {
  const person = desk.people.find((one) => sameLogin(one.login, login));
  if (person !== undefined && isAbsentOn(person, dateTextOf(now, desk.timezone))) return "away";
  if (!sameName(role, leadRole) || Object.values(holders).some((holder) => sameLogin(holder, login))) return undefined;
  const isCovered = rotationsOf(desk).some(({ people, roles }) => hasLogin(people, login) && roles.some((one) => holders[one] !== undefined));
  return isCovered ? "offShift" : undefined;
}

/** The changes that give a role to a person, or to nobody if `login` is empty. The lead is also assigned to the issue. */
export function roleOperations(issue: Issue, state: IncidentState, role: string, login: string): readonly SingleOperation[] {
  const before = state.roles.find((held) => sameName(held.role, role))?.login;
  const isLead = sameName(role, leadRole);
  return [
    { kind: "comment", ref: issue.ref, markdown: renderMilestone(isLead ? "lead" : "role", roleComment(role, login, before), { role, login }) },
    ...(isLead && login !== "" && !hasLogin(issue.assignees, login) ? [{ kind: "edit" as const, ref: issue.ref, change: { kind: "assign" as const, add: [login], remove: [] } }] : []),
  ];
}
