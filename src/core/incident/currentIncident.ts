import { issueFacts } from "../issue/issueFacts";
import type { Desk } from "../model/desk";
import type { Issue } from "../model/issue";
import { hasLogin, sameLogin, sameName } from "../model/names";
import { incidentState } from "./incidentState";
import { leadRole } from "./roles";

/** The one open incident that a person works on: the only one they lead, otherwise the only one they are assigned to or have a role in. */
export function currentIncident(desk: Desk, issues: readonly Issue[], me: string | undefined): Issue | undefined {
  if (me === undefined) return undefined;
  const open = issues.filter((issue) => issue.state === "open" && issueFacts(issue, desk).kind === "incident").map((issue) => ({ issue, state: incidentState(desk, issue) }));
  const holds = (roles: readonly { readonly role: string; readonly login: string }[], role?: string): boolean => roles.some((held) => sameLogin(held.login, me) && (role === undefined || sameName(held.role, role)));
  const led = open.filter(({ state }) => holds(state.roles, leadRole));
  const mine = led.length > 0 ? led : open.filter(({ issue, state }) => hasLogin(issue.assignees, me) || holds(state.roles));
  return mine.length === 1 ? mine[0]?.issue : undefined;
}
