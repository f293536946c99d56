import type { Desk } from "../../../core/desk/desk";
import { rotationsOf } from "../../../core/desk/roles";
import type { ProposedTurn, TurnPlan } from "../../../core/duty/plan/turnPlan";
import { escapeMarkdown } from "../../views/escapeMarkdown";
import { sayDay } from "../../views/sayDay";
import { sayPlanProblem, sayReason, type Speech } from "./planWords";

/** A plan as a page: what could not be kept and why, every turn with the reason for its people, and how even it is. */
export function planReport(plan: TurnPlan, desk: Desk, speech: Speech): string {
  const { t, name } = speech;
  const roles = rotationsOf(desk).find((rotation) => rotation.name === plan.rotation)?.roles ?? [];
  const problems = plan.problems.flatMap((problem) => sayPlanProblem(problem, speech));
  return [
    `# ${escapeMarkdown(t("Plan of turns: {0}", plan.rotation ?? desk.team))}`,
    escapeMarkdown(t("Nothing of this holds before desk.yml is saved, and for the others before it is committed. Change what you like in desk.yml first; undo takes all of it back.")),
    `## ${t("What could not be kept")}`,
    ...(problems.length === 0
      ? [escapeMarkdown(t("Every rule is kept: nobody on duty while away, nobody twice in a row, somebody experienced in every turn, and even loads."))]
      : [problems.map((line) => `- ${escapeMarkdown(line)}`).join("\n"), escapeMarkdown(t("To mend it, add somebody to the rotation, ask one of those who are away, or let it be and cover these days later."))]),
    `## ${t("Turns")}`,
    table([t("Turn"), ...roles], plan.turns.map((turn) => [sayTurn(turn, speech), ...roles.map((role) => sayHolder(turn, role, speech))])),
    `## ${t("Who has how many turns this year")}`,
    table([t("Person"), t("before"), t("planned"), t("in all"), t("with holidays")], plan.loads.map(({ login, before, planned, total, holidays }) => [name(login), ...[before, planned, total, holidays].map(String)])),
    "",
  ].join("\n\n");
}

function sayTurn({ starts, ends, holiday }: ProposedTurn, { t, language }: Speech): string {
  const days = starts === ends ? sayDay(starts, language) : `${sayDay(starts, language)} \u2013 ${sayDay(ends, language)}`;
  return holiday ? t("{0} (holiday)", days) : days;
}

function sayHolder({ choices }: ProposedTurn, role: string, speech: Speech): string {
  const choice = choices.find((one) => one.role === role);
  if (choice === undefined) return speech.t("nobody");
  return `${speech.name(choice.login)}: ${choice.reasons.map((reason) => sayReason(reason, speech)).join("; ")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}
