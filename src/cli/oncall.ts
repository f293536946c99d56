import path from "node:path";
import { wallTimeOf } from "../core/calendar/localTime";
import { rotationsOf } from "../core/model/desk";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import { holdingAt } from "../core/oncall/rotation";
import { deskTime, instantOf } from "./deskTime";
import { readDeskIn } from "./desks";
import { formatMessage } from "./output";

/** Asks who is on call at the desk in a folder, now or at a given time. */
export interface OnCallRequest {
  readonly folder: string;
  readonly at?: string;
  readonly json: boolean;
}

/** Who is on call and whether the desk is open, as text or JSON. Fails with a sentence that explains why. */
export async function onCall({ folder, at: typed, json }: OnCallRequest, workingFolder: string, now: Instant): Promise<Result<string, string>> {
  const folderPath = path.resolve(workingFolder, folder);
  const desk = await readDeskIn(folderPath, folder);
  if (desk.kind === "failed") return desk;
  const at = instantOf(typed ?? now, desk.value);
  if (at.kind === "failed") return at;
  const time = await deskTime(desk.value, folderPath);
  if (time.kind === "failed") return failed(time.failure);

  const { open, until = null } = time.value.openAt(at.value);
  const holdings = holdingAt(desk.value, at.value);
  const roles = rotationsOf(desk.value).flatMap((rotation) => rotation.roles.map((role) => [role, holdings[role] ?? null] as const));
  if (json) return ok(`${JSON.stringify({ at: at.value, open, until, roles: Object.fromEntries(roles) }, null, 2)}\n`);

  const wall = (instant: Instant): string => wallTimeOf(instant, desk.value.timezone).slice(0, 16).replace("T", " ");
  const state = `${open ? "open" : "closed"}${until === null ? "" : ` until ${wall(until)}`}`;
  const lines = roles.map(([role, holding]) => (holding === null ? formatMessage("{0}: nobody", role) : formatMessage("{0}: {1} until {2}", role, holding.login, wall(holding.to))));
  return ok([formatMessage("{0} ({1}): {2}", wall(at.value), desk.value.timezone, state), ...(lines.length === 0 ? ["The desk has no rotation."] : lines), ""].join("\n"));
}
