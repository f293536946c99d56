import { nameIndex } from "../model/names";
import type { DeskHistory, Times } from "./history/deskHistory";
import type { Impact } from "./history/issueHistory";
import { heldValues } from "./history/nameSpans";

/** How available a service was in a period. Lengths are in milliseconds. */
export interface Availability {
  readonly service: string;
  /** The time with impact, each part weighted by the worst impact at that time. */
  readonly impact: Times;
  /** The time with any impact. */
  readonly affected: Times;
  /** 1 minus the weighted impact as a part of the period. Absent for a period without any such time. */
  readonly share: { readonly business?: number; readonly wall?: number };
}

/** The availability of services between two times in milliseconds since the epoch. Where impacts overlap, only the worst counts. */
export function availability(services: readonly string[], impacts: readonly Impact[], period: { readonly from: number; readonly to: number }, desks: DeskHistory): readonly Availability[] {
  const whole = desks.between(period.from, period.to);
  const impactsOn = nameIndex(impacts, ({ value }) => [value]);
  return services.map((service) => {
    const own = impactsOn(service);
    const impact = { business: 0, wall: 0 };
    const affected = { business: 0, wall: 0 };
    for (const { from, to, value: weight } of heldValues(period.from, period.to, own.flatMap((one) => [one.from, one.to]), worstWeight(own))) {
      if (weight === 0) continue;
      const { business, wall } = desks.between(from, to);
      impact.business += business * weight;
      impact.wall += wall * weight;
      affected.business += business;
      affected.wall += wall;
    }
    return {
      service, impact, affected,
      share: { ...(whole.business === 0 ? {} : { business: 1 - impact.business / whole.business }), ...(whole.wall === 0 ? {} : { wall: 1 - impact.wall / whole.wall }) },
    };
  });
}

/** The worst weight at a time, for times in ascending order. Its time does not grow with the number of impacts that overlap. */
function worstWeight(impacts: readonly Impact[]): (at: number) => number {
  const changes = impacts.flatMap(({ from, to, weight }) => [{ at: from, weight, by: 1 }, { at: to, weight, by: -1 }]).toSorted((a, b) => a.at - b.at);
  const counts = new Map<number, number>();
  let next = 0;
  return (at) => {
    for (let change = changes[next]; change !== undefined && change.at <= at; change = changes[next]) {
      const count = (counts.get(change.weight) ?? 0) + change.by;
      if (count === 0) counts.delete(change.weight);
      else counts.set(change.weight, count);
      next += 1;
    }
    return Math.max(0, ...counts.keys());
  };
}
