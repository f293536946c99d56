import { drawnNodes, type Flowchart, type FlowNode, type FlowProblem } from '../model/flowchart';
import { flowGraph, type FlowGraph } from './flowGraph';
import { flowProblem } from './flowMessages';
import { flowExits } from './subgraphEnds';

/** What keeps a chart that is drawn from being run, by line. Paths are not checked in a chart whose text has problems, since edges may be missing. */
export function checkFlowchart(chart: Flowchart): readonly FlowProblem[] {
  const paths = chart.problems.length > 0 || chart.edges.length === 0 ? [] : checkPaths(chart);
  return [...checkAnswers(chart), ...paths].sort((a, b) => a.line - b.line);
}

/** Each exit of a decision needs an answer of its own, also if the edge starts at a subgraph that the decision ends. */
function checkAnswers(chart: Flowchart): readonly FlowProblem[] {
  const texts = new Map([...chart.nodes.map(({ id, text }) => [id, text] as const), ...chart.subgraphs.map(({ id, title }) => [id, title] as const)]);
  const exits = flowExits(chart);
  return drawnNodes(chart).filter(({ shape }) => shape === 'decision').flatMap(({ id, text: node }) => {
    const seen = new Set<string>();
    return (exits.get(id) ?? []).flatMap(({ from, to, answer, line }) => {
      if (answer === '') return [flowProblem('exitWithoutLabel', line, { node, to: texts.get(to) ?? to, example: `${from} -->|Yes| ${to}` })];
      const same = answer.toLowerCase();
      if (!seen.has(same)) {
        seen.add(same);
        return [];
      }
      return [flowProblem('sameLabels', line, { node, label: answer })];
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
