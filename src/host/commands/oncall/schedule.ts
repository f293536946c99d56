import { addDays } from "temporal-polyfill/fns/PlainDate";
import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import { dateFrom } from "../../../core/model/calendarDate";
import { sameLogin } from "../../../core/model/names";
import { shiftsBetween } from "../../../core/oncall/rotation";
import { scheduleCalendar } from "../../../core/oncall/scheduleCalendar";
import { runInBackground } from "../../platform/background";
import { openSchedule } from "../../ui/openPanel";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { saveExport } from "../input/saveExport";
import { scheduleDesk } from "./editSchedule";

interface Scope {
  readonly days: number;
  readonly login?: string;
}

/** Exports the coming shifts of everybody or of the user as an iCalendar file. */
export async function exportSchedule({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const me = session.account.knownMe();
  const lengths = [[91, t("3 months")], [366, t("12 months")]] as const;
  const choices: Choice<Scope>[] = [
    ...lengths.map(([days, length]) => ({ label: t("All Shifts, {0}", length), value: { days } })),
    ...(me === undefined ? [] : lengths.map(([days, length]) => ({ label: t("Only My Shifts, {0}", length), description: plainLabel(me), value: { days, login: me } }))),
  ];
  const scope = await pickOne({ flowStep: { title: t("Export schedule to iCalendar"), back: false }, placeholder: t("Select the shifts to export"), choices });
  if (scope.kind !== "next") return undefined;
  const { days, login } = scope.value;
  const { desk } = opened;
  const saved = await saveExport({ defaultUri: vscode.Uri.joinPath(session.folder.uri, "schedule.ics"), filters: { iCalendar: ["ics"] } }, () => {
    const now = session.clock.now();
    const today = dateFrom(dateTextOf(now, desk.timezone));
    const shifts = shiftsBetween(desk, today, addDays(today, days)).map((shift) =>
      login === undefined ? shift : { ...shift, holders: Object.fromEntries(Object.entries(shift.holders).filter(([, holder]) => sameLogin(holder, login))) },
    );
    return scheduleCalendar(shifts, desk, now);
  });
  if (saved?.kind === "ok") runInBackground(vscode.window.showInformationMessage(t("The schedule was exported to {0}. Import it into a calendar app. Export it again when the schedule changes.", saved.value.name)), session.log);
  return saved;
}

/** Shows the schedule of this month. */
export async function showSchedule(): Promise<CommandEnd> {
  openSchedule();
  return undefined;
}
