import type { Desk } from "../../core/desk/desk";
import { dateTextOf } from "../../core/duty/localTime";
import type { ScheduleFlaw } from "../../core/duty/scheduleQuality";
import { assertNever } from "../../core/result";
import type { Translate } from "../views/operationWords";
import { sayDay } from "../views/sayDay";
import { nameIn } from "./rotaPeople";

/** What is wrong with some turns, as a sentence that begins with the day. */
export function sayFlaw(flaw: ScheduleFlaw, desk: Desk, { t, language }: { readonly t: Translate; readonly language: string }): string {
  const day = sayDay(dateTextOf(flaw.from, desk.timezone), language);
  const name = (login: string): string => nameIn(desk, login);
  switch (flaw.kind) {
    case "gap":
      return t("{0}: nobody is {1}.", day, flaw.role);
    case "away":
      return flaw.whole ? t("{0}: {1} is {2}, and away all that time.", day, name(flaw.login), flaw.role) : t("{0}: {1} is {2}, and away for a part of that time.", day, name(flaw.login), flaw.role);
    case "twoInARow":
      return t("{0}: {1} has a second turn in a row.", day, name(flaw.login));
    case "noExperiencedBackup":
      return t("{0}: neither {1} nor {2} is experienced.", day, name(flaw.primary), name(flaw.backup));
    case "twoRoles":
      return t("{0}: {1} has two roles, {2} and {3}.", day, name(flaw.login), ...flaw.roles);
    default:
      return assertNever(flaw);
  }
}
