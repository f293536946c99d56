import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Flowchart } from '../../../../src/core/model/flowchart';
import { readFlowchart } from '../../../../src/core/flowchart/readFlowchart';
import { writtenCharts } from '../../../support/flowchartTexts';
import { propertyRuns } from '../../../support/propertyRuns';

function read(text: string): Flowchart {
  return readFlowchart(text) ?? assert.fail('This is no flowchart.');
}

/** The edges, one line each. */
function edges(text: string): readonly string[] {
  return read(text).edges.map(({ from, to, label, style }) => `${from} ${style}${label === undefined ? '' : ` ${label}`} ${to}`);
}

const texts = (text: string) => Object.fromEntries(read(text).nodes.map(node => [node.id, node.text]));
const problems = (text: string) => read(text).problems.map(({ line, code }) => `${line} ${code}`);

describe('readFlowchart', () => {
  it('leaves other diagrams alone', () => {
    for (const text of ['sequenceDiagram\nA->>B: hi', 'classDiagram\nA --> B', 'stateDiagram-v2\n[*] --> A', '', 'graphql\nA', 'pie\n"graph": 3']) assert.equal(readFlowchart(text), undefined);
  });

  it('reads the header in all its forms, after front matter, comments and directives', () => {
    for (const [header, direction] of [['graph', 'TB'], ['graph TD;', 'TB'], ['flowchart LR', 'LR'], ['flowchart-elk BT', 'BT'], ['graph >', 'LR'], ['graph <', 'RL'], ['graph ^', 'BT'], ['graph v', 'TB']] as const) {
      const chart = read(`---\ntitle: A --> B\n---\n%% graph RL\n%%{init: {"theme": "dark"}}%%\n${header}\nA --> B`);
      assert.deepEqual([chart.direction, chart.nodes.map(({ id }) => id), chart.problems], [direction, ['A', 'B'], []]);
      assert.equal(chart.edges[0]?.line, 6);
    }
  });

  it('tells steps, decisions, sub-procedures and ends by their shapes', () => {
    const shapes = Object.entries({
      step: ['A[x]', 'A(x)', 'A[/x/]', 'A[\\x\\]', 'A[/x\\]', 'A[\\x/]', 'A>x]', 'A[(x)]', 'A(-x-)', 'A{{x}}', 'A[|borders:lt|x]', 'A@{ shape: doc, label: x }'],
      decision: ['A{x}', 'A@{ shape: diam, label: "x" }', "A@{ shape: 'decision', label: x}", 'A@{\n  shape: question\n  label: "x"\n}'],
      subprocess: ['A[[x]]', 'A@{ shape: fr-rect, label: x }'],
      terminal: ['A([x])', 'A((x))', 'A(((x)))', 'A@{ shape: stadium, label: x }', 'A@{ label: "x", shape: stop }'],
    });
    for (const [shape, all] of shapes) for (const written of all) {
      const chart = read(`graph TD\n${written}\n`);
      assert.deepEqual([written, chart.nodes.map(node => [node.id, node.text, node.shape]), chart.problems], [written, [['A', 'x', shape]], []]);
    }
  });

  it('reads labels in all their forms', () => {
    for (const written of ['A --Yes--> B', 'A -- Yes --> B', 'A-->|Yes|B', 'A --> |Yes| B', 'A -- "Yes" --> B', 'A -->|"Yes"| B', 'A -- "`**Yes**`" --> B', 'A --Yes---> B', 'A -- Yes --- B', 'A <-- Yes --> B', 'A x-- Yes --x B']) assert.deepEqual(edges(`graph TD\n${written}`), ['A solid Yes B']);
    assert.deepEqual(edges('graph TD\nA -. Yes .-> B -.Yes.-> C -.->|Yes| D'), ['A dotted Yes B', 'B dotted Yes C', 'C dotted Yes D']);
    assert.deepEqual(edges('graph TD\nA == Yes ==> B ==Yes==> C ==>|Yes| D ~~~ E'), ['A thick Yes B', 'B thick Yes C', 'C thick Yes D', 'D invisible E']);
  });

  it('takes a letter x or o before the arrow for a part of the arrow, as Mermaid does, and keeps what is written', () => {
    assert.deepEqual(read('graph TD\nA --No--> B').edges, [{ from: 'A', to: 'B', label: 'N', written: 'No', style: 'solid', line: 1 }]);
    assert.deepEqual(read('graph TD\nA -- No --> B').edges, [{ from: 'A', to: 'B', label: 'No', style: 'solid', line: 1 }]);
    assert.deepEqual(edges('graph TD\nA---oB\nA---xB\nC---Dev'), ['A solid B', 'A solid B', 'C solid Dev']);
  });

  it('reads chains, several nodes with &, edge ids, classes and edges over several lines', () => {
    assert.deepEqual(edges('graph LR;A-->B-->C;A & B ----> C & D:::done'), ['A solid B', 'B solid C', 'A solid C', 'A solid D', 'B solid C', 'B solid D']);
    assert.deepEqual(edges('graph LR\nA e1@--> B\ne1@{ animate: true }\nB -->\n  C\n  --> D'), ['A solid B', 'B solid C', 'C solid D']);
    assert.deepEqual(read('graph LR\nA e1@--> B\ne1@{ animate: true }').nodes.map(({ id }) => id), ['A', 'B']);
  });

  it('makes plain text of quotes, line breaks, entities, tags and Markdown strings', () => {
    assert.deepEqual(texts('graph TD\nA["Create [REQUEST]"]\nB[One \\n two<br/>three]\nC["#quot;a#quot; #35; &lt;#9829;"]\nD["`The **bold** _one_\nbelow`"]\nD2[(Cache<br/>&#40new&#41)]\nE["Überprüfung ❤ <b>now</b>"]\nF["two\n  lines"]'), {
      A: 'Create [REQUEST]', B: 'One two three', C: '"a" # <♥', D: 'The bold one below', D2: 'Cache (new)', E: 'Überprüfung ❤ now', F: 'two lines',
    });
  });

  it('gives a node its last text, and the line that has it', () => {
    const { nodes } = read('graph TD\nA --> B\nB[First]\nB{Second}\nB --> C');
    assert.deepEqual(nodes.map(({ id, text, shape, line }) => [id, text, shape, line]), [['A', 'A', 'step', 1], ['B', 'Second', 'decision', 3], ['C', 'C', 'step', 4]]);
  });

  it('puts a node into the subgraph that closes first, and a subgraph into another', () => {
    const { nodes, subgraphs } = read('graph TD\nA --> B\nsubgraph one\n  B\n  subgraph two [The second]\n    direction LR\n    C --> A\n  end\n  C --> D\nend\nsubgraph "No id"\n  D --> E\nend\none --> E');
    assert.deepEqual(Object.fromEntries(nodes.map(({ id, subgraph }) => [id, subgraph])), { A: 'two', B: 'one', C: 'two', D: 'one', E: 'subGraph2', one: undefined });
    assert.deepEqual(subgraphs, [{ id: 'one', title: 'one', line: 2 }, { id: 'two', title: 'The second', parent: 'one', line: 4 }, { id: 'subGraph2', title: 'No id', line: 10 }]);
  });

  it('follows a click only to a relative path, a section or a web address', () => {
    const links = (statement: string) => read(`graph TD\nA --> B\n${statement}`).nodes[0]?.link;
    assert.equal(links('click A "other.md#part" "Open it" _blank'), 'other.md#part');
    assert.equal(links('click A href "https://example.org/a"'), 'https://example.org/a');
    assert.equal(links('click A "#part"'), '#part');
    for (const target of ['javascript:alert(1)', 'command:run', '//example.org', '/etc/passwd', 'file:///etc', 'vscode://x']) assert.equal(links(`click A "${target}"`), undefined);
    assert.equal(links('click A call show("x")'), undefined);
  });

  it('notes what cannot be read with its line, and reads the rest', () => {
    const text = 'graph TD\nA --> B[Call (by phone)] --> C\nend\nC --> @\nD --> E %% later\nF[no end\nG --> H\nsubgraph s\nI';
    assert.deepEqual(problems(text), ['1 bracketsInText', '2 endWithoutSubgraph', '3 unreadable', '4 commentAtEnd', '5 unclosedText', '7 unclosedSubgraph']);
    assert.deepEqual(edges(text), ['A solid B', 'B solid C', 'D solid E', 'G solid H']);
    assert.equal(read(text).problems[0]?.fix, 'Write ["Call (by phone)"].');
    assert.equal(read(text).nodes.find(({ id }) => id === 'I')?.subgraph, 's');
  });

  it('reads Windows line ends and tabs with the same lines', () => {
    const text = 'flowchart TD\n\tA[one] --> B\n\t%% comment\n\tsubgraph s\n\t\tB --> C\n\tend\n';
    assert.deepEqual(read(text.replaceAll('\n', '\r\n')), read(text));
    assert.equal(read(text).edges[1]?.line, 4);
  });

  it('reads every spelling of a chart as the chart', () => {
    const byId = <Value extends { readonly id: string }>(values: readonly Value[]) => [...values].sort((a, b) => a.id < b.id ? -1 : 1);
    fc.assert(fc.property(writtenCharts, ({ model, text }) => {
      const { direction, nodes, edges: all, subgraphs, problems: found } = read(text);
      assert.deepEqual(found, []);
      assert.deepEqual({ direction, nodes: byId(nodes.map(({ line: _line, link: _link, ...node }) => node)), edges: all.map(({ line: _line, ...edge }) => edge), subgraphs: byId(subgraphs.map(({ line: _line, ...subgraph }) => subgraph)) }, {
        direction: model.direction, nodes: byId(model.nodes), subgraphs: byId(model.subgraphs),
        edges: model.edges.flatMap(({ from, to, ...look }) => from.flatMap(start => to.map(end => ({ from: start, to: end, ...look })))),
      });
    }), { numRuns: propertyRuns(2_000) });
  });

  it('never throws, and knows a line for everything it read', () => {
    const part = fc.constantFrom('A', 'B', 'end', 'subgraph', ' ', '\n', '-->', '--', '==', '-.', '.->', '"', '`', '[', ']', '(', ')', '{', '}', '|', '@{', '&', ':::', '%%', 'e1@', 'click ', 'style', '~~~', '#', ';', '<', '>', 'x', 'o', '/', '\\', 'direction LR', 'call ', '\u{1F600}', 'ü');
    fc.assert(fc.property(fc.array(part, { maxLength: 40 }), parts => {
      const chart = read(`graph TD\n${parts.join('')}`);
      const lines = parts.join('').split('\n').length + 1;
      for (const { line } of [...chart.nodes, ...chart.edges, ...chart.subgraphs, ...chart.problems]) assert.ok(line >= 0 && line <= lines);
    }), { numRuns: propertyRuns(20_000) });
  });
});
