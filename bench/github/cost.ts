import type { SeenRequest } from "../../test/support/fakeGithub/fakeGithub";
import type { Figure } from "../figure";

/** The cost of some requests under GitHub's rate limits. */
export interface Cost {
  readonly requests: number;
  /** Against the hourly limit. Responses without changes are free. */
  readonly hourly: number;
  /** Against the secondary limit: a read takes 1 point, a write 5. */
  readonly points: number;
}

export function costOf(seen: readonly Pick<SeenRequest, "method" | "status">[]): Cost {
  return {
    requests: seen.length,
    hourly: seen.filter(({ status }) => status !== 304).length,
    points: seen.reduce((sum, { method }) => sum + (method === "GET" ? 1 : 5), 0),
  };
}

/** The cost, compared with the minimum. */
export function costFigures(name: string, cost: Cost, least: Cost): readonly Figure[] {
  return [
    { name: `requests, ${name}`, unit: "requests", value: cost.requests, baseline: least.requests },
    { name: `of the hourly limit, ${name}`, unit: "requests", value: cost.hourly, baseline: least.hourly },
    { name: `points, ${name}`, unit: "points", value: cost.points, baseline: least.points },
  ];
}
