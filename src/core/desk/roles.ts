import type { Desk } from "./desk";

/** Every role a runbook may address with @: those of the rotation, those of people, and `lead`; each once, in that order. */
export function deskRoles(desk: Pick<Desk, "rotation" | "people">): readonly string[] {
  return [...new Set([...(desk.rotation?.roles ?? []), ...desk.people.flatMap((person) => person.roles), "lead"])];
}
