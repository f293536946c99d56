import type { Desk } from "../../core/desk/desk";
import { assertNever } from "../../core/result";
import type { KnownIssue } from "./knownIssue";
import type { DeskNode, GroupNode, IssueNode } from "./node";
import type { Grouping, OutlineChoice } from "./outlineChoice";

/** Names of the groups of issues that lack what is grouped by. */
export interface GroupWords {
  readonly noPriority: string;
  readonly nobody: string;
  readonly noKind: string;
}

/** What the groups and their order depend on. */
export interface GroupScene {
  readonly desk: Desk;
  readonly choice: OutlineChoice;
  readonly me?: string;
  readonly words: GroupWords;
}

/** The issues as nodes below the groups that the choice asks for, groups in the desk's order and never empty. */
export function groupIssues(known: readonly KnownIssue[], scene: GroupScene, node: (known: KnownIssue, above: readonly string[]) => IssueNode): readonly DeskNode[] {
  const by = scene.choice.group;
  if (by === "none") return known.map((each) => node(each, []));
  const groups = new Map<string, KnownIssue[]>();
  for (const each of known) for (const name of namesOf(each, by)) groups.set(name, [...(groups.get(name) ?? []), each]);
  const order = orderOf(by, scene);
  const place = (name: string): number => (name === "" ? Number.MAX_SAFE_INTEGER : order.includes(name) ? order.indexOf(name) : order.length);
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([name, members]): GroupNode => ({
      kind: "group",
      id: `group:${by}:${name}`,
      title: name === "" ? wordFor(by, scene.words) : name,
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

function orderOf(by: Exclude<Grouping, "none">, { desk, me }: GroupScene): readonly string[] {
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

function wordFor(by: Exclude<Grouping, "none">, words: GroupWords): string {
  switch (by) {
    case "priority":
      return words.noPriority;
    case "assignee":
      return words.nobody;
    case "kind":
    case "stage":
      return words.noKind;
    default:
      return assertNever(by);
  }
}
