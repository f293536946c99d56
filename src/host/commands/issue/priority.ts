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
  const decision = await promptAll<PriorityDecision>(flowStep.title, start, [
    criteriaQuestion(desk, t("Which criteria apply to {0}? Select all that apply, then press Enter", reference)),
    priorityQuestion(desk, current, reference),
  ]);
  if (decision === undefined) return undefined;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const operations = priorityOperations(desk, issue, decision, { at: session.clock.now(), by });
  return operations.length === 0 ? ok(undefined) : tools.submit(t("Setting the priority…"), batchOf(operations));
}

/** The criteria of all priorities, grouped. Not asked if there are none. */
function criteriaQuestion(desk: Desk, placeholder: string): Question<PriorityDecision> {
  return {
    applies: ({ criteria }) => criteriaGroups(desk, criteria).length > 0,
    async ask(decision, flowStep) {
      const t = vscode.l10n.t;
      const groups = criteriaGroups(desk, decision.criteria);
      const answer = await pickMany({
        flowStep,
        placeholder,
        choices: groups.flatMap(({ priority, criteria }) =>
          criteria.map((criterion, index) => ({
            label: plainLabel(criterion),
            value: criterion,
            picked: decision.criteria.includes(criterion),
            ...(index > 0 ? {} : { heading: priority === undefined ? t("No longer in desk.yml") : plainLabel(priority) }),
          })),
        ),
      });
      return answer.kind === "next" ? next({ ...decision, criteria: answer.value }) : answer;
    },
  };
}

/** The priority. The one that the criteria propose has the focus, otherwise the current one. */
function priorityQuestion(desk: Desk, current: string | undefined, name: string): Question<PriorityDecision> {
  return {
    async ask(decision, flowStep) {
      const t = vscode.l10n.t;
      const proposed = proposedPriority(desk, decision.criteria)?.name;
      const answer = await pickOne<{ readonly priority?: string }>({
        flowStep,
        placeholder: proposed === undefined ? t("Select the priority of {0}", name) : t("Select the priority of {0}. The criteria propose {1}", name, plainLabel(proposed)),
        choices: [
          ...desk.priorities.map(({ name: priority, criteria }): Choice<{ readonly priority: string }> => ({
            label: plainLabel(priority),
            description: [...(priority === proposed ? [t("proposed by the criteria")] : []), ...(priority === current ? [t("current")] : [])].join(" · "),
            ...(criteria.length === 0 ? {} : { detail: plainLabel(criteria.join(" · ")) }),
            value: { priority },
          })),
          { label: `$(dash) ${t("No Priority")}`, value: {} },
        ],
        active: ({ priority }) => priority === (proposed ?? current),
      });
      return answer.kind === "next" ? next({ ...answer.value, criteria: decision.criteria }) : answer;
    },
  };
}
