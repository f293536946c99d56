import type { DrawnChart, DrawnEdge, DrawnNode } from '../model/drawnChart';

/** Colors that can be read on light and dark backgrounds. A comma separates styles, since a semicolon after a color would be an entity. */
const nodeStyle = 'fill:#1f883d,stroke:#0b5a24,color:#ffffff';
const edgeStyle = 'stroke:#1f883d,stroke-width:3px';

/** A chart as the text of a Mermaid flowchart, with the passed nodes and edges in color. No id or text can end the statement that contains it. */
export function writeFlowchart({ direction, nodes, edges, subgraphs }: DrawnChart): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  const groups = new Map(subgraphs.map(({ id }, index) => [id, `g${index + 1}`]));
  const inside = (group: string | undefined, indent: string): readonly string[] => [
    ...nodes.filter(({ subgraph }) => subgraph === group).map((node) => `${indent}${writeNode(node, names.get(node.id) ?? '')}`),
    ...subgraphs.filter(({ parent }) => parent === group).flatMap(({ id, title }) => [`${indent}subgraph ${groups.get(id) ?? ''}["${quoted(title)}"]`, ...inside(id, `${indent}  `), `${indent}end`]),
  ];
  const passed = nodes.filter(({ state }) => state === 'done' || state === 'skipped').map(({ id }) => names.get(id) ?? '');
  const walked = edges.flatMap((edge, index) => (edge.walked ? [index] : []));
  return [
    `flowchart ${direction}`,
    ...inside(undefined, '  '),
    ...edges.map((edge) => `  ${writeEdge(edge, names)}`),
    ...(passed.length === 0 ? [] : [`classDef passed ${nodeStyle}`, `class ${passed.join(',')} passed`]),
    ...(walked.length === 0 ? [] : [`linkStyle ${walked.join(',')} ${edgeStyle}`]),
    '',
  ].join('\n');
}

const brackets = { step: ['[', ']'], decision: ['{', '}'], subprocess: ['[[', ']]'], terminal: ['([', '])'] } as const;

function writeNode({ text, shape, pass, state }: DrawnNode, name: string): string {
  const [open, close] = brackets[shape];
  const notes = [...(pass === undefined ? [] : [`pass ${pass}`]), ...(state === 'skipped' ? ['skipped'] : [])];
  return `${name}${open}"${quoted(notes.length === 0 ? text : `${text} (${notes.join(', ')})`)}"${close}`;
}

const arrows = { solid: '-->', dotted: '-.->', thick: '==>' } as const;

function writeEdge({ from, to, label, style }: DrawnEdge, names: ReadonlyMap<string, string>): string {
  return `${names.get(from) ?? ''} ${arrows[style]}${label === undefined ? '' : `|"${quoted(label)}"|`} ${names.get(to) ?? ''}`;
}

/** Everything that Mermaid or Markdown could read as more than text is written as an entity. An empty text is a space. */
function quoted(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N}\p{M} ,.?!:()[\]/'+=…–—-]/gu, (sign) => `#${sign.codePointAt(0) ?? 32};`).replace(/^$/, ' ');
}
