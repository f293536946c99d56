import type { RoleChecklist } from "../../core/model/desk";
import { procedurePath } from "../../core/model/procedurePath";
import type { Runbook, RunbookSection, RunbookStep } from "../../core/model/runbook";
import { headingPath, isHandbook, proceduresOf, sectionTitle } from "../../core/runbook/procedure";
import { withoutMarkup } from "../ui/safeText";
import type { DeskNode, RunbookNode, SectionNode, StepNode } from "./node";

/**
 * Runbooks by folder, each with its sections and steps. Runbooks directly in the desk's folder come first. `checklists` are those
 * that `desk.yml` lists, relative to the workspace folder.
 */
export function runbookNodes(runbooks: readonly Runbook[], deskFolder: string, checklists: readonly RoleChecklist[] = []): readonly DeskNode[] {
  const folders = new Map<string, RunbookNode[]>();
  for (const runbook of runbooks) {
    const folder = folderOf(runbook.path, deskFolder);
    folders.set(folder, [...(folders.get(folder) ?? []), runbookNode(runbook, checklists)]);
  }
  const names = [...folders.keys()].filter((name) => name !== "").sort((a, b) => a.localeCompare(b));
  return [
    ...byTitle(folders.get("") ?? []),
    ...names.map((name): DeskNode => ({ kind: "folder", id: `folder:${name}`, title: name, children: byTitle(folders.get(name) ?? []) })),
  ];
}

function folderOf(path: string, deskFolder: string): string {
  const folder = path.split("/").slice(0, -1).join("/");
  if (folder === deskFolder) return "";
  return deskFolder !== "" && folder.startsWith(`${deskFolder}/`) ? folder.slice(deskFolder.length + 1) : folder;
}

/** The rows of each runbook are built once. */
const made = new WeakMap<Runbook, RunbookNode>();

function runbookNode(runbook: Runbook, checklists: readonly RoleChecklist[]): RunbookNode {
  const known = made.get(runbook);
  if (known !== undefined) return known;
  const below = new Map<string | undefined, RunbookStep[]>();
  for (const step of runbook.steps) {
    const siblings = below.get(step.parent);
    if (siblings === undefined) below.set(step.parent, [step]);
    else siblings.push(step);
  }
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const shown = shownSections(runbook, below.get(undefined) ?? []);
  const node: RunbookNode = {
    kind: "runbook",
    id: `runbook:${runbook.path}`,
    path: runbook.path,
    title: runbook.title,
    ...(runbook.details.kind === undefined ? {} : { issueKind: runbook.details.kind }),
    ...(runbook.details.when === undefined ? {} : { when: runbook.details.when }),
    steps: countSteps(runbook.steps),
    ...(isHandbook(runbook) ? { procedures: proceduresOf(runbook).length } : {}),
    problems: runbook.problems.length,
    children: shown === undefined ? stepsBelow(undefined) : shown.map(sectionNode),
  };
  made.set(runbook, node);
  return node;

  function stepsBelow(parent: string | undefined, isIn?: RunbookSection): readonly StepNode[] {
    const steps = (below.get(parent) ?? []).filter(({ section }) => isIn === undefined || parent !== undefined || section === isIn.id);
    return steps.map((step) => stepNode(runbook, step, step.section === undefined || isIn?.id === step.section ? undefined : sections.get(step.section)?.title, stepsBelow(step.id, isIn)));
  }

  function sectionNode(section: RunbookSection): SectionNode {
    const path = procedurePath(runbook.file, section.slug);
    const listed = checklists.find((one) => one.runbook === path);
    return {
      kind: "section",
      id: `section:${path}`,
      path,
      title: sectionTitle(section),
      above: headingPath(runbook, section),
      gate: section.gate,
      ...(listed === undefined ? {} : { when: listed.when, ...(listed.role === undefined ? {} : { role: listed.role }) }),
      steps: countSteps(runbook.steps.filter((step) => step.section === section.id)),
      children: stepsBelow(undefined, section),
    };
  }
}

/** The sections to show between a runbook and its steps: those that hold steps, if there are several and they hold all steps. */
function shownSections(runbook: Runbook, first: readonly RunbookStep[]): readonly RunbookSection[] | undefined {
  const holders = proceduresOf(runbook);
  const ids = new Set(holders.map(({ id }) => id));
  const inside = first.every(({ section, source }) => source !== "section" && section !== undefined && ids.has(section));
  return holders.length > 1 && inside ? holders : undefined;
}

function countSteps(steps: readonly RunbookStep[]): number {
  return steps.filter((step) => step.part !== "option").length;
}

function stepNode(runbook: Runbook, step: RunbookStep, section: string | undefined, children: readonly StepNode[]): StepNode {
  return {
    kind: "step",
    id: `step:${runbook.path}#${step.id}`,
    path: runbook.path,
    line: step.line,
    title: withoutMarkup(step.text),
    ...(section === undefined ? {} : { section }),
    part: step.part,
    children,
  };
}

function byTitle(nodes: readonly RunbookNode[]): readonly RunbookNode[] {
  return [...nodes].sort((a, b) => a.title.localeCompare(b.title));
}
