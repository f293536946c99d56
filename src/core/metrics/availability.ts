import { sameName } from "../model/names";
import type { DeskHistory, Times } from "./deskHistory";
import type { Impact } from "./issueHistory";

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
    const own = impacts.flatMap(({ value, from, to, weight }) => {
      const [start, end] = [Math.max(from, period.from), Math.min(to, period.to)];
      return sameName(value, service) && start < end ? [{ from: start, to: end, weight }] : [];
    });
    const impact = { business: 0, wall: 0 };
    const affected = { business: 0, wall: 0 };
    for (const { from, to, weight } of heaviest(own)) {
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

interface Weighted {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Spans without overlap in order of time, each with the largest weight at that time. Neighbors with equal weights are one. */
function heaviest(spans: readonly Weighted[]): readonly Weighted[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const found: Weighted[] = [];
  let active: readonly Weighted[] = [];
  let next = 0;
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    active = active.filter((span) => span.to > from);
    for (let span = sorted[next]; span !== undefined && span.from <= from; span = sorted[next]) {
      active = [...active, span];
      next += 1;
    }
    const weight = Math.max(0, ...active.map((span) => span.weight));
    if (weight === 0) continue;
    const last = found.at(-1);
    if (last?.to === from && last.weight === weight) found.splice(-1, 1, { ...last, to });
    else found.push({ from, to, weight });
  }
  return found;
}
