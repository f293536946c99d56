import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import { coverEdit, isOnCallTime, swapEdit, takeoverEdit } from "../../../core/desk/scheduleEdit";
import { dateFrom, isDate } from "../../../core/model/calendarDate";
import { type Desk, type Rotation, rotationsOf } from "../../../core/model/desk";
import { sameLogin } from "../../../core/model/names";
import { holdingAt, type RoleShift, roleShift } from "../../../core/oncall/rotation";
import { shiftOfDay } from "../../../core/oncall/rotationDays";
import { runInBackground } from "../../platform/background";
import { formatDay, formatInstant } from "../../ui/format";
import { type Answer, type FlowStep, next, promptAll, type Question } from "../../ui/inputFlow";
import { nameIn } from "../../ui/people";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { argumentOf, describeScheduleFailure, personChoices, roleChoices, type ScheduleDesk, scheduleDesk, writeSchedule } from "./editSchedule";

interface CoverState {
  readonly role: string;
  readonly login: string;
  readonly from: string;
  readonly to: string;
}

/** Lets a person cover a role for some days or hours. A day or role in the argument is preselected. */
export async function coverShift({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const day = argumentOf(argument, "day") ?? "";
  const from = isDate(day) ? day : dateTextOf(now, desk.timezone);
  const start: CoverState = { role: argumentOf(argument, "role") ?? "", login: session.account.knownMe() ?? "", from, to: "" };
  const state = await promptAll<CoverState>(t("Cover shift"), start, [
    {
      ask: async (known, flowStep) => {
        const answer = await pickOne({ flowStep, placeholder: t("Select the role to cover"), choices: roleChoices(desk, now), active: (role) => role === known.role });
        return answer.kind === "next" ? next({ ...known, role: answer.value }) : answer;
      },
    },
    {
      ask: async (known, flowStep) => {
        const answer = await pickOne({ flowStep, placeholder: t("Who covers the shift?"), choices: personChoices(desk), active: (login) => sameLogin(login, known.login) });
        return answer.kind === "next" ? next({ ...known, login: answer.value }) : answer;
      },
    },
    timeQuestion(opened, "from"),
    timeQuestion(opened, "to"),
  ]);
  if (state === undefined) return undefined;
  const message = t("{0} covers {1} from {2} to {3}.", nameIn(desk, state.login), plainLabel(state.role), state.from.replace("T", " "), state.to.replace("T", " "));
  return writeSchedule(opened, (text) => coverEdit(text, state), message);
}

function timeQuestion({ document, desk }: ScheduleDesk, edge: "from" | "to"): Question<CoverState> {
  const t = vscode.l10n.t;
  const read = (typed: string): string => typed.replace(/^(\S+)\s+(\S+)$/, "$1T$2");
  return {
    async ask(known, flowStep) {
      const answer = await enterText({
        flowStep,
        prompt:
          edge === "from"
            ? t("From when? Enter a day, or a time in {0}: 2026-11-24 or 2026-11-24 12:00", desk.timezone)
            : t("Until when? Enter the last day, or a time in {0}: 2026-11-24 or 2026-11-24 16:00", desk.timezone),
        value: (known[edge] || known.from).replace("T", " "),
        needed: t("Enter a day or a time, or press Escape."),
        refuse: (typed) => {
          if (!isOnCallTime(read(typed))) return t("Use the form 2026-11-24 or 2026-11-24 12:00.");
          const edit = edge === "from" ? undefined : coverEdit(document.getText(), { ...known, to: read(typed) });
          return edit?.kind === "failed" ? describeScheduleFailure(edit.failure) : undefined;
        },
      });
      return answer.kind === "next" ? next({ ...known, [edge]: read(answer.value) }) : answer;
    },
  };
}

interface SwapState {
  readonly role: string;
  readonly first?: RoleShift;
  readonly second?: RoleShift;
}

/** The number of shifts that are offered. */
const shiftsAhead = 52;

/** Swaps two shifts of a role. The shift of a day in the argument is preselected. */
export async function swapShifts({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const today = dateTextOf(now, desk.timezone);
  const day = argumentOf(argument, "day") ?? "";
  const state = await promptAll<SwapState>(t("Swap shifts"), { role: "" }, [
    {
      ask: async (_known, flowStep) => {
        const answer = await pickOne({ flowStep, placeholder: t("Select a role"), choices: roleChoices(desk, now) });
        return answer.kind === "next" ? next({ role: answer.value }) : answer;
      },
    },
    {
      ask: async ({ role }, flowStep) => {
        const answer = await pickShift(desk, shiftsOf(desk, role, today), flowStep, t("Select the shift to give away"), (shift) => isDate(day) && shift.from <= day && day <= shift.to);
        return answer.kind === "next" ? next({ role, first: answer.value }) : answer;
      },
    },
    {
      ask: async (known, flowStep) => {
        const others = shiftsOf(desk, known.role, today).filter(({ login }) => login !== known.first?.login);
        const answer = await pickShift(desk, others, flowStep, t("Select the shift that {0} takes instead", nameIn(desk, known.first?.login ?? "")), () => false);
        return answer.kind === "next" ? next({ ...known, second: answer.value }) : answer;
      },
    },
  ]);
  if (state?.first === undefined || state.second === undefined) return undefined;
  const { role, first, second } = state;
  const message = t("{0} and {1} swap {2} shifts: {3} and {4}.", nameIn(desk, first.login), nameIn(desk, second.login), plainLabel(role), formatShift(first), formatShift(second));
  return writeSchedule(opened, (text) => swapEdit(text, { role, first: first.from, second: second.from }), message);
}

function shiftsOf(desk: Desk, role: string, today: string): readonly RoleShift[] {
  const rotation: Rotation | undefined = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  if (rotation === undefined) return [];
  const first = Math.max(shiftOfDay(rotation, dateFrom(today)), 0);
  return Array.from({ length: shiftsAhead }, (_, step) => roleShift(desk, rotation, role, first + step)).filter((shift) => shift !== undefined);
}

function pickShift(desk: Desk, shifts: readonly RoleShift[], flowStep: FlowStep, placeholder: string, active: (shift: RoleShift) => boolean): Promise<Answer<RoleShift>> {
  return pickOne({
    flowStep,
    placeholder: shifts.length === 0 ? vscode.l10n.t("Nobody else has shifts in this role. Go back, or cover the shift instead.") : placeholder,
    choices: shifts.map((shift) => ({ label: formatShift(shift), description: nameIn(desk, shift.login), value: shift })),
    active,
  });
}

function formatShift({ from, to }: RoleShift): string {
  const { language } = vscode.env;
  return from === to ? formatDay(from, language) : `${formatDay(from, language)} \u2013 ${formatDay(to, language)}`;
}

/** Gives a role to the user from now until the end of the current shift. */
export async function takeShift({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await scheduleDesk(session);
  if (opened === undefined) return undefined;
  const login = await session.account.me();
  if (login === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const holdings = holdingAt(desk, now);
  const choices = roleChoices(desk, now).filter(({ value }) => holdings[value] !== undefined && !sameLogin(holdings[value].login, login));
  if (choices.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no shift to take over, because nobody else is on call now. To go on call yourself, cover a shift.")), session.log);
    return undefined;
  }
  const asked = argumentOf(argument, "role");
  const answer =
    asked !== undefined && choices.some(({ value }) => value === asked)
      ? ({ kind: "next", value: asked } as const)
      : await pickOne({ flowStep: { title: t("Take over shift now"), back: false }, placeholder: t("Select the role to take over, {0}", plainLabel(login)), choices });
  const holding = answer.kind === "next" ? holdings[answer.value] : undefined;
  if (answer.kind !== "next" || holding === undefined) return undefined;
  const role = answer.value;
  const message = t("You take over {0} from {1} until {2}.", plainLabel(role), nameIn(desk, holding.login), formatInstant(holding.to, now, desk.timezone, vscode.env.language));
  return writeSchedule(opened, (text) => takeoverEdit(text, { role, login, at: now }), message);
}
