import { exitTaken, loopBody, readChart } from "../../core/checklist/chart";
import type { ChecklistItem } from "../../core/model/checklist";
import type { SectionView, StepView } from "../../protocol/issue";

/** Ids of the steps that are open again after a step of a flowchart was done, because it leads back to them. With `option`, a decision was made. */
export function stepsRepeatedBy(sections: readonly SectionView[], step: string, option: string | undefined): ReadonlySet<string> {
  const items = sections.flatMap((section): readonly ChecklistItem[] => [
    { kind: "section", id: section.id, title: "", gate: section.gate },
    ...section.steps.flatMap((each) => itemsOf(each, 0)),
  ]);
  const chart = readChart({ id: "", runbook: "", title: "", revision: "", startedAt: "", by: "", items });
  const index = chart?.nodes.findIndex(({ id }) => id === step) ?? -1;
  const node = chart?.nodes[index];
  const exit = node === undefined ? undefined : exitTaken(node, option);
  if (chart === undefined || exit?.isBack !== true) return new Set();
  return new Set([...loopBody(chart, index, exit)].flatMap((repeated) => chart.nodes[repeated]?.id ?? []));
}

/** A step and those below it as far as a flowchart depends on them. */
function itemsOf({ id, part, next, children }: StepView, depth: number): readonly ChecklistItem[] {
  const item: ChecklistItem = { kind: "step", id, part, text: "", depth, mark: { kind: "open" }, links: [], ...(next === undefined ? {} : { next }) };
  return [item, ...children.flatMap((child) => itemsOf(child, depth + 1))];
}
