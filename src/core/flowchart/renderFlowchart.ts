import { readFlowchart } from './readFlowchart';

/** What of a chart was passed. Edges by their index in the chart. */
export interface WalkedPath {
  readonly nodes: readonly string[];
  readonly edges: readonly number[];
}

/** Colors that can be read on light and dark backgrounds. A comma separates styles, since a semicolon after a color would be an entity. */
const nodeStyle = 'fill:#1f883d,stroke:#0b5a24,color:#ffffff';
const edgeStyle = 'stroke:#1f883d,stroke-width:3px';

/** The text of a chart that shows the passed nodes and edges in color, wherever Mermaid is drawn. A chart that Mermaid does not draw stays as it is. */
export function renderFlowchart(text: string, { nodes, edges }: WalkedPath): string {
  const chart = readFlowchart(text);
  if (chart === undefined || chart.problems.length > 0) return text;
  const known = new Set(chart.nodes.map(({ id }) => id));
  // A comma separates ids, so an id that contains one cannot be named.
  const passed = [...new Set(nodes)].filter(id => known.has(id) && !id.includes(','));
  const walked = [...new Set(edges)].filter(index => index in chart.edges).sort((a, b) => a - b);
  return [
    text.trimEnd(),
    ...(passed.length === 0 ? [] : [`classDef passed ${nodeStyle}`, `class ${passed.join(',')} passed`]),
    ...(walked.length === 0 ? [] : [`linkStyle ${walked.join(',')} ${edgeStyle}`]),
    '',
  ].join('\n');
}
