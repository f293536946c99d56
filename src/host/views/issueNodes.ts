import { compareTexts } from "../../core/model/sorting";
import { repositoriesOf } from "../../core/incident/records";
import { type IssueFacts, issueFacts } from "../../core/issue/issueFacts";
import { hasTestLabel } from "../../core/markup/labels";
import type { Desk } from "../../core/model/desk";
import { checklistKind, type Instant, isLowHanging, type Issue, type IssueSnapshot, opportunityKind, ownKinds, recordKind } from "../../core/model/issue";
import type { LinkKind } from "../../core/model/issueChange";
import { type IssueRef, refIndex, refKey, sameRef } from "../../core/model/issueRef";
import type { Urgency } from "../../core/response/urgency";
import { describeState, homeRepository, type IssueLabels, type KnownIssue, shortNumber } from "../ui/issueLabels";
import { checklistDay } from "../../core/oncall/roleChecklist";
import { groupIssues, type GroupLabels, matchesFilter } from "./groupIssues";
import { externalNodes, isBlocked, type LinkContext, type LinkLabels, linksOf } from "./linkedNodes";
import type { BrokenNode, DeskNode, IssueNode, ViewName } from "./node";
import type { OutlineChoice } from "./outlineChoice";
import { viewOfKind } from "./viewOfKind";

/** What the tree of one view is built from. */
export interface IssueContext extends LinkContext {
  readonly view: ViewName;
  readonly snapshot: IssueSnapshot;
  readonly desk: Desk;
  /** The facts of an issue; computed on each call unless given. */
  readonly facts?: (issue: Issue) => IssueFacts;
  readonly choice: OutlineChoice;
  /** What is due first on an issue. */
  readonly urgency?: (issue: Issue) => Urgency | undefined;
  /** Whether the issue is acknowledged; `undefined` when it has no response goal and no acknowledgment. */
  readonly isAcknowledged?: (issue: Issue) => boolean | undefined;
  /** What is due, for the row. */
  readonly formatUrgency?: (urgency: Urgency) => string;
  /** The same for its tooltip. */
  readonly describeUrgency?: (urgency: Urgency) => string;
  readonly me?: string;
  readonly now: Instant;
  readonly labels: GroupLabels & LinkLabels & IssueLabels;
}

/** The tree of one view, and the number of issues that the filter hides. */
export interface IssueOutline {
  readonly nodes: readonly DeskNode[];
  /** Open issues of the view that the filter hides. */
  readonly hidden: number;
}

/**
 * The tree of one view: issues of its kinds, each with the issues raised from it below it, whatever their kind. An issue is
 * only below its parent if the parent is shown in the same view, or if the issue itself belongs to no view. Files that cannot be
 * read come first.
 */
export function issueNodes(context: IssueContext): IssueOutline {
  const all = knownIssues(context);
  const find = refIndex(all, ({ issue }) => issue.ref);
  const { children, parents } = readFamilies(all, find);
  const childrenOf = (known: KnownIssue): readonly KnownIssue[] => children.get(known) ?? [];
  const matches = ({ issue, facts }: KnownIssue): boolean => matchesFilter(issue, facts, context.choice.filter, context.me);
  const shows = (known: KnownIssue, above: readonly string[] = []): boolean => {
    const key = refKey(known.issue.ref);
    if (above.includes(key) || !inState(known.issue, context)) return false;
    return matches(known) || childrenOf(known).some((child) => shows(child, [...above, key]));
  };
  const standsBelow = (known: KnownIssue): boolean => {
    const plain = isPlainIssue(known.facts.kind);
    return (parents.get(known) ?? []).some((parent) => {
      if (!shows(parent)) return false;
      if (isAbove(known, parent, childrenOf)) return refKey(parent.issue.ref) < refKey(known.issue.ref);
      const home = viewOfKind(parent.facts.kind);
      return plain ? home !== "onCall" : home === context.view && !isPlainIssue(parent.facts.kind);
    });
  };
  const node = (known: KnownIssue, above: readonly string[], relation: IssueNode["relation"] = "own"): IssueNode => {
    const path = [...above, refKey(known.issue.ref)];
    const isNew = (ref: IssueRef): boolean => !path.includes(refKey(ref));
    const raised = [...childrenOf(known)].filter(({ issue }) => isNew(issue.ref));
    const { issues: links, pullRequests } = linksOf(known, context);
    const blocked = isBlocked(known, links, find);
    if (relation !== "own" && relation !== "child") return issueNode(context, known, path, relation, blocked, []);
    const isRaised = (ref: IssueRef): boolean => raised.some(({ issue }) => sameRef(issue.ref, ref));
    const near = (kind: LinkKind): readonly KnownIssue[] => links.flatMap((link) => (link.kind === kind && isNew(link.ref) ? (find(link.ref) ?? []) : []));
    const external = [...links, ...(known.facts.parent === undefined ? [] : [{ kind: "parent" as const, ref: known.facts.parent }])];
    raised.push(...near("child").filter(({ issue }) => !isRaised(issue.ref)));
    const rows = (kind: IssueNode["relation"], others: readonly KnownIssue[]): readonly DeskNode[] => inOrder(others, context.desk).map((other) => node(other, path, kind));
    const below = [
      ...rows("parent", (parents.get(known) ?? []).filter((parent) => isNew(parent.issue.ref) && !isAbove(known, parent, childrenOf))),
      ...rows("blockedBy", near("blockedBy")),
      ...rows("duplicateOf", near("duplicateOf")),
      ...rows("child", raised),
      ...rows("blocks", near("blocks")),
      ...rows("hasDuplicate", near("hasDuplicate")),
      ...rows("related", near("related").filter(({ issue }) => !isRaised(issue.ref))),
      ...externalNodes(external.filter(({ ref }) => find(ref) === undefined), pullRequests, path, homeRepository(context.desk, known.facts), context.labels),
    ];
    return issueNode(context, known, path, relation, blocked, below);
  };

  const mine = all.filter(({ facts }) => viewOfKind(facts.kind) === context.view);
  const roots = inOrder(mine.filter((known) => shows(known) && !standsBelow(known)), context.desk);
  const open = mine.filter(({ issue }) => issue.state === "open");
  return {
    nodes: [...brokenNodes(context.snapshot, context.desk, context.view), ...groupIssues(roots, context, node)],
    hidden: open.filter((known) => !shows(known)).length,
  };
}

/**
 * Rows for the issues of the desk that match `suits`, without children, the most urgent first. `group` keeps their ids apart from
 * other rows of the same issues.
 */
export function issueRows(context: IssueContext, group: string, suits: (known: KnownIssue) => boolean): readonly IssueNode[] {
  const open = knownIssues(context).filter(({ issue }) => issue.state === "open");
  return inOrder(open.filter(suits), context.desk).map((known) => issueNode(context, known, [group, refKey(known.issue.ref)], "own", false, []));
}

function knownIssues(context: IssueContext): readonly KnownIssue[] {
  const { facts = (issue: Issue): IssueFacts => issueFacts(issue, context.desk) } = context;
  return context.snapshot.issues.map((issue): KnownIssue => {
    const urgency = issue.state === "open" ? context.urgency?.(issue) : undefined;
    return { issue, facts: facts(issue), ...(urgency === undefined ? {} : { urgency }) };
  });
}

interface Families {
  readonly children: ReadonlyMap<KnownIssue, readonly KnownIssue[]>;
  readonly parents: ReadonlyMap<KnownIssue, readonly KnownIssue[]>;
}

/** Parents and children of each issue, whichever of the two names the other. */
function readFamilies(all: readonly KnownIssue[], find: (ref: IssueRef) => KnownIssue | undefined): Families {
  const children = new Map<KnownIssue, KnownIssue[]>();
  const parents = new Map<KnownIssue, KnownIssue[]>();
  const add = (parent: KnownIssue | undefined, child: KnownIssue | undefined): void => {
    if (parent === undefined || child === undefined || parent === child || children.get(parent)?.includes(child) === true) return;
    children.set(parent, [...(children.get(parent) ?? []), child]);
    parents.set(child, [...(parents.get(child) ?? []), parent]);
  };
  for (const each of all) {
    for (const child of each.facts.children) add(each, find(child));
    if (each.facts.parent !== undefined) add(find(each.facts.parent), each);
  }
  return { children, parents };
}

/** Rows for files of the view's kinds that cannot be read. The folder of a file gives its kind if the desk has that kind. */
export function brokenNodes(snapshot: IssueSnapshot, desk: Desk, view: ViewName): readonly BrokenNode[] {
  const known = [...desk.kinds.map(({ name }) => name), ...ownKinds];
  const kindOf = (path: string): string | undefined => known.find((name) => name === path.split("/").at(-2));
  return snapshot.broken
    .filter(({ path }) => viewOfKind(kindOf(path)) === view)
    .map(({ path, reason }) => ({ kind: "broken", id: `broken:${path}`, path, reason }));
}

function issueNode(context: IssueContext, { issue, facts, urgency }: KnownIssue, path: readonly string[], relation: IssueNode["relation"], blocked: boolean, below: readonly DeskNode[]): IssueNode {
  const rank = context.desk.priorities.findIndex(({ name }) => name === facts.priority);
  const due = urgency === undefined ? "" : (context.formatUrgency?.(urgency) ?? "");
  // In a narrow side bar, an audience would move the number and title out of sight. The tooltip has it.
  const dueFirst = urgency === undefined ? "" : (context.formatUrgency?.(withoutAudience(urgency)) ?? "");
  const isUrgent = urgency !== undefined && urgency.state !== "later";
  const title = isObvious(context.view, facts.kind) ? facts.name : issue.title;
  const description = describeState(issue, facts, context.now, context.labels);
  const read = context.links?.(issue.ref);
  const note = read?.failure ?? (read !== undefined && below.length === 0 ? context.labels.nothingLinked : undefined);
  const leaf = relation !== "own" && relation !== "child";
  return {
    kind: "issue",
    id: `issue:${path.join(">")}${leaf ? ` ${relation}` : ""}`,
    ref: issue.ref,
    relation,
    title,
    label: [isUrgent ? dueFirst : "", `${shortNumber(issue.ref, homeRepository(context.desk, facts))} ${title}`].filter((part) => part !== "").join(" · "),
    description: [leaf ? relationLabel(context.labels, relation, facts.kind) : "", isUrgent ? "" : due, blocked ? context.labels.blocked : "", description].filter((part) => part !== "").join(" · "),
    blocked,
    unacknowledged: issue.state === "open" && context.isAcknowledged?.(issue) === false,
    acknowledged: issue.state === "open" && context.isAcknowledged?.(issue) === true,
    lowHanging: isLowHanging(issue),
    isTest: hasTestLabel(issue.labels),
    ...(urgency === undefined ? {} : { due: { state: urgency.state, at: urgency.at, words: context.describeUrgency?.(urgency) ?? due } }),
    state: issue.state,
    ...(facts.kind === undefined ? {} : { issueKind: facts.kind }),
    stage: facts.stage,
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(rank < 0 ? {} : { priorityRank: rank }),
    assignees: issue.assignees,
    services: facts.services,
    repositories: facts.kind === recordKind ? repositoriesOf(issue) : [],
    createdAt: issue.createdAt,
    ...(facts.progress === undefined ? {} : { progress: facts.progress }),
    ...(issue.type === undefined ? {} : { type: issue.type }),
    ...(issue.ignoredMarks === undefined ? {} : { ignoredMarks: issue.ignoredMarks }),
    ...(leaf || context.links === undefined ? {} : { asks: read === undefined || read.old === true ? issue.updatedAt : `${issue.updatedAt} read` }),
    children: leaf || note === undefined ? below : [...below, { kind: "note", id: `note:${path.join(">")}`, title: note }],
  };
}

function withoutAudience({ audience: _audience, ...urgency }: Urgency): Urgency {
  return urgency;
}

/** What an issue is to the one above it, with its own term for the parent of a project. */
function relationLabel(labels: LinkLabels, relation: LinkKind, kind: string | undefined): string {
  if (relation === "parent" && kind === recordKind) return labels.ofRecord;
  return relation === "parent" && kind === opportunityKind ? labels.ofOpportunity : labels[relation];
}

/** Open before closed; then overdue or due soon, by due time; then by priority; then newest first. */
function inOrder(known: readonly KnownIssue[], desk: Desk): readonly KnownIssue[] {
  const rank = ({ facts }: KnownIssue): number => {
    const index = desk.priorities.findIndex(({ name }) => name === facts.priority);
    return index < 0 ? desk.priorities.length : index;
  };
  // Instants start with a digit and therefore sort before `later`.
  const pressing = ({ urgency }: KnownIssue): string => (urgency === undefined || urgency.state === "later" ? "later" : urgency.at);
  return [...known].sort(
    (a, b) =>
      Number(a.issue.state === "closed") - Number(b.issue.state === "closed") ||
      compareTexts(pressing(a), pressing(b)) ||
      rank(a) - rank(b) ||
      (a.issue.createdAt === b.issue.createdAt ? b.issue.ref.number - a.issue.ref.number : a.issue.createdAt < b.issue.createdAt ? 1 : -1),
  );
}


function inState(issue: Issue, { choice }: IssueContext): boolean {
  return choice.filter.state === "all" || choice.filter.state === issue.state;
}

/** Whether titles need no prefix of the kind: the name of the view already gives it, or the row shows what is urgent instead. */
function isObvious(view: ViewName, kind: string | undefined): boolean {
  return view === "onCall" || (view === "incidents" && kind === "incident") || (view === "requests" && kind === "request");
}

function isPlainIssue(kind: string | undefined): boolean {
  return kind === undefined || kind === "issue";
}

/** Whether `known` is also above `other`, as when two issues name each other as parent. */
function isAbove(known: KnownIssue, other: KnownIssue, childrenOf: (known: KnownIssue) => readonly KnownIssue[]): boolean {
  const seen = new Set<KnownIssue>();
  const queue = [...childrenOf(known)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === other) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...childrenOf(next));
  }
  return false;
}

/** Whether it is an open role checklist of an earlier day or shift with open steps. Open steps are not carried over. */
export function leftOpen({ issue, facts }: KnownIssue, desk: Desk, now: Instant): boolean {
  const date = / \u00B7 (\d{4}-\d\d-\d\d)$/.exec(issue.title)?.[1];
  if (facts.kind !== checklistKind || issue.state !== "open" || date === undefined || facts.progress === undefined) return false;
  const shiftStart = checklistDay(desk, "start-of-shift", now);
  return facts.progress.done < facts.progress.total && date !== shiftStart && date < checklistDay(desk, "start-of-day", now);
}
