import type { SectionView, StepView } from "../../protocol/checklist";

/** The sections with only the steps that are for the person at the keyboard, and those that such steps stand below. */
export function mineOf(sections: readonly SectionView[]): readonly SectionView[] {
  return sections.flatMap((section) => {
    const steps = section.steps.flatMap(mineIn);
    return steps.length === 0 ? [] : [{ ...section, steps }];
  });
}

/** All below a step that is somebody's is theirs too. */
function mineIn(step: StepView): readonly StepView[] {
  if (step.mine) return [step];
  const children = step.children.flatMap(mineIn);
  return children.length === 0 ? [] : [{ ...step, children }];
}
