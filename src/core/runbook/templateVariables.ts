import type { Desk } from "../desk/desk";
import { deskRoles } from "../desk/roles";

/** Where the value of a template's variable comes from; `asked`: from the person who creates the issue. */
export type VariableSource = "date" | "team" | "me" | "role" | "parent" | "asked";

/** A variable that templates need not ask for. */
export interface KnownVariable {
  readonly name: string;
  readonly source: Exclude<VariableSource, "asked">;
}

/** Every variable that a template may name on this desk without anybody being asked, the plainest first. */
export function knownVariables(desk: Desk): readonly KnownVariable[] {
  const own = (["date", "team", "me"] as const).map((name) => ({ name, source: name }));
  const roles = deskRoles(desk).map((name) => ({ name, source: "role" as const }));
  const parents = ["parent", ...desk.kinds.map((kind) => kind.name)].flatMap((prefix) => ["number", "ref", "title", "author"].map((part) => `${prefix}.${part}`));
  const parent = ["title", "priority", "services", "reporter", ...parents].map((name) => ({ name, source: "parent" as const }));
  return [...own, ...roles, ...parent];
}

/** Where a variable's value comes from. */
export function variableSource(name: string, desk: Desk): VariableSource {
  return knownVariables(desk).find((known) => known.name === name)?.source ?? "asked";
}
