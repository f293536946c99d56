import type { Desk } from "../desk/desk";
import { serviceLabel, stageLabel } from "../issue/stageLabel";

/** The labels that a desk gives a meaning to, then those that its issues have besides. */
export function deskLabels(desk: Desk, onIssues: readonly string[]): readonly string[] {
  const own = [...desk.kinds.flatMap((kind) => kind.label ?? []), ...desk.priorities.map((priority) => priority.label), ...desk.stages.map(stageLabel), ...desk.services.map(serviceLabel)];
  return [...new Set([...own, ...[...onIssues].sort()])];
}
