import type { ChoiceReason, PlanProblemFound, UnevenLoad } from "../../../core/duty/plan/turnPlan";
import { assertNever } from "../../../core/result";
import type { Translate } from "../../views/operationWords";
import { plainLabel } from "../../views/plainLabel";
import { sayDay } from "../../views/sayDay";

/** How a report speaks: the language, and how people are called. */
export interface Speech {
  readonly t: Translate;
  readonly language: string;
  readonly name: (login: string) => string;
}

/** Why somebody has a role in a planned turn. */
export function sayReason(reason: ChoiceReason, speech: Speech): string {
  const { t, name } = speech;
  switch (reason.kind) {
    case "override":
      return t("an override says so");
    case "onlyOne": {
      const others = [
        ...(reason.away.length === 0 ? [] : [t("away: {0}", names(reason.away, speech))]),
        ...(reason.justServed.length === 0 ? [] : [t("on duty just before: {0}", names(reason.justServed, speech))]),
      ];
      return others.length === 0 ? t("nobody else takes turns") : t("nobody else is free ({0})", others.join("; "));
    }
    case "backs":
      return t("experienced, beside {0}", name(reason.login));
    case "fewestTurns":
      return t("fewest turns so far ({0})", reason.turns);
    case "fewestHolidays":
      return t("fewest turns with holidays so far ({0})", reason.holidays);
    case "evenInTheEnd":
      return t("so that all come out even ({0} in the year)", reason.total);
    default:
      return assertNever(reason);
  }
}

/** A rule that a plan does not keep, and why: one line, and one for each person where loads are uneven. */
export function sayPlanProblem(problem: PlanProblemFound, speech: Speech): readonly string[] {
  const { t, name } = speech;
  switch (problem.kind) {
    case "gap":
      return [t("{0}: nobody is left for {1}. {2}", sayDay(problem.starts, speech.language), plainLabel(problem.role), sayAway(problem.away, speech))];
    case "twoInARow":
      return [t("{0}: {1} has a second turn in a row. {2}", sayDay(problem.starts, speech.language), name(problem.login), sayAway(problem.away, speech))];
    case "noExperiencedBackup":
      return [t("{0}: neither {1} nor {2} is experienced. {3}", sayDay(problem.starts, speech.language), name(problem.primary), name(problem.backup), sayAway(problem.away, speech))];
    case "uneven":
      return [t("Loads are uneven: from {0} to {1} turns this year.", problem.fewest, problem.most), ...problem.people.map((load) => sayLoad(load, speech))];
    default:
      return assertNever(problem);
  }
}

function sayLoad({ login, total, side, because }: UnevenLoad, speech: Speech): string {
  const { t, name } = speech;
  const who = side === "fewer" ? t("{0} has fewer turns than others ({1})", name(login), total) : t("{0} has more turns than others ({1})", name(login), total);
  switch (because.kind) {
    case "away":
      return t("{0}: there in only {1} of the planned turns.", who, because.turnsThere);
    case "before":
      return t("{0}: had {1} earlier this year.", who, because.turns);
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

function sayAway(away: readonly string[], speech: Speech): string {
  return away.length === 0 ? speech.t("Nobody is away: there are too few people.") : speech.t("Away: {0}.", names(away, speech));
}

function names(logins: readonly string[], speech: Speech): string {
  return logins.map(speech.name).join(", ");
}
