import { type Desk, rotationsOf } from "../../../core/model/desk";
import { assertNever } from "../../../core/model/result";
import type { ChoiceReason, PlanProblemFound, ProposedShift, ShiftPlan, UnevenLoad } from "../../../core/oncall/planning/plan";
import { formatDay } from "../../ui/format";
import type { Translate } from "../../ui/operationLabels";
import { escapeMarkdown, plainLabel } from "../../ui/safeText";

/** A plan as Markdown: the rules that are not met and why, every shift with the reason for its people, and the distribution of shifts. */
export function planReport(plan: ShiftPlan, desk: Desk, locale: ReportLocale): string {
  const { t, name } = locale;
  const roles = rotationsOf(desk).find((rotation) => rotation.name === plan.rotation)?.roles ?? [];
  const problems = plan.problems.flatMap((problem) => describePlanProblem(problem, locale));
  return [
    `# ${escapeMarkdown(t("Shift plan: {0}", plan.rotation ?? desk.team))}`,
    escapeMarkdown(t("The plan takes effect when desk.yml is saved, and for others when it is committed. You can edit desk.yml first. Undo reverts all changes.")),
    `## ${t("Rules not met")}`,
    ...(problems.length === 0
      ? [escapeMarkdown(t("All rules are met: nobody is on call while away, nobody has two shifts in a row, every shift has an experienced person, and shifts are distributed evenly."))]
      : [problems.map((line) => `- ${escapeMarkdown(line)}`).join("\n"), escapeMarkdown(t("To fix this, add people to the rotation, ask somebody who is away, or cover these days later."))]),
    `## ${t("Shifts")}`,
    table([t("Shift"), ...roles], plan.shifts.map((shift) => [formatShift(shift, locale), ...roles.map((role) => formatHolder(shift, role, locale))])),
    `## ${t("Shifts per person this year")}`,
    table([t("Person"), t("before"), t("planned"), t("total"), t("with holidays")], plan.loads.map(({ login, before, planned, total, holidays }) => [name(login), ...[before, planned, total, holidays].map(String)])),
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

/** The language of a report, and how people are named. */
export interface ReportLocale {
  readonly t: Translate;
  readonly language: string;
  readonly name: (login: string) => string;
}

/** Why somebody has a role in a planned shift. */
export function describeReason(reason: ChoiceReason, locale: ReportLocale): string {
  const { t, name } = locale;
  switch (reason.kind) {
    case "override":
      return t("set by an override");
    case "onlyOne": {
      const others = [
        ...(reason.away.length === 0 ? [] : [t("away: {0}", names(reason.away, locale))]),
        ...(reason.justServed.length === 0 ? [] : [t("on call just before: {0}", names(reason.justServed, locale))]),
      ];
      return others.length === 0 ? t("nobody else is in the rotation") : t("nobody else is available ({0})", others.join("; "));
    }
    case "backs":
      return t("experienced, with {0}", name(reason.login));
    case "fewestShifts":
      return t("fewest shifts so far ({0})", reason.shifts);
    case "fewestHolidays":
      return t("fewest holiday shifts so far ({0})", reason.holidays);
    case "evenInTheEnd":
      return t("for an even distribution ({0} in the year)", reason.total);
    default:
      return assertNever(reason);
  }
}

/** A rule that a plan does not meet, and why. Uneven loads have one additional line per person. */
export function describePlanProblem(problem: PlanProblemFound, locale: ReportLocale): readonly string[] {
  const { t, name } = locale;
  switch (problem.kind) {
    case "gap":
      return [t("{0}: nobody is available for {1}. {2}", formatDay(problem.starts, locale.language), plainLabel(problem.role), formatAway(problem.away, locale))];
    case "twoInARow":
      return [t("{0}: {1} has two shifts in a row. {2}", formatDay(problem.starts, locale.language), name(problem.login), formatAway(problem.away, locale))];
    case "noExperiencedBackup":
      return [t("{0}: neither {1} nor {2} is experienced. {3}", formatDay(problem.starts, locale.language), name(problem.primary), name(problem.backup), formatAway(problem.away, locale))];
    case "uneven":
      return [t("Shifts are distributed unevenly: from {0} to {1} this year.", problem.fewest, problem.most), ...problem.people.map((load) => formatLoad(load, locale))];
    default:
      return assertNever(problem);
  }
}

function formatLoad({ login, total, side, because }: UnevenLoad, locale: ReportLocale): string {
  const { t, name } = locale;
  const who = side === "fewer" ? t("{0} has fewer shifts than others ({1})", name(login), total) : t("{0} has more shifts than others ({1})", name(login), total);
  switch (because.kind) {
    case "away":
      return t("{0}: available for only {1} of the planned shifts.", who, because.shiftsThere);
    case "before":
      return t("{0}: had {1} earlier this year.", who, because.shifts);
    case "experience":
      return t("{0}: new people need somebody experienced in the same shift.", who);
    case "others":
      return t("{0}: others could not take more.", who);
    case "rest":
      return t("{0}: a more even plan would need shifts in a row.", who);
    default:
      return assertNever(because);
  }
}

function formatAway(away: readonly string[], locale: ReportLocale): string {
  return away.length === 0 ? locale.t("Nobody is away. There are not enough people.") : locale.t("Away: {0}.", names(away, locale));
}

function names(logins: readonly string[], locale: ReportLocale): string {
  return logins.map(locale.name).join(", ");
}
