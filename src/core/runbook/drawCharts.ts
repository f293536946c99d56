import { passesOf } from "../checklist/passes";
import { stepFinder, stepStates } from "../checklist/stepStates";
import { readableText } from "../checklist/values";
import { walkedPath } from "../checklist/walkedPath";
import type { Checklist, ChecklistStep } from "../model/checklist";
import { type DrawnChart, type DrawnEdge, type DrawnNode, largestDrawing } from "../model/drawnChart";
import { drawnNodes, type Flowchart } from "../model/flowchart";
import { chartStepId, type Runbook, type RunbookChart } from "../model/runbook";
import { edgesBetweenNodes } from "./chartSteps";

/**
 * The flowcharts of a checklist with the states of its steps, in the order of the checklist. They are drawn as the runbook draws
 * them. A chart that is no longer in the runbook, or has other steps there, is drawn from the steps of the checklist alone: then
 * it has no starts, ends and subgraphs. A chart that only draws a list is shown while the runbook contains it.
 */
export function drawCharts(checklist: Checklist, runbook: Runbook | undefined): readonly DrawnChart[] {
  const charts = chartsOf(checklist);
  if (charts.size === 0 && (runbook?.charts.length ?? 0) === 0) return [];
  const run = readRun(checklist);
  const own = [...charts].map(([id, steps]): DrawnChart => {
    const source = runbook?.charts.find((chart) => chart.runs && chart.prefix === id);
    const readable = steps.flatMap((step) => run.steps.get(step.id) ?? []);
    return source === undefined || runbook === undefined || !isSame(steps, source, runbook) ? drawSteps(id, readable, checklist.title, run) : drawSource(source, titleOf(source, runbook), run);
  });
  const mirrors = (runbook?.charts ?? []).flatMap((chart) => (chart.runs || chart.chart.problems.length > 0 ? [] : drawMirror(chart, titleOf(chart, runbook), run)));
  return [...own, ...mirrors];
}

/** What is known about the steps of a checklist. */
interface Run {
  /** With the values of their fields. */
  readonly steps: ReadonlyMap<string, ChecklistStep>;
  readonly stateOf: (id: string) => DrawnNode["state"];
  /** What the node of a step shows. */
  readonly nodeOf: (id: string) => Pick<DrawnNode, "state" | "step" | "optional" | "pass">;
  /** Whether the current pass went from a step to another. */
  readonly wentOn: (from: string, to: string) => boolean;
  /** Whether the current pass left a step, by an option if it has any. */
  readonly left: (from: string, option: string | undefined) => boolean;
}

function readRun(checklist: Checklist): Run {
  const states = stepStates(checklist);
  const passes = passesOf(checklist);
  const walked = walkedPath(checklist);
  const edges = new Map(checklist.items.map(({ id }) => [id, new Set<string>()]));
  for (const { from, to } of walked.edges) edges.get(from)?.add(to);
  const steps = new Map(checklist.items.flatMap((item) => (item.kind === "step" ? [[item.id, { ...item, text: readableText(item.text, checklist) }] as const] : [])));
  const stateOf = (id: string): DrawnNode["state"] => states.get(id)?.kind ?? "plain";
  return {
    steps,
    stateOf,
    nodeOf: (id) => {
      const pass = passes.get(id)?.pass ?? 1;
      return { step: id, state: stateOf(id), ...(steps.get(id)?.optional === true ? { optional: true } : {}), ...(pass === 1 ? {} : { pass }) };
    },
    wentOn: (from, to) => edges.get(from)?.has(to) === true,
    left: (from, option) => walked.steps.has(from) && (option === undefined || steps.get(option)?.mark.kind === "done"),
  };
}

/** The steps of flowcharts, by the start of their ids, without options. */
function chartsOf({ items }: Checklist): ReadonlyMap<string, readonly ChecklistStep[]> {
  const found = new Map<string, ChecklistStep[]>();
  for (const item of items) {
    if (item.kind === "section" || item.next === undefined || item.part === "option") continue;
    const id = item.id.slice(0, Math.max(item.id.indexOf("."), 0));
    const steps = found.get(id);
    if (steps === undefined) found.set(id, [item]);
    else steps.push(item);
  }
  return found;
}

/** Whether the runbook's chart has the same steps with the same edges. */
function isSame(steps: readonly ChecklistStep[], { prefix }: RunbookChart, { steps: all }: Runbook): boolean {
  const now = new Map(all.flatMap(({ id, part, source, next = [] }) => (source === "chart" && part !== "option" && id.startsWith(`${prefix}.`) ? [[id, next.join("\n")] as const] : [])));
  return now.size === steps.length && steps.every(({ id, next = [] }) => now.get(id) === next.join("\n"));
}

function titleOf({ section }: RunbookChart, runbook: Runbook | undefined): string {
  return runbook?.sections.find(({ id }) => id === section)?.title ?? runbook?.title ?? "";
}

function drawSource(source: RunbookChart, title: string, run: Run): DrawnChart {
  const { chart, prefix } = source;
  const idOf = (node: string): string => chartStepId(source, node);
  const nodes = drawnNodes(chart).map(({ id, text, shape, subgraph }): DrawnNode => {
    const step = run.steps.get(idOf(id));
    return { id, shape, ...(subgraph === undefined ? {} : { subgraph }), text: step?.text ?? text, ...(step === undefined ? { state: "plain" } : run.nodeOf(step.id)) };
  });
  const isReached = (id: string): boolean => ["done", "skipped", "current"].includes(run.stateOf(idOf(id)));
  const edges = edgesBetweenNodes(chart).map(({ from, to, key, label, style }): DrawnEdge => {
    const option = run.steps.has(idOf(key)) ? idOf(key) : undefined;
    const isEnd = !run.steps.has(idOf(to));
    const walked = run.steps.has(idOf(from)) ? run.left(idOf(from), option) && (isEnd || run.wentOn(idOf(from), idOf(to))) : isReached(to);
    return { from, to, ...(label === undefined ? {} : { label }), style, ...(option === undefined ? {} : { option }), walked };
  });
  return { id: prefix, title, direction: chart.direction, nodes: withEnds(nodes, edges), edges, subgraphs: usedSubgraphs(chart) };
}

/** Starts and ends are done once a walked edge touches them. */
function withEnds(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): readonly DrawnNode[] {
  const touched = new Set(edges.flatMap(({ from, to, walked }) => (walked ? [from, to] : [])));
  return nodes.map((node) => (node.step === undefined && touched.has(node.id) ? { ...node, state: "done" } : node));
}

/** The subgraphs around nodes. In a valid chart, a subgraph is defined in its parent, and so after it starts. */
function usedSubgraphs(chart: Flowchart): DrawnChart["subgraphs"] {
  const parents = new Map(chart.subgraphs.map(({ id, parent }) => [id, parent]));
  const used = new Set<string>();
  for (const { subgraph } of drawnNodes(chart)) {
    for (let group = subgraph; group !== undefined && !used.has(group); group = parents.get(group)) used.add(group);
  }
  return chart.subgraphs.flatMap(({ id, title, parent }) => (used.has(id) ? [{ id, title, ...(parent === undefined ? {} : { parent }) }] : []));
}

/** A chart from the steps of a checklist: a node for each, and an edge to each that follows. */
function drawSteps(id: string, steps: readonly ChecklistStep[], title: string, run: Run): DrawnChart {
  const known = new Set(steps.map((step) => step.id));
  const nodes = steps.map((step): DrawnNode => ({ id: step.id, text: step.text, shape: step.part === "decision" ? "decision" : "step", ...run.nodeOf(step.id) }));
  const edgesFrom = (from: string, next: readonly string[], option?: ChecklistStep): readonly DrawnEdge[] =>
    [...new Set(next)].filter((to) => known.has(to)).map((to) => ({
      from, to,
      ...(option === undefined ? {} : { label: option.text, option: option.id }),
      style: run.steps.get(to)?.optional === true ? "dotted" : "solid",
      walked: run.left(from, option?.id) && run.wentOn(from, to),
    }));
  const options = optionsOf(run);
  const edges = steps.flatMap((step) => [...edgesFrom(step.id, step.next ?? []), ...(options.get(step.id) ?? []).flatMap((option) => edgesFrom(step.id, option.next ?? [], option))]);
  return { id, title, direction: "TB", nodes, edges, subgraphs: [] };
}

/** The options of each decision of a flowchart. */
function optionsOf({ steps }: Run): ReadonlyMap<string, readonly ChecklistStep[]> {
  const found = new Map<string, ChecklistStep[]>();
  let decision = "";
  for (const step of steps.values()) {
    if (step.depth === 0) {
      decision = step.id;
      found.set(decision, []);
    } else if (step.part === "option" && step.next !== undefined) found.get(decision)?.push(step);
  }
  return found;
}

/** A chart that draws the steps of a list, if at least half of its nodes are steps of the checklist. */
function drawMirror({ chart, prefix }: RunbookChart, title: string, run: Run): readonly DrawnChart[] {
  const all = drawnNodes(chart);
  if (all.length > largestDrawing) return [];
  const find = stepFinder([...run.steps.values()].filter(({ part, next }) => part !== "option" && next === undefined));
  const nodes = all.map(({ id, text, shape, subgraph }): DrawnNode => {
    const step = shape === "terminal" ? undefined : find(text);
    return { id, text, shape, ...(subgraph === undefined ? {} : { subgraph }), ...(step === undefined ? { state: "plain" } : run.nodeOf(step.id)) };
  });
  const own = nodes.filter(({ shape }) => shape !== "terminal");
  if (own.length === 0 || 2 * own.filter(({ step }) => step !== undefined).length < own.length) return [];
  const edges = edgesBetweenNodes(chart).map(({ from, to, label, style }): DrawnEdge => ({ from, to, ...(label === undefined ? {} : { label }), style, walked: false }));
  return [{ id: prefix, title, direction: chart.direction, nodes, edges, subgraphs: usedSubgraphs(chart) }];
}
