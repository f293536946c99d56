import { dateFrom, isDate } from "../../calendarDate";
import { failed } from "../../result";
import { roleTurn } from "../roleTurn";
import { turnOfDay } from "../rotationDays";
import { deskToEdit, overridesEdit, rotationOf, type RotationEdit } from "./rotationEdit";

/** Two turns in which the holders of a role take each other's place, each given by an ISO date in it. */
export interface Swap {
  readonly role: string;
  readonly first: string;
  readonly second: string;
}

/** Writes a swap of two turns into the text of a `desk.yml` as two overrides. */
export function swapEdit(text: string, { role, first, second }: Swap): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  if (!isDate(first) || !isDate(second)) return failed({ kind: "badTime", from: first, to: second });
  const [one, other] = [first, second].map((date) => roleTurn(desk.value, rotation.value, role, turnOfDay(rotation.value, dateFrom(date))));
  if (one === undefined || other === undefined) return failed({ kind: "noHolder", role });
  if (one.login === other.login) return failed({ kind: "holdsAlready", role, login: one.login });
  return overridesEdit(text, desk.value, rotation.value, [
    { from: one.from, to: one.to, roles: { [role]: other.login } },
    { from: other.from, to: other.to, roles: { [role]: one.login } },
  ]);
}
