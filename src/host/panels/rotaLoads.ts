import type { Desk } from "../../core/desk/desk";
import { scheduleQuality } from "../../core/duty/scheduleQuality";
import type { RotaLoads } from "../../protocol/rota";
import type { Translate } from "../views/operationWords";
import { colourOf, nameIn } from "./rotaPeople";

/** How many turns people have in a year, rotation by rotation, and how even that is. */
export function rotaLoads(desk: Desk, year: string, { t, language }: { readonly t: Translate; readonly language: string }): readonly RotaLoads[] {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return scheduleQuality(desk, `${year}-01-01`, `${year}-12-31`).loads.map(({ rotation, people, spread }) => ({
    title: rotation === undefined ? t("Turns in {0}", year) : t("Turns in {0}: {1}", year, rotation),
    most: Math.max(1, ...people.map(({ turns }) => turns)),
    text: spread > 1 ? t("Uneven: the most and the fewest turns are {0} apart. Plan turns to even it out.", numbers.format(spread)) : t("Even: nobody has over one turn more than another."),
    people: people.map(({ login, turns, byRole }) => ({
      name: nameIn(desk, login),
      colour: colourOf(desk, login),
      turns,
      text: `${numbers.format(turns)} (${Object.entries(byRole).map(([role, count]) => `${role} ${numbers.format(count)}`).join(", ")})`,
    })),
  }));
}
