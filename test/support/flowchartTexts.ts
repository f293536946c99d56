import fc from 'fast-check';
import type { EdgeStyle, NodeShape } from '../../src/core/model/flowchart';

/** A chart as it should be read, without lines. */
export interface ChartModel {
  readonly direction: 'TB' | 'BT' | 'LR' | 'RL';
  readonly nodes: readonly { readonly id: string; readonly text: string; readonly shape: NodeShape; readonly subgraph?: string }[];
  /** Each stands for an edge from every node of `from` to every node of `to`. */
  readonly edges: readonly { readonly from: readonly string[]; readonly to: readonly string[]; readonly label?: string; readonly style: EdgeStyle }[];
  readonly subgraphs: readonly { readonly id: string; readonly title: string; readonly parent?: string }[];
}

export interface WrittenChart {
  readonly model: ChartModel;
  readonly text: string;
}

const words = ['Call', 'the customer', 'Create [REQUEST]', 'Is it done?', 'done', 'fix (again)', 'ключ', '検査', '50%', 'a/b', 'No', 'box', 'it\'s', '"quoted"', 'x', 'end', 'A --> B', 'a | b', '{draft}', '@ana', '#12', 'C++', '1 < 2', 'R&D', 'fin;', '❤'];
const labels = ['Yes', 'No', 'box', 'not yet', 'up to 5', 'да', 'if (ready)', 'a-b', 'v2', '"so"'];
const shapes = ['step', 'decision', 'subprocess', 'terminal'] as const;
const brackets: Readonly<Record<NodeShape, readonly (readonly [string, string])[]>> = {
  step: [['[', ']'], ['(', ')'], ['[/', '/]'], ['[\\', '\\]'], ['[/', '\\]'], ['>', ']'], ['[(', ')]'], ['{{', '}}'], ['(-', '-)']],
  decision: [['{', '}']],
  subprocess: [['[[', ']]']],
  terminal: [['([', '])'], ['((', '))'], ['(((', ')))']],
};
const named: Readonly<Record<NodeShape, readonly string[]>> = { step: ['rect', 'rounded', 'hex', 'doc'], decision: ['diam', 'decision', 'question'], subprocess: ['fr-rect', 'subproc'], terminal: ['stadium', 'stop', 'circle'] };
const arrows: Readonly<Record<EdgeStyle, readonly string[]>> = {
  solid: ['-->', '--->', '----->', '---', '<-->', '--x', 'o--o'], dotted: ['-.->', '-..->', '-.-'], thick: ['==>', '====>', '==='], invisible: ['~~~', '~~~~~'],
};
const starts: Readonly<Record<EdgeStyle, readonly [start: string, arrow: string]>> = { solid: ['--', '-->'], dotted: ['-.', '.->'], thick: ['==', '==>'], invisible: ['--', '-->'] };

const chart: fc.Arbitrary<ChartModel> = fc.record({
  direction: fc.constantFrom('TB', 'BT', 'LR', 'RL'),
  nodes: fc.array(fc.record({ words: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), shape: fc.constantFrom(...shapes), subgraph: fc.option(fc.nat(3)) }), { minLength: 1, maxLength: 12 }),
  edges: fc.array(fc.record({
    from: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 2 }), to: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 3 }), label: fc.option(fc.constantFrom(...labels)),
    style: fc.constantFrom('solid', 'solid', 'solid', 'dotted', 'thick', 'invisible'),
  }), { maxLength: 14 }),
  subgraphs: fc.array(fc.record({ title: fc.constantFrom('Stage one', 'Work', 'Prüfung (neu)', 'Close [REQUEST]'), parent: fc.option(fc.nat(2)) }), { maxLength: 3 }),
}).map(({ direction, nodes, edges, subgraphs }) => {
  const id = (index: number) => ['check', 'do_it', 'n1', 'step-two', 'Ende', 'знак', 'b.c', 'end1', 'x9', 'o_o', 'graph2', '7'][index % nodes.length] ?? 'z';
  const group = (index: number) => `group${index}`;
  return {
    direction,
    nodes: nodes.map(({ words: all, shape, subgraph }, index) => ({ id: id(index), text: all.join(' '), shape, ...(subgraph === null || subgraph >= subgraphs.length ? {} : { subgraph: group(subgraph) }) })),
    edges: edges.map(({ from, to, label, style }) => ({ from: [...new Set(from.map(id))], to: [...new Set(to.map(id))], ...(label === null || style === 'invisible' ? {} : { label }), style })),
    subgraphs: subgraphs.map(({ title, parent }, index) => ({ id: group(index), title, ...(parent === null || parent >= index ? {} : { parent: group(parent) }) })),
  };
});

/** Charts in many spellings. */
export const writtenCharts: fc.Arbitrary<WrittenChart> = fc.tuple(chart, fc.array(fc.nat(10_000), { minLength: 40, maxLength: 80 })).map(([model, choices]) => ({ model, text: writeChart(model, choices) }));

function writeChart(model: ChartModel, choices: readonly number[]): string {
  let used = 0;
  const choose = <Value>(options: readonly Value[]): Value => {
    const value = options[(choices[used++ % choices.length] ?? 0) % options.length];
    if (value === undefined) throw new Error('There is nothing to choose.');
    return value;
  };
  const maybe = () => choose([true, false]);
  const defined = new Set<string>();

  function quoted(text: string): string {
    const inside = text.replaceAll('"', choose(['#quot;', '#34;'])).replaceAll('#1', '#35;1').replaceAll('<', choose(['#lt;', '&lt;']));
    return `"${maybe() ? inside.replace(' ', choose(['\n', '<br>', '<br/>', '\\n', '  '])) : inside}"`;
  }

  /** Bare text only where nothing in it means something. */
  function written(text: string): string {
    return /^[\p{L}\d ?%❤+']+$/u.test(text) && maybe() ? choose([text, ` ${text} `]) : quoted(text);
  }

  function node(id: string): string {
    const found = model.nodes.find(one => one.id === id);
    if (found === undefined) throw new Error(`There is no node ${id}.`);
    if (defined.has(id)) return choose(['', '', ':::done']) === '' ? id : `${id}:::done`;
    defined.add(id);
    if (choose([0, 1, 2, 3]) === 0) return `${id}@{ shape: ${choose(named[found.shape])}, label: "${found.text.replaceAll('"', '#quot;').replaceAll('#1', '#35;1').replaceAll('<', '#lt;')}" }`;
    const [open, close] = choose(brackets[found.shape]);
    return `${id}${open}${written(found.text)}${close}${choose(['', '', ':::done'])}`;
  }

  function arrow({ label, style }: ChartModel['edges'][number]): string {
    const plain = choose(arrows[style]);
    if (label === undefined) return ` ${plain} `;
    const [start, end] = starts[style];
    const isBare = /^[\p{L}\d ]+$/u.test(label);
    const forms = [` ${plain}|${written(label)}| `, ` ${plain} |${quoted(label)}|`, ` ${start} ${quoted(label)} ${end} `];
    if (isBare) forms.push(` ${start} ${label} ${end} `, `${start} ${label} ${end} `);
    if (isBare && !/[xo]$/.test(label)) forms.push(` ${start}${label}${end} `);
    return choose(forms);
  }

  const lines: string[] = [];
  const add = (line: string) => {
    if (choose([0, 1, 2, 3, 4]) === 0) lines.push(choose(['', '  ', '%% a comment --> of [some', '\t']));
    lines.push(`${choose(['', '  ', '\t'])}${line}${choose(['', ';'])}`);
  };

  function addSubgraph({ id, title }: ChartModel['subgraphs'][number]): void {
    lines.push(`subgraph ${id}${choose(['', ' '])}[${written(title)}]`);
    if (maybe()) lines.push(`  direction ${choose(['LR', 'TB'])}`);
    for (const inner of model.subgraphs) if (inner.parent === id) addSubgraph(inner);
    for (const one of model.nodes) if (one.subgraph === id) add(node(one.id));
    lines.push(choose(['end', '  end', 'end;']));
  }

  const outer = () => { for (const subgraph of model.subgraphs) if (subgraph.parent === undefined) addSubgraph(subgraph); };
  const subgraphsFirst = maybe();
  if (subgraphsFirst) outer();
  // Only an edge gives these their text.
  const inEdges = new Set(model.edges.flatMap(({ from, to }) => [...from, ...to]));
  for (const { id } of model.nodes) if (!defined.has(id) && (!inEdges.has(id) || maybe())) add(node(id));
  let last: readonly string[] = [];
  for (const edge of model.edges) {
    const to = `${arrow(edge)}${edge.to.map(node).join(' & ')}`;
    const previous = lines.at(-1) ?? '';
    if (last.join() === edge.from.join() && !previous.endsWith(';') && maybe()) lines[lines.length - 1] = previous + to;
    else add(edge.from.map(node).join(' & ') + to);
    last = edge.to;
    if ((lines.at(-1) ?? '').endsWith(';')) last = [];
  }
  if (!subgraphsFirst) outer();
  if (maybe()) lines.push('classDef done fill:#9f6,stroke:#333;', `class ${model.nodes[0]?.id ?? ''} done`);
  if (maybe()) lines.push(`style ${model.nodes[0]?.id ?? ''} stroke-width:2px`);
  if (model.edges.length > 0 && maybe()) lines.push('linkStyle 0 stroke:red', 'linkStyle default stroke:#333');
  if (maybe()) lines.push(`click ${model.nodes[0]?.id ?? ''} "other.md" "Open it"`);
  const before = choose(['', '%%{init: {"flowchart": {"curve": "basis"}}}%%\n', '---\ntitle: A --> B\n---\n', '%% first\n\n']);
  const name = model.direction === 'TB' ? choose([' TB', ' TD', '']) : ` ${model.direction}`;
  const header = `${choose(['graph', 'flowchart', 'flowchart-elk'])}${name}${name === '' ? '' : choose(['', ';'])}`;
  return `${before}${header}\n${lines.join('\n')}\n`.replaceAll('\n', choose(['\n', '\n', '\r\n']));
}
