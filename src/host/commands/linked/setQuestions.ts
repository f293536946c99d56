import * as vscode from "vscode";
import type { Desk } from "../../../core/desk/desk";
import { partsOf } from "../../../core/issue/operation";
import type { Question } from "../input/answer";
import { next } from "../input/answer";
import { pickMany } from "../input/pick";
import { plainLabel } from "../../views/plainLabel";
import type { DeskTools } from "../command";
import { linkTargetOf } from "./linkedDraft";
import type { LinkedPlace } from "./linkedPlace";
import { repositoriesOf, setChoices, type SetChoice, type SetState } from "./setState";

/** Which issues to create: all that the step asks for, unless it has some already. */
export function whichQuestion(tools: DeskTools, desk: Desk, place: LinkedPlace): Question<SetState> {
  return {
    async ask(state, where) {
      const t = vscode.l10n.t;
      const has = place.links.length + waitingFor(tools, place, state);
      const all = setChoices(desk, place);
      const others = all.findIndex(({ asked }) => !asked);
      const answer = await pickMany({
        place: where,
        placeholder: has > 0 ? t("Which others? This step has {0} already", has) : t("Which issues are to be created?"),
        choices: all.map((choice, index) => ({
          label: choice.template === undefined ? plainLabel(`[${choice.kind.toUpperCase()}]`) : `$(note) ${plainLabel(choice.template.title)}`,
          description: plainLabel([...(choice.template === undefined ? [] : [choice.kind]), repositoriesOf(desk, choice).join(", ")].join(" \u2192 ")),
          value: choice,
          picked: state.chosen.length > 0 ? state.chosen.some(({ id }) => id === choice.id) : has === 0 && choice.asked,
          ...(index === others && index > 0 ? { heading: t("Others") } : {}),
        })),
      });
      return answer.kind === "next" ? next({ ...state, chosen: answer.value }) : answer;
    },
  };
}

/** How many issues of this step are stored and not created yet. */
function waitingFor({ session }: DeskTools, place: LinkedPlace, { parent }: SetState): number {
  if (typeof parent !== "object") return 0;
  const { step } = linkTargetOf(session, place, parent);
  return step === undefined ? 0 : session.pending.operations().flatMap(partsOf).filter(({ operation }) => operation.kind === "create" && operation.under?.step?.run === step.run && operation.under.step.step === step.step).length;
}

/** In which repositories, for all whose kind has several: one issue is created in each that is ticked. */
export function whereQuestion(desk: Desk): Question<SetState> {
  const open = ({ chosen }: SetState): readonly SetChoice[] => chosen.filter((choice) => repositoriesOf(desk, choice).length > 1);
  return {
    applies: (state) => open(state).length > 0,
    async ask(state, where) {
      const answer = await pickMany({
        place: where,
        placeholder: vscode.l10n.t("Where? One issue is created in each repository you tick"),
        choices: open(state).flatMap((choice) =>
          repositoriesOf(desk, choice).map((repository, index) => ({
            label: `$(repo) ${plainLabel(repository)}`,
            value: { id: choice.id, repository },
            picked: state.places.some((place) => place.id === choice.id && place.repository === repository),
            ...(index === 0 ? { heading: plainLabel(choice.template?.title ?? `[${choice.kind.toUpperCase()}]`) } : {}),
          })),
        ),
      });
      return answer.kind === "next" ? next({ ...state, places: answer.value }) : answer;
    },
  };
}
