import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { root } from '../../scripts/editor/cache';
import type { NodeShape } from '../../src/core/model/flowchart';
import { readFlowchart } from '../../src/core/flowchart/readFlowchart';
import { writtenCharts } from '../support/flowchartTexts';
import { propertyRuns } from '../support/propertyRuns';
import { it } from './support/it';
import { type MermaidChart, readWithMermaid } from './support/mermaid';

const shapes: Readonly<Record<string, NodeShape>> = {
  diamond: 'decision', diam: 'decision', decision: 'decision', question: 'decision', subroutine: 'subprocess', 'fr-rect': 'subprocess', subproc: 'subprocess',
  stadium: 'terminal', circle: 'terminal', doublecircle: 'terminal', stop: 'terminal', start: 'terminal',
};

const byId = <Value extends { readonly id: string }>(values: readonly Value[]) => [...values].sort((a, b) => a.id < b.id ? -1 : 1);

function theirs({ direction, nodes, edges, subgraphs }: MermaidChart) {
  const owners = new Map<string, string>();
  for (const { id, members } of subgraphs) for (const member of members) if (!owners.has(member)) owners.set(member, id);
  return {
    direction,
    nodes: nodes.map(({ id, text, type = '' }) => ({ id, text, shape: shapes[type] ?? 'step', subgraph: owners.get(id) })),
    edges: edges.map(({ from, to, label, stroke }) => ({ from, to, label, style: stroke === 'normal' ? 'solid' : stroke })),
    subgraphs: byId(subgraphs.map(({ id, title }) => ({ id, title, parent: owners.get(id) }))),
  };
}

function ours(text: string) {
  const { direction, nodes, edges, subgraphs, problems } = readFlowchart(text) ?? assert.fail(`This is no flowchart:\n${text}`);
  assert.deepEqual(problems, [], text);
  return {
    direction,
    nodes: nodes.map(({ id, text, shape, subgraph }) => ({ id, text, shape, subgraph })),
    edges: edges.map(({ from, to, label = '', style }) => ({ from, to, label, style })),
    subgraphs: byId(subgraphs.map(({ id, title, parent }) => ({ id, title, parent }))),
  };
}

async function assertAgree(texts: readonly string[]): Promise<void> {
  const charts = await readWithMermaid(texts);
  texts.forEach((text, index) => {
    const chart = charts[index] ?? assert.fail('Mermaid read too few.');
    assert.equal(chart.error, undefined, text);
    assert.deepEqual(ours(text), theirs(chart), text);
  });
}

/** The flowcharts of a folder's documents. */
function chartsBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
    .flatMap(file => [...readFileSync(path.join(root, folder, file), 'utf8').matchAll(/^```mermaid\n([^]*?)^```/gm)].map(([, text = '']) => text))
    .filter(text => /^\s*(?:graph|flowchart)\b/.test(text));
}

const accepted = [
  // Three workflows as teams draw them: nodes above, edges below, a subgraph without an id.
  'flowchart LR\n  ask([A question arrives])\n  easy{Can it be \\n answered now?}\n  answer[Answer it \\n in the channel]\n  hard[[Open the long \\n procedure]]\n  done([Done])\n\n  ask --> easy\n\n  subgraph "Short questions"\n    easy --Yes--> answer\n  end\n\n  easy --No--> hard\n  answer --> tell[Tell the team] --> done\n',
  'flowchart LR\n  start([Long question])\n  open["Create [REQUEST]"]\n  work[[Work on it]]\n  note["Update [REQUEST]"]\n  ready{Is it \\n ready?}\n  start --> open\n  subgraph "Long question"\n    open --> work --> note --> ready\n    ready -- Yes --> shut["Close [REQUEST]"]\n    ready -- No --> work\n  end\n  shut --> done([Done])\n',
  'graph TD;\n\tA[One] --> B{Two};B-->|Yes|C;B-->|"No way"|D;\n\n  C & D --> E(((Three)))',
  // Labels and arrows.
  'graph LR\nA --foo--> B --box--> C\nA -- foo --> C\nA -.foo .-> B\nA == foo ==> B',
  'graph LR\nA---oB\nA--xB\nA o--o B x--x C <--> D\nA-->B-----C ==> D -..-> E ~~~ F',
  'graph LR\nA -- "quoted -> text" --> B\nA -->|"a | b"| B\nA --"`a **bold** one`"--> B\nA -- a-b --> B\nA-- text with ( brackets ] -->B',
  'graph LR\nA e1@--> B\nC e2@==> D & E\ne1@{ animate: true }\nA e3@-- with a label --> D',
  'graph LR\nA --> B & C\nA --> B\nL_A_B_0@{ animation: fast }\nL_A_B_2@{ animation: slow }',
  'graph LR\nA -->\n  B\n  --> C\n\n  -- two\n  lines --> D',
  'graph LR\nA<-- both -->B\nA x-- cross --x B\nA -- open --- B\nA --> A',
  // Ids.
  'graph TD\na.b --> c/d --> e-f --> 1 --> 2b --> A_B --> Ä --> 日本 --> v --> default\nend1 --> endpoint --> End --> graph1 --> classy --> styled --> subgraphs --> click1',
  'graph TD\na,b --> c:d --> e*f --> g#h --> i&j --> k?l --> m!n --> o\'p --> q+r',
  'graph TD\nA --> %%\nB',
  // Texts.
  'graph TD\nA["a #quot;b#quot; #35; #9829; &amp; &lt;c&gt;"] --> B["`**bold** and _it_\nnext line`"] --> C["it\'s 5 > 3 and <b>bold</b><br/>next"]',
  'graph TD\nA[(Cache<br/>&#40Valkey&#41)] --> B[a &amp b &#x28;c&#x29; R&D]',
  'graph TD\nA[one\n  two] --> B["three\n  four"] --> C(five  six) --> D{seven\\neight}',
  'graph TD\nA[/a/b/c/] --> B[\\a\\b\\] --> C[/Is it?\\] --> D>odd one] --> E(-round-) --> F[|borders:lt|props] --> G{{six}}',
  'graph TD\nA["<a href="x.html" target="_blank">link</a>"] --> B["fa:fa-car go"] --> C[ spaces ] --> D[" "]',
  'graph TD\nA["one" and two] --> B("one") -- "two" and three --> C',
  'graph TD\nA[Old] --> B\nA{New}\nB --> A\nA',
  // Data of nodes.
  'graph TD\nA@{ shape: diam, label: "Is, it: {so}?" } --> B@{ shape: stadium }\nC@{\n  shape: fr-rect\n  label: "two\n    lines"\n}\nD@{ shape: "start" } --> E[text]@{ shape: stop } & F@{ label: plain text } --> G',
  'graph TD\nA@{ label: "**strong** _it_" } --> B@{ icon: "fa:user", form: circle }\nC@{ shape: doc, label: \'it\'\'s\' }\nD@{ label: 5, w: 10 }\nE@{ "shape": rect }',
  // Subgraphs.
  'graph TD\nsubgraph one\nA --> B\nend\nsubgraph two [Title of two]\nsubgraph three["Quoted (title)"]\ndirection LR\nC --> A\nend\nC --> D\nend\none --> two\nthree --> E',
  'graph TD\nsubgraph "Quoted title"\nA\nend\nsubgraph Two words\nB\nend\nsubgraph single \nC\nend\nsubgraph x-1:2\nD\nend',
  'graph TD\nsubgraph s\nend\nA --> s\nsubgraph t;A;B;end;',
  'graph TD\nsubgraph a\nsubgraph b\nsubgraph c\nX\nend\nend\nX --> Y\nend\nX --> Z\nsubgraph d\nY --> W\na\nend',
  // Statements about looks.
  'graph TD\nA:::red & B:::blue --> C:::red\nclassDef red fill:#f00,stroke:#333;\nclassDef blue,green fill:#00f\nclass A,B red\nstyle A fill:#f9f,stroke-width:4px\nlinkStyle 0,1 stroke:#ff3,stroke-width:4px\nlinkStyle default interpolate basis stroke:red\nlinkStyle 0 interpolate linear',
  'graph TD\nA --> B\nstyle C fill:#fff\nstyle D,E fill:#fff',
  'graph TD\nA --> B\nclick A "other.md" "Tip" _blank\nclick B href "https://example.org"\nclick A call show("x") "Tip"\nclick B callback',
  // Around the chart.
  '---\ntitle: A --> X\nconfig:\n  theme: dark\n---\n%%{init: {"theme": "dark"}}%%\n\n  %% graph LR\nflowchart BT\n%% A --> X\n  A --> B\n  %%%% more\n  B --> C',
  'graph LR\naccTitle: A --> B [x]\naccDescr: more (text)\naccDescr {\n  many lines --> X\n}\nA --> B',
  'flowchart-elk RL\nA --> B', 'graph\nA --> B', 'graph >\nA --> B', 'graph <\nA', 'graph ^\nA', 'graph v\nA', 'graph TB;A;B;;\n;C',
  'graph TD\r\nA[one]\r\n%% comment\r\nB["two\r\nthree"] --> A\r\n',
  'graph TD\n  A[New direction LR] --> B\n  B --> C',
];

const refused = [
  'graph TD\nA[Call (by phone)]', 'graph TD\nA --> end', 'graph TD\nA --> B %% comment', 'graph TD\nA[one "two"]', 'graph TD\nA[ "one" ]', 'graph TD\nsubgraph s\nA', 'graph TD\nA\nend', 'graph TD\nA --> B -->', 'graph TD A --> B',
  'graph TD\nA -- no end', 'graph TD\nA@{ shape: nothing }', 'graph TD\nA --> B\nlinkStyle 4 stroke:red', 'graph TD\nA[/path/to]', 'graph TD\nclick A "x" \nB', 'graph TD\nA -->|x\nB', 'graph TD\nA["x]\nB', 'graph TD\nA{x]', 'graph TD\n🚀 --> A',
];

const others = ['sequenceDiagram\nA->>B: hi', 'classDiagram\nclass A', 'stateDiagram-v2\n[*] --> A', 'gantt\nsection A', 'pie\n"a": 1', 'journey\ntitle x'];

describe('flowcharts, read by us and by Mermaid', () => {
  it('agree on those of the sample desks', async () => {
    await assertAgree(chartsBelow('runbooks'));
  });

  it('agree on every construct', async () => {
    await assertAgree(accepted);
  });

  it('agree on generated charts in many spellings', async () => {
    const charts = fc.sample(writtenCharts, propertyRuns(1000));
    await assertAgree(charts.map(({ text }) => text));
  });

  it('are refused by both, and other diagrams left alone', async () => {
    const charts = await readWithMermaid([...refused, ...others]);
    refused.forEach((text, index) => {
      assert.notEqual(charts[index]?.error, undefined, `Mermaid accepts:\n${text}`);
      assert.notDeepEqual(readFlowchart(text)?.problems, [], `We accept:\n${text}`);
    });
    others.forEach((text, index) => {
      assert.equal(charts[refused.length + index]?.isFlowchart, false);
      assert.equal(readFlowchart(text), undefined);
    });
  });
});
