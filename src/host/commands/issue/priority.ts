import * as vscode from "vscode";
import { criteriaGroups, type PriorityDecision, priorityOperations, proposedPriority, selectedCriteria } from "../../../core/incident/criteria";
import type { Desk } from "../../../core/model/desk";
import { batchOf } from "../../../core/model/operation";
import { ok } from "../../../core/model/result";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { type Choice, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";

/** Sets or removes the priority of an issue. Asks for the criteria of the desk first, which propose one. */
export async function setPriority(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Set priority"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { issue, facts, reference, flowStep } = chosen.value;
  const desk = session.desk.config();
  const current = facts.priority;
  const start: PriorityDecision = { ...(current === undefined ? {} : { priority: current }), criteria: selectedCriteria(issue) };
  const decision = await promptAll(flowStep.title, start, priorityQuestions(desk, { name: reference, ...(current === undefined ? {} : { current }) }));
  if (decision === undefined) return undefined;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const operations = priorityOperations(desk, issue, decision, { at: session.clock.now(), by });
  return operations.length === 0 ? ok(undefined) : tools.submit(t("Setting the priority…"), batchOf(operations));
}

/** What the questions about a priority depend on. */
interface PriorityContext<State> {
  /** The reference of the issue. Absent for a new one. */
  readonly name?: string;
  /** The priority that the issue has. */
  readonly current?: string;
  /** Whether the flow asks for a priority. Default: always. */
  readonly applies?: (state: State) => boolean;
}

/** The criteria of all priorities, grouped, then the priority. The one that the criteria propose has the focus, otherwise the one that was chosen before. */
export function priorityQuestions<State extends PriorityDecision>(desk: Desk, { name, current, applies = () => true }: PriorityContext<State>): readonly Question<State>[] {
  const t = vscode.l10n.t;
  const criteria: Question<State> = {
    applies: (state) => applies(state) && criteriaGroups(desk, state.criteria).length > 0,
    async ask(state, flowStep) {
      const answer = await pickMany({
        flowStep,
        placeholder: name === undefined ? t("Which criteria apply? Select all that apply, then press Enter") : t("Which criteria apply to {0}? Select all that apply, then press Enter", name),
        choices: criteriaGroups(desk, state.criteria).flatMap((group) =>
          group.criteria.map((criterion, index) => ({
            label: plainLabel(criterion),
            value: criterion,
            picked: state.criteria.includes(criterion),
            ...(index > 0 ? {} : { heading: group.priority === undefined ? t("No longer in desk.yml") : plainLabel(group.priority) }),
          })),
        ),
      });
      return answer.kind === "next" ? next({ ...state, criteria: answer.value }) : answer;
    },
  };
  const priority: Question<State> = {
    applies: (state) => applies(state) && desk.priorities.length > 0,
    async ask(state, flowStep) {
      const proposed = proposedPriority(desk, state.criteria)?.name;
      const answer = await pickOne<{ readonly priority?: string }>({
        flowStep,
        placeholder: priorityPlaceholder(name, proposed),
        choices: [
          ...desk.priorities.map((each): Choice<{ readonly priority: string }> => ({
            label: plainLabel(each.name),
            description: [...(each.name === proposed ? [t("proposed by the criteria")] : []), ...(each.name === current ? [t("current")] : [])].join(" · "),
            ...(each.criteria.length === 0 ? {} : { detail: plainLabel(each.criteria.join(" · ")) }),
            value: { priority: each.name },
          })),
          { label: `$(dash) ${t("No Priority")}`, value: {} },
        ],
        active: (value) => value.priority === (proposed ?? state.priority),
      });
      return answer.kind === "next" ? next({ ...state, priority: answer.value.priority }) : answer;
    },
  };
  return [criteria, priority];
}

function priorityPlaceholder(name: string | undefined, proposed: string | undefined): string {
  const t = vscode.l10n.t;
  if (name === undefined) return proposed === undefined ? t("Select a priority") : t("Select a priority. The criteria propose {0}", plainLabel(proposed));
  return proposed === undefined ? t("Select the priority of {0}", name) : t("Select the priority of {0}. The criteria propose {1}", name, plainLabel(proposed));
}
