import type { Checklist, ChecklistItem, ChecklistStep, LoggedMark, StepMark } from "../model/checklist";
import { compareInstants, justAfter, latest } from "../model/instant";
import type { Instant } from "../model/issue";
import { type Chart, type ChartExit, type ChartNode, exitTaken, loopBody, readChart } from "./chart";
import { inOrder, isLeft, ownMark, timedMarks } from "./marks";

/** Which pass a step of a flowchart is in, counted from 1, and what was recorded on it in earlier ones. */
export interface StepPasses {
  readonly pass: number;
  /** The last mark of each earlier pass in which it was done or skipped. */
  readonly earlier: readonly EarlierPass[];
}

export interface EarlierPass extends LoggedMark {
  readonly pass: number;
}

/** The passes of all steps that loops of the flowchart can repeat, by id. Other steps have one pass. */
export function passesOf(checklist: Checklist): ReadonlyMap<string, StepPasses> {
  const chart = readChart(checklist);
  if (chart?.repeats.includes(true) !== true) return new Map();
  const steps = repeatable(checklist.items, chart);
  const passes = steps.map(() => ({ pass: 1, earlier: new Array<EarlierPass>(), counted: 0, since: "" }));
  const below = byNode(steps);
  eachLoop(chart, loopsOf(chart, steps), (node, at) => {
    for (const index of below.get(node) ?? []) {
      const [now, step] = [passes[index], steps[index]];
      if (now === undefined || step === undefined || compareInstants(now.since, at) === 0) continue;
      let last: LoggedMark | undefined;
      for (let mark = step.marks[now.counted]; mark !== undefined && compareInstants(mark.mark.at, at) <= 0; mark = step.marks[now.counted]) {
        last = mark;
        now.counted += 1;
      }
      if (last !== undefined && last.mark.kind !== "open") now.earlier.push({ pass: now.pass, ...last });
      now.pass += 1;
      now.since = at;
    }
  });
  return new Map(steps.flatMap(({ step: { id }, node }, index) => {
    const now = passes[index];
    return now === undefined || node < 0 ? [] : [[id, { pass: now.pass, earlier: now.earlier }] as const];
  }));
}

/** When the current pass of each step began that is in its second pass or later, by id. */
export function passStarts(checklist: Checklist): ReadonlyMap<string, Instant> {
  const known = knownStarts.get(checklist);
  if (known !== undefined) return known;
  const chart = readChart(checklist);
  const steps = chart?.repeats.includes(true) === true ? repeatable(checklist.items, chart) : [];
  const last = chart === undefined || steps.length === 0 ? [] : lastLoops(chart, loopsOf(chart, steps));
  const starts = new Map(steps.flatMap(({ step: { id }, node }) => ((last[node] ?? "") === "" ? [] : [[id, last[node] ?? ""] as const])));
  knownStarts.set(checklist, starts);
  return starts;
}

const knownStarts = new WeakMap<Checklist, ReadonlyMap<string, Instant>>();

/** Whether all marks of a step are kept, because it can be repeated. */
export function keepsMarks(checklist: Checklist, id: string): boolean {
  const chart = readChart(checklist);
  return checklist.items.some((item, place) => item.kind === "step" && item.id === id && keepsLog(item, place, chart));
}

/**
 * Adds marks to steps that can be repeated. Marks that are known already are ignored, and the same checklist is returned if all
 * of them are. A mark made by hand belongs to the pass in which it was made.
 */
export function addMarks(checklist: Checklist, added: ReadonlyMap<string, readonly LoggedMark[]>, resolve: (checklist: Checklist, before: PassTimes) => Checklist): Checklist {
  const chart = readChart(checklist);
  let same = true;
  const items = checklist.items.map((item, place): ChecklistItem => {
    const more = item.kind === "step" && keepsLog(item, place, chart) ? [item.id, ...(item.formerly ?? [])].flatMap((id) => added.get(id) ?? []) : [];
    if (item.kind !== "step" || more.length === 0) return item;
    const known = timedMarks(item);
    const all = inOrder([...known, ...more]);
    if (all.length <= known.length) return item;
    same = false;
    return { ...item, log: all };
  });
  return same ? checklist : resolve({ ...checklist, items }, chart === undefined ? [] : lastLoops(chart, loopsOf(chart, repeatable(checklist.items, chart))));
}

/** The time of the last loop through each node of a flowchart, or `""`. */
export type PassTimes = readonly Instant[];

/**
 * Applies loops: marks from before the last loop through a step become earlier ones, and the step is open again. A loop that was
 * chosen by hand gets the time after everything that is known in it. `before` are the loops that were known when other marks
 * without a time were made.
 */
export function resolvePasses({ items, startedAt }: Checklist, chart: Chart | undefined, before?: PassTimes): readonly ChecklistItem[] {
  const steps = repeatable(items, chart);
  if (steps.length === 0) return items;
  const cleared = new Set<number>();
  const last = chart === undefined ? [] : loopTimes(chart, steps, startedAt, before, cleared);
  const resolved = [...items];
  for (const step of steps) resolved[step.place] = currentStep(step, last[step.node] ?? "");
  for (const place of cleared) {
    const option = items[place];
    if (option?.kind !== "step") continue;
    const { own: _own, overrode: _overrode, ...rest } = option;
    resolved[place] = { ...rest, mark: { kind: "open" } };
  }
  return resolved;
}

/** A step whose marks are all kept, while its passes are calculated. */
interface Repeatable {
  readonly place: number;
  readonly step: ChecklistStep;
  /** Its node in the flowchart, or -1 if it is no longer part of it. */
  readonly node: number;
  /** All marks that have a time, in order. */
  marks: readonly LoggedMark[];
  /** A mark made by hand. */
  hand: HandMark | undefined;
  /** Options of it that were ticked or unticked by hand. */
  readonly options: (HandMark & { readonly place: number; readonly exit: ChartExit })[];
}

interface HandMark {
  readonly mark: StepMark;
  readonly overrode: Instant | undefined;
}

function keepsLog(step: ChecklistStep, place: number, chart: Chart | undefined): boolean {
  const node = chart?.nodeAt[place] ?? -1;
  return step.part !== "option" && (step.log !== undefined || chart?.repeats[node] === true);
}

function repeatable(items: readonly ChecklistItem[], chart: Chart | undefined): readonly Repeatable[] {
  return items.flatMap((item, place): readonly Repeatable[] => {
    if (item.kind !== "step" || !keepsLog(item, place, chart)) return [];
    const node = chart?.nodeAt[place] ?? -1;
    const own = chart?.nodes[node];
    const exits = own?.place === place && own.isDecision ? own.exits : [];
    const named = ({ mark, chosen }: LoggedMark): LoggedMark => {
      const id = chosen === undefined || own === undefined || exits.length === 0 ? undefined : exitTaken(own, chosen)?.option?.ids[0];
      return id === undefined ? { mark, ...(chosen === undefined ? {} : { chosen }) } : { mark, chosen: id };
    };
    const options = exits.flatMap((exit) => {
      const option = exit.option === undefined ? undefined : items[exit.option.place];
      const hand = option?.kind === "step" ? handMark(option) : undefined;
      return hand === undefined || exit.option === undefined ? [] : [{ ...hand, place: exit.option.place, exit }];
    });
    return [{ place, step: item, node, marks: inOrder(timedMarks(item).map(named)), hand: handMark(item), options }];
  });
}

function handMark(step: ChecklistStep): HandMark | undefined {
  const mark = ownMark(step);
  return mark.at === undefined && (mark.kind !== "open" || step.overrode !== undefined) ? { mark, overrode: step.overrode } : undefined;
}

function byNode(steps: readonly Repeatable[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [index, { node }] of steps.entries()) {
    const known = found.get(node);
    if (known === undefined) found.set(node, [index]);
    else known.push(index);
  }
  return found;
}

/** A mark that leads back. */
interface Loop {
  readonly at: Instant;
  readonly node: number;
  readonly exit: ChartExit;
}

/**
 * All loops, in the order of their times. Reopening a step directly after it led back undoes that. What a person unticked by
 * hand has no author: it ended a pass, which does not undo the beginning of that pass.
 */
function loopsOf(chart: Chart, steps: readonly Repeatable[]): readonly Loop[] {
  const found: Loop[] = [];
  for (const { place, node: index, marks } of steps) {
    const node = chart.nodes[index];
    if (node?.place !== place || !node.exits.some(({ isBack }) => isBack)) continue;
    let undone = false;
    for (const { mark, chosen } of marks.toReversed()) {
      const exit = mark.kind === "done" ? exitTaken(node, chosen) : undefined;
      if (exit?.isBack === true && mark.at !== undefined && !undone) found.push({ at: mark.at, node: index, exit });
      if (mark.by !== undefined) undone = mark.kind === "open";
    }
  }
  return found.sort((a, b) => compareInstants(a.at, b.at) || a.node - b.node);
}

/** Calls `visit` for each node that each loop repeats, in the order of time. */
function eachLoop(chart: Chart, loops: readonly Loop[], visit: (node: number, at: Instant) => void): void {
  const bodies = new Map<ChartExit, Int32Array>();
  for (const { at, node, exit } of loops) {
    const body = bodies.get(exit) ?? loopBody(chart, node, exit);
    bodies.set(exit, body);
    for (const repeated of body) visit(repeated, at);
  }
}

function lastLoops(chart: Chart, loops: readonly Loop[]): Instant[] {
  const last = chart.nodes.map(() => "");
  eachLoop(chart, loops, (node, at) => {
    last[node] = at;
  });
  return last;
}

/** The last loop through each node, after loops chosen by hand got a time, and marks by hand were added to the pass they belong to. */
function loopTimes(chart: Chart, steps: readonly Repeatable[], startedAt: Instant, before: PassTimes | undefined, cleared: Set<number>): readonly Instant[] {
  const known = lastLoops(chart, loopsOf(chart, steps));
  if (!steps.some(({ hand, options }) => hand !== undefined || options.length > 0)) return known;
  const below = byNode(steps);
  const now = [...known];
  for (const step of steps) {
    const node = chart.nodes[step.node];
    if (node?.place !== step.place) continue;
    for (const { exit, chosen } of loopsByHand(step, node, now[step.node] ?? "")) {
      const body = loopBody(chart, step.node, exit);
      let last = startedAt;
      for (const each of body) for (const other of [now[each], ...(below.get(each) ?? []).flatMap((index) => timesOf(steps[index]))]) last = latest([last, other]);
      const at = justAfter(last === "" ? "1970-01-01T00:00:00Z" : last);
      step.marks = inOrder([...step.marks, { mark: { kind: "done", at }, ...(chosen === undefined ? {} : { chosen }) }]);
      step.hand = undefined;
      for (const each of body) now[each] = at;
    }
  }
  const since = before ?? known;
  const last = chart.nodes.map(() => "");
  eachLoop(chart, loopsOf(chart, steps), (node, at) => {
    last[node] = at;
    for (const index of below.get(node) ?? []) {
      const step = steps[index];
      if (step !== undefined) endPass(step, chart.nodes[node], at, since[node] ?? "", cleared);
    }
  });
  return last;
}

function timesOf(step: Repeatable | undefined): readonly (Instant | undefined)[] {
  return step === undefined ? [] : [step.marks.at(-1)?.mark.at, step.hand?.overrode, ...step.options.map(({ overrode }) => overrode)];
}

/** The exits back that a person ticked by hand in the current pass. */
function loopsByHand(step: Repeatable, node: ChartNode, began: Instant): readonly { readonly exit: ChartExit; readonly chosen?: string }[] {
  const ticked = ({ mark, overrode }: HandMark): boolean => mark.kind === "done" && (overrode === undefined || compareInstants(overrode, began) > 0);
  if (!node.isDecision) {
    const [exit] = node.exits;
    return exit?.isBack === true && step.hand !== undefined && ticked(step.hand) && currentMark(step, began) === undefined ? [{ exit }] : [];
  }
  if (!isUndecided(step, began)) return [];
  return step.options.flatMap((option) => {
    const chosen = option.exit.option?.ids[0];
    return option.exit.isBack && ticked(option) && chosen !== undefined ? [{ exit: option.exit, chosen }] : [];
  });
}

/** Whether an option that was ticked by hand counts. */
function isUndecided(step: Repeatable, began: Instant): boolean {
  const current = currentMark(step, began)?.mark ?? step.hand?.mark;
  return current === undefined || current.kind === "open" || current.at === undefined;
}

/** Adds the marks by hand that were made before a loop to the pass that ended with it. One that leads back is that loop itself. */
function endPass(step: Repeatable, node: ChartNode | undefined, at: Instant, since: Instant, cleared: Set<number>): void {
  const ended = ({ overrode }: HandMark): boolean => compareInstants(at, overrode ?? since) >= (overrode === undefined ? 1 : 0);
  const options = step.options.filter((option) => !cleared.has(option.place) && ended(option));
  const ticked = isUndecided(step, since) ? options.filter(({ mark, exit }) => mark.kind === "done" && !exit.isBack) : [];
  const added = ticked.map(({ exit }): LoggedMark => ({ mark: { kind: "done", at }, ...(exit.option?.ids[0] === undefined ? {} : { chosen: exit.option.ids[0] }) }));
  if (step.hand !== undefined && ended(step.hand)) {
    const isBack = node !== undefined && !node.isDecision && node.place === step.place && node.exits.some((exit) => exit.isBack);
    if (added.length === 0 && !(isBack && step.hand.mark.kind === "done")) added.push({ mark: { ...step.hand.mark, at } });
    step.hand = undefined;
  }
  for (const { place } of options) cleared.add(place);
  if (added.length > 0) step.marks = inOrder([...step.marks, ...added]);
}

/** The last mark with a time in the pass that began then, unless a mark by hand overrides it. */
function currentMark({ marks, hand }: Repeatable, began: Instant): LoggedMark | undefined {
  const last = marks.at(-1);
  return last !== undefined && compareInstants(last.mark.at, began) > 0 && compareInstants(last.mark.at, hand?.overrode) > 0 ? last : undefined;
}

function currentStep(step: Repeatable, began: Instant): ChecklistStep {
  const { mark: _mark, own: _own, chosen: _chosen, overrode: _overrode, log: _log, ...rest } = step.step;
  const current = currentMark(step, began);
  const log = step.marks.filter((each) => each !== current);
  const kept = log.length === 0 ? {} : { log };
  if (current === undefined && step.hand === undefined) return { ...rest, mark: { kind: "open" }, ...kept };
  const mark = current?.mark ?? step.hand?.mark ?? { kind: "open" };
  const chosen = current === undefined ? step.step.chosen : current.chosen;
  const overrode = current === undefined ? step.hand?.overrode : undefined;
  return {
    ...rest,
    mark,
    ...(isLeft(mark) ? { own: mark } : {}),
    ...(chosen === undefined ? {} : { chosen }),
    ...(overrode === undefined ? {} : { overrode }),
    ...kept,
  };
}
