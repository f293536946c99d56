import { createChains } from './chains';
import { type Label, plainText, writtenText } from './labelText';
import { createPhrases, type Reading } from './phrases';
import type { Token, TokenKind } from './tokens';

const titleKinds: ReadonlySet<TokenKind> = new Set<TokenKind>(['number', 'word', 'space', '-', '&', 'letter', ':', '*', '#', 'style', 'linkStyle', 'classDef', 'class', 'click', 'graph', 'subgraph', 'end', 'v', 'edgeStart']);
const styleKinds: ReadonlySet<TokenKind> = new Set<TokenKind>(['number', 'word', ':', 'space', '#', 'style']);

/** Reads all statements after the header. */
export function readStatements(reading: Reading): void {
  const phrases = createPhrases(reading);
  const readChain = createChains(phrases);
  const { text, tokens, draft, lines, report, begin, begun, unexpected, expect, readEnd, readId, readText } = phrases;
  const open: { readonly start: number; readonly title: string }[] = [];

  for (let token = tokens.peek(); token.kind !== 'endOfText'; token = tokens.peek()) {
    begin(token.start);
    if (readStatement(token)) continue;
    const end = lines.end(Math.max(begun(), token.start));
    tokens.jump(Math.min(end <= token.start ? end + 1 : end, text.length));
  }
  while (open.length > 0) {
    const { start, title } = open.at(-1) ?? { start: 0, title: '' };
    report('unclosedSubgraph', start, { title });
    closeSubgraph();
  }

  function readStatement(token: Token): boolean {
    switch (token.kind) {
      case 'newLine':
      case 'space':
      case ';':
      case 'about':
      case 'direction':
        tokens.take();
        return true;
      case 'subgraph':
        return readSubgraph();
      case 'end':
        tokens.take();
        if (open.length > 0) closeSubgraph();
        else report('endWithoutSubgraph', token.start);
        return true;
      case 'style':
      case 'classDef':
        return readStyle(token.kind);
      case 'class':
        return readClass();
      case 'linkStyle':
        return readLinkStyle();
      case 'click':
        return readClick();
      default:
        return readChain();
    }
  }

  // Subgraphs

  function readSubgraph(): boolean {
    const { start, end } = tokens.take();
    const opened = readTitle(start);
    if (opened === undefined) {
      // Its nodes still belong together.
      const [, name = '', title] = /^\s*([^[\n]*)(?:\[(.*)\])?/.exec(text.slice(end, lines.end(end))) ?? [];
      openSubgraph(start, name.trim() === '' || /\s/.test(name.trim()) ? undefined : name.trim(), { text: (title ?? name).replace(/^"|"$/g, ''), kind: 'text' });
      return false;
    }
    openSubgraph(start, opened.id, opened.title);
    return readEnd();
  }

  function readTitle(start: number): { readonly id: string | undefined; readonly title: Label } | undefined {
    const space = tokens.peek();
    if (space.kind === 'newLine' || space.kind === ';' || space.kind === 'endOfText') {
      report('unnamedSubgraph', start);
      return undefined;
    }
    if (expect('space') === undefined) return undefined;
    const name = readName(start);
    if (name === undefined) return undefined;
    if (tokens.peek().kind !== '[') return { id: /\s/.test(name.text) ? undefined : name.text, title: name };
    const { start: titleStart } = tokens.take();
    const title = readText([']'], titleStart);
    return title === undefined ? undefined : { id: name.text.trim(), title };
  }

  function readName(start: number): Label | undefined {
    const first = tokens.peek();
    const parts: string[] = [];
    if (first.kind === 'string' || first.kind === 'markdown') parts.push(tokens.take().text);
    while (titleKinds.has(tokens.peek().kind)) parts.push(tokens.take().text);
    if (parts.length > 0) return { text: parts.join(''), kind: first.kind === 'markdown' ? 'markdown' : 'text' };
    if (first.kind === 'newLine') report('unnamedSubgraph', start);
    else unexpected(first);
    return undefined;
  }

  function openSubgraph(start: number, id: string | undefined, title: Label): void {
    open.push({ start, title: plainText(title) });
    draft.openSubgraph(id, title, lines.line(start));
  }

  function closeSubgraph(): void {
    open.pop();
    draft.closeSubgraph();
  }

  // Statements about looks and links

  function readStyle(kind: 'style' | 'classDef'): boolean {
    const { start } = tokens.take();
    if (expect('space') === undefined) return false;
    const id = readId();
    if (id === undefined || expect('space') === undefined) return false;
    if (!readStyles()) return false;
    // Mermaid draws a node for a style that names none.
    if (kind === 'style') draft.addNode(id, lines.line(start));
    return readEnd();
  }

  /** Styles with commas between them. */
  function readStyles(): boolean {
    for (;;) {
      if (!styleKinds.has(tokens.peek().kind)) return unexpected(tokens.peek());
      while (styleKinds.has(tokens.peek().kind)) tokens.take();
      if (tokens.peek().kind !== ',') return true;
      tokens.take();
    }
  }

  function readClass(): boolean {
    tokens.take();
    if (expect('space') === undefined || readId() === undefined || expect('space') === undefined || readId() === undefined) return false;
    return readEnd();
  }

  function readLinkStyle(): boolean {
    const { start } = tokens.take();
    if (expect('space') === undefined) return false;
    if (tokens.peek().kind === 'default') tokens.take();
    else {
      for (;;) {
        const number = expect('number');
        if (number === undefined) return false;
        if (Number(number.text) >= draft.edgeCount()) report('noSuchEdge', start, { edge: number.text });
        if (tokens.peek().kind !== ',') break;
        tokens.take();
      }
    }
    if (expect('space') === undefined) return false;
    if (tokens.peek().kind === 'interpolate') {
      tokens.take();
      if (expect('space') === undefined || readId() === undefined) return false;
      if (tokens.peek().kind !== 'space') return readEnd();
      tokens.take();
    }
    return readStyles() && readEnd();
  }

  function readClick(): boolean {
    const { text: ids } = tokens.take();
    const token = tokens.peek();
    if (token.kind === 'call') tokens.take();
    else if (token.kind === 'href' || token.kind === 'string') {
      if (token.kind === 'href') tokens.take();
      const link = expect('string');
      if (link === undefined) return false;
      const target = safeLink(writtenText(link.text));
      if (target !== undefined) for (const id of ids.split(',')) draft.setLink(id, target);
    } else if (readId() === undefined) return false;
    for (const kind of ['string', 'target'] as const) {
      if (tokens.peek().kind !== 'space' || /^\s*(?:\n|$)/.test(text.slice(tokens.peek().start, lines.end(tokens.peek().start) + 1))) break;
      tokens.take();
      if (tokens.peek().kind === kind || kind === 'string' && tokens.peek().kind === 'target') {
        if (tokens.take().kind === 'target') break;
      } else return unexpected(tokens.peek());
    }
    return readEnd();
  }
}

/** A target that is safe to open: a relative path, `#section`, or an address of http or https. */
function safeLink(target: string): string | undefined {
  const link = target.trim();
  if (/^https?:\/\/[^\s/]/i.test(link)) return link;
  return link === '' || /^[/\\]|^[a-z][a-z\d+.-]*:|[\p{Cc}\\]/iu.test(link) ? undefined : link;
}
