import type { Desk, Rotation } from "./desk";

/** Every rotation of a desk, the one without a name first. */
export function rotationsOf(desk: Pick<Desk, "rotation" | "rotations">): readonly Rotation[] {
  return [...(desk.rotation === undefined ? [] : [desk.rotation]), ...desk.rotations];
}

/** Every role a runbook may address with @: those of the rotations, those of people, and `lead`; each once, in that order. */
export function deskRoles(desk: Pick<Desk, "rotation" | "rotations" | "people">): readonly string[] {
  const roles = [...rotationsOf(desk).flatMap((rotation) => rotation.roles), ...desk.people.flatMap((person) => person.roles), "lead"];
  const lower = roles.map((role) => role.toLowerCase());
  return roles.filter((_, index) => lower.indexOf(lower[index] ?? "") === index);
}
