import type { ChecklistState, ChecklistLabels, StepView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { allSteps } from "./overlay";

const most = 3;
const longest = 120;

/** What others did to the steps between two states, to be read out; empty when there is nothing. */
export function announce(before: ChecklistState | undefined, after: ChecklistState): string {
  const [old, now] = [runOf(before), runOf(after)];
  if (old === undefined || now === undefined || old.id !== now.id) return "";
  const marks = new Map(allSteps(old.sections).map(({ id, mark }) => [id, mark]));
  const changed = allSteps(now.sections).filter(({ id, mark }) => {
    const was = marks.get(id);
    return was !== undefined && mark.kind !== "left" && was.kind !== mark.kind && (mark.by === undefined || mark.by !== after.me);
  });
  return changed.slice(0, most).map((step) => sentence(step, after.labels)).join(" ");
}

function sentence({ mark, label }: StepView, labels: ChecklistLabels): string {
  const text = mark.kind === "open" ? labels.announceOpen : mark.kind === "skipped" ? labels.announceSkipped : labels.announceDone;
  return `${fill(text, mark.by ?? labels.somebody, label.slice(0, longest))}.`;
}

function runOf(state: ChecklistState | undefined): { readonly id: string; readonly sections: Parameters<typeof allSteps>[0] } | undefined {
  return state?.content.kind === "issue" ? state.content.run : undefined;
}
