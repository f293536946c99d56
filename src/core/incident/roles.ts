import { dateTextOf } from "../calendar/localTime";
import { issueFacts } from "../issue/issueFacts";
import { roleComment } from "../markup/issueTexts";
import { renderMilestone } from "../markup/milestone";
import { type Desk, rotationsOf } from "../model/desk";
import type { Instant, Issue } from "../model/issue";
import { hasLogin, sameLogin, sameName } from "../model/names";
import type { SingleOperation } from "../model/operation";
import type { Holders } from "../model/shift";
import { isAbsentOn } from "../oncall/absence";
import { type IncidentState, incidentState } from "./incidentState";

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

/** The one open incident that a person works on: the only one they lead, otherwise the only one they are assigned to or have a role in. */
export function currentIncident(desk: Desk, issues: readonly Issue[], me: string | undefined): Issue | undefined {
  if (me === undefined) return undefined;
  const open = issues.filter((issue) => issue.state === "open" && issueFacts(issue, desk).kind === "incident").map((issue) => ({ issue, state: incidentState(desk, issue) }));
  const holds = (roles: readonly { readonly role: string; readonly login: string }[], role?: string): boolean => roles.some((held) => sameLogin(held.login, me) && (role === undefined || sameName(held.role, role)));
  const led = open.filter(({ state }) => holds(state.roles, leadRole));
  const mine = led.length > 0 ? led : open.filter(({ issue, state }) => hasLogin(issue.assignees, me) || holds(state.roles));
  return mine.length === 1 ? mine[0]?.issue : undefined;
}
