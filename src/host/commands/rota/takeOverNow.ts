import * as vscode from "vscode";
import { sameLogin } from "../../../core/desk/sameLogin";
import { takeOverEdit } from "../../../core/duty/edit/takeOverEdit";
import { holdingAt } from "../../../core/duty/rotation";
import { nameIn } from "../../panels/rotaPeople";
import { plainLabel } from "../../views/plainLabel";
import { sayInstant } from "../../views/sayInstant";
import type { CommandEnd, DeskTools } from "../command";
import { pickOne } from "../input/pick";
import { rotaDesk } from "./rotaDesk";
import { argumentOf, roleChoices } from "./rotaQuestions";
import { writeRota } from "./writeRota";
import { runInBackground } from "../../platform/background";

/** Gives a role of the moment to the person at the keyboard until whoever has it would have handed it on. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const opened = await rotaDesk(session);
  if (opened === undefined) return undefined;
  const login = await session.account.me();
  if (login === undefined) return undefined;
  const { desk } = opened;
  const now = session.clock.now();
  const holdings = holdingAt(desk, now);
  const choices = roleChoices(desk, now).filter(({ value }) => holdings[value] !== undefined && !sameLogin(holdings[value].login, login));
  if (choices.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is nothing to take over: nobody else is on duty now. To be on duty where nobody is, cover a part of a turn.")), session.log);
    return undefined;
  }
  const asked = argumentOf(argument, "role");
  const answer =
    asked !== undefined && choices.some(({ value }) => value === asked)
      ? ({ kind: "next", value: asked } as const)
      : await pickOne({ place: { title: t("Take over now"), back: false }, placeholder: t("Which role do you take over, {0}?", plainLabel(login)), choices });
  const holding = answer.kind === "next" ? holdings[answer.value] : undefined;
  if (answer.kind !== "next" || holding === undefined) return undefined;
  const role = answer.value;
  const told = t("You take over {0} from {1} until {2}.", plainLabel(role), nameIn(desk, holding.login), sayInstant(holding.to, now, desk.timezone, vscode.env.language));
  return writeRota(opened, (text) => takeOverEdit(text, { role, login, at: now }), told);
}
