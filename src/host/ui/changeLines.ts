import type { ChecklistChanges } from "../../core/checklist/updateFromRunbook";
import type { ChecklistStep } from "../../core/model/checklist";
import type { IssueLabels } from "../../protocol/issueLabels";
import { fill } from "../../protocol/fill";

const maxLines = 12;

/** The changes that an update from the runbook makes to a checklist, one line each. `plain` formats the text of a step. */
export function changeLines({ added, removed, kept, reworded }: ChecklistChanges, labels: Pick<IssueLabels, "stepAdded" | "stepRemoved" | "stepKept" | "stepReworded" | "moreChanges">, plain: (text: string) => string): readonly string[] {
  const each = (steps: readonly ChecklistStep[], sentence: string): readonly string[] => steps.map(({ text }) => fill(sentence, plain(text)));
  const lines = [
    ...each(added, labels.stepAdded),
    ...reworded.map(({ from, to }) => fill(labels.stepReworded, plain(from.text), plain(to.text))),
    ...each(removed, labels.stepRemoved),
    ...each(kept, labels.stepKept),
  ];
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), fill(labels.moreChanges, lines.length - maxLines + 1)];
}
