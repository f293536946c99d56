import { addDays } from "temporal-polyfill/fns/PlainDate";
import * as vscode from "vscode";
import { holidaysBetween } from "../../../core/calendar/businessTime";
import { dateTextOf } from "../../../core/calendar/localTime";
import type { RotationEdit } from "../../../core/desk/scheduleEdit";
import { dateFrom, dateText, isDate } from "../../../core/model/calendarDate";
import { withPauses } from "../../../core/model/cooperative";
import { type Desk, type Rotation, rotationsOf } from "../../../core/model/desk";
import type { ShiftPlan } from "../../../core/oncall/planning/plan";
import { planEdit, planEditSteps, type PlanRequest, planSteps } from "../../../core/oncall/planning/planShifts";
import { firstDayOf, shiftDays, shiftOfDay, workedBefore, workingDays } from "../../../core/oncall/rotationDays";
import { systemClock } from "../../platform/ports";
import { formatDay } from "../../ui/format";
import { next, promptAll } from "../../ui/inputFlow";
import { nameIn } from "../../ui/people";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { argumentOf, scheduleDesk, writeSchedule } from "./editSchedule";
import { planReport } from "./planReport";

interface PlanState {
  readonly rotation: Rotation;
  /** The ISO date of the first day of the first shift. */
  readonly starts: string;
  readonly weeks: number;
}

/** The number of shifts that are offered as the start of a plan. */
const shiftsAhead = 52;

const maxWeeks = 104;

/** Plans the next shifts as a change of `desk.yml`, with a report beside it. */
export async function planShiftsCommand({ session, context, working }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const { desk, document } = opened;
  const rotations = rotationsOf(desk);
  const [first] = rotations;
  if (first === undefined) return undefined;
  const today = dateTextOf(session.clock.now(), desk.timezone);
  const day = argumentOf(argument, "day") ?? "";
  const { language } = vscode.env;
  const state = await promptAll<PlanState>(t("Plan shifts"), { rotation: first, starts: isDate(day) ? day : "", weeks: 12 }, [
    {
      applies: () => rotations.length > 1,
      ask: async (known, flowStep) => {
        const answer = await pickOne({ flowStep, placeholder: t("Select a rotation"), choices: rotations.map((rotation) => ({ label: plainLabel(rotation.name ?? rotation.roles.join(", ")), description: plainLabel(rotation.people.join(", ")), value: rotation })) });
        return answer.kind === "next" ? next({ ...known, rotation: answer.value }) : answer;
      },
    },
    {
      ask: async (known, flowStep) => {
        const { rotation } = known;
        const now = shiftOfDay(rotation, dateFrom(today));
        const numbers = Array.from({ length: shiftsAhead }, (_, step) => Math.max(now + 1, 0) + step);
        const starts = numbers.filter((number) => workingDays(rotation, number).length > 0).map((number) => dateText(firstDayOf(rotation, number)));
        const isPlanned = (date: string): boolean => rotation.planned.some((shift) => shift.starts === date);
        const answer = await pickOne({
          flowStep,
          placeholder: t("Select the first shift to plan. Earlier shifts do not change."),
          choices: starts.map((date) => ({ label: formatDay(date, language), ...(isPlanned(date) ? { description: t("already planned, will be replaced") } : {}), value: date })),
          active: (date) => (known.starts === "" ? !isPlanned(date) : date >= known.starts),
        });
        return answer.kind === "next" ? next({ ...known, starts: answer.value }) : answer;
      },
    },
    {
      ask: async (known, flowStep) => {
        const answer = await enterText({
          flowStep,
          prompt: t("Number of weeks, from 1 to {0}", maxWeeks),
          value: String(known.weeks),
          needed: t("Enter a number, or press Escape."),
          refuse: (typed) => (/^[1-9]\d{0,2}$/.test(typed) && Number(typed) <= maxWeeks ? undefined : t("Enter a number from 1 to {0}.", maxWeeks)),
        });
        return answer.kind === "next" ? next({ ...known, weeks: Number(answer.value) }) : answer;
      },
    },
  ]);
  if (state === undefined) return undefined;
  const { rotation, starts, weeks } = state;
  const last = dateText(addDays(dateFrom(starts), weeks * 7 + shiftDays(rotation)));
  const number = shiftOfDay(rotation, dateFrom(starts));
  const request = {
    from: starts,
    shifts: Math.max(workedBefore(rotation, number + Math.ceil((weeks * 7) / shiftDays(rotation))) - workedBefore(rotation, number), 1),
    ...(rotation.name === undefined ? {} : { rotation: rotation.name }),
    holidays: holidaysBetween(desk, session.clocks.time(), `${starts.slice(0, 4)}-01-01`, last),
  };
  const before = document.getText();
  const pauses = yieldRegularly();
  const made = await working(t("Planning shifts…"), makePlan(desk, request, before, pauses.pause));
  if (made === undefined) pauses.stop();
  if (made?.plan === undefined) return undefined;
  const { plan } = made;
  const message = plan.problems.length === 0 ? t("Planned {0} shifts from {1}.", plan.shifts.length, formatDay(starts, language)) : t("Planned {0} shifts from {1}. Some rules could not be met. See the report for details.", plan.shifts.length, formatDay(starts, language));
  const end = await writeSchedule(opened, (text) => (text === before ? made.edit : planEdit(text, plan)), message);
  if (end?.kind === "ok") await showReport(context, { id: session.ids.next(), title: t("Shift plan"), text: planReport(plan, desk, { t, language, name: (login) => nameIn(desk, login) }) });
  return end;
}

/** A plan and its edit of `text`, computed with pauses. `undefined` if it was stopped or the rotation does not exist. */
async function makePlan(desk: Desk, request: PlanRequest, text: string, pause: () => Promise<boolean>): Promise<{ readonly plan: ShiftPlan; readonly edit: RotationEdit } | undefined> {
  const plan = await withPauses(planSteps(desk, request), pause);
  if (plan === undefined) return undefined;
  const edit = await withPauses(planEditSteps(text, plan), pause);
  return edit === undefined ? undefined : { plan, edit };
}

/** Milliseconds of work between two pauses. */
const workInterval = 10;

/** Pauses that keep the extension host responsive during long work. `stop` ends the work at the next pause. */
function yieldRegularly(): { readonly pause: () => Promise<boolean>; readonly stop: () => void } {
  let resumedAt = performance.now();
  let active = true;
  return {
    async pause() {
      if (performance.now() - resumedAt < workInterval) return active;
      await systemClock.wait(0);
      resumedAt = performance.now();
      return active;
    },
    stop() {
      active = false;
    },
  };
}

const scheme = "response-desk-report";

/** Shows Markdown as a preview beside the editor, without a file. `id` distinguishes documents with the same title. */
async function showReport(context: vscode.ExtensionContext, { id, title, text }: { readonly id: string; readonly title: string; readonly text: string }): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: id });
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (asked) => (asked.query === id ? text : undefined) }));
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}
