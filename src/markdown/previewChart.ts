import { flowExits } from "../core/flowchart/subgraphEnds";
import { chartStepId, issuesAskedFor, type Runbook, type RunbookChart, type RunbookStep } from "../core/model/runbook";
import { box, checklistBox, chip, contextValue, escapeText, note, type PreviewContext, type ShownStep, stepButtons, stepTextTags } from "./previewParts";

/** What the list of a flowchart shows besides its steps. */
export interface ChartView {
  readonly runbook: Runbook;
  readonly states: ReadonlyMap<string, ShownStep>;
  /** The edges that were walked, as ids of steps with a space between them. */
  readonly edges: ReadonlySet<string>;
  /** Finds kinds in brackets. The first group is the kind. */
  readonly kindPattern: RegExp | undefined;
}

/**
 * The steps of a flowchart as a list below its drawing, with their states and buttons. The list also carries the states by node
 * for the script that marks them in the drawing.
 */
export function chartList(context: PreviewContext, chart: RunbookChart, view: ChartView): string {
  const own = view.runbook.steps.filter(({ id, source }) => source === "chart" && id.startsWith(`${chart.prefix}.`));
  const items = own.filter(({ depth }) => depth === 0).map((step) => item(context, step, own.filter(({ parent }) => parent === step.id), view));
  const marks = view.states.size === 0 ? "" : ` data-chart="${escapeText(JSON.stringify(chartMarks(chart, own, view)))}"`;
  return `<ol class="response-desk-chart" aria-label="${escapeText(context.labels.chartSteps)}"${marks}>${items.join("")}</ol>\n`;
}

function item(context: PreviewContext, step: RunbookStep, options: readonly RunbookStep[], view: ChartView): string {
  const shown = view.states.get(step.id);
  const text = view.kindPattern === undefined ? [step.text] : step.text.split(view.kindPattern);
  const words = text.map((part, index) => (index % 2 === 1 ? chip(part) : escapeText(part))).join("");
  const [open, close] = shown === undefined ? ["", ""] : stepTextTags(shown);
  const check = shown === undefined ? (step.part === "option" ? "" : box(context, false)) : checklistBox(step, shown);
  const below = options.length === 0 ? "" : `<ul>${options.map((option) => item(context, option, [], view)).join("")}</ul>`;
  const state = shown === undefined ? "" : ` response-desk-${shown.kind}`;
  const current = shown?.kind === "current" ? ' aria-current="step"' : "";
  return `<li class="response-desk-step${state}"${current} data-vscode-context="${escapeText(contextValue(context, "step", step.line))}">${check}${open}${words}${close}${shown === undefined ? "" : note(shown)}${stepButtons(context, step, issuesAskedFor(view.runbook, step))}${below}</li>`;
}

/** The states of the nodes, and the edges that were walked, by the ids of the flowchart. */
export interface ChartMarks {
  readonly nodes: readonly { readonly id: string; readonly kind: ShownStep["kind"]; readonly words: string }[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

function chartMarks(chart: RunbookChart, steps: readonly RunbookStep[], { states, edges }: ChartView): ChartMarks {
  const own = new Map(steps.map((step) => [step.id, step]));
  const stateOf = (node: string): ShownStep["kind"] | undefined => states.get(chartStepId(chart, node))?.kind;
  const isWalked = (from: string, to: string): boolean => {
    const [source, target] = [chartStepId(chart, from), chartStepId(chart, to)];
    const isStart = !own.has(source);
    if (isStart) return ["done", "skipped", "current"].includes(stateOf(to) ?? "");
    if (own.has(target)) return edges.has(`${source} ${target}`);
    const option = steps.find(({ id }) => id === chartStepId(chart, `${from}>${to}`));
    return stateOf(from) === "done" && (option === undefined || states.get(option.id)?.kind === "done");
  };
  // The drawing has one edge to or from a subgraph. The path went along it if it went to one of its first nodes, or left from one of its last.
  const walked = new Set([...flowExits(chart.chart)].flatMap(([node, exits]) => exits.flatMap(({ from, to, targets }) => (targets.some((target) => isWalked(node, target)) ? [`${from} ${to}`] : []))));
  return {
    nodes: chart.chart.nodes.flatMap(({ id }) => {
      const shown = states.get(chartStepId(chart, id));
      return shown === undefined ? [] : [{ id, kind: shown.kind, words: shown.words }];
    }),
    edges: chart.chart.edges.flatMap(({ from, to }) => (walked.has(`${from} ${to}`) ? [[from, to] as const] : [])),
  };
}
