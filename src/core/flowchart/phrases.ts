import type { ChartDraft } from './chartDraft';
import type { FlowProblemCode } from '../model/flowchart';
import { type Label, writtenText } from './labelText';
import type { LineFinder } from './search';
import type { Token, TokenKind, Tokens } from './tokens';

/** What reading a chart needs. `report` notes a problem at an offset. */
export interface Reading {
  readonly text: string;
  readonly tokens: Tokens;
  readonly draft: ChartDraft;
  readonly lines: LineFinder;
  readonly report: (code: FlowProblemCode, offset: number, details?: Readonly<Record<string, string>>) => void;
}

/** The parts that statements consist of. A part that cannot be read is `undefined`, and its problem is noted. */
export interface Phrases extends Reading {
  /** Starts a part at an offset. After a problem the reader continues on the line after it. */
  begin(offset: number): void;
  begun(): number;
  /** Notes that a token was not expected. */
  unexpected(token: Token): false;
  expect(kind: TokenKind): Token | undefined;
  /** Reads the end of a statement. */
  readEnd(): boolean;
  readId(): string | undefined;
  /** A text and what closes it: one of `close`, or all of them `inOrder`. `start` is where its bracket is. */
  readText(close: readonly TokenKind[], start: number, inOrder?: boolean): Label | undefined;
}

const idKinds: ReadonlySet<TokenKind> = new Set<TokenKind>(['number', 'word', 'v', '-', 'default', ',', ':', '&', '#', '*', 'letter']);
const reserved = ['end', 'graph', 'flowchart', 'subgraph', 'style', 'linkStyle', 'classDef', 'class', 'click', 'href', 'call', 'interpolate'];

export function createPhrases(reading: Reading): Phrases {
  const { text, tokens, lines, report } = reading;
  const part = { start: 0 };

  function unexpected(token: Token): false {
    const word = token.text.trim();
    if (token.kind === 'unclosed') report('unclosedText', part.start, { opening: shown(text.slice(part.start, lines.end(part.start))) });
    else if (token.text.startsWith('%%')) report('commentAtEnd', token.start);
    else if (reserved.includes(word)) report('keywordAsId', token.start, { word, instead: word.charAt(0).toUpperCase() + word.slice(1) });
    else report('unreadable', token.kind === 'endOfText' ? part.start : token.start, { found: shown(token.text) });
    return false;
  }

  function expect(kind: TokenKind): Token | undefined {
    const token = tokens.peek();
    if (token.kind === kind) return tokens.take();
    unexpected(token);
    return undefined;
  }

  function readEnd(): boolean {
    const token = tokens.peek();
    if (token.kind === 'newLine' || token.kind === ';') tokens.take();
    else if (token.kind === 'space' && /^\s*(?:\n|$)/.test(text.slice(token.start, lines.end(token.start) + 1))) {
      report('spaceAtEnd', token.start);
      tokens.take();
    } else if (token.kind !== 'endOfText') return unexpected(token);
    return true;
  }

  function readId(): string | undefined {
    const first = tokens.peek();
    if (!idKinds.has(first.kind)) {
      unexpected(first);
      return undefined;
    }
    let id = tokens.take().text;
    while (idKinds.has(tokens.peek().kind)) id += tokens.take().text;
    return id;
  }

  function readText(close: readonly TokenKind[], start: number, inOrder = false): Label | undefined {
    const first = tokens.peek();
    const kind = first.kind === 'string' || first.kind === 'markdown' ? first.kind : 'text';
    if (first.kind !== kind) return salvage(start);
    let written = tokens.take().text;
    while (tokens.peek().kind === 'text') written += tokens.take().text;
    if (!inOrder) {
      if (!close.includes(tokens.peek().kind)) return salvage(start);
      tokens.take();
      return { text: written, kind };
    }
    for (const wanted of close) {
      if (tokens.peek().kind !== wanted) return salvage(start);
      tokens.take();
    }
    return { text: written, kind };
  }

  /** A text with brackets up to the bracket that closes it on its line. Mermaid reads none of it. */
  function salvage(start: number): Label | undefined {
    const token = tokens.peek();
    const line = text.slice(start, lines.end(start));
    const end = closingBracket(line);
    if (end === undefined) {
      unexpected(token.kind === 'endOfText' || token.start > start + line.length ? { ...token, kind: 'unclosed' } : token);
      return undefined;
    }
    const [opening = ''] = /^[[({>|/\\]+/.exec(line) ?? [];
    const closing = line.slice(0, end).slice(opening.length).match(/[\])}|/\\]*$/)?.[0].slice(-opening.length) ?? '';
    const inside = line.slice(opening.length, end - closing.length).trim().replace(/^"|"$/g, '');
    const written = writtenText(inside);
    report('bracketsInText', start, { text: written, quoted: `${opening}"${written.replaceAll('"', '#quot;')}"${closing}` });
    tokens.jump(start + end);
    return { text: inside, kind: 'text' };
  }

  return { text, tokens, draft: reading.draft, lines, report, begin: offset => { part.start = offset; }, begun: () => part.start, unexpected, expect, readEnd, readId, readText };
}

/** The start of a text, as a message shows it. */
function shown(text: string): string {
  const line = writtenText(text).trim().split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

const pairs: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/** Where the bracket at the start of a line is closed, the closing one included. */
function closingBracket(line: string): number | undefined {
  if (line.startsWith('|')) {
    const end = line.indexOf('|', 1);
    return end < 0 ? undefined : end + 1;
  }
  const expected: string[] = [];
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const close = at === 0 && char === '>' ? ']' : pairs[char];
    if (close !== undefined) expected.push(close);
    else if (char === expected.at(-1)) {
      expected.pop();
      if (expected.length === 0) return at + 1;
    }
  }
  return undefined;
}
