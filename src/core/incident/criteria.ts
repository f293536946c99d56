import { readFields, setFields } from "../markup/fieldRegion";
import { priorityDecisionComment } from "../markup/issueTexts";
import { renderMilestone } from "../markup/milestone";
import type { Desk, Priority } from "../model/desk";
import type { Issue, IssueDraft } from "../model/issue";
import type { ChangeStamp } from "../model/issueChange";
import { fieldNamed, type IssueField } from "../model/issueField";
import { hasName, sameName } from "../model/names";
import type { FirstChange, SingleOperation } from "../model/operation";

/** The criteria of a priority. */
export interface CriteriaGroup {
  /** The name of the priority. Absent for criteria that were selected and are no longer in `desk.yml`. */
  readonly priority?: string;
  readonly criteria: readonly string[];
}

/**
 * The criteria to choose from, grouped by priority, the highest first. A criterion of several priorities is in the group of the
 * highest. Selected criteria that the desk no longer lists are in the last group. Empty if there are none.
 */
export function criteriaGroups({ priorities }: Pick<Desk, "priorities">, selected: readonly string[]): readonly CriteriaGroup[] {
  const groups = priorities.map(({ name, criteria }, index) => ({
    priority: name,
    criteria: [...new Set(criteria)].filter((criterion) => !priorities.slice(0, index).some((higher) => higher.criteria.includes(criterion))),
  }));
  const unlisted = selected.filter((criterion) => !priorities.some(({ criteria }) => criteria.includes(criterion)));
  return [...groups, { criteria: unlisted }].filter(({ criteria }) => criteria.length > 0);
}

/** The highest priority that one of the selected criteria belongs to. Returns `undefined` if there is none. */
export function proposedPriority({ priorities }: Pick<Desk, "priorities">, selected: readonly string[]): Priority | undefined {
  return priorities.find(({ criteria }) => criteria.some((criterion) => selected.includes(criterion)));
}

/** The criteria that were selected for an issue. */
export function selectedCriteria({ body }: Pick<Issue, "body">): readonly string[] {
  return readCriteria(fieldNamed(readFields(body), "criteria")?.value ?? "");
}

/** The criteria in the value of the field `criteria`. */
export function readCriteria(value: string): readonly string[] {
  return value.split("\n").filter((criterion) => criterion !== "");
}

/** What a person decided about the priority of an issue. */
export interface PriorityDecision {
  /** The name of the priority. Absent: none. */
  readonly priority?: string | undefined;
  readonly criteria: readonly string[];
}

/**
 * The changes that record a decision: the label of the priority, fields for the time of the change and the criteria, and a note
 * in the timeline if the decision is about criteria. Labels other than those of priorities stay. Empty if nothing changes.
 */
export function priorityOperations(desk: Pick<Desk, "priorities">, issue: Issue, { priority, criteria }: PriorityDecision, { at, by }: ChangeStamp): readonly SingleOperation[] {
  const { ref } = issue;
  const wanted = desk.priorities.find(({ name }) => sameName(name, priority ?? ""));
  const current = desk.priorities.find(({ label }) => hasName(issue.labels, label));
  const before = selectedCriteria(issue);
  const others = desk.priorities.filter((one) => wanted === undefined || !sameName(one.label, wanted.label)).map(({ label }) => label);
  const remove = issue.labels.filter((label) => hasName(others, label));
  const add = wanted === undefined || hasName(issue.labels, wanted.label) ? [] : [wanted.label];
  const isRelabeled = add.length > 0 || remove.length > 0;
  const isReasoned = criteria.length !== before.length || criteria.some((criterion) => !before.includes(criterion));
  const field = (name: string, value: string): IssueField => ({ name, value, at, by });
  const fields = [...(isRelabeled ? [field("prioritized", wanted?.name ?? "")] : []), ...(isReasoned ? [field("criteria", criteria.join("\n"))] : [])];
  if (fields.length === 0) return [];
  const note = priorityDecisionComment({ ...(current === undefined ? {} : { before: current.name }), ...(wanted === undefined ? {} : { priority: wanted.name }), criteria });
  return [
    ...(isRelabeled ? [{ kind: "edit" as const, ref, change: { kind: "label" as const, add, remove } }] : []),
    { kind: "edit", ref, change: { kind: "setFields", fields } },
    ...(criteria.length === 0 && before.length === 0 ? [] : [{ kind: "comment" as const, ref, markdown: renderMilestone("note", note) }]),
  ];
}

/** The text and the first changes of a new issue that keep what was decided about its priority. Unchanged if no criterion was selected. */
export function keepDecision(draft: IssueDraft, { priority, criteria }: PriorityDecision, { at, by }: ChangeStamp): { readonly draft: IssueDraft; readonly then: readonly FirstChange[] } {
  if (criteria.length === 0) return { draft, then: [] };
  const note = priorityDecisionComment({ ...(priority === undefined ? {} : { priority }), criteria });
  return {
    draft: { ...draft, body: setFields(draft.body, [{ name: "criteria", value: criteria.join("\n"), at, by }]) },
    then: [{ kind: "comment", markdown: renderMilestone("note", note) }],
  };
}
