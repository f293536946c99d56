import { kindLabel } from "../../issue/issueFacts";
import { serviceLabel, stageLabel } from "../../markup/labels";
import type { Desk } from "../../model/desk";

/** Lists of names in `desk.yml`. */
type NameList = "priorityLabels" | "severities" | "stages" | "kindLabels";

/** Finds the versions of a desk that know names, ignoring case. Its time does not grow with the number of versions. */
export interface DeskNames {
  /** The position of the newest version in which a list has one of the names. */
  newestWith(list: NameList, names: readonly string[]): number | undefined;
  /** Whether a version has both labels. */
  haveBoth(label: string, other: string): boolean;
}

/** Creates an index of the names in versions of a desk, the oldest first. */
export function deskNames(desks: readonly Desk[]): DeskNames {
  const lists: Readonly<Record<NameList, ReadonlyMap<string, readonly number[]>>> = {
    priorityLabels: positions(desks, priorityLabels),
    severities: positions(desks, ({ severities }) => severities),
    stages: positions(desks, ({ stages }) => stages),
    kindLabels: positions(desks, ({ kinds }) => kinds.map(kindLabel)),
  };
  const labels = positions(desks, (desk) => [...desk.stages.map(stageLabel), ...desk.services.map(serviceLabel), ...priorityLabels(desk), ...desk.severities, ...desk.kinds.map(kindLabel)]);
  return {
    newestWith(list, names) {
      const found = names.reduce((newest, name) => Math.max(newest, lists[list].get(name.toLowerCase())?.at(-1) ?? -1), -1);
      return found < 0 ? undefined : found;
    },
    haveBoth(label, other) {
      const own = new Set(labels.get(label.toLowerCase()));
      return labels.get(other.toLowerCase())?.some((position) => own.has(position)) ?? false;
    },
  };
}

function priorityLabels({ priorities }: Desk): readonly string[] {
  return priorities.map(({ label }) => label);
}

/** For each name in lower case, the positions of the desks that have it. */
function positions(desks: readonly Desk[], namesOf: (desk: Desk) => readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [position, desk] of desks.entries()) {
    for (const name of new Set(namesOf(desk).map((one) => one.toLowerCase()))) {
      const own = found.get(name);
      if (own === undefined) found.set(name, [position]);
      else own.push(position);
    }
  }
  return found;
}
