import { readChart } from "../checklist/chart";
import { openSteps } from "../checklist/marking";
import { passesOf } from "../checklist/passes";
import type { Checklist, ChecklistStep, LoggedMark } from "../model/checklist";
import { isInstant, millisecondsOf } from "../model/instant";
import type { Issue } from "../model/issue";
import type { DeskHistory, Times } from "./history/deskHistory";
import { type Summary, summarize, summarizeTimes, type TimesSummary } from "./figures";

/** What is measured on one checklist. */
export interface MeasuredChecklist {
  readonly issue: Issue;
  readonly runbook: string;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly isFinished: boolean;
  readonly passes: readonly StepValue<number>[];
  readonly times: readonly StepValue<Times>[];
}

/** How the checklists of a runbook were worked through. */
export interface RunbookFigures {
  /** Path of the runbook, with the slug of its section if only that was started. */
  readonly runbook: string;
  readonly started: number;
  /** Those without open steps. */
  readonly finished: number;
  readonly issues: readonly Issue[];
  readonly finishedIssues: readonly Issue[];
  /** Each loop of its flowchart, by the step from which it leads back. */
  readonly loops: readonly { readonly id: string; readonly step: string; readonly passes: Summary & { readonly max?: number }; readonly issues: readonly Issue[] }[];
  /** The time that each step took, in the order of the runbook. */
  readonly steps: readonly { readonly id: string; readonly step: string; readonly time: TimesSummary; readonly issues: readonly Issue[] }[];
}

/** Measures a checklist with a valid time at which it was started. */
export function measureChecklist(issue: Issue, checklist: Checklist, desks: DeskHistory): MeasuredChecklist {
  return {
    issue,
    runbook: checklist.runbook,
    startedAt: millisecondsOf(checklist.startedAt),
    isFinished: openSteps(checklist).length === 0,
    passes: loopPasses(checklist),
    times: stepTimes(checklist, desks),
  };
}

/** The figures of each runbook from its checklists, in the order of their paths. */
export function runbookFigures(checklists: readonly MeasuredChecklist[]): readonly RunbookFigures[] {
  return groupBy(checklists, ({ runbook }) => runbook).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([runbook, all]) => ({
    runbook,
    issues: issuesOf(all),
    finishedIssues: issuesOf(all.filter(({ isFinished }) => isFinished)),
    started: all.length,
    finished: all.filter(({ isFinished }) => isFinished).length,
    loops: grouped(all, ({ passes }) => passes).map(({ id, step, values, issues }) => ({ id, step, issues, passes: { ...summarize(values), ...(values.length === 0 ? {} : { max: Math.max(...values) }) } })),
    steps: grouped(all, ({ times }) => times).map(({ id, step, values, issues }) => ({ id, step, issues, time: summarizeTimes(values) })),
  }));
}

function issuesOf(all: readonly { readonly issue: Issue }[]): readonly Issue[] {
  return [...new Set(all.map(({ issue }) => issue))];
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups];
}

interface StepValue<T> {
  readonly id: string;
  /** Where the step is in its checklist. */
  readonly place: number;
  readonly text: string;
  readonly value: T;
}

interface GroupedValues<T> {
  readonly id: string;
  readonly step: string;
  readonly values: readonly T[];
  /** Those of the checklists that have a value. */
  readonly issues: readonly Issue[];
}

/** The values of each step, in the order of the runbook. Text and place are those in the last checklist. */
function grouped<T>(checklists: readonly MeasuredChecklist[], valuesOf: (one: MeasuredChecklist) => readonly StepValue<T>[]): readonly GroupedValues<T>[] {
  const all = checklists.flatMap((one) => valuesOf(one).map((value) => ({ ...value, issue: one.issue })));
  const steps = groupBy(all, ({ id }) => id).toSorted(([, a], [, b]) => (a.at(-1)?.place ?? 0) - (b.at(-1)?.place ?? 0));
  return steps.map(([id, values]) => ({ id, step: values.at(-1)?.text ?? "", values: values.map(({ value }) => value), issues: issuesOf(values) }));
}

/** How many passes each loop made. Loops whose end was never reached made none, and do not count. */
function loopPasses(checklist: Checklist): readonly StepValue<number>[] {
  const chart = readChart(checklist);
  if (chart === undefined) return [];
  const passes = passesOf(checklist);
  return chart.nodes.flatMap(({ id, place, exits }) => {
    const item = checklist.items[place];
    const pass = passes.get(id)?.pass;
    const isReached = item?.kind === "step" && (item.mark.kind === "done" || (pass ?? 1) > 1);
    return !isReached || pass === undefined || !exits.some(({ isBack }) => isBack) ? [] : [{ id, place, text: item.text, value: pass }];
  });
}

/**
 * The time of each step that was done: since the last mark before it in the checklist, or since the checklist was started. Of steps
 * that were marked together, the first has the time, so that the times of all steps add up. Of a step that was done in several
 * passes, each counts. Steps without a time, such as those ticked by hand on the web, are left out.
 */
function stepTimes(checklist: Checklist, desks: DeskHistory): readonly StepValue<Times>[] {
  const passes = passesOf(checklist);
  const places = new Map(checklist.items.map(({ id }, place) => [id, place]));
  const steps = checklist.items.filter((item) => item.kind === "step" && item.part !== "option");
  const marks = steps.flatMap((item) => (item.kind === "step" ? timed([...(passes.get(item.id)?.earlier ?? []), item]).map(({ at, isDone }) => ({ at, isDone, step: item })) : []));
  const sorted = marks.toSorted((a, b) => a.at - b.at);
  const start = isInstant(checklist.startedAt) ? millisecondsOf(checklist.startedAt) : undefined;
  const since = new Map(sorted.map((mark, index) => [mark, index === 0 ? start : sorted[index - 1]?.at]));
  return marks.flatMap((mark) => {
    const from = since.get(mark);
    return !mark.isDone || from === undefined ? [] : [{ id: mark.step.id, place: places.get(mark.step.id) ?? 0, text: mark.step.text, value: desks.between(from, mark.at) }];
  });
}

function timed(marks: readonly (LoggedMark | ChecklistStep)[]): readonly { readonly at: number; readonly isDone: boolean }[] {
  return marks.flatMap(({ mark }) => (mark.at === undefined || mark.kind === "open" || !isInstant(mark.at) ? [] : [{ at: millisecondsOf(mark.at), isDone: mark.kind === "done" }]));
}
