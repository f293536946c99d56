import type { RunStep } from "../../core/runbook/run";
import type { RunChanges } from "../../core/runbook/takeOver";
import type { ChecklistWords } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";

const mostLines = 12;

/** What a changed runbook would change in a run, one line each, in the words of `plain` for the text of a step. */
export function changeLines({ added, removed, kept, reworded }: RunChanges, words: Pick<ChecklistWords, "stepAdded" | "stepRemoved" | "stepKept" | "stepReworded" | "moreChanges">, plain: (text: string) => string): readonly string[] {
  const each = (steps: readonly RunStep[], sentence: string): readonly string[] => steps.map(({ text }) => fill(sentence, plain(text)));
  const lines = [
    ...each(added, words.stepAdded),
    ...reworded.map(({ from, to }) => fill(words.stepReworded, plain(from.text), plain(to.text))),
    ...each(removed, words.stepRemoved),
    ...each(kept, words.stepKept),
  ];
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), fill(words.moreChanges, lines.length - mostLines + 1)];
}
