import type { EdgeLook } from './chartDraft';
import type { EdgeStyle, NodeShape } from '../model/flowchart';
import { namedShape, readNodeData } from './nodeData';
import type { Phrases } from './phrases';
import type { Closing, Token, TokenKind } from './tokens';

/** What closes a text, and what the shape means. */
const brackets: Readonly<Partial<Record<TokenKind, { readonly close: readonly Closing[]; readonly shape: NodeShape }>>> = {
  '[': { close: [']'], shape: 'step' },
  '(': { close: [')'], shape: 'step' },
  '{': { close: ['}'], shape: 'decision' },
  '>': { close: [']'], shape: 'step' },
  '([': { close: ['])'], shape: 'terminal' },
  '[[': { close: [']]'], shape: 'subprocess' },
  '[(': { close: [')]'], shape: 'step' },
  '(((': { close: [')))'], shape: 'terminal' },
  '(-': { close: ['-)'], shape: 'step' },
  '[/': { close: ['/]', '\\]'], shape: 'step' },
  '[\\': { close: ['/]', '\\]'], shape: 'step' },
};

interface Edge {
  readonly look: EdgeLook;
  readonly id: string | undefined;
}

/** Reads nodes and the edges between them: `a & b --> c --> d`. What it returns is `false` after a problem. */
export function createChains(phrases: Phrases): () => boolean {
  const { tokens, draft, lines, report, begin, unexpected, expect, readId, readText, readEnd } = phrases;
  return readEdges;

  function readEdges(): boolean {
    let from = readNodes();
    while (from !== undefined) {
      const token = tokens.peek();
      if (token.kind !== 'edge' && token.kind !== 'edgeStart' && token.kind !== 'edgeId') return readEnd();
      begin(token.start);
      const edge = readEdge();
      if (edge === undefined) return false;
      const to = readNodes();
      if (to === undefined) return false;
      draft.connect(from, to, edge.look, edge.id);
      from = to;
    }
    return false;
  }

  /** One node, or several with `&`. */
  function readNodes(): readonly string[] | undefined {
    const ids: string[] = [];
    for (;;) {
      begin(tokens.peek().start);
      const id = readNode();
      if (id === undefined) return undefined;
      ids.push(id);
      const data = tokens.peek();
      if (data.kind === 'nodeData') applyData(id, tokens.take());
      if (tokens.peek().kind !== 'space') return ids;
      tokens.take();
      if (tokens.peek().kind !== '&') return ids;
      tokens.take();
      if (expect('space') === undefined) return undefined;
    }
  }

  function readNode(): string | undefined {
    const { start } = tokens.peek();
    const id = readId();
    if (id === undefined) return undefined;
    if (!readShape(id, start)) return undefined;
    draft.addMember(id);
    if (tokens.peek().kind === ':::') {
      tokens.take();
      if (readId() === undefined) return undefined;
    }
    return id;
  }

  function readShape(id: string, start: number): boolean {
    const token = tokens.peek();
    const line = lines.line(start);
    if (token.kind === '[|') return readProperties(id, line);
    const bracket = brackets[token.kind];
    if (bracket === undefined) {
      // An id before `@{ }` is a subgraph's or an edge's, if there is one.
      if (token.kind !== 'nodeData' || !draft.hasSubgraph(id)) draft.addNode(id, line);
      return true;
    }
    tokens.take();
    const second = token.kind === '(' || token.kind === '{' ? tokens.peek() : undefined;
    const isDouble = second?.kind === token.kind;
    if (isDouble) tokens.take();
    const label = readText(isDouble ? bracket.close.flatMap(close => [close, close]) : bracket.close, token.start, isDouble);
    if (label === undefined) return false;
    draft.addNode(id, line);
    draft.setText(id, label, line);
    // Two braces are a hexagon, and two brackets a circle.
    draft.setShape(id, isDouble ? token.kind === '(' ? 'terminal' : 'step' : bracket.shape);
    return true;
  }

  /** `A[|borders:lt|Text]` */
  function readProperties(id: string, line: number): boolean {
    const { start } = tokens.take();
    if (expect('word') === undefined || expect(':') === undefined || expect('word') === undefined || expect('|') === undefined) return false;
    const label = readText([']'], start);
    if (label === undefined) return false;
    draft.addNode(id, line);
    draft.setText(id, label, line);
    draft.setShape(id, 'step');
    return true;
  }

  function applyData(id: string, token: Token): void {
    const data = readNodeData(token.text);
    if (data === undefined) return report('badNodeData', token.start);
    if (draft.isEdge(id) || draft.hasSubgraph(id)) return;
    const shape = data.get('shape');
    if (shape !== undefined && shape !== '') {
      const meaning = namedShape(shape);
      if (meaning === undefined) report('unknownShape', token.start, { shape });
      else draft.setShape(id, meaning);
    }
    const label = data.get('label');
    if (label !== undefined && label !== '') {
      const type = data.get('labelType');
      draft.setText(id, { text: label, kind: type === 'text' || type === 'string' ? type : 'markdown' }, lines.line(token.start));
    } else if ((data.has('icon') || data.has('img')) && !draft.hasText(id)) draft.setText(id, { text: '', kind: 'text' }, lines.line(token.start));
  }

  function readEdge(): Edge | undefined {
    const id = tokens.peek().kind === 'edgeId' ? tokens.take().text.replace('@', '') : undefined;
    const token = tokens.peek();
    if (token.kind !== 'edge' && token.kind !== 'edgeStart') {
      unexpected(token);
      return undefined;
    }
    tokens.take();
    const line = lines.line(token.start);
    if (token.kind === 'edgeStart') return readLabelled(token, line, id);
    const style = edgeStyle(token.text);
    if (tokens.peek().kind !== '|') return { look: { label: undefined, written: undefined, style, line }, id };
    const { start } = tokens.take();
    const label = readText(['|'], start);
    if (label === undefined) return undefined;
    if (tokens.peek().kind === 'space') tokens.take();
    return { look: { label, written: undefined, style, line }, id };
  }

  /** `-- label -->` */
  function readLabelled(start: Token, line: number, id: string | undefined): Edge | undefined {
    const label = tokens.peek();
    if (label.kind !== 'edgeText' && label.kind !== 'string' && label.kind !== 'markdown') {
      unexpected(label);
      return undefined;
    }
    const parts = [tokens.take().text];
    while (tokens.peek().kind === 'edgeText') parts.push(tokens.take().text);
    const written = parts.join('');
    const arrow = expect('edge');
    if (arrow === undefined) return undefined;
    const lost = label.kind === 'edgeText' || parts.length > 1 ? lostLetter(arrow.text, start.text) : '';
    return {
      look: { label: { text: written, kind: label.kind === 'edgeText' ? 'text' : label.kind }, written: lost === '' ? undefined : written + lost, style: edgeStyle(arrow.text, start.text), line },
      id,
    };
  }
}

/** How an edge is drawn, by its arrow and the part before its label. The `o` of `o==>` belongs to no double arrow, and hides the line from Mermaid. */
function edgeStyle(arrow: string, start = ''): EdgeStyle {
  const line = lineOf(arrow);
  const style = line.includes('.') ? 'dotted' : line.startsWith('=') ? 'thick' : line.startsWith('~') ? 'invisible' : 'solid';
  return start.includes('=') ? 'thick' : start.includes('.') ? 'dotted' : style;
}

function lineOf(arrow: string): string {
  const first = arrow.charAt(0);
  const last = arrow.charAt(arrow.length - 1);
  const isDouble = (first === last && (last === 'x' || last === 'o')) || (first === '<' && last === '>');
  return arrow.slice(isDouble ? 1 : 0, -1);
}

/** The letter of a label that Mermaid takes for a part of the arrow: `--No-->` reads as “N” and `o-->`. */
function lostLetter(arrow: string, start: string): string {
  const first = arrow.charAt(0);
  if (first !== 'x' && first !== 'o') return '';
  const isDouble = first === arrow.charAt(arrow.length - 1) && start.startsWith(first);
  return isDouble ? '' : first;
}
