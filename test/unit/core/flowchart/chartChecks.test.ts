import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFlowchart } from '../../../../src/core/flowchart/chartChecks';
import { readFlowchart } from '../../../../src/core/flowchart/readFlowchart';
import { flowExits } from '../../../../src/core/flowchart/subgraphEnds';
import { chartSteps } from '../../../../src/core/runbook/chartSteps';
import { writtenCharts } from '../../../support/flowchartTexts';
import { propertyRuns } from '../../../support/propertyRuns';

function check(...lines: readonly string[]): readonly string[] {
  const chart = readFlowchart(['flowchart TD', ...lines].join('\n')) ?? assert.fail('This is no flowchart.');
  return checkFlowchart(chart).map(({ line, message, fix = '' }) => `${line}: ${message} ${fix}`);
}

describe('checkFlowchart', () => {
  it('finds nothing in a chart that can be run', () => {
    assert.deepEqual(check('a([Alerted]) --> b[Work] --> c{Done?}', 'c -- No --> b', 'c --Yes--> d([Done])'), []);
    assert.deepEqual(check('a[Only one]'), []);
    assert.deepEqual(check('a --> s', 'subgraph s', 'b --> c', 'end', 's --> d([Done])'), []);
  });

  it('finds an exit of a decision without a label, and two alike', () => {
    assert.deepEqual(check('a --> b{Done?}', 'b --> c', 'b -- No --> d'), ['2: The decision “Done?” has an exit to “c” without a label, so no answer leads there. Add a label: b -->|Yes| c.']);
    assert.deepEqual(check('a --> b{Done?}', 'b -- Yes --> c', 'b -- " yes " --> d'), ['3: Several exits of the decision “Done?” have the label “yes”. Give each exit a label of its own.']);
  });

  it('follows the same paths through subgraphs as the steps do', () => {
    assert.deepEqual(check('a --> s', 'subgraph s', 'b --> c --> b', 'end', 's --> d([Done])'), []);
    assert.deepEqual(check('a --> s', 'subgraph s', 'b --> c', 'n([Alone])', 'n -.-> n', 'end', 's --> d([Done])'), []);
    assert.deepEqual(check('a --> s', 'subgraph s', 'b --> t', 'subgraph t', 'c --> c --> e', 'e --> c', 'end', 'end', 's --> d([Done])'), []);
  });

  it('takes an edge from a subgraph for an exit of the decision that ends it', () => {
    const end = ['subgraph s [Look]', 'b --> q{Fine?}', 'end', 'a --> s', 'q -->|Yes| c'];
    assert.deepEqual(check(...end, 's --> d'), ['6: The decision “Fine?” has an exit to “d” without a label, so no answer leads there. Add a label: s -->|Yes| d.']);
    assert.deepEqual(check(...end, 's -->|Yes| d'), ['6: Several exits of the decision “Fine?” have the label “Yes”. Give each exit a label of its own.']);
    assert.deepEqual(check(...end, 's -->|No| d'), []);
  });

  it('takes an edge to a subgraph for one exit, wherever it starts', () => {
    assert.deepEqual(check('q{Ready?} -->|Yes| s', 'q -->|No| d', 'subgraph s', 'b', 'c', 'end', 's --> d'), []);
  });

  it('finds every exit without an answer that would make a decision an ordinary step, also in subgraphs', () => {
    const names = fc.constantFrom('q0', 'q1', 'q2', 'a', 's', 't');
    const edges = fc.array(fc.tuple(names, fc.constantFrom('-->', '-->|Yes|', '-->|No|', '-->|Later|'), names).map(parts => parts.join(' ')), { maxLength: 8 });
    fc.assert(fc.property(edges, fc.subarray(['q0', 'a', 'b']), fc.subarray(['q1', 'c', 'd']), (lines, inS, inT) => {
      const text = ['flowchart TD', ...['q0', 'q1', 'q2'].map(id => `${id}{${id}?}`), 'subgraph s', ...inS, 'subgraph t', ...inT, 'end', 'end', ...lines].join('\n');
      const chart = readFlowchart(text) ?? assert.fail('This is no flowchart.');
      if (checkFlowchart(chart).some(({ code }) => code === 'exitWithoutLabel' || code === 'sameLabels')) return;
      const exits = flowExits(chart);
      const steps = chartSteps(chart);
      for (const { key, shape, part } of steps) if (shape === 'decision') assert.equal(part, (exits.get(key)?.length ?? 0) > 1 ? 'decision' : 'step', text);
      const answers = steps.flatMap(({ parent, text: answer }) => parent === undefined ? [] : [`${parent} ${answer}`]);
      assert.equal(new Set(answers).size, answers.length, text);
    }), { numRuns: propertyRuns(500) });
  });

  it('tells labels apart that Mermaid cuts', () => {
    assert.deepEqual(check('a --> b{Which?}', 'b --box--> c', 'b --boo--> d'), []);
  });

  it('finds an end and a step that are never reached', () => {
    assert.deepEqual(check('a --> b', 'c([Done])', 'd --> e', 'e --> d', 'e --> b'), [
      '2: No path from the start leads to the end “Done”. Add an edge to it, or remove it.', '3: No path from the start leads to “d”. Add an edge to it, or remove it.', '3: No path from the start leads to “e”. Add an edge to it, or remove it.',
    ]);
  });

  it('finds a second start, and takes a terminal for the first', () => {
    assert.deepEqual(check('a --> b', 's([Start]) --> b'), ['1: “a” is another start: the chart starts at “Start”. Connect it, or draw it as a chart of its own.']);
  });

  it('finds that there is no start, and a cycle that nothing leaves', () => {
    assert.deepEqual(check('a --> b', 'b --> a', 'b --> c'), ['1: The chart has no start: every node has an edge to it. Add a node with an edge to the first step: start([Start]) --> a.']);
    assert.deepEqual(check('s --> a', 'a --> b', 'b --> a'), ['1: No path leads out of the cycle “a”, “b”. Add a decision with an exit that leaves the cycle.']);
    assert.deepEqual(check('s --> a --> a'), ['1: No path leads out of the cycle “a”. Add a decision with an exit that leaves the cycle.']);
  });

  it('follows no invisible edge', () => {
    assert.deepEqual(check('a --> b', 'a ~~~ c([Done])'), ['2: No path from the start leads to the end “Done”. Add an edge to it, or remove it.']);
  });

  it('does not check paths where edges may be missing', () => {
    assert.deepEqual(check('a --> b --> @', 'c([Done])'), []);
  });

  it('never throws, and follows a chain of 5,000 nodes', () => {
    fc.assert(fc.property(writtenCharts, ({ text }) => {
      const chart = readFlowchart(text) ?? assert.fail(text);
      for (const { line } of checkFlowchart(chart)) assert.ok(line < text.split('\n').length);
    }), { numRuns: propertyRuns(1_000) });
    assert.deepEqual(check(Array.from({ length: 5_000 }, (_, index) => `n${index}`).join(' --> ')), []);
  });
});
