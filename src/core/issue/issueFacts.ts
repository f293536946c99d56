import { openSteps, progress } from "../checklist/marking";
import { readChecklists } from "../markup/checklistRegion";
import { readServices, readStage } from "../markup/labels";
import { readLinks } from "../markup/linkRegion";
import type { Checklist, ChecklistProgress } from "../model/checklist";
import type { Desk, Kind } from "../model/desk";
import { type Issue, ownKinds } from "../model/issue";
import type { LinkKind } from "../model/issueChange";
import type { IssueRef } from "../model/issueRef";
import { hasName } from "../model/names";

/** The meaning of an issue's labels and body for a desk. */
export interface IssueFacts {
  /** The name of the kind. Absent when it cannot be determined. */
  readonly kind?: string;
  /** The title without the kind's prefix. */
  readonly name: string;
  readonly stage: string;
  /** The name of the priority. */
  readonly priority?: string;
  readonly services: readonly string[];
  readonly parent?: IssueRef;
  readonly children: readonly IssueRef[];
  readonly related: readonly IssueRef[];
  /** The issues that block this one, and those that it blocks. */
  readonly blockedBy: readonly IssueRef[];
  readonly blocks: readonly IssueRef[];
  /** The issues that report the same: those that stay instead of this one, and those that this one stays for. */
  readonly duplicateOf: readonly IssueRef[];
  readonly duplicates: readonly IssueRef[];
  /** Workspace path of the post-mortem. */
  readonly postmortem?: string;
  readonly checklists: readonly Checklist[];
  /** Progress of all checklists together. Absent without a checklist. */
  readonly progress?: ChecklistProgress;
}

/** Derives the facts of an issue. Labels are compared ignoring case. */
export function issueFacts(issue: Issue, desk: Desk): IssueFacts {
  const kind = kindOf(issue, desk);
  const priority = desk.priorities.find(({ label }) => hasName(issue.labels, label));
  const links = readLinks(issue.body, issue.ref.repository);
  const checklists = readChecklists(issue.body, issue.ref.repository);
  const parent = links.find((link) => link.kind === "parent")?.other ?? issue.native?.parent;
  const postmortem = links.find((link) => link.kind === "postmortem");
  const named = (kind: LinkKind): readonly IssueRef[] => links.flatMap((link) => (link.kind !== "postmortem" && link.kind === kind ? [link.other] : []));
  return {
    ...(kind === undefined ? {} : { kind }),
    name: nameOf(issue.title, desk.kinds.find(({ name }) => name === kind)?.prefix),
    stage: stageOf(issue, desk),
    ...(priority === undefined ? {} : { priority: priority.name }),
    services: readServices(issue.labels),
    ...(parent === undefined ? {} : { parent }),
    children: named("child"),
    related: named("related"),
    blockedBy: named("blockedBy"),
    blocks: named("blocks"),
    duplicateOf: named("duplicateOf"),
    duplicates: named("hasDuplicate"),
    ...(postmortem === undefined ? {} : { postmortem: postmortem.path }),
    checklists,
    ...(checklists.length === 0 ? {} : { progress: sum(checklists.map(progress)) }),
  };
}

/** The label of new issues of the kind. */
export function kindLabel(kind: Kind): string {
  return kind.label ?? kind.name;
}

function kindOf(issue: Issue, desk: Desk): string | undefined {
  return statedKind(issue, desk) ?? usualKind(issue, desk);
}

/** The kind that the labels or the title of an issue say it is. Labels count first. */
export function statedKind(issue: Pick<Issue, "labels" | "title" | "ref">, desk: Desk): string | undefined {
  const labeled = desk.kinds.filter((kind) => hasName(issue.labels, kindLabel(kind)));
  const found = kindHere(issue, labeled) ?? labeled[0];
  if (found !== undefined) return found.name;
  const own = ownKinds.find((name) => hasName(issue.labels, name));
  if (own !== undefined) return own;
  const prefixed = desk.kinds.filter(({ prefix }) => prefix !== undefined && prefix !== "" && issue.title.toLowerCase().startsWith(prefix.toLowerCase()));
  return kindHere(issue, prefixed)?.name;
}

/** The kind of issues in the same repository that do not say what they are. */
export function usualKind(issue: Pick<Issue, "ref">, desk: Desk): string | undefined {
  return kindHere(issue, desk.kinds.filter(({ label }) => label === undefined))?.name;
}

/** The first of the kinds whose issues are in the repository of an issue. */
function kindHere({ ref }: Pick<Issue, "ref">, kinds: readonly Kind[]): Kind | undefined {
  return kinds.find(({ repositories }) => repositories.includes(ref.repository));
}

function stageOf(issue: Issue, desk: Desk): string {
  const [first = "", last = ""] = [desk.stages[0], desk.stages.at(-1)];
  if (issue.state === "closed") return last;
  const named = readStage(issue.labels);
  return desk.stages.find((stage) => stage.toLowerCase() === named?.toLowerCase()) ?? first;
}

function nameOf(title: string, prefix: string | undefined): string {
  const rest = prefix !== undefined && title.toLowerCase().startsWith(prefix.toLowerCase()) ? title.slice(prefix.length).trim() : title;
  return rest === "" ? title : rest;
}

function sum(parts: readonly ChecklistProgress[]): ChecklistProgress {
  return {
    done: parts.reduce((total, part) => total + part.done, 0),
    total: parts.reduce((total, part) => total + part.total, 0),
  };
}

/** What is still open on an issue. */
export interface RemainingWork {
  /** Checklists with open steps. */
  readonly checklists: readonly Checklist[];
  /** Open issues that were created from it. Issues that the desk does not know count as closed. */
  readonly children: readonly Issue[];
}

/** Open checklists and linked issues of an issue. */
export function remainingWork(facts: IssueFacts, find: (ref: IssueRef) => Issue | undefined): RemainingWork {
  return {
    checklists: facts.checklists.filter((checklist) => openSteps(checklist).length > 0),
    children: facts.children.map(find).filter((child) => child?.state === "open").filter((child) => child !== undefined),
  };
}
