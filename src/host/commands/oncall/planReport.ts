import { type Desk, rotationsOf } from "../../../core/model/desk";
import { assertNever } from "../../../core/model/result";
import type { ChoiceReason, PlanProblemFound, ProposedShift, ShiftPlan, UnevenLoad } from "../../../core/oncall/planning/plan";
import { formatDay } from "../../ui/format";
import type { Translate } from "../../ui/operationLabels";
import { escapeMarkdown, plainLabel } from "../../ui/safeText";

/** A plan as a page: what could not be kept and why, every turn with the reason for its people, and how even it is. */
export function planReport(plan: ShiftPlan, desk: Desk, locale: ReportLocale): string {
  const { t, name } = locale;
  const roles = rotationsOf(desk).find((rotation) => rotation.name === plan.rotation)?.roles ?? [];
  const problems = plan.problems.flatMap((problem) => describePlanProblem(problem, locale));
  return [
    `# ${escapeMarkdown(t("Plan of turns: {0}", plan.rotation ?? desk.team))}`,
    escapeMarkdown(t("Nothing of this holds before desk.yml is saved, and for the others before it is committed. Change what you like in desk.yml first; undo takes all of it back.")),
    `## ${t("What could not be kept")}`,
    ...(problems.length === 0
      ? [escapeMarkdown(t("Every rule is kept: nobody on duty while away, nobody twice in a row, somebody experienced in every turn, and even loads."))]
      : [problems.map((line) => `- ${escapeMarkdown(line)}`).join("\n"), escapeMarkdown(t("To mend it, add somebody to the rotation, ask one of those who are away, or let it be and cover these days later."))]),
    `## ${t("Turns")}`,
    table([t("Turn"), ...roles], plan.shifts.map((shift) => [formatShift(shift, locale), ...roles.map((role) => formatHolder(shift, role, locale))])),
    `## ${t("Who has how many turns this year")}`,
    table([t("Person"), t("before"), t("planned"), t("in all"), t("with holidays")], plan.loads.map(({ login, before, planned, total, holidays }) => [name(login), ...[before, planned, total, holidays].map(String)])),
    "",
  ].join("\n\n");
}

function formatShift({ starts, ends, holiday }: ProposedShift, { t, language }: ReportLocale): string {
  const days = starts === ends ? formatDay(starts, language) : `${formatDay(starts, language)} \u2013 ${formatDay(ends, language)}`;
  return holiday ? t("{0} (holiday)", days) : days;
}

function formatHolder({ choices }: ProposedShift, role: string, locale: ReportLocale): string {
  const choice = choices.find((one) => one.role === role);
  if (choice === undefined) return locale.t("nobody");
  return `${locale.name(choice.login)}: ${choice.reasons.map((reason) => describeReason(reason, locale)).join("; ")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

/** How a report speaks: the language, and how people are called. */
export interface ReportLocale {
  readonly t: Translate;
  readonly language: string;
  readonly name: (login: string) => string;
}

/** Why somebody has a role in a planned turn. */
export function describeReason(reason: ChoiceReason, locale: ReportLocale): string {
  const { t, name } = locale;
  switch (reason.kind) {
    case "override":
      return t("an override says so");
    case "onlyOne": {
      const others = [
        ...(reason.away.length === 0 ? [] : [t("away: {0}", names(reason.away, locale))]),
        ...(reason.justServed.length === 0 ? [] : [t("on duty just before: {0}", names(reason.justServed, locale))]),
      ];
      return others.length === 0 ? t("nobody else takes turns") : t("nobody else is free ({0})", others.join("; "));
    }
    case "backs":
      return t("experienced, beside {0}", name(reason.login));
    case "fewestShifts":
      return t("fewest turns so far ({0})", reason.shifts);
    case "fewestHolidays":
      return t("fewest turns with holidays so far ({0})", reason.holidays);
    case "evenInTheEnd":
      return t("so that all come out even ({0} in the year)", reason.total);
    default:
      return assertNever(reason);
  }
}

/** A rule that a plan does not keep, and why: one line, and one for each person where loads are uneven. */
export function describePlanProblem(problem: PlanProblemFound, locale: ReportLocale): readonly string[] {
  const { t, name } = locale;
  switch (problem.kind) {
    case "gap":
      return [t("{0}: nobody is left for {1}. {2}", formatDay(problem.starts, locale.language), plainLabel(problem.role), formatAway(problem.away, locale))];
    case "twoInARow":
      return [t("{0}: {1} has a second turn in a row. {2}", formatDay(problem.starts, locale.language), name(problem.login), formatAway(problem.away, locale))];
    case "noExperiencedBackup":
      return [t("{0}: neither {1} nor {2} is experienced. {3}", formatDay(problem.starts, locale.language), name(problem.primary), name(problem.backup), formatAway(problem.away, locale))];
    case "uneven":
      return [t("Loads are uneven: from {0} to {1} turns this year.", problem.fewest, problem.most), ...problem.people.map((load) => formatLoad(load, locale))];
    default:
      return assertNever(problem);
  }
}

function formatLoad({ login, total, side, because }: UnevenLoad, locale: ReportLocale): string {
  const { t, name } = locale;
  const who = side === "fewer" ? t("{0} has fewer turns than others ({1})", name(login), total) : t("{0} has more turns than others ({1})", name(login), total);
  switch (because.kind) {
    case "away":
      return t("{0}: there in only {1} of the planned turns.", who, because.shiftsThere);
    case "before":
      return t("{0}: had {1} earlier this year.", who, because.shifts);
    case "experience":
      return t("{0}: newer people need somebody experienced beside them.", who);
    case "others":
      return t("{0}: others could not take more.", who);
    case "rest":
      return t("{0}: without turns in a row, nothing more even was found.", who);
    default:
      return assertNever(because);
  }
}

function formatAway(away: readonly string[], locale: ReportLocale): string {
  return away.length === 0 ? locale.t("Nobody is away: there are too few people.") : locale.t("Away: {0}.", names(away, locale));
}

function names(logins: readonly string[], locale: ReportLocale): string {
  return logins.map(locale.name).join(", ");
}
