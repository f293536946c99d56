import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeFlowchart } from '../../src/core/flowchart/writeFlowchart';
import { readFlowchart } from '../../src/core/flowchart/readFlowchart';
import type { DrawnChart } from '../../src/core/model/drawnChart';
import { propertyRuns } from '../support/propertyRuns';
import { it } from './support/it';
import { readWithMermaid } from './support/mermaid';

const words = fc.constantFrom('Call them', 'end', '"]', '`x` **b**', 'a --> b', '#35;', '</text>', 'Ж 検', '%% no', 'click n1 "javascript:x"', ';', '{}', '|', '\\', '&amp;', '');

const charts: fc.Arbitrary<DrawnChart> = fc.record({
  direction: fc.constantFrom('TB', 'BT', 'LR', 'RL'),
  nodes: fc.array(fc.record({ text: fc.array(words, { maxLength: 3 }), shape: fc.constantFrom('step', 'decision', 'subprocess', 'terminal'), state: fc.constantFrom('open', 'done', 'skipped', 'left'), group: fc.nat(3) }), { minLength: 2, maxLength: 8 }),
  edges: fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), label: fc.option(words), style: fc.constantFrom('solid', 'dotted', 'thick'), walked: fc.boolean() }), { minLength: 1, maxLength: 8 }),
}).map(({ direction, nodes, edges }) => ({
  id: 'c', title: 't', direction,
  nodes: nodes.map(({ text, group, ...rest }, index) => ({ ...rest, id: `step ${index}, x`, text: text.join(' '), ...group > 1 ? {} : { subgraph: `g${group}` } })),
  edges: edges.map(({ from, to, label, ...rest }) => ({ ...rest, from: `step ${from % nodes.length}, x`, to: `step ${to % nodes.length}, x`, ...label === null ? {} : { label } })),
  subgraphs: [0, 1].filter(group => nodes.some(node => node.group === group)).map(group => ({ id: `g${group}`, title: `Stage "${group}"` })),
}));

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('an exported flowchart', () => {
  it('is drawn by Mermaid with the texts, edges and subgraphs of the checklist, and the passed nodes and edges marked', async () => {
    const samples = fc.sample(charts, { numRuns: propertyRuns(60), seed: 13 });
    const texts = samples.map(writeFlowchart);
    const read = await readWithMermaid(texts);
    samples.forEach((chart, index) => {
      const text = texts[index] ?? '';
      const found = read[index] ?? assert.fail('missing');
      assert.equal(found.error, undefined, text);
      const expected = chart.nodes.map((node) => `${plain(node.text)}${node.state === 'skipped' ? ' (skipped)' : ''}`.trim());
      const byName = new Map(found.nodes.map(node => [node.id, node]));
      assert.deepEqual(expected.map((_, place) => plain(byName.get(`n${place + 1}`)?.text ?? 'missing')), expected, text);
      assert.deepEqual(chart.nodes.map((_, place) => byName.get(`n${place + 1}`)?.classes.includes('passed')), chart.nodes.map(({ state }) => state === 'done' || state === 'skipped'), text);
      const name = (id: string) => `n${chart.nodes.findIndex(node => node.id === id) + 1}`;
      assert.deepEqual(found.edges.map(({ from, to, label, stroke, style }) => [from, to, plain(label), stroke, style.some(each => each.includes('stroke-width'))]),
        chart.edges.map(({ from, to, label = '', style, walked }) => [name(from), name(to), plain(label), style === 'solid' ? 'normal' : style, walked]), text);
      assert.deepEqual(found.subgraphs.map(({ title }) => title).sort(), chart.subgraphs.map(({ title }) => title).sort());
      assert.deepEqual(readFlowchart(text)?.problems, [], text);
    });
  });
});
