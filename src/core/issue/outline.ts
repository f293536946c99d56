import type { Desk } from "../desk/desk";
import { compareInstants } from "./compareInstants";
import type { BrokenIssue, Issue, IssueSnapshot } from "./issue";
import { issueFacts, type IssueFacts } from "./issueFacts";
import { refKey, type IssueRef } from "./issueRef";

/** What a tree shows, as data. Ids are stable while the issues stay where they are. */
export type OutlineNode = GroupNode | IssueNode | UnknownNode | BrokenNode;

export interface GroupNode {
  readonly kind: "group";
  readonly id: string;
  readonly by: Exclude<Grouping, "none">;
  /** Stage, priority, login or kind; empty for issues that have none. */
  readonly name: string;
  readonly nodes: readonly IssueNode[];
}

export interface IssueNode {
  readonly kind: "issue";
  readonly id: string;
  readonly issue: Issue;
  readonly facts: IssueFacts;
  /** How it belongs to the node above; absent at the top. */
  readonly relation?: "child" | "related";
  /** Linked issues: children first, with their own below them, then related ones. */
  readonly nodes: readonly (IssueNode | UnknownNode)[];
}

/** A linked issue that the snapshot does not hold. */
export interface UnknownNode {
  readonly kind: "unknown";
  readonly id: string;
  readonly ref: IssueRef;
  readonly relation: "child" | "related";
}

export interface BrokenNode {
  readonly kind: "broken";
  readonly id: string;
  readonly broken: BrokenIssue;
}

export type Grouping = "none" | "stage" | "priority" | "assignee" | "kind";

export interface OutlineFilter {
  /** Every word is to be in the title, number, labels, assignees or services; letter case does not matter. */
  readonly text?: string;
  readonly label?: string;
  readonly assignee?: string;
  /** The login of the person at the keyboard: only what is assigned to them. */
  readonly mine?: string;
  readonly includeClosed?: boolean;
}

export interface OutlineOptions {
  /** The kinds at the top; linked issues below them may be of any. */
  readonly kinds: readonly string[];
  readonly group: Grouping;
  readonly filter: OutlineFilter;
  /** `rememberFacts` of the desk, where the same issues are outlined again. */
  readonly facts?: (issue: Issue) => IssueFacts;
}

/** The tree of a view: by priority, then the oldest first; issues that a person broke come last. */
export function outline(snapshot: IssueSnapshot, desk: Desk, { kinds, group, filter, facts = (issue) => issueFacts(issue, desk) }: OutlineOptions): readonly OutlineNode[] {
  const known = new Map<string, Known>();
  for (const issue of snapshot.issues) known.set(refKey(issue.ref), { issue, facts: facts(issue) });
  const top = [...known.values()]
    .filter(({ issue, facts }) => facts.kind !== undefined && kinds.includes(facts.kind) && passes(issue, facts, filter))
    .sort(byPriorityThenAge(desk));
  const broken = snapshot.broken
    .filter(({ path }) => kinds.includes(shownWith(path, desk)))
    .map((one): BrokenNode => ({ kind: "broken", id: `broken/${one.path}`, broken: one }));
  if (group === "none") return [...top.map((one) => issueNode(one, known, [], undefined)), ...broken];
  return [...grouped(top, group, desk, known), ...broken];
}

interface Known {
  readonly issue: Issue;
  readonly facts: IssueFacts;
}

type KnownIssues = ReadonlyMap<string, Known>;

function issueNode({ issue, facts }: Known, known: KnownIssues, above: readonly string[], relation: "child" | "related" | undefined): IssueNode {
  const path = [...above, refKey(issue.ref)];
  const children = facts.children.filter((ref) => !path.includes(refKey(ref)));
  const related = facts.related.filter((ref) => !path.includes(refKey(ref)) && !children.some((child) => refKey(child) === refKey(ref)));
  return {
    kind: "issue",
    id: path.join("/"),
    issue,
    facts,
    ...(relation === undefined ? {} : { relation }),
    nodes:
      relation === "related"
        ? []
        : [...children.map((ref) => linkedNode(ref, known, path, "child")), ...related.map((ref) => linkedNode(ref, known, path, "related"))],
  };
}

function linkedNode(ref: IssueRef, known: KnownIssues, path: readonly string[], relation: "child" | "related"): IssueNode | UnknownNode {
  const found = known.get(refKey(ref));
  return found === undefined ? { kind: "unknown", id: [...path, refKey(ref)].join("/"), ref, relation } : issueNode(found, known, path, relation);
}

function grouped(top: readonly Known[], by: Exclude<Grouping, "none">, desk: Desk, known: KnownIssues): readonly GroupNode[] {
  const groups = new Map<string, Known[]>();
  for (const one of top) {
    for (const name of groupNames(one, by)) {
      const members = groups.get(name);
      if (members === undefined) groups.set(name, [one]);
      else members.push(one);
    }
  }
  return [...groups]
    .sort(([a], [b]) => groupRank(a, by, desk) - groupRank(b, by, desk) || (a < b ? -1 : 1))
    .map(([name, members]) => {
      const id = `${by}/${name}`;
      return { kind: "group", id, by, name, nodes: members.map((one) => issueNode(one, known, [id], undefined)) };
    });
}

function groupNames({ issue, facts }: Known, by: Exclude<Grouping, "none">): readonly string[] {
  switch (by) {
    case "stage":
      return [facts.stage];
    case "priority":
      return [facts.priority ?? ""];
    case "assignee":
      return issue.assignees.length === 0 ? [""] : issue.assignees;
    case "kind":
      return [facts.kind ?? ""];
  }
}

/** Groups stand in the desk's order; those it does not name follow by name, and the group of none comes last. */
function groupRank(name: string, by: Exclude<Grouping, "none">, desk: Desk): number {
  if (name === "") return Number.MAX_SAFE_INTEGER;
  const order: Readonly<Record<typeof by, readonly string[]>> = {
    stage: desk.stages,
    priority: desk.priorities.map((one) => one.name),
    assignee: [],
    kind: desk.kinds.map((one) => one.name),
  };
  const named = order[by];
  const index = named.indexOf(name);
  return index < 0 ? named.length : index;
}

function passes(issue: Issue, facts: IssueFacts, filter: OutlineFilter): boolean {
  if (filter.includeClosed !== true && issue.state === "closed") return false;
  if (filter.label !== undefined && !hasName(issue.labels, filter.label)) return false;
  if (filter.assignee !== undefined && !hasName(issue.assignees, filter.assignee)) return false;
  if (filter.mine !== undefined && !hasName(issue.assignees, filter.mine)) return false;
  const text = [issue.title, `#${issue.ref.number}`, issue.ref.repository, facts.stage, ...issue.labels, ...issue.assignees].join(" ").toLowerCase();
  return (filter.text ?? "").toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function byPriorityThenAge(desk: Desk): (a: Known, b: Known) => number {
  const rank = ({ facts }: Known): number => {
    const index = desk.priorities.findIndex(({ name }) => name === facts.priority);
    return index < 0 ? desk.priorities.length : index;
  };
  return (a, b) => rank(a) - rank(b) || compareInstants(a.issue.createdAt, b.issue.createdAt) || a.issue.ref.number - b.issue.ref.number;
}

/** A broken file cannot say its kind: its folder does, and where that is no kind of the desk, it shows with the first. */
function shownWith(path: string, desk: Desk): string {
  const folder = path.split("/").at(-2) ?? "";
  return desk.kinds.some(({ name }) => name === folder) ? folder : folder === "checklist" ? folder : (desk.kinds[0]?.name ?? "");
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}
