import type { IssueFacts } from "../../core/issue/issueFacts";
import type { Desk } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import { assertNever } from "../../core/model/result";
import type { KnownIssue } from "../ui/issueLabels";
import type { DeskNode, GroupNode, IssueNode } from "./node";
import type { Grouping, IssueFilter, OutlineChoice } from "./outlineChoice";

/** Names of the groups for issues without a value for the grouping. */
export interface GroupLabels {
  readonly noPriority: string;
  readonly nobody: string;
  readonly noKind: string;
}

interface GroupContext {
  readonly desk: Desk;
  readonly choice: OutlineChoice;
  readonly me?: string;
  readonly labels: GroupLabels;
}

/** Groups the issues as the choice says. Groups are in the desk's order, and none is empty. */
export function groupIssues(known: readonly KnownIssue[], context: GroupContext, node: (known: KnownIssue, above: readonly string[]) => IssueNode): readonly DeskNode[] {
  const by = context.choice.group;
  if (by === "none") return known.map((each) => node(each, []));
  const groups = new Map<string, KnownIssue[]>();
  for (const each of known) for (const name of namesOf(each, by)) groups.set(name, [...(groups.get(name) ?? []), each]);
  const order = orderOf(by, context);
  const position = (name: string): number => (name === "" ? Number.MAX_SAFE_INTEGER : order.includes(name) ? order.indexOf(name) : order.length);
  return [...groups]
    .sort(([a], [b]) => position(a) - position(b) || a.localeCompare(b))
    .map(([name, members]): GroupNode => ({
      kind: "group",
      id: `group:${by}:${name}`,
      title: name === "" ? groupLabel(by, context.labels) : name,
      count: members.length,
      children: members.map((each) => node(each, by === "assignee" ? [name] : [])),
    }));
}

function namesOf({ issue, facts }: KnownIssue, by: Exclude<Grouping, "none">): readonly string[] {
  switch (by) {
    case "stage":
      return [facts.stage];
    case "priority":
      return [facts.priority ?? ""];
    case "assignee":
      return issue.assignees.length === 0 ? [""] : issue.assignees;
    case "kind":
      return [facts.kind ?? ""];
    default:
      return assertNever(by);
  }
}

function orderOf(by: Exclude<Grouping, "none">, { desk, me }: GroupContext): readonly string[] {
  switch (by) {
    case "stage":
      return desk.stages;
    case "priority":
      return desk.priorities.map(({ name }) => name);
    case "assignee":
      return me === undefined ? [] : [me];
    case "kind":
      return desk.kinds.map(({ name }) => name);
    default:
      return assertNever(by);
  }
}

function groupLabel(by: Exclude<Grouping, "none">, labels: GroupLabels): string {
  switch (by) {
    case "priority":
      return labels.noPriority;
    case "assignee":
      return labels.nobody;
    case "kind":
    case "stage":
      return labels.noKind;
    default:
      return assertNever(by);
  }
}

/** Whether an issue matches the filter, ignoring case. */
export function matchesFilter(issue: Issue, facts: IssueFacts, filter: IssueFilter, me: string | undefined): boolean {
  if (filter.state !== "all" && filter.state !== issue.state) return false;
  if (filter.priority !== undefined && !same(filter.priority, facts.priority)) return false;
  if (filter.stage !== undefined && !same(filter.stage, facts.stage)) return false;
  const { service } = filter;
  if (service !== undefined && !facts.services.some((each) => same(service, each))) return false;
  return assigned(issue, filter.assignee, me) && hasWords(issue, facts, filter.text ?? "");
}

function assigned(issue: Issue, wanted: string | undefined, me: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === "@nobody") return issue.assignees.length === 0;
  const login = wanted === "@me" ? me : wanted;
  return login !== undefined && issue.assignees.some((each) => same(login, each));
}

function hasWords(issue: Issue, facts: IssueFacts, text: string): boolean {
  if (text === "") return true;
  const hay = [issue.title, `#${issue.ref.number}`, ...issue.labels, ...issue.assignees, facts.stage].join("\n").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
