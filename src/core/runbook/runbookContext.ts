import { type Desk, deskRoles, rolePeople, rotationsOf } from "../model/desk";

/** The names of the desk that a runbook can use, for finding mentions and typos. */
export interface RunbookContext {
  readonly kinds: readonly string[];
  readonly roles: readonly string[];
  readonly priorities: readonly string[];
  /** Logins. Fields for a role accept people as well. */
  readonly people?: readonly string[];
  /** Logins, and the roles that somebody has, so that they can approve a step. Default: all roles and people. */
  readonly approvers?: readonly string[];
  /** Whether the workspace contains a file. Absent: links are not checked. */
  readonly exists?: (path: string) => boolean;
  /** Paths of the desk's runbooks, for sub-procedures in flowcharts that name one. */
  readonly runbooks?: readonly string[];
}

/** The context for a desk. `exists` returns whether the workspace contains a file, and `runbooks` are the paths of all runbooks. */
export function runbookContext(desk: Desk, exists?: (path: string) => boolean, runbooks?: readonly string[]): RunbookContext {
  return {
    kinds: desk.kinds.map((kind) => kind.name),
    roles: deskRoles(desk),
    priorities: desk.priorities.map((priority) => priority.name),
    people: desk.people.map((person) => person.login),
    approvers: [...desk.people.map((person) => person.login), ...rotationsOf(desk).flatMap(({ roles }) => roles), ...Object.keys(rolePeople(desk))],
    ...(exists === undefined ? {} : { exists }),
    ...(runbooks === undefined ? {} : { runbooks }),
  };
}
