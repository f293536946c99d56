import { isDate } from "../../calendarDate";
import { failed } from "../../result";
import { deskToEdit, overridesEdit, rotationOf, type RotationEdit } from "./rotationEdit";
import { overrideSpan } from "../stretches";

/** Somebody has a role for a while, in place of whoever has it then. */
export interface Cover {
  readonly role: string;
  readonly login: string;
  /** The first and the last day, or local times as `2026-11-24T12:00`, of which `to` is exclusive. */
  readonly from: string;
  readonly to: string;
}

/** Writes a cover into the text of a `desk.yml` as an override. */
export function coverEdit(text: string, { role, login, from, to }: Cover): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  if (!isDutyTime(from) || !isDutyTime(to)) return failed({ kind: "badTime", from, to });
  const span = overrideSpan(rotation.value, { from, to }, desk.value.timezone);
  if (span.from >= span.to) return failed({ kind: "badTime", from, to });
  return overridesEdit(text, desk.value, rotation.value, [{ from, to, roles: { [role]: login } }]);
}

/** Whether a text is a date, or a local time to the minute, of a day that exists. */
export function isDutyTime(text: string): boolean {
  return isDate(text) || (/^T([01]\d|2[0-3]):[0-5]\d$/.test(text.slice(10)) && isDate(text.slice(0, 10)));
}
