import { statedKind, usualKind } from "../../issue/issueFacts";
import { readStage } from "../../markup/labels";
import { type Desk, impactWeights } from "../../model/desk";
import type { Issue } from "../../model/issue";
import { hasName, sameName } from "../../model/names";
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
  const { names } = desks;
  const newestSeverity = (labels: readonly string[]): number | undefined => names.newestWith("severities", labels);
  const stated = byDesks(desks, (desk, labels) => statedKind({ ref, title, labels }, desk));
  const usual = byDesks(desks, (desk) => usualKind({ ref }, desk));
  return {
    kind: (at, labels) => stated(at, labels) ?? usual(at, []),
    priority: byDesks(desks, ({ priorities }, labels) => priorities.find(({ label }) => hasName(labels, label))?.name, (labels) => names.newestWith("priorityLabels", labels)),
    severity: byDesks(desks, severityOf, newestSeverity),
    weight: byDesks(desks, (desk, labels) => {
      const severity = severityOf(desk, labels);
      return severity === undefined ? undefined : weightOf(desk, severity);
    }, newestSeverity),
    stage: byDesks(desks, ({ stages }, labels) => stages.find((stage) => hasName(stagesIn(labels), stage)), (labels) => names.newestWith("stages", stagesIn(labels))),
  };
}

function stagesIn(labels: readonly string[]): readonly string[] {
  return labels.flatMap((label) => readStage([label]) ?? []);
}

/** The weight of a severity: what desk.yml says, otherwise that of an outage for the worst one and of a partial impact for others. */
function weightOf({ severities, impact = {} }: Desk, severity: string): number {
  const own = Object.entries(impact).find(([name]) => sameName(name, severity))?.[1];
  return own ?? (severity === severities[0] ? impactWeights.major : impactWeights.partial);
}

/** Reads labels by the desk in force, otherwise by the newest one that knows them. Without a function that finds it, all are read once. */
function byDesks<T>(desks: DeskHistory, read: (desk: Desk, labels: readonly string[]) => T | undefined, newestWith?: (labels: readonly string[]) => number | undefined): (at: number, labels: readonly string[]) => T | undefined {
  const newest = new Map<string, T | undefined>();
  const fromNewest = (labels: readonly string[]): T | undefined => {
    if (newestWith === undefined) return desks.versions.toReversed().reduce<T | undefined>((found, { desk }) => found ?? read(desk, labels), undefined);
    const version = desks.versions[newestWith(labels) ?? -1];
    return version === undefined ? undefined : read(version.desk, labels);
  };
  return (at, labels) => {
    const then = read(desks.at(at).desk, labels);
    if (then !== undefined) return then;
    const key = labels.join("\n");
    if (!newest.has(key)) newest.set(key, fromNewest(labels));
    return newest.get(key);
  };
}
