import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFlowchart } from '../../../../src/core/flowchart/readFlowchart';
import { renderFlowchart } from '../../../../src/core/flowchart/renderFlowchart';
import { writtenCharts } from '../../../support/flowchartTexts';
import { propertyRuns } from '../../../support/propertyRuns';

describe('renderFlowchart', () => {
  it('adds the passed nodes and edges as a class and a style', () => {
    assert.equal(renderFlowchart('graph LR\nA --> B --> C', { nodes: ['A', 'B', 'gone', 'A'], edges: [0, 7] }),
      'graph LR\nA --> B --> C\nclassDef passed fill:#1f883d,stroke:#0b5a24,color:#ffffff\nclass A,B passed\nlinkStyle 0 stroke:#1f883d,stroke-width:3px\n');
  });

  it('leaves a chart with problems, and other diagrams, as they are', () => {
    for (const text of ['graph LR\nA --> B[Call (now)]', 'sequenceDiagram\nA->>B: hi']) assert.equal(renderFlowchart(text, { nodes: ['A'], edges: [0] }), text);
  });

  it('changes nothing of what a chart says', () => {
    fc.assert(fc.property(writtenCharts, fc.array(fc.nat(20)), ({ model, text }, edges) => {
      assert.deepEqual(readFlowchart(renderFlowchart(text, { nodes: model.nodes.map(({ id }) => id), edges })), readFlowchart(text));
    }), { numRuns: propertyRuns(500) });
  });
});
