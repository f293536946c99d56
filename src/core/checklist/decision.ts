import type { Checklist, ChecklistItem, ChecklistStep, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instantOrder";

/** The reason on steps that are skipped because another option of their decision was chosen. */
export const notChosen = "not chosen";

/** Who skipped an option and when, as recorded on its steps. */
type Cover = { readonly by?: string; readonly at?: string };

interface Open {
  readonly step: ChecklistStep;
  /** The step's own mark, without the effect of decisions. */
  readonly own: StepMark;
  readonly cover: Cover | undefined;
}

/**
 * Applies all decisions to the marks of their options and sub-steps. The step's own mark is saved in `own` meanwhile, so that
 * choosing options in any order loses nothing.
 */
export function resolveDecisions(checklist: Checklist): Checklist {
  const above: Open[] = [];
  const items = checklist.items.map((item): ChecklistItem => {
    if (item.kind === "section") {
      above.length = 0;
      return item;
    }
    while (above.length > 0 && (above.at(-1)?.step.depth ?? 0) >= item.depth) above.pop();
    const parent = above.at(-1);
    const decided = item.part === "option" && parent?.step.part === "decision" ? optionState(item, parent) : plainState(item, parent?.cover);
    const resolved = resolveStep(item, decided);
    above.push({ step: resolved, own: decided.own, cover: decided.cover });
    return resolved;
  });
  return { ...checklist, items };
}

interface Decided {
  readonly own: StepMark;
  readonly cover: Cover | undefined;
}

function plainState(step: ChecklistStep, cover: Cover | undefined): Decided {
  return { own: step.own ?? (isCovered(step.mark) ? { kind: "open" } : step.mark), cover };
}

function optionState(option: ChecklistStep, decision: Open): Decided {
  const { own } = decision;
  const byHand = option.own ?? option.mark;
  if (byHand.at === undefined && !isCovered(byHand) && (own.at === undefined ? byHand.kind !== "open" : standsAgainst(byHand, option, own))) {
    return { own: byHand, cover: decision.cover };
  }
  const cover = { ...(own.by === undefined ? {} : { by: own.by }), ...(own.at === undefined ? {} : { at: own.at }) };
  const chosen = own.kind === "done" ? decision.step.chosen : undefined;
  if (chosen === option.id) return { own: { kind: "done", ...cover }, cover: decision.cover };
  const open: StepMark = { kind: "open" };
  const left = (chosen !== undefined || own.kind === "skipped") && !standsAgainst(open, option, cover);
  return { own: open, cover: left ? later(cover, decision.cover) : decision.cover };
}

function resolveStep(step: ChecklistStep, { own, cover }: Decided): ChecklistStep {
  const { own: _own, ...rest } = step;
  if (cover === undefined || standsAgainst(own, step, cover)) {
    return isCovered(own) ? { ...rest, mark: own, own } : { ...rest, mark: own };
  }
  const mark: StepMark = { kind: "skipped", reason: notChosen, ...cover };
  const untouched = own.kind === "open" && own.by === undefined && own.at === undefined;
  return untouched ? { ...rest, mark } : { ...rest, mark, own };
}

/** Whether a mark, or a manual change after it, is later than the decision that would override it. */
function standsAgainst(mark: StepMark, step: ChecklistStep, cover: Cover): boolean {
  return mark.at === undefined
    ? step.overrode !== undefined && compareInstants(step.overrode, cover.at) >= 0
    : compareInstants(mark.at, cover.at) > 0;
}

function later(a: Cover, b: Cover | undefined): Cover {
  return b !== undefined && compareInstants(b.at, a.at) > 0 ? b : a;
}

function isCovered(mark: StepMark): boolean {
  return mark.kind === "skipped" && mark.reason === notChosen;
}
