import { checklistKind } from "./checklistKind";

/** Name and label of the built-in kind of issue that holds the hand-off of a turn. No desk names it. */
export const handoffKind = "handoff";

/** The kinds that are the product's own: they hold how a team works, not what it works on. */
export const ownKinds: readonly string[] = [checklistKind, handoffKind];

/** Whether an issue of the kind is one that the team works on, and no checklist or hand-off. */
export function isWork(kind: string | undefined): boolean {
  return kind === undefined || !ownKinds.includes(kind);
}
