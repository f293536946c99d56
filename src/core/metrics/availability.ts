import { sameName } from "../model/names";
import type { DeskHistory, Times } from "./deskHistory";
import type { Impact } from "./issueHistory";
import { heldValues, spanLookup } from "./nameSpans";

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
  return services.map((service) => {
    const own = impacts.filter(({ value }) => sameName(value, service));
    const impactsAt = spanLookup(own);
    const weightAt = (at: number): number => impactsAt(at).reduce((worst, { weight }) => Math.max(worst, weight), 0);
    const impact = { business: 0, wall: 0 };
    const affected = { business: 0, wall: 0 };
    for (const { from, to, value: weight } of heldValues(period.from, period.to, own.flatMap((one) => [one.from, one.to]), weightAt)) {
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
