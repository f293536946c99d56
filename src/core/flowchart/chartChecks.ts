import { drawnNodes, type Flowchart, type FlowEdge, type FlowNode, type FlowProblem } from '../model/flowchart';
import { flowGraph, type FlowGraph } from './flowGraph';
import { flowProblem } from './flowMessages';

/** What keeps a chart that is drawn from being run, by line. Paths are not checked in a chart whose text has problems, since edges may be missing. */
export function checkFlowchart(chart: Flowchart): readonly FlowProblem[] {
  const paths = chart.problems.length > 0 || chart.edges.length === 0 ? [] : checkPaths(chart);
  return [...checkAnswers(chart), ...paths].sort((a, b) => a.line - b.line);
}

/** Each exit of a decision needs an answer of its own. */
function checkAnswers({ nodes, edges }: Flowchart): readonly FlowProblem[] {
  const texts = new Map(nodes.map(({ id, text }) => [id, text]));
  const exits = new Map<string, FlowEdge[]>(nodes.filter(({ shape }) => shape === 'decision').map(({ id }) => [id, []]));
  for (const edge of edges) if (edge.style !== 'invisible') exits.get(edge.from)?.push(edge);
  return [...exits].flatMap(([id, all]) => {
    const seen = new Set<string>();
    return all.flatMap(({ to, label, written, line }) => {
      const node = texts.get(id) ?? id;
      if (label === undefined) return [flowProblem('exitWithoutLabel', line, { node, to: texts.get(to) ?? to, example: `${id} -->|Yes| ${to}` })];
      const answer = (written ?? label).toLowerCase();
      if (!seen.has(answer)) {
        seen.add(answer);
        return [];
      }
      return [flowProblem('sameLabels', line, { node, label: written ?? label })];
    });
  });
}

function checkPaths(chart: Flowchart): readonly FlowProblem[] {
  const graph = flowGraph(chart);
  const nodes = drawnNodes(chart);
  const isolated = new Set(nodes.filter(({ id }) => graph.next(id).length === 0 && graph.previous(id).length === 0).map(({ id }) => id));
  const starts = nodes.filter(({ id }) => !isolated.has(id) && graph.previous(id).every(previous => previous === id));
  const cycles = checkCycles(nodes, graph);
  const [first] = nodes;
  // A terminal is meant to be the start more likely than a step.
  const start = starts.find(({ shape }) => shape === 'terminal') ?? starts[0];
  if (start === undefined) return first === undefined ? [] : [flowProblem('noStart', first.line, { example: `start([Start]) --> ${first.id}` }), ...cycles];
  const reached = graph.reachedFrom(starts.map(({ id }) => id));
  return [
    ...starts.filter(node => node !== start).map(({ text, line }) => flowProblem('severalStarts', line, { node: text, start: start.text })),
    ...nodes.filter(({ id }) => !reached.has(id)).map(({ id, text, shape, line }) => flowProblem(shape === 'terminal' && graph.next(id).length === 0 ? 'endNotReached' : 'notReached', line, { node: text })),
    ...cycles,
  ];
}

function checkCycles(nodes: readonly FlowNode[], graph: FlowGraph): readonly FlowProblem[] {
  return graph.cyclesWithoutExit().flatMap(cycle => {
    const members = new Set(cycle);
    const found = nodes.filter(({ id }) => members.has(id)).sort((a, b) => a.line - b.line);
    const [first] = found;
    const names = found.slice(0, 5).map(({ text }) => `“${text}”`).join(', ');
    return first === undefined ? [] : [flowProblem('cycleWithoutExit', first.line, { nodes: found.length > 5 ? `${names} …` : names })];
  });
}
