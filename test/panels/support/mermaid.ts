import { readFileSync } from 'node:fs';
import { sharedRun } from './run';

/** What Mermaid makes of a text. All texts are plain, as its drawing shows them. */
export interface MermaidChart {
  /** Why Mermaid draws nothing. The rest is empty then. */
  readonly error?: string;
  /** Whether it is a flowchart. */
  readonly isFlowchart: boolean;
  readonly direction: string;
  /** With its name of the shape, `undefined` for a node without brackets. */
  readonly nodes: readonly { readonly id: string; readonly text: string; readonly type?: string; readonly link?: string; readonly classes: readonly string[] }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string; readonly stroke: string; readonly style: readonly string[] }[];
  /** Members are nodes and subgraphs. */
  readonly subgraphs: readonly { readonly id: string; readonly title: string; readonly members: readonly string[] }[];
}

const source = readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8');

// Runs in the page.
const readAll = String.raw`async texts => {
  mermaid.initialize({ startOnLoad: false, maxEdges: 100000, maxTextSize: 10000000 });
  const plain = (text, isMarkdown) => {
    const html = String(text ?? '').replace(/ﬂ°°/g, '&#').replace(/ﬂ°/g, '&').replace(/¶ß/g, ';').replace(/<br\s*\/?>|\\n/gi, ' ');
    const shown = new DOMParser().parseFromString(html, 'text/html').body.textContent;
    return (isMarkdown ? shown.replace(/\*\*(.+?)\*\*|__(.+?)__/g, '$1$2').replace(/\*(.+?)\*|\b_(.+?)_\b/g, '$1$2') : shown).replace(/\s+/g, ' ').trim();
  };
  const empty = { isFlowchart: false, direction: '', nodes: [], edges: [], subgraphs: [] };
  const charts = [];
  for (const text of texts) {
    try {
      const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
      charts.push(db.getVertices === undefined ? empty : {
        isFlowchart: true,
        direction: db.getDirection(),
        nodes: [...db.getVertices().values()].map(({ id, text, type, labelType, link, classes }) => ({ id, text: text === id ? id : plain(text, labelType === 'markdown'), type, link, classes })),
        edges: db.getEdges().map(({ start, end, text, labelType, stroke, style }) => ({ from: start, to: end, label: plain(text, labelType === 'markdown'), stroke, style: style ?? [] })),
        subgraphs: db.getSubGraphs().map(({ id, title, nodes, labelType }) => ({ id, title: plain(title, labelType === 'markdown' && title !== id), members: nodes })),
      });
    } catch (error) {
      charts.push({ ...empty, error: error.message });
    }
  }
  return charts;
}`;

/** Reads texts with Mermaid itself, in a page of their own. */
export async function readWithMermaid(texts: readonly string[]): Promise<readonly MermaidChart[]> {
  const context = await sharedRun().browser.newContext({ offline: true });
  try {
    const page = await context.newPage();
    await page.setContent('<!doctype html><title>Mermaid</title>');
    await page.addScriptTag({ content: source });
    return await page.evaluate<MermaidChart[]>(`(${readAll})(${JSON.stringify(texts)})`);
  } finally {
    await context.close();
  }
}
