import path from "node:path";
import { wallTimeOf } from "../core/calendar/localTime";
import { dateFrom } from "../core/model/calendarDate";
import { type Desk, rotationsOf } from "../core/model/desk";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import type { Shift } from "../core/model/shift";
import { shiftsBetween } from "../core/oncall/rotation";
import { scheduleCalendar } from "../core/oncall/scheduleCalendar";
import { describePeriodFlaw } from "./deskTime";
import { readDeskIn } from "./desks";
import { formatMessage } from "./output";

export type ScheduleFormat = "text" | "json" | "ics";

/** Asks for the shifts of the desk in a folder between two dates, both included. */
export interface ScheduleRequest {
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  readonly format: ScheduleFormat;
}

/** The shifts as text, JSON or iCalendar. Fails with a sentence that explains why. */
export async function schedule({ folder, from, to, format }: ScheduleRequest, workingFolder: string, now: Instant): Promise<Result<string, string>> {
  const flaw = describePeriodFlaw(from, to);
  if (flaw !== undefined) return failed(flaw);
  const desk = await readDeskIn(path.resolve(workingFolder, folder), folder);
  if (desk.kind === "failed") return desk;
  if (rotationsOf(desk.value).length === 0) return failed(formatMessage("The desk in “{0}” has no rotation. Add one under “rotation” in its desk.yml.", folder));
  const shifts = shiftsBetween(desk.value, dateFrom(from), dateFrom(to));
  switch (format) {
    case "json":
      return ok(`${JSON.stringify(shifts.map((shift) => shiftRecord(shift, desk.value)), null, 2)}\n`);
    case "ics":
      return ok(scheduleCalendar(shifts, desk.value, now));
    case "text":
      return ok(shifts.length === 0 ? `${formatMessage("There are no shifts between {0} and {1}.", from, to)}\n` : table(shifts, desk.value));
  }
}

/** A role without a holder is `null`. */
function shiftRecord({ from, to, holders, rotation }: Shift, desk: Desk) {
  const roles = rolesOf(desk, rotation).map((role) => {
    const login = holders[role];
    if (login === undefined) return [role, null] as const;
    const { name, email, phone } = desk.people.find((person) => person.login === login) ?? {};
    return [role, { login, name, email, phone }] as const;
  });
  return { from, to, roles: Object.fromEntries(roles), rotation };
}

function rolesOf(desk: Desk, rotation: string | undefined): readonly string[] {
  return (rotation === undefined ? desk.rotation : desk.rotations.find(({ name }) => name === rotation))?.roles ?? [];
}

function table(shifts: readonly Shift[], desk: Desk): string {
  const roles = rotationsOf(desk).flatMap((one) => one.roles);
  const wall = (at: Instant): string => wallTimeOf(at, desk.timezone).slice(0, 16).replace("T", " ");
  const rows = [
    [`from (${desk.timezone})`, "until", ...roles],
    ...shifts.map(({ from, to, holders, rotation }) => {
      const own = rolesOf(desk, rotation);
      return [wall(from), wall(to), ...roles.map((role) => (own.includes(role) ? (holders[role] ?? "nobody") : ""))];
    }),
  ].map((row) => row.map((cell) => formatMessage("{0}", cell)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}
