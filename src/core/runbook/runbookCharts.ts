import { stepFinder } from "../checklist/stepStates";
import { checkFlowchart } from "../flowchart/chartChecks";
import { readFlowchart } from "../flowchart/readFlowchart";
import type { MarkdownBlock } from "../model/markdownDocument";
import type { Flowchart } from "../model/flowchart";
import { procedurePath } from "../model/procedurePath";
import { chartStepId, type RunbookChart, type RunbookSection, type RunbookStep } from "../model/runbook";
import { readRoles } from "../model/roleMentions";
import { textHash } from "../model/textHash";
import { type ChartStep, chartSteps, drawsProcedure, isSequence, nodeText, stepNodes } from "./chartSteps";
import { resolveRunbookLink } from "./links";
import { readMentions } from "./mentions";
import { stepRequests } from "./requestProblems";
import type { RunbookContext } from "./runbookContext";

/** What the flowcharts of a text add to its runbook. */
export interface ChartReading {
  readonly charts: readonly RunbookChart[];
  /** The steps of charts that run, each group with the line where its chart starts. */
  readonly groups: readonly ChartGroup[];
}

export interface ChartGroup {
  readonly line: number;
  /** Index of the section that contains it. */
  readonly section: number | undefined;
  readonly steps: readonly RunbookStep[];
  /** Whether the chart is only a row of boxes. Then it may draw something else, and runs only if its section is started by itself or the text has no other steps. */
  readonly boxesOnly: boolean;
}

interface TextAround {
  readonly path: string;
  readonly sections: readonly Omit<RunbookSection, "startable">[];
  readonly sectionOf: (line: number) => number | undefined;
  /** The steps of lists. */
  readonly listed: readonly RunbookStep[];
  /** The deadline of all steps. */
  readonly within: string | undefined;
  readonly context: RunbookContext;
}

/** Reads the Mermaid flowcharts of a text. A chart that says the same as the lists of its section and of those below is a drawing of them, and adds no steps. */
export function readCharts(blocks: readonly MarkdownBlock[], around: TextAround): ChartReading {
  const charts: RunbookChart[] = [];
  const groups: ChartGroup[] = [];
  const counts = new Map<number | undefined, number>();
  const find = procedureFinder(around.path, around.sections, around.context.runbooks ?? []);
  for (const block of blocks) {
    if (block.kind !== "fence" || !/^mermaid(?![\w-])/i.test(block.info)) continue;
    const chart = readFlowchart(block.text);
    if (chart === undefined) continue;
    const section = around.sectionOf(block.line);
    const isProcedure = drawsProcedure(chart) || namesIssuesOrRoles(chart, around.context);
    const count = (counts.get(section) ?? 0) + 1;
    counts.set(section, count);
    const id = section === undefined ? undefined : around.sections[section]?.id;
    const whole = section === undefined ? undefined : around.sections[section];
    const canRun = chart.problems.length === 0 && !block.quoted && block.within === undefined && (isProcedure || isSequence(chart)) && stepNodes(chart).length > 0;
    const isDrawing = canRun && repeatsList(chart, around.listed.filter((step) => step.source !== "section" && isWithin(step, whole)));
    const runs = canRun && !isDrawing && !(isProcedure && checkFlowchart(chart).length > 0);
    charts.push({ line: block.line, endLine: block.endLine, ...(id === undefined ? {} : { section: id }), chart, isProcedure, runs, prefix: textHash(`chart\n${id ?? ""}\n${count}`, 4) });
    const own = charts.at(-1);
    if (runs && own !== undefined) groups.push({ line: block.line, section, boxesOnly: !isProcedure, steps: chartSteps(chart).map((draft) => stepOf(draft, own, around, find)) });
  }
  return { charts, groups };
}

/** Whether a node asks for an issue or names a role of the desk. Drawings of other things do not. */
function namesIssuesOrRoles({ nodes }: Flowchart, { kinds, roles }: RunbookContext): boolean {
  return nodes.some(({ text }) => readRoles(text, roles).length > 0 || readMentions(text, kinds).some(({ action }) => action !== "mention"));
}

/** Whether a step is in a section or in one below it: the chart under a title draws what the sections below list. */
function isWithin({ section, line }: RunbookStep, whole: TextAround["sections"][number] | undefined): boolean {
  return whole === undefined ? section === undefined : whole.line <= line && line < whole.endLine;
}

/** Whether at least half of the nodes are steps of the list. */
function repeatsList(chart: Flowchart, listed: readonly RunbookStep[]): boolean {
  if (listed.length === 0) return false;
  const find = stepFinder(listed);
  const nodes = stepNodes(chart);
  return 2 * nodes.filter((node) => find(nodeText(node)) !== undefined).length >= nodes.length;
}

/** Finds the procedure that a node with this text at this line stands for. */
type ProcedureFinder = (text: string, line: number) => string | undefined;

function stepOf(draft: ChartStep, chart: RunbookChart, { path, within, context }: TextAround, find: ProcedureFinder): RunbookStep {
  const { key, text, part, depth, line, parent, optional, stage, shape, link } = draft;
  const at = chart.line + 1 + line;
  const { fields, approval, commentRequired } = stepRequests(text, context);
  const mentions = readMentions(text, context.kinds);
  const target = link === undefined ? undefined : resolveRunbookLink(path, link);
  const procedure = target === undefined ? (shape === "subprocess" ? find(text, at) : undefined) : procedurePath(target.path, target.fragment);
  const runbooks = part === "option" || procedure === undefined ? [] : [procedure];
  // As in lists, spreading an object for each step would be slow.
  const step: { -readonly [Key in keyof RunbookStep]: RunbookStep[Key] } = {
    id: chartStepId(chart, key),
    text,
    line: at,
    endLine: at + 1,
    depth,
    source: "chart",
    part,
    roles: readRoles(text, context.roles),
    mentions,
    runbooks,
    next: draft.next.map((next) => chartStepId(chart, next)),
  };
  if (fields.length > 0) step.fields = fields;
  if (approval !== undefined) step.approval = approval;
  if (commentRequired) step.commentRequired = true;
  if (within !== undefined) step.within = within;
  if (shape === "subprocess" && runbooks.length === 0 && mentions.length === 0) step.needsIssues = true;
  if (optional !== undefined) step.optional = optional;
  if (stage !== undefined) step.stage = stage;
  if (chart.section !== undefined) step.section = chart.section;
  if (parent !== undefined) step.parent = chartStepId(chart, parent);
  return step;
}

/**
 * Finds the section of a runbook, or another runbook, whose name a text at a line contains; the longest name if there are
 * several. A name of one word must be the whole text. Sections that contain the line are not found.
 */
function procedureFinder(path: string, sections: readonly Pick<RunbookSection, "title" | "slug" | "line" | "endLine">[], runbooks: readonly string[]): ProcedureFinder {
  let known: ReturnType<typeof indexNames> | undefined;
  return (text, line) => {
    known ??= indexNames(path, sections, runbooks);
    const { names, longest } = known;
    const words = nameWords(text);
    for (let length = Math.min(words.length, longest); length > 0; length -= 1) {
      if (length === 1 && words.length > 1) return undefined;
      const found = Array.from({ length: words.length - length + 1 }, (_, start) => names.get(words.slice(start, start + length).join(" "))?.find((one) => line < one.line || one.endLine <= line));
      const first = found.reduce((best, one) => (best === undefined || (one !== undefined && one.order < best.order) ? one : best), undefined);
      if (first !== undefined) return first.path;
    }
    return undefined;
  };
}

interface Named {
  readonly path: string;
  /** Position among all names: sections first, then files. */
  readonly order: number;
  /** The lines of a section. */
  readonly line: number;
  readonly endLine: number;
}

function indexNames(path: string, sections: readonly Pick<RunbookSection, "title" | "slug" | "line" | "endLine">[], runbooks: readonly string[]): { readonly names: ReadonlyMap<string, readonly Named[]>; readonly longest: number } {
  const names = new Map<string, Named[]>();
  let longest = 0;
  const add = (name: string, named: Named): void => {
    const words = nameWords(name);
    longest = Math.max(longest, words.length);
    const known = names.get(words.join(" "));
    if (known === undefined) names.set(words.join(" "), [named]);
    else known.push(named);
  };
  sections.forEach(({ title, slug, line, endLine }, order) => add(title, { path: procedurePath(path, slug), order, line, endLine }));
  runbooks.forEach((file, index) => {
    if (file !== path) add((file.split("/").at(-1) ?? file).replace(/\.[^.]+$/, ""), { path: file, order: sections.length + index, line: 0, endLine: 0 });
  });
  return { names, longest };
}

/** The words of a name, without those that only say that it is a procedure. */
function nameWords(text: string): readonly string[] {
  const words = text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:an?|the|go|to|follow|see|run|start|workflow|process|procedure|runbook)$/.test(word));
}

/**
 * The steps of a runbook with lists and charts, and the charts of boxes only, which are steps only in a text without any others.
 * A heading is not a step if a chart says what to do.
 */
export function withCharts(listed: readonly RunbookStep[], groups: readonly ChartGroup[]): { readonly steps: readonly RunbookStep[]; readonly others: readonly ChartGroup[] } {
  if (groups.length === 0) return { steps: listed, others: [] };
  const hasOwn = listed.some(({ source }) => source !== "section");
  const runs = hasOwn || groups.some(({ boxesOnly }) => !boxesOnly) ? groups.filter(({ boxesOnly }) => !boxesOnly) : groups;
  const drawn = new Set(groups.flatMap(({ steps }) => steps.flatMap(({ section }) => section ?? [])));
  const kept = listed.filter(({ source, section }) => source !== "section" || (hasOwn && (section === undefined || !drawn.has(section))));
  return { steps: mergeSteps(kept, runs), others: groups.filter((group) => !runs.includes(group)) };
}

/** The steps of lists and charts in document order. The steps of a chart keep the order of its edges. */
export function mergeSteps(listed: readonly RunbookStep[], groups: readonly Pick<ChartGroup, "line" | "steps">[]): readonly RunbookStep[] {
  if (groups.length === 0) return listed;
  const all: RunbookStep[] = [];
  let next = 0;
  for (const { line, steps } of groups) {
    while ((listed[next]?.line ?? Infinity) < line) all.push(...listed.slice(next, (next += 1)));
    all.push(...steps);
  }
  return [...all, ...listed.slice(next)];
}
