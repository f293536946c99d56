import { statedKind, usualKind } from "../issue/issueFacts";
import { readStage } from "../markup/labels";
import { type Desk, impactWeights } from "../model/desk";
import type { Issue } from "../model/issue";
import { hasName, sameName } from "../model/names";
import type { DeskHistory } from "./deskHistory";

/** What labels of an issue mean at a time, by the desk in force then. What that desk does not know is read by the newest one that does. */
export interface DeskReading {
  readonly kind: (at: number, labels: readonly string[]) => string | undefined;
  readonly priority: (at: number, labels: readonly string[]) => string | undefined;
  readonly severity: (at: number, labels: readonly string[]) => string | undefined;
  /** How much of an outage the impact of the severity is. Absent without a severity. */
  readonly weight: (at: number, labels: readonly string[]) => number | undefined;
  /** The stage that labels name, in the spelling of the desk. Absent if no desk knows it. */
  readonly stage: (at: number, labels: readonly string[]) => string | undefined;
}

/** Creates the reading of an issue's labels. The repository and the title of the issue can say its kind, too. */
export function deskReading(desks: DeskHistory, { ref, title }: Pick<Issue, "ref" | "title">): DeskReading {
  const severityOf = ({ severities }: Desk, labels: readonly string[]): string | undefined => severities.find((name) => hasName(labels, name));
  const stated = byDesks(desks, (desk, labels) => statedKind({ ref, title, labels }, desk));
  const usual = byDesks(desks, (desk) => usualKind({ ref }, desk));
  return {
    kind: (at, labels) => stated(at, labels) ?? usual(at, []),
    priority: byDesks(desks, ({ priorities }, labels) => priorities.find(({ label }) => hasName(labels, label))?.name),
    severity: byDesks(desks, severityOf),
    weight: byDesks(desks, (desk, labels) => {
      const severity = severityOf(desk, labels);
      return severity === undefined ? undefined : weightOf(desk, severity);
    }),
    stage: byDesks(desks, ({ stages }, labels) => {
      const named = labels.flatMap((label) => readStage([label]) ?? []);
      return stages.find((stage) => hasName(named, stage));
    }),
  };
}

/** The weight of a severity: what desk.yml says, otherwise that of an outage for the worst one and of a partial impact for others. */
function weightOf({ severities, impact = {} }: Desk, severity: string): number {
  const own = Object.entries(impact).find(([name]) => sameName(name, severity))?.[1];
  return own ?? (severity === severities[0] ? impactWeights.major : impactWeights.partial);
}

/** Reads labels by the desk in force, otherwise by the newest one that knows them. The latter is found once. */
function byDesks<T>(desks: DeskHistory, read: (desk: Desk, labels: readonly string[]) => T | undefined): (at: number, labels: readonly string[]) => T | undefined {
  const newest = new Map<string, T | undefined>();
  return (at, labels) => {
    const then = read(desks.at(at).desk, labels);
    if (then !== undefined) return then;
    const key = labels.join("\n");
    if (!newest.has(key)) newest.set(key, desks.versions.toReversed().reduce<T | undefined>((found, { desk }) => found ?? read(desk, labels), undefined));
    return newest.get(key);
  };
}
