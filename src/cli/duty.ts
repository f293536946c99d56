import path from "node:path";
import { rotationsOf } from "../core/desk/roles";
import { wallTimeOf } from "../core/duty/localTime";
import { holdingAt } from "../core/duty/rotation";
import type { Instant } from "../core/issue/issue";
import { failed, ok, type Result } from "../core/result";
import { deskTime } from "./deskTime";
import { instantOf } from "./instantOf";
import { readDeskIn } from "./readDeskIn";
import { say } from "./say";

/** Whose duty is asked for: that of the desk in a folder, at an instant or now. */
export interface DutyRequest {
  readonly folder: string;
  readonly at?: string;
  readonly json: boolean;
}

/** Who is on duty and whether the desk is open, as text or JSON, or why it cannot be told. */
export async function duty({ folder, at: typed, json }: DutyRequest, standsIn: string, now: Instant): Promise<Result<string, string>> {
  const place = path.resolve(standsIn, folder);
  const desk = await readDeskIn(place, folder);
  if (desk.kind === "failed") return desk;
  const at = instantOf(typed ?? now, desk.value);
  if (at.kind === "failed") return at;
  const time = await deskTime(desk.value, place);
  if (time.kind === "failed") return failed(time.failure);

  const { open, until = null } = time.value.openAt(at.value);
  const holdings = holdingAt(desk.value, at.value);
  const roles = rotationsOf(desk.value).flatMap((rotation) => rotation.roles.map((role) => [role, holdings[role] ?? null] as const));
  if (json) return ok(`${JSON.stringify({ at: at.value, open, until, roles: Object.fromEntries(roles) }, null, 2)}\n`);

  const wall = (instant: Instant): string => wallTimeOf(instant, desk.value.timezone).slice(0, 16).replace("T", " ");
  const state = `${open ? "open" : "closed"}${until === null ? "" : ` until ${wall(until)}`}`;
  const lines = roles.map(([role, holding]) => (holding === null ? say("{0}: nobody", role) : say("{0}: {1} until {2}", role, holding.login, wall(holding.to))));
  return ok([say("{0} ({1}): {2}", wall(at.value), desk.value.timezone, state), ...(lines.length === 0 ? ["There is no rotation."] : lines), ""].join("\n"));
}
