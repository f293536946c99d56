import type { Desk } from "../../core/desk/desk";
import { dateTextOf } from "../../core/duty/localTime";
import type { ScheduleFlaw } from "../../core/duty/scheduleQuality";
import { assertNever } from "../../core/result";
import type { Translate } from "../views/operationWords";
import { sayDay } from "../views/sayDay";
import { nameIn } from "./rotaPeople";

interface Speech {
  readonly t: Translate;
  readonly language: string;
}

/** How many lines there are of what is wrong. */
const mostFlaws = 12;

/** What is wrong with some turns, a sentence each; two turns in a row, which are many where a backup is primary next, are one. */
export function sayFlaws(flaws: readonly ScheduleFlaw[], desk: Desk, speech: Speech): readonly string[] {
  const { t, language } = speech;
  const lines = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [] : [sayFlaw(flaw, desk, speech)]));
  const rows = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [`${nameIn(desk, flaw.login)} (${sayDay(dateTextOf(flaw.from, desk.timezone), language)})`] : []));
  return [
    ...lines.slice(0, mostFlaws),
    ...(lines.length > mostFlaws ? [t("…and {0} more", lines.length - mostFlaws)] : []),
    ...(rows.length === 0 ? [] : [t("On duty again right after a turn, in whatever role: {0}. Plan turns to avoid it.", rows.join(", "))]),
  ];
}

function sayFlaw(flaw: Exclude<ScheduleFlaw, { kind: "twoInARow" }>, desk: Desk, { t, language }: Speech): string {
  const day = sayDay(dateTextOf(flaw.from, desk.timezone), language);
  const name = (login: string): string => nameIn(desk, login);
  switch (flaw.kind) {
    case "gap":
      return t("{0}: nobody is {1}.", day, flaw.role);
    case "away":
      return flaw.whole ? t("{0}: {1} is {2}, and away all that time.", day, name(flaw.login), flaw.role) : t("{0}: {1} is {2}, and away for a part of that time.", day, name(flaw.login), flaw.role);
    case "noExperiencedBackup":
      return t("{0}: neither {1} nor {2} is experienced.", day, name(flaw.primary), name(flaw.backup));
    case "twoRoles":
      return t("{0}: {1} has two roles, {2} and {3}.", day, name(flaw.login), ...flaw.roles);
    default:
      return assertNever(flaw);
  }
}
