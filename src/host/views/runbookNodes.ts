import type { Runbook, RunbookStep } from "../../core/runbook/runbook";
import type { DeskNode, RunbookNode, StepNode } from "./node";
import { withoutMarkup } from "./withoutMarkup";

/** Runbooks by folder below the desk's, each with its steps; those directly in the desk's folder stand first. */
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

function runbookNode(runbook: Runbook): RunbookNode {
  return {
    kind: "runbook",
    id: `runbook:${runbook.path}`,
    path: runbook.path,
    title: runbook.title,
    ...(runbook.details.kind === undefined ? {} : { issueKind: runbook.details.kind }),
    ...(runbook.details.when === undefined ? {} : { when: runbook.details.when }),
    steps: runbook.steps.filter((step) => step.part !== "option").length,
    problems: runbook.problems.length,
    children: stepsBelow(runbook, undefined),
  };
}

function stepsBelow(runbook: Runbook, parent: string | undefined): readonly StepNode[] {
  return runbook.steps.filter((step) => step.parent === parent).map((step) => stepNode(runbook, step));
}

function stepNode(runbook: Runbook, step: RunbookStep): StepNode {
  const section = runbook.sections.find(({ id }) => id === step.section)?.title;
  return {
    kind: "step",
    id: `step:${runbook.path}#${step.id}`,
    path: runbook.path,
    line: step.line,
    title: withoutMarkup(step.text),
    ...(section === undefined ? {} : { section }),
    part: step.part,
    children: stepsBelow(runbook, step.id),
  };
}

function byTitle(nodes: readonly RunbookNode[]): readonly RunbookNode[] {
  return [...nodes].sort((a, b) => a.title.localeCompare(b.title));
}
