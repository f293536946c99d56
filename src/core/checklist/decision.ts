import type { Checklist, ChecklistItem, ChecklistStep, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instant";
import { type Chart, type ChartExit, readChart } from "./chart";
import { isLeft, notChosen, ownMark } from "./marks";
import { type PassTimes, resolvePasses } from "./passes";

/** Who skipped an option and when, as recorded on its steps. */
type Cover = { readonly by?: string; readonly at?: string };

interface Open {
  readonly step: ChecklistStep;
  /** The step's own mark, without the effect of decisions. */
  readonly own: StepMark;
  readonly cover: Cover | undefined;
}

/**
 * Applies all decisions to the marks of their options and sub-steps, and in a flowchart to the steps that they do not lead to.
 * The step's own mark is saved in `own` meanwhile, so that choosing options in any order loses nothing. Steps that a loop leads
 * back to are open again. `before`: see `resolvePasses`.
 */
export function resolveDecisions(checklist: Checklist, before?: PassTimes): Checklist {
  const chart = readChart(checklist);
  const items = resolvePasses(checklist, chart, before);
  const flow = chart === undefined ? undefined : createFlow(chart);
  const above: Open[] = [];
  const resolved = items.map((item, place): ChecklistItem => {
    if (item.kind === "section") {
      above.length = 0;
      return item;
    }
    while (above.length > 0 && (above.at(-1)?.step.depth ?? 0) >= item.depth) above.pop();
    const parent = above.at(-1);
    const node = chart?.nodeAt[place] ?? -1;
    const isNode = chart?.nodes[node]?.place === place;
    const cover = isNode ? flow?.coverOf(node) : parent?.cover;
    const decided = item.part === "option" && parent?.step.part === "decision" ? optionState(item, parent) : plainState(item, cover);
    const open: Open = { step: resolveStep(item, decided), own: decided.own, cover: decided.cover };
    if (isNode) flow?.leave(node, stampOf(open.own), ({ option }) => {
      const exit = option === undefined ? undefined : items[option.place];
      return exit?.kind === "step" && optionState(exit, open).own.kind === "done";
    });
    above.push(open);
    return open.step;
  });
  return { ...checklist, items: resolved };
}

/** Resolves the steps that come from a flowchart, and leaves those of lists as they are. */
export function resolveChart(checklist: Checklist): Checklist {
  const { nodeAt } = readChart(checklist) ?? { nodeAt: [] };
  const isOfChart = (item: ChecklistItem, place: number): boolean => (nodeAt[place] ?? -1) >= 0 || (item.kind === "step" && item.log !== undefined);
  if (!checklist.items.some(isOfChart)) return checklist;
  const resolved = resolveDecisions(checklist).items;
  return { ...checklist, items: checklist.items.map((item, place) => (isOfChart(item, place) ? (resolved[place] ?? item) : item)) };
}

/** Which nodes of a flowchart the decisions lead to. Nodes are visited in order, so that all edges into a node are known before it. */
interface Flow {
  /** The decisions that lead elsewhere, if no edge leads to the node. */
  coverOf(node: number): Cover | undefined;
  /** Follows the chosen exits. All exits are open until one is chosen. */
  leave(node: number, stamp: Cover, isChosen: (exit: ChartExit) => boolean): void;
}

function createFlow({ nodes }: Chart): Flow {
  const isEntry = nodes.map(() => true);
  for (const [index, { exits }] of nodes.entries()) for (const { to } of exits) for (const next of to) if (next > index) isEntry[next] = false;
  const isReached = [...isEntry];
  const covers: (Cover | undefined)[] = nodes.map(() => undefined);
  const coverOf = (node: number): Cover | undefined => (isReached[node] === true ? undefined : (covers[node] ?? {}));
  return {
    coverOf,
    leave: (node, stamp, isChosen) => {
      const cover = coverOf(node);
      const exits = nodes[node]?.exits ?? [];
      const chosen = new Set(exits.filter(isChosen));
      for (const exit of exits) {
        const isElsewhere = chosen.size > 0 && !chosen.has(exit);
        for (const next of exit.to) {
          if (next <= node) continue;
          if (cover === undefined && !isElsewhere) isReached[next] = true;
          else covers[next] = later(isElsewhere ? later(stamp, cover) : (cover ?? {}), covers[next]);
        }
      }
    },
  };
}

function stampOf({ kind, by, at }: StepMark): Cover {
  return { ...(by === undefined || kind === "open" ? {} : { by }), ...(at === undefined ? {} : { at }) };
}

interface Decided {
  readonly own: StepMark;
  readonly cover: Cover | undefined;
}

function plainState(step: ChecklistStep, cover: Cover | undefined): Decided {
  return { own: ownMark(step), cover };
}

function optionState(option: ChecklistStep, decision: Open): Decided {
  const { own } = decision;
  const byHand = option.own ?? option.mark;
  // In a flowchart, reopening a decision also clears its options. What is ticked after that is the choice.
  const isOpen = own.at === undefined || (own.kind === "open" && decision.step.next !== undefined);
  if (byHand.at === undefined && !isLeft(byHand) && (isOpen ? byHand.kind !== "open" : standsAgainst(byHand, option, own))) {
    return { own: byHand, cover: decision.cover };
  }
  const cover: Cover = { ...(own.by === undefined ? {} : { by: own.by }), ...(own.at === undefined ? {} : { at: own.at }) };
  const chosen = own.kind === "done" ? decision.step.chosen : undefined;
  if (chosen === option.id) return { own: { kind: "done", ...cover }, cover: decision.cover };
  const open: StepMark = { kind: "open" };
  const left = (chosen !== undefined || own.kind === "skipped") && !standsAgainst(open, option, cover);
  return { own: open, cover: left ? later(cover, decision.cover) : decision.cover };
}

function resolveStep(step: ChecklistStep, { own, cover }: Decided): ChecklistStep {
  const { own: _own, ...rest } = step;
  if (cover === undefined || standsAgainst(own, step, cover)) {
    return isLeft(own) ? { ...rest, mark: own, own } : { ...rest, mark: own };
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
