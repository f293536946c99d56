import type { Desk } from "../model/desk";
import type { Issue } from "../model/issue";
import { distinctNames, hasName, nameIndex } from "../model/names";
import type { IssueMeasures } from "./measures";
import { isInPeriod, type Period } from "./period";
import { type ComparedFigures, type Counted, type CountedIssues, isActionItem } from "./periodFigures";
import type { MeasuredChecklist } from "./runbookFigures";

/** What figures are grouped by. */
export const groupings = ["priority", "severity", "kind", "service", "runbook"] as const;

export type Grouping = (typeof groupings)[number];

/** The values that an issue must have to be in a report, such as one kind. */
export type IssueFilter = Readonly<Partial<Record<Grouping, string>>>;

/** Whether an issue has all values of a filter. */
export function matchesFilter(measures: IssueMeasures, only: IssueFilter): boolean {
  return groupings.every((by) => {
    const name = only[by];
    return name === undefined || isInGroup(measures, { by, name });
  });
}

/** The figures of the issues with one value, such as one priority. The name is absent for issues without a value. */
export interface Group extends ComparedFigures {
  readonly by: Grouping;
  readonly name?: string;
}

/** The values of an issue that decide which groups it is in. */
export function valuesOf({ priority, severity, kind, services, runbooks }: IssueMeasures, by: Grouping): readonly string[] {
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

/** Whether an issue is in a group. */
export function isInGroup(measures: IssueMeasures, { by, name }: Pick<Group, "by" | "name">): boolean {
  const values = valuesOf(measures, by);
  return name === undefined ? values.length === 0 : hasName(values, name);
}

interface GroupInput extends Pick<CountedIssues, "counted" | "checklists"> {
  readonly desk: Desk;
  /** From the start of the previous period to the end of the period. */
  readonly range: Pick<Period, "from" | "to">;
  readonly figuresOf: (issues: CountedIssues) => ComparedFigures;
}

/**
 * The groups that have issues in the period or the previous one: in the desk's order, then others in alphabetical order, then the
 * issues without a value. An issue with several values is in each group.
 */
export function groupsBy(by: Grouping, { counted, checklists, desk, range, figuresOf }: GroupInput): readonly Group[] {
  const order = namesOf(by, desk);
  const names = distinctNames(counted.flatMap(({ measures }) => !isInPeriod(range, measures.reported) ? [] : valuesOf(measures, by)));
  const ranks = new Map(order.toReversed().map((name, index) => [name.toLowerCase(), order.length - 1 - index]));
  const rank = (name: string): number => ranks.get(name.toLowerCase()) ?? order.length;
  const sorted = names.toSorted((a, b) => rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const countedWith = nameIndex(counted, ({ measures }) => valuesOf(measures, by));
  const checklistsOf = checklistIndex(checklists);
  const known = new Map<string, ComparedFigures>();
  const places = new Map(counted.map((one, place) => [one, place]));
  const group = (name: string | undefined): Group => {
    const key = { by, ...(name === undefined ? {} : { name }) };
    const own = name === undefined ? counted.filter(({ measures }) => isInGroup(measures, key)) : countedWith(name);
    // An issue with many services is in as many groups, which often have the same issues.
    const members = own.map((one) => places.get(one)).join();
    const figures = known.get(members) ?? figuresOf({ counted: own, actions: own.flatMap(({ history }) => (isActionItem(history) ? [history] : [])), checklists: checklistsOf(own), services: [] });
    known.set(members, figures);
    return { ...key, ...figures };
  };
  return [...sorted, undefined].map(group).filter(({ figures, previous }) => figures.count > 0 || previous.figures.count > 0);
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
