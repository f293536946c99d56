import assert from 'node:assert/strict';
import { writeFlowchart } from '../../../../src/core/flowchart/writeFlowchart';

describe('writeFlowchart', () => {
  it('adds the passed nodes and edges as a class and a style', () => {
    const nodes = [{ id: 'step.a', text: 'A', shape: 'terminal', state: 'done' }, { id: 'step.b', text: 'B?', shape: 'decision', state: 'skipped', pass: 2 }, { id: 'step.c', text: 'C', shape: 'step', state: 'open' }] as const;
    const edges = [{ from: 'step.a', to: 'step.b', style: 'solid', walked: true }, { from: 'step.b', to: 'step.c', label: 'Yes', style: 'dotted', walked: false }] as const;
    assert.equal(writeFlowchart({ id: 'c', title: 't', direction: 'LR', nodes, edges, subgraphs: [] }),
      'flowchart LR\n  n1(["A"])\n  n2{"B? (pass 2, skipped)"}\n  n3["C"]\n  n1 --> n2\n  n2 -.->|"Yes"| n3\n'
      + 'classDef passed fill:#1f883d,stroke:#0b5a24,color:#ffffff\nclass n1,n2 passed\nlinkStyle 0 stroke:#1f883d,stroke-width:3px\n');
  });

  it('adds nothing to a chart of which nothing was passed', () => {
    const nodes = [{ id: 'a', text: '', shape: 'subprocess', state: 'open' }] as const;
    assert.equal(writeFlowchart({ id: 'c', title: 't', direction: 'TB', nodes, edges: [], subgraphs: [] }), 'flowchart TB\n  n1[[" "]]\n');
  });
});
