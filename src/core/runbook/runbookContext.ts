import { type Desk, deskRoles } from "../model/desk";

/** What of the desk a runbook may name, so that mentions are found and slips are told. */
export interface RunbookContext {
  readonly kinds: readonly string[];
  readonly roles: readonly string[];
  readonly priorities: readonly string[];
  /** Logins; a field that wants a role takes a person as well. */
  readonly people?: readonly string[];
  /** Whether the workspace has a file; absent: links are not checked. */
  readonly exists?: (path: string) => boolean;
}

/** The names of a desk. `exists` tells whether the workspace has a file of that path. */
export function runbookContext(desk: Desk, exists?: (path: string) => boolean): RunbookContext {
  return {
    kinds: desk.kinds.map((kind) => kind.name),
    roles: deskRoles(desk),
    priorities: desk.priorities.map((priority) => priority.name),
    people: desk.people.map((person) => person.login),
    ...(exists === undefined ? {} : { exists }),
  };
}
