import * as vscode from "vscode";
import { dateFrom, isDate } from "../../../core/calendarDate";
import type { Desk, Rotation } from "../../../core/desk/desk";
import { rotationsOf } from "../../../core/desk/roles";
import { swapEdit } from "../../../core/duty/edit/swapEdit";
import { dateTextOf } from "../../../core/duty/localTime";
import { roleTurn, type RoleTurn } from "../../../core/duty/roleTurn";
import { turnOfDay } from "../../../core/duty/rotationDays";
import { sayDay } from "../../views/sayDay";
import { nameIn } from "../../panels/rotaPeople";
import { plainLabel } from "../../views/plainLabel";
import type { CommandEnd, DeskTools } from "../command";
import { askAll, next, type Answer, type Place } from "../input/answer";
import { pickOne } from "../input/pick";
import { rotaDesk } from "./rotaDesk";
import { argumentOf, roleChoices } from "./rotaQuestions";
import { writeRota } from "./writeRota";

interface SwapState {
  readonly role: string;
  readonly first?: RoleTurn;
  readonly second?: RoleTurn;
}

/** How many turns from now are offered. */
const turnsAhead = 52;

/** Lets the holders of a role take each other's place in two turns. The turn of a day that is named is proposed. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await rotaDesk(session);
  if (opened === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const today = dateTextOf(now, desk.timezone);
  const day = argumentOf(argument, "day") ?? "";
  const state = await askAll<SwapState>(t("Swap turns"), { role: "" }, [
    {
      ask: async (_known, place) => {
        const answer = await pickOne({ place, placeholder: t("Turns of which role?"), choices: roleChoices(desk, now) });
        return answer.kind === "next" ? next({ role: answer.value }) : answer;
      },
    },
    {
      ask: async ({ role }, place) => {
        const answer = await pickTurn(desk, turnsOf(desk, role, today), place, t("Which turn is given away?"), (turn) => isDate(day) && turn.from <= day && day <= turn.to);
        return answer.kind === "next" ? next({ role, first: answer.value }) : answer;
      },
    },
    {
      ask: async (known, place) => {
        const others = turnsOf(desk, known.role, today).filter(({ login }) => login !== known.first?.login);
        const answer = await pickTurn(desk, others, place, t("Which turn does {0} take for it?", nameIn(desk, known.first?.login ?? "")), () => false);
        return answer.kind === "next" ? next({ ...known, second: answer.value }) : answer;
      },
    },
  ]);
  if (state?.first === undefined || state.second === undefined) return undefined;
  const { role, first, second } = state;
  const told = t("{0} and {1} swap as {2}: {3} and {4}.", nameIn(desk, first.login), nameIn(desk, second.login), plainLabel(role), sayTurn(first), sayTurn(second));
  return writeRota(opened, (text) => swapEdit(text, { role, first: first.from, second: second.from }), told);
}

function turnsOf(desk: Desk, role: string, today: string): readonly RoleTurn[] {
  const rotation: Rotation | undefined = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  if (rotation === undefined) return [];
  const first = Math.max(turnOfDay(rotation, dateFrom(today)), 0);
  return Array.from({ length: turnsAhead }, (_, step) => roleTurn(desk, rotation, role, first + step)).filter((turn) => turn !== undefined);
}

function pickTurn(desk: Desk, turns: readonly RoleTurn[], place: Place, placeholder: string, active: (turn: RoleTurn) => boolean): Promise<Answer<RoleTurn>> {
  return pickOne({
    place,
    placeholder: turns.length === 0 ? vscode.l10n.t("Nobody else takes turns in this role: go back, or cover a part of a turn.") : placeholder,
    choices: turns.map((turn) => ({ label: sayTurn(turn), description: nameIn(desk, turn.login), value: turn })),
    active,
  });
}

function sayTurn({ from, to }: RoleTurn): string {
  const { language } = vscode.env;
  return from === to ? sayDay(from, language) : `${sayDay(from, language)} \u2013 ${sayDay(to, language)}`;
}
