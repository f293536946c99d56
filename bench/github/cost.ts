import type { SeenRequest } from "../../test/support/fakeGithub/fakeGithub";
import type { Figure } from "../figure";

/** What some requests take of GitHub's limits. */
export interface Cost {
  readonly requests: number;
  /** Of the hourly limit, which an answer that nothing changed takes nothing of. */
  readonly hourly: number;
  /** Of the limit for too much at once: a reading takes 1, a write 5. */
  readonly points: number;
}

export function costOf(seen: readonly Pick<SeenRequest, "method" | "status">[]): Cost {
  return {
    requests: seen.length,
    hourly: seen.filter(({ status }) => status !== 304).length,
    points: seen.reduce((sum, { method }) => sum + (method === "GET" ? 1 : 5), 0),
  };
}

/** The cost beside the least that the same could take. */
export function costFigures(name: string, cost: Cost, least: Cost): readonly Figure[] {
  return [
    { name: `requests, ${name}`, unit: "requests", value: cost.requests, baseline: least.requests },
    { name: `of the hourly limit, ${name}`, unit: "requests", value: cost.hourly, baseline: least.hourly },
    { name: `points, ${name}`, unit: "points", value: cost.points, baseline: least.points },
  ];
}
