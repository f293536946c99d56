import * as vscode from "vscode";
import { sameLogin } from "../../../core/desk/sameLogin";
import { isDate } from "../../../core/calendarDate";
import { coverEdit, isDutyTime } from "../../../core/duty/edit/coverEdit";
import { dateTextOf } from "../../../core/duty/localTime";
import { nameIn } from "../../panels/rotaPeople";
import { plainLabel } from "../../views/plainLabel";
import type { CommandEnd, DeskTools } from "../command";
import { askAll, next, type Question } from "../input/answer";
import { enterText } from "../input/enterText";
import { pickOne } from "../input/pick";
import { rotaDesk, type RotaDesk } from "./rotaDesk";
import { sayRotaFailure } from "./rotaFailureWords";
import { argumentOf, personChoices, roleChoices } from "./rotaQuestions";
import { writeRota } from "./writeRota";

interface CoverState {
  readonly role: string;
  readonly login: string;
  readonly from: string;
  readonly to: string;
}

/** Gives a role to somebody for some days or hours. A day or a role that is named is proposed. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await rotaDesk(session);
  if (opened === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const day = argumentOf(argument, "day") ?? "";
  const from = isDate(day) ? day : dateTextOf(now, desk.timezone);
  const start: CoverState = { role: argumentOf(argument, "role") ?? "", login: session.account.knownMe() ?? "", from, to: "" };
  const state = await askAll<CoverState>(t("Cover part of a turn"), start, [
    {
      ask: async (known, place) => {
        const answer = await pickOne({ place, placeholder: t("Which role is covered?"), choices: roleChoices(desk, now), active: (role) => role === known.role });
        return answer.kind === "next" ? next({ ...known, role: answer.value }) : answer;
      },
    },
    {
      ask: async (known, place) => {
        const answer = await pickOne({ place, placeholder: t("Who covers it?"), choices: personChoices(desk), active: (login) => sameLogin(login, known.login) });
        return answer.kind === "next" ? next({ ...known, login: answer.value }) : answer;
      },
    },
    timeQuestion(opened, "from"),
    timeQuestion(opened, "to"),
  ]);
  if (state === undefined) return undefined;
  const told = t("{0} covers {1} from {2} to {3}.", nameIn(desk, state.login), plainLabel(state.role), state.from.replace("T", " "), state.to.replace("T", " "));
  return writeRota(opened, (text) => coverEdit(text, state), told);
}

function timeQuestion({ document, desk }: RotaDesk, edge: "from" | "to"): Question<CoverState> {
  const t = vscode.l10n.t;
  const read = (typed: string): string => typed.replace(/^(\S+)\s+(\S+)$/, "$1T$2");
  return {
    async ask(known, place) {
      const answer = await enterText({
        place,
        prompt:
          edge === "from"
            ? t("From when? A day, or a time in {0}: 2026-11-24 or 2026-11-24 12:00", desk.timezone)
            : t("Until when? The last day, or a time in {0}: 2026-11-24 or 2026-11-24 16:00", desk.timezone),
        value: (known[edge] || known.from).replace("T", " "),
        needed: t("Type a day or a time, or press Escape."),
        refuse: (typed) => {
          if (!isDutyTime(read(typed))) return t("Write it as 2026-11-24 or 2026-11-24 12:00.");
          const edit = edge === "from" ? undefined : coverEdit(document.getText(), { ...known, to: read(typed) });
          return edit?.kind === "failed" ? sayRotaFailure(edit.failure) : undefined;
        },
      });
      return answer.kind === "next" ? next({ ...known, [edge]: read(answer.value) }) : answer;
    },
  };
}
