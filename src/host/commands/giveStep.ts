import * as vscode from "vscode";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import type { CommandEnd, DeskTools } from "./command";
import { chooseStep } from "./input/chooseStep";
import { describePerson } from "./input/describePerson";
import { distinctLogins, sameLogin } from "../../core/desk/sameLogin";
import { pickOne } from "./input/pick";

/** Gives a step of a checklist to one of the desk's people, or to nobody again. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Give a step to somebody");
  const chosen = await chooseStep(session, argument, title);
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, run: live, step } = chosen.value;
  const { people } = session.desk.config();
  const duty = Object.entries(session.clocks.holders());
  const me = session.account.knownMe();
  const logins = distinctLogins([...(me === undefined ? [] : [me]), ...duty.map(([, login]) => login), ...(session.issues.find(ref)?.assignees ?? []), ...people.map(({ login }) => login)]);
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: t("Who does “{0}”?", plainLabel(withoutMarkup(step.text))),
    choices: [
      ...logins.map((login) => ({
        label: plainLabel(login),
        description: describePerson(session, login),
        value: login,
      })),
      ...(step.given === undefined || step.given.login === "" ? [] : [{ label: `$(circle-slash) ${t("Nobody in particular")}`, value: "" }]),
    ],
    active: (login) => sameLogin(login, step.given?.login ?? ""),
  });
  if (answer.kind !== "next") return undefined;
  const change = { kind: "giveStep" as const, run: live.id, step: step.id, login: answer.value, at: session.clock.now() };
  return tools.submit(t("Giving the step…"), { kind: "edit", ref, change });
}
