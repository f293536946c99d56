import { rotationsOf } from "../../desk/roles";
import { failed } from "../../result";
import { withoutPause, type Steps } from "../../steps";
import type { TurnPlan } from "../plan/turnPlan";
import { deskToEdit, plannedEdit, type RotationEdit } from "./rotationEdit";

/** Writes the turns of a plan into the text of a `desk.yml`; turns that were planned before are planned anew. */
export function planEdit(text: string, plan: Pick<TurnPlan, "rotation" | "turns">): RotationEdit {
  return withoutPause(planEditSteps(text, plan));
}

/** The same in steps, none of which takes long. */
export function* planEditSteps(text: string, plan: Pick<TurnPlan, "rotation" | "turns">): Steps<RotationEdit> {
  const desk = deskToEdit(text);
  yield 1;
  if (desk.kind === "failed") return desk;
  const rotation = rotationsOf(desk.value).find(({ name }) => name === plan.rotation);
  if (rotation === undefined) return failed({ kind: "noRotation" });
  return yield* plannedEdit(text, desk.value, rotation, plan.turns.map(({ starts, holders }) => ({ starts, roles: holders })));
}
