import * as vscode from "vscode";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, isDate } from "../../../core/calendarDate";
import type { Desk, Rotation } from "../../../core/desk/desk";
import { rotationsOf } from "../../../core/desk/roles";
import { planEdit, planEditSteps } from "../../../core/duty/edit/planEdit";
import { holidaysBetween } from "../../../core/duty/holidaysBetween";
import { dateTextOf } from "../../../core/duty/localTime";
import { planSteps, type PlanRequest } from "../../../core/duty/plan/planTurns";
import type { TurnPlan } from "../../../core/duty/plan/turnPlan";
import type { RotationEdit } from "../../../core/duty/edit/rotationEdit";
import { withPauses } from "../../../core/steps";
import { systemClock } from "../../platform/systemClock";
import { firstDayOf, turnDays, turnOfDay, workedBefore, workingDays } from "../../../core/duty/rotationDays";
import { nameIn } from "../../panels/rotaPeople";
import { plainLabel } from "../../views/plainLabel";
import { sayDay } from "../../views/sayDay";
import type { CommandEnd, DeskTools } from "../command";
import { askAll, next } from "../input/answer";
import { enterText } from "../input/enterText";
import { pickOne } from "../input/pick";
import { planReport } from "./planReport";
import { rotaDesk } from "./rotaDesk";
import { argumentOf } from "./rotaQuestions";
import { showReport } from "./showReport";
import { writeRota } from "./writeRota";

interface PlanState {
  readonly rotation: Rotation;
  /** The ISO date of the first turn's first day. */
  readonly starts: string;
  readonly weeks: number;
}

/** How many turns from now a plan can begin with, and how many weeks it can have. */
const turnsAhead = 52;
const mostWeeks = 104;

/** Proposes who takes the next turns, as a change of `desk.yml` with its explanation beside it. */
export async function run({ session, context, working }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await rotaDesk(session);
  if (opened === undefined) return undefined;
  const { desk, document } = opened;
  const rotations = rotationsOf(desk);
  const [first] = rotations;
  if (first === undefined) return undefined;
  const today = dateTextOf(session.clock.now(), desk.timezone);
  const day = argumentOf(argument, "day") ?? "";
  const { language } = vscode.env;
  const state = await askAll<PlanState>(t("Plan turns"), { rotation: first, starts: isDate(day) ? day : "", weeks: 12 }, [
    {
      applies: () => rotations.length > 1,
      ask: async (known, place) => {
        const answer = await pickOne({ place, placeholder: t("Turns of which rotation?"), choices: rotations.map((rotation) => ({ label: plainLabel(rotation.name ?? rotation.roles.join(", ")), description: plainLabel(rotation.people.join(", ")), value: rotation })) });
        return answer.kind === "next" ? next({ ...known, rotation: answer.value }) : answer;
      },
    },
    {
      ask: async (known, place) => {
        const { rotation } = known;
        const now = turnOfDay(rotation, dateFrom(today));
        const numbers = Array.from({ length: turnsAhead }, (_, step) => Math.max(now + 1, 0) + step);
        const starts = numbers.filter((number) => workingDays(rotation, number).length > 0).map((number) => dateText(firstDayOf(rotation, number)));
        const isPlanned = (date: string): boolean => rotation.planned.some((turn) => turn.starts === date);
        const answer = await pickOne({
          place,
          placeholder: t("From which turn? Turns before it stay as they are."),
          choices: starts.map((date) => ({ label: sayDay(date, language), ...(isPlanned(date) ? { description: t("planned already: would be planned anew") } : {}), value: date })),
          active: (date) => (known.starts === "" ? !isPlanned(date) : date >= known.starts),
        });
        return answer.kind === "next" ? next({ ...known, starts: answer.value }) : answer;
      },
    },
    {
      ask: async (known, place) => {
        const answer = await enterText({
          place,
          prompt: t("For how many weeks? From 1 to {0}", mostWeeks),
          value: String(known.weeks),
          needed: t("Type a number, or press Escape."),
          refuse: (typed) => (/^[1-9]\d{0,2}$/.test(typed) && Number(typed) <= mostWeeks ? undefined : t("Type a number from 1 to {0}.", mostWeeks)),
        });
        return answer.kind === "next" ? next({ ...known, weeks: Number(answer.value) }) : answer;
      },
    },
  ]);
  if (state === undefined) return undefined;
  const { rotation, starts, weeks } = state;
  const last = dateText(addDays(dateFrom(starts), weeks * 7 + turnDays(rotation)));
  const number = turnOfDay(rotation, dateFrom(starts));
  const request = {
    from: starts,
    turns: Math.max(workedBefore(rotation, number + Math.ceil((weeks * 7) / turnDays(rotation))) - workedBefore(rotation, number), 1),
    ...(rotation.name === undefined ? {} : { rotation: rotation.name }),
    holidays: holidaysBetween(desk, session.clocks.time(), `${starts.slice(0, 4)}-01-01`, last),
  };
  const before = document.getText();
  const pauses = breathing();
  const made = await working(t("Planning turns…"), makePlan(desk, request, before, pauses.pause));
  if (made === undefined) pauses.stop();
  if (made?.plan === undefined) return undefined;
  const { plan } = made;
  const told = plan.problems.length === 0 ? t("{0} turns are planned from {1}.", plan.turns.length, sayDay(starts, language)) : t("{0} turns are planned from {1}; not everything could be kept, and the page beside it says why.", plan.turns.length, sayDay(starts, language));
  const end = await writeRota(opened, (text) => (text === before ? made.edit : planEdit(text, plan)), told);
  if (end?.kind === "ok") await showReport(context, { id: session.ids.next(), title: t("Plan of turns"), text: planReport(plan, desk, { t, language, name: (login) => nameIn(desk, login) }) });
  return end;
}

/** A plan and its edit of a text, with pauses; `undefined` where it is not to go on, and without a plan where there is no such rotation. */
async function makePlan(desk: Desk, request: PlanRequest, text: string, pause: () => Promise<boolean>): Promise<{ readonly plan: TurnPlan; readonly edit: RotationEdit } | undefined> {
  const plan = await withPauses(planSteps(desk, request), pause);
  if (plan === undefined) return undefined;
  const edit = await withPauses(planEditSteps(text, plan), pause);
  return edit === undefined ? undefined : { plan, edit };
}

/** So many milliseconds of work without letting anything else of the extension host run. */
const atOnce = 10;

/** Pauses that let others run where some work has been done since the last, until they are stopped. */
function breathing(): { readonly pause: () => Promise<boolean>; readonly stop: () => void } {
  let begun = performance.now();
  let goesOn = true;
  return {
    async pause() {
      if (performance.now() - begun < atOnce) return goesOn;
      await systemClock.wait(0);
      begun = performance.now();
      return goesOn;
    },
    stop() {
      goesOn = false;
    },
  };
}
