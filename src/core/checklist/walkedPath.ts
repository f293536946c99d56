import type { Checklist, ChecklistStep } from "../model/checklist";
import { readChart } from "./chart";
import { isLeft } from "./marks";

/** The path through a flowchart in the current pass, to draw it. */
export interface WalkedPath {
  /** Ids of the steps that are done, or that a person skipped. */
  readonly steps: ReadonlySet<string>;
  /** The edges out of these steps: from a decision, only those that were chosen. Edges back begin a new pass and are not part of it. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly option?: string }[];
}

/** The steps and edges of a checklist's flowchart that were taken in the current pass. Both are empty if it has no flowchart. */
export function walkedPath(checklist: Checklist): WalkedPath {
  const { nodes } = readChart(checklist) ?? { nodes: [] };
  const stepAt = (place: number | undefined): ChecklistStep | undefined => {
    const item = place === undefined ? undefined : checklist.items[place];
    return item?.kind === "step" ? item : undefined;
  };
  const steps = new Set<string>();
  const taken = nodes.map(({ exits }) => exits.filter(({ option }) => option === undefined || stepAt(option.place)?.mark.kind === "done"));
  for (const [index, { place, id, isDecision }] of nodes.entries()) {
    const mark = stepAt(place)?.mark;
    const byHand = isDecision && (taken[index] ?? []).length > 0;
    if (mark !== undefined && !isLeft(mark) && (mark.kind !== "open" || byHand)) steps.add(id);
  }
  const edges = nodes.flatMap(({ id }, index) =>
    !steps.has(id) ? [] : (taken[index] ?? []).flatMap(({ to, option }) =>
      to.flatMap((next) => {
        const target = stepAt(nodes[next]?.place);
        if (target === undefined || next <= index || isLeft(target.mark) || (target.optional === true && !steps.has(target.id))) return [];
        return [{ from: id, to: target.id, ...(option?.ids[0] === undefined ? {} : { option: option.ids[0] }) }];
      }),
    ),
  );
  return { steps, edges };
}
