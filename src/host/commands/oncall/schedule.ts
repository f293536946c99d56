import { addDays } from "temporal-polyfill/fns/PlainDate";
import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import { dateFrom } from "../../../core/model/calendarDate";
import { sameLogin } from "../../../core/model/names";
import { failed, ok } from "../../../core/model/result";
import { shiftsBetween } from "../../../core/oncall/rotation";
import { scheduleCalendar } from "../../../core/oncall/scheduleCalendar";
import { runInBackground } from "../../platform/background";
import { openSchedule } from "../../ui/openPanel";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { scheduleDesk } from "./editSchedule";

interface Scope {
  readonly days: number;
  readonly login?: string;
}

/** Writes the coming turns, of everybody or of the person at the keyboard, as an iCalendar file where they say. */
export async function exportSchedule({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const me = session.account.knownMe();
  const lengths = [[91, t("3 months")], [366, t("12 months")]] as const;
  const choices: Choice<Scope>[] = [
    ...lengths.map(([days, length]) => ({ label: t("Everybody's turns, {0}", length), value: { days } })),
    ...(me === undefined ? [] : lengths.map(([days, length]) => ({ label: t("Only mine, {0}", length), description: plainLabel(me), value: { days, login: me } }))),
  ];
  const scope = await pickOne({ flowStep: { title: t("Export the rota to iCalendar"), back: false }, placeholder: t("Which turns?"), choices });
  if (scope.kind !== "next") return undefined;
  const { days, login } = scope.value;
  const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(session.folder.uri, "rota.ics"), filters: { iCalendar: ["ics"] } });
  if (target === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const today = dateFrom(dateTextOf(now, desk.timezone));
  const shifts = shiftsBetween(desk, today, addDays(today, days)).map((shift) =>
    login === undefined ? shift : { ...shift, holders: Object.fromEntries(Object.entries(shift.holders).filter(([, holder]) => sameLogin(holder, login))) },
  );
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(scheduleCalendar(shifts, desk, now)));
  } catch (error) {
    return failed({ kind: "unwritable", path: target.path, reason: error instanceof Error ? error.message : String(error) });
  }
  runInBackground(vscode.window.showInformationMessage(t("The rota is written to {0}. It is a copy: import it into a calendar program, and export it again when the rota changes.", plainLabel(target.path.split("/").at(-1) ?? ""))), session.log);
  return ok(undefined);
}

/** Shows the rota of this month. */
export async function showSchedule(): Promise<CommandEnd> {
  openSchedule();
  return undefined;
}
