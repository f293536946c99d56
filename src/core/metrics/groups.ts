import type { Desk } from "../model/desk";
import type { Issue } from "../model/issue";
import { distinctNames, hasName, nameIndex } from "../model/names";
import type { IssueMeasures } from "./measures";
import { isInPeriod, type Period } from "./period";
import type { ComparedFigures, Counted, CountedIssues } from "./periodFigures";
import type { MeasuredChecklist } from "./runbookFigures";

/** What figures are grouped by. */
export const groupings = ["priority", "severity", "kind", "service", "runbook"] as const;

export type Grouping = (typeof groupings)[number];

/** The values that an issue must have to be in a report, such as one kind. */
export type ReportFilter = Readonly<Partial<Record<Grouping, string>>>;

/** Whether an issue has all values of a filter. */
export function hasValues(measures: IssueMeasures, only: ReportFilter): boolean {
  return groupings.every((by) => only[by] === undefined || hasName(valuesOf(measures, by), only[by]));
}

/** The figures of the issues with one value, such as one priority. The name is absent for issues without a value. */
export interface Group extends ComparedFigures {
  readonly by: Grouping;
  readonly name?: string;
}

/** The values of an issue that decide which groups it is in. */
function valuesOf({ priority, severity, kind, services, runbooks }: IssueMeasures, by: Grouping): readonly string[] {
  switch (by) {
    case "priority":
      return priority === undefined ? [] : [priority];
    case "severity":
      return severity === undefined ? [] : [severity];
    case "kind":
      return kind === undefined ? [] : [kind];
    case "service":
      return services;
    case "runbook":
      return runbooks;
  }
}

interface GroupInput extends Pick<CountedIssues, "counted" | "actions" | "checklists" | "impacts"> {
  readonly desk: Desk;
  /** From the start of the previous period to the end of the period. */
  readonly range: Pick<Period, "from" | "to">;
  readonly figuresOf: (issues: CountedIssues) => ComparedFigures;
}

/**
 * The groups that have issues in the period or the previous one: for each grouping in the desk's order, then others in alphabetical
 * order, then the issues without a value. An issue with several values is in each group.
 */
export function groupsOf(input: GroupInput): readonly Group[] {
  const { counted, desk, range } = input;
  const figuresOf = groupFigures(input);
  return groupings.flatMap((by) => {
    const order = namesOf(by, desk);
    const names = distinctNames(counted.flatMap(({ measures }) => (isInPeriod(range, measures.reported) ? valuesOf(measures, by) : [])));
    const ranks = new Map(order.toReversed().map((name, index) => [name.toLowerCase(), order.length - 1 - index]));
    const rank = (name: string): number => ranks.get(name.toLowerCase()) ?? order.length;
    const sorted = names.toSorted((a, b) => rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const countedWith = nameIndex(counted, ({ measures }) => valuesOf(measures, by));
    const groups: readonly Group[] = [
      ...sorted.map((name) => ({ by, name, ...figuresOf(countedWith(name)) })),
      { by, ...figuresOf(counted.filter(({ measures }) => valuesOf(measures, by).length === 0)) },
    ];
    return groups.filter(({ figures, previous }) => figures.count > 0 || previous.figures.count > 0);
  });
}

/** Calculates the figures of groups. Groups often have the same issues, for example of one kind and without a severity: their figures are calculated once. */
function groupFigures({ counted, actions, checklists, impacts, figuresOf }: GroupInput): (own: readonly Counted[]) => ComparedFigures {
  const places = new Map(counted.map((one, place) => [one, place]));
  const checklistsOf = checklistIndex(checklists);
  const known = new Map<string, ComparedFigures>();
  return (own) => {
    const members = own.map((one) => places.get(one)).join();
    const same = known.get(members);
    if (same !== undefined) return same;
    const issues = new Set(own.map(({ history }) => history.issue));
    const isOwn = ({ issue }: { readonly issue: Issue }): boolean => issues.has(issue);
    const figures = figuresOf({ counted: own, actions: actions.filter(isOwn), checklists: checklistsOf(own), impacts: impacts.filter(isOwn), services: [] });
    known.set(members, figures);
    return figures;
  };
}

/** Finds the checklists of issues, in their order. */
function checklistIndex(checklists: readonly MeasuredChecklist[]): (counted: readonly Counted[]) => readonly MeasuredChecklist[] {
  const places = new Map<Issue, number[]>();
  for (const [place, { issue }] of checklists.entries()) {
    const own = places.get(issue);
    if (own === undefined) places.set(issue, [place]);
    else own.push(place);
  }
  return (counted) => counted.flatMap(({ history }) => places.get(history.issue) ?? []).toSorted((a, b) => a - b).flatMap((place) => checklists[place] ?? []);
}

/** The names of a grouping in the desk's order. Runbooks are known only from issues. */
export function namesOf(by: Grouping, { priorities, severities, kinds, services }: Desk): readonly string[] {
  return { priority: priorities.map(({ name }) => name), severity: severities, kind: kinds.map(({ name }) => name), service: services, runbook: [] }[by];
}
