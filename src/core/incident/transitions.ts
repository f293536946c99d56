import type { Desk } from "../model/desk";
import { hasName, sameName } from "../model/names";
import { failed, ok, type Result } from "../model/result";

/** The stages that an issue can go to from a stage, in the order of the desk. All others, if the desk lists none for it. */
export function nextStages(desk: Pick<Desk, "stages" | "transitions">, from: string): readonly string[] {
  const listed = Object.entries(desk.transitions).find(([stage]) => sameName(stage, from))?.[1];
  return desk.stages.filter((stage) => !sameName(stage, from) && (listed === undefined || hasName(listed, stage)));
}

/** Whether an issue can go from one stage to another. It can always stay in its stage. Fails with the stages that it can go to. */
export function checkStage(desk: Pick<Desk, "stages" | "transitions">, from: string, to: string): Result<void, readonly string[]> {
  const possible = nextStages(desk, from);
  return sameName(from, to) || hasName(possible, to) ? ok(undefined) : failed(possible);
}
