import { type FlowExit, flowExits } from "../flowchart/subgraphEnds";
import { drawnNodes, type FlowNode, type Flowchart } from "../model/flowchart";
import type { StepPart } from "../model/checklist";

/** A step of a flowchart, or an exit of a decision. Lines are relative to the chart. */
export interface ChartStep {
  /** The id of the node, for an exit with that of the first node it leads to. Unique in the chart. */
  readonly key: string;
  readonly text: string;
  readonly part: StepPart;
  readonly depth: number;
  readonly line: number;
  /** The key of the decision that an exit belongs to. */
  readonly parent?: string;
  /** Keys of the steps that follow. Empty on decisions, whose exits lead on, and where the procedure ends. */
  readonly next: readonly string[];
  /** Reached by dotted edges only. */
  readonly optional?: true;
  /** The innermost subgraph. */
  readonly stage?: { readonly id: string; readonly title: string };
  readonly shape: FlowNode["shape"];
  readonly link?: string;
}

/** Whether a chart draws a procedure: it has a start or an end, a decision, or a sub-procedure. Others may draw anything. */
export function drawsProcedure(chart: Flowchart): boolean {
  return drawnNodes(chart).some(({ shape }) => shape !== "step");
}

/**
 * Whether the boxes of a chart follow each other in one line, except for optional ones. Boxes that branch without a decision are
 * most often parts of a system or an organization.
 */
export function isSequence(chart: Flowchart): boolean {
  const nodes = new Map(drawnNodes(chart).map((node) => [node.id, node]));
  const exits = flowExits(chart);
  const optional = optionalNodes(exits, nodes);
  const required = [...nodes.keys()].filter((id) => !optional.has(id));
  const next = new Map(required.map((id) => [id, (exits.get(id) ?? []).flatMap(({ style, targets }) => (style === "dotted" ? [] : targets))]));
  const entered = [...next.values()].flat();
  const inside = new Set(entered);
  const starts = required.filter((id) => !inside.has(id));
  if (required.length < 2 || starts.length !== 1 || inside.size !== entered.length) return false;
  const seen = new Set<string>();
  for (let at = starts[0]; at !== undefined && !seen.has(at); at = next.get(at)?.[0]) {
    if ((next.get(at)?.length ?? 0) > 1) return false;
    seen.add(at);
  }
  return seen.size === required.length;
}

/** The nodes that are steps or decisions. Starts and ends are not. */
export function stepNodes(chart: Flowchart): readonly FlowNode[] {
  return drawnNodes(chart).filter(({ shape }) => shape !== "terminal");
}

/** The text of a node as a step. */
export function nodeText({ id, text }: FlowNode): string {
  return text === "" ? id : text;
}

/**
 * The steps of a flowchart in the order of their edges, so that an edge to the same or an earlier step is a loop. Starts and
 * ends are not steps: their edges lead on. So do edges to and from a subgraph, which stand for its first and last nodes.
 */
export function chartSteps(chart: Flowchart): readonly ChartStep[] {
  const drawn = drawnNodes(chart);
  const nodes = new Map(drawn.map((node) => [node.id, node]));
  const exits = flowExits(chart);
  const following = new Map([...exits].map(([id, own]) => [id, own.flatMap(({ targets }) => targets)]));
  const titles = new Map(chart.subgraphs.map(({ id, title }) => [id, title]));
  const optional = optionalNodes(exits, nodes);
  const entered = new Set([...following.values()].flat());
  const starts = drawn.filter(({ id }) => !entered.has(id)).toSorted((a, b) => Number(a.shape !== "terminal") - Number(b.shape !== "terminal"));
  // What no start reaches is a loop. The last root comes first.
  const roots = [...starts.toReversed(), ...drawn].map(({ id }) => id);
  const behind = stepsBehind(following, nodes);

  return inOrder(roots, following).flatMap((id): readonly ChartStep[] => {
    const node = nodes.get(id);
    if (node === undefined || node.shape === "terminal") return [];
    const { line, shape, subgraph, link } = node;
    const own = exits.get(id) ?? [];
    const isDecision = shape === "decision" && own.length > 1 && own.every(({ answer }) => answer !== "");
    const step: { -readonly [Key in keyof ChartStep]: ChartStep[Key] } = {
      key: id,
      text: nodeText(node),
      part: isDecision ? "decision" : "step",
      depth: 0,
      line,
      shape,
      next: isDecision ? [] : behind(following.get(id) ?? []),
    };
    if (optional.has(id)) step.optional = true;
    if (subgraph !== undefined) step.stage = { id: subgraph, title: titles.get(subgraph) ?? subgraph };
    if (link !== undefined) step.link = link;
    if (!isDecision) return [step];
    const keys = exitKeys(id, own);
    return [step, ...own.map(({ targets, answer, line: at }, index): ChartStep => {
      const option: typeof step = {
        key: keys[index] ?? id,
        text: answer,
        part: "option",
        depth: 1,
        line: at,
        parent: id,
        shape: "step",
        next: behind(targets),
      };
      if (step.stage !== undefined) option.stage = step.stage;
      return option;
    })];
  });
}

/** An edge as it is drawn between two nodes. `key`: that of the exit of a decision. */
export interface NodeEdge extends Pick<FlowExit, "from" | "to" | "style"> {
  readonly key: string;
  readonly label?: string;
}

/** The visible edges between nodes, each group with those of one node. An edge to or from a subgraph stands for edges of its first or last nodes. */
export function edgesBetweenNodes(chart: Flowchart): readonly NodeEdge[] {
  const nodes = new Set(drawnNodes(chart).map(({ id }) => id));
  return [...flowExits(chart)].flatMap(([from, exits]) => {
    const keys = exitKeys(from, exits);
    return exits.flatMap(({ targets, answer, style }, index) =>
      targets.filter((to) => nodes.has(to)).map((to) => ({ from, to, key: keys[index] ?? "", style, ...(answer === "" ? {} : { label: answer }) })));
  });
}

type Exits = ReturnType<typeof flowExits>;

/** The nodes that follow each node. */
type Following = ReadonlyMap<string, readonly string[]>;

function optionalNodes(exits: Exits, nodes: ReadonlyMap<string, FlowNode>): ReadonlySet<string> {
  const required = new Set<string>();
  const dotted = new Set<string>();
  for (const own of exits.values()) for (const { style, targets } of own) for (const to of targets) (style === "dotted" ? dotted : required).add(to);
  if (dotted.size === 0) return dotted;
  return new Set([...dotted].filter((id) => !required.has(id) && nodes.has(id)));
}

/** The nodes in reverse postorder, so that every edge that closes no loop leads forward, and the first exit comes first. */
function inOrder(roots: readonly string[], following: Following): readonly string[] {
  const seen = new Set<string>();
  const finished: string[] = [];
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path: { readonly id: string; left: number }[] = [{ id: root, left: following.get(root)?.length ?? 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      top.left -= 1;
      const next = top.left < 0 ? undefined : following.get(top.id)?.[top.left];
      if (top.left < 0) {
        finished.push(top.id);
        path.pop();
      } else if (next !== undefined && !seen.has(next)) {
        seen.add(next);
        path.push({ id: next, left: following.get(next)?.length ?? 0 });
      }
    }
  }
  return finished.toReversed();
}

/** Follows edges through starts and ends to the steps behind them. */
function stepsBehind(following: Following, nodes: ReadonlyMap<string, FlowNode>): (targets: readonly string[]) => readonly string[] {
  return (targets) => {
    if (targets.every((id) => nodes.get(id)?.shape !== "terminal")) return targets.length < 2 ? targets : [...new Set(targets)];
    const found = new Set<string>();
    const seen = new Set<string>();
    const open = targets.toReversed();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (nodes.get(id)?.shape !== "terminal") found.add(id);
      else open.push(...(following.get(id) ?? []).toReversed());
    }
    return [...found];
  };
}

/** A key for each exit: the node and where it leads first, so that another label is still the same exit. */
function exitKeys(id: string, exits: readonly FlowExit[]): readonly string[] {
  const counts = new Map<string, number>();
  return exits.map(({ to: named, targets: [to = named] }) => {
    const count = (counts.get(to) ?? 0) + 1;
    counts.set(to, count);
    return count === 1 ? `${id}>${to}` : `${id}>${to}~${count}`;
  });
}
