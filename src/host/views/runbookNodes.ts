import type { Runbook, RunbookStep } from "../../core/model/runbook";
import { withoutMarkup } from "../ui/safeText";
import type { DeskNode, RunbookNode, StepNode } from "./node";

/** Runbooks by folder, each with its steps. Runbooks directly in the desk's folder come first. */
export function runbookNodes(runbooks: readonly Runbook[], deskFolder: string): readonly DeskNode[] {
  const folders = new Map<string, RunbookNode[]>();
  for (const runbook of runbooks) {
    const folder = folderOf(runbook.path, deskFolder);
    folders.set(folder, [...(folders.get(folder) ?? []), runbookNode(runbook)]);
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

function runbookNode(runbook: Runbook): RunbookNode {
  const known = made.get(runbook);
  if (known !== undefined) return known;
  const below = new Map<string | undefined, RunbookStep[]>();
  for (const step of runbook.steps) {
    const siblings = below.get(step.parent);
    if (siblings === undefined) below.set(step.parent, [step]);
    else siblings.push(step);
  }
  const sections = new Map(runbook.sections.map(({ id, title }) => [id, title]));
  const node: RunbookNode = {
    kind: "runbook",
    id: `runbook:${runbook.path}`,
    path: runbook.path,
    title: runbook.title,
    ...(runbook.details.kind === undefined ? {} : { issueKind: runbook.details.kind }),
    ...(runbook.details.when === undefined ? {} : { when: runbook.details.when }),
    steps: runbook.steps.filter((step) => step.part !== "option").length,
    problems: runbook.problems.length,
    children: stepsBelow(undefined),
  };
  made.set(runbook, node);
  return node;

  function stepsBelow(parent: string | undefined): readonly StepNode[] {
    return (below.get(parent) ?? []).map((step) => stepNode(runbook, step, step.section === undefined ? undefined : sections.get(step.section), stepsBelow(step.id)));
  }
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
