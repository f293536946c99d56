import { failed } from "../../result";
import type { Instant } from "../../issue/issue";
import { wallTimeOf } from "../localTime";
import { holdingAt } from "../rotation";
import { sameLogin } from "../../desk/sameLogin";
import { deskToEdit, overridesEdit, rotationOf, type RotationEdit } from "./rotationEdit";

/** Somebody takes a role over now. */
export interface TakeOver {
  readonly role: string;
  readonly login: string;
  readonly at: Instant;
}

/**
 * Writes a take-over into the text of a `desk.yml` as an override from this minute until whoever has the role would have handed it
 * on. Who takes over gives the role of the same rotation that they have, as backup, in return.
 */
export function takeOverEdit(text: string, { role, login, at }: TakeOver): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  const holdings = holdingAt(desk.value, at);
  const holding = holdings[role];
  if (holding === undefined) return failed({ kind: "noHolder", role });
  if (sameLogin(holding.login, login)) return failed({ kind: "holdsAlready", role, login });
  const own = rotation.value.roles.find((one) => sameLogin(holdings[one]?.login ?? "", login));
  const minute = (instant: Instant): string => wallTimeOf(instant, desk.value.timezone).slice(0, 16);
  return overridesEdit(text, desk.value, rotation.value, [
    { from: minute(at), to: minute(holding.to), roles: { [role]: login, ...(own === undefined ? {} : { [own]: holding.login }) } },
  ]);
}
