import { compareTexts } from "../model/sorting";
import type { ChecklistStep, LoggedMark, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instant";

/** The reason on steps that are skipped because another option of their decision was chosen. */
export const notChosen = "not chosen";

/** Whether the mark records that another option was chosen. */
export function isLeft(mark: StepMark): boolean {
  return mark.kind === "skipped" && mark.reason === notChosen;
}

/** The step's own mark, without the effect of decisions. */
export function ownMark({ mark, own }: Pick<ChecklistStep, "mark" | "own">): StepMark {
  return own ?? (isLeft(mark) ? { kind: "open" } : mark);
}

/** Orders two marks of the same instant. The order is the same on every machine. */
export function rankOf(mark: StepMark, chosen: string | undefined): string {
  return JSON.stringify([mark.kind, mark.kind === "skipped" ? mark.reason : "", mark.by ?? "", chosen ?? ""]);
}

/** All marks of a step that have a time: those before, and the current one. */
export function timedMarks(step: ChecklistStep): readonly LoggedMark[] {
  const mark = ownMark(step);
  const current = { mark, ...(step.chosen === undefined ? {} : { chosen: step.chosen }) };
  return [...(step.log ?? []), current].filter(({ mark: { at } }) => at !== undefined);
}

/** Marks in the order of their times, without duplicates. The result does not depend on the order of `marks`. */
export function inOrder(marks: readonly LoggedMark[]): readonly LoggedMark[] {
  if (marks.length < 2) return marks;
  const ranked = marks.map((each) => ({ each, rank: rankOf(each.mark, each.chosen), at: each.mark.at ?? "" }));
  ranked.sort((a, b) => compareInstants(a.at, b.at) || compareTexts(a.rank, b.rank) || compareTexts(a.at, b.at));
  return ranked.filter(({ rank, at }, index) => {
    const before = ranked[index - 1];
    return before === undefined || before.rank !== rank || compareInstants(before.at, at) !== 0;
  }).map(({ each }) => each);
}

