import { directionFinder, edgeIdFinder, isSpace, lineFinder, memoizedIndex, memoizedSearch, memoizedVisible } from './search';

/** A part of a chart's text. `text` is what it means to the reader: the inside of a quoted text, or the id after `click`. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type Opening = '[' | '(' | '{' | '>' | '([' | '[[' | '[(' | '(((' | '(-' | '[/' | '[\\' | '[|' | '|';

export type Closing = ']' | ')' | '}' | '])' | ']]' | ')]' | ')))' | '-)' | '/]' | '\\]';

export type Keyword = 'style' | 'default' | 'linkStyle' | 'interpolate' | 'classDef' | 'class' | 'graph' | 'subgraph' | 'end';

export type TokenKind = Opening | Closing | Keyword
  | 'endOfText' | 'newLine' | 'space' | ';' | ':' | ':::' | ',' | '&' | '#' | '*' | '-' | 'v' | 'number' | 'word' | 'letter'
  | 'href' | 'target' | 'click' | 'call' | 'about' | 'direction' | 'edgeId' | 'edge' | 'edgeStart' | 'edgeText'
  | 'text' | 'string' | 'markdown' | 'nodeData' | 'unclosed' | 'other';

/** Reads tokens one after the other. What a character means depends on what was opened before it. */
export interface Tokens {
  /** The token that `take` returns next. */
  peek(): Token;
  take(): Token;
  /** Continues at an offset, with nothing open. */
  jump(offset: number): void;
}

type EdgeLine = 'edge-' | 'edge=' | 'edge.';

type Mode = 'plain' | 'text' | 'ellipse' | 'slanted' | EdgeLine;

const keyword = /(accTitle\s*:\s*|accDescr\s*:\s*)|(accDescr\s*\{)|(call\s)|(style|default|linkStyle|interpolate|classDef|class)\b|(href\s)|(click\s+)|(flowchart-elk|swimlane-beta|graph|flowchart)\b|(subgraph)\b|(end)\b\s*|(_(?:self|blank|parent|top))\b/y;
const word = /(?:[A-Za-z0-9!"#$%&'*+.`?\\_/]|-(?=[^>\-.]))+/y;
const solidEdge = /-{2,}[-xo>]/y;
const thickEdge = /={2,}[=xo>]/y;
const dottedEdge = /-?\.+-[xo>]?/y;
const invisibleEdge = /~{3,}/y;
const digits = /\d+/y;
const textClosing = /\]\)|\]\]|\)\]|\)\)\)|[|)\]}]/y;
const opening = /\(-|\(\[|\[\[|\[\(|\(\(\(|\[\/|\[\\|[|([{]/y;
const letter = /\p{L}/u;
const keywordStarts = 'acdefghils_';
const edgeStartMarks = '-=.~xo<';
const arrowHeads = 'xo<';
const openingStarts = '([{|>';

/** The longest `@{ }`. Without a limit, many that do not end would take a quadratic time. */
const maxData = 10_000;

function styleKeyword(name: string): TokenKind {
  return styleKeywords.find(each => each === name) ?? 'other';
}

const styleKeywords = ['style', 'default', 'linkStyle', 'interpolate', 'classDef', 'class'] as const;

/** Splits a chart into tokens. */
export function createTokens(text: string): Tokens {
  const state: { at: number; modes: Mode[] } = { at: 0, modes: [] };
  const lines = lineFinder(text);
  const visible = memoizedVisible(text);
  const quote = memoizedIndex(text, '"');
  const markdownEnd = memoizedSearch(text, /(?=[`"])/g);
  const bracket = memoizedSearch(text, /(?=[[\](){}|"])/g);
  const slantedStop = memoizedSearch(text, /(?=[\\/[\](){}])/g);
  const edgeLines = {
    'edge-': { search: memoizedSearch(text, /(?="|--)/g), arrow: solidEdge },
    'edge=': { search: memoizedSearch(text, /(?=["=])/g), arrow: thickEdge },
    'edge.': { search: memoizedSearch(text, /(?=[".])/g), arrow: dottedEdge },
  };
  const brace = memoizedIndex(text, '}');
  const braceOrQuote = memoizedSearch(text, /(?=[}"])/g);
  const directions = directionFinder(text, lines);
  const edgeIds = edgeIdFinder(text);
  let next: Token | undefined;

  const token = (kind: TokenKind, end: number, meaning = text.slice(state.at, end)): Token => ({ kind, text: meaning, start: state.at, end });
  const mode = (): Mode => state.modes.at(-1) ?? 'plain';
  const open = (opened: Mode, found: Token): Token => { state.modes.push(opened); return found; };
  const close = (found: Token): Token => { state.modes.pop(); return found; };
  const matchAt = (pattern: RegExp, offset: number): number | undefined => {
    pattern.lastIndex = offset;
    return pattern.test(text) ? pattern.lastIndex : undefined;
  };

  function read(): Token {
    for (;;) {
      if (state.at >= text.length) return token(mode() === 'plain' ? 'endOfText' : 'unclosed', text.length);
      const found = readQuoted() ?? readIn[mode()]();
      if (found !== undefined) return found;
    }
  }

  /** A quoted text; nothing if it is empty, which Mermaid does not notice. */
  function readQuoted(): Token | undefined {
    while (text[state.at] === '"') {
      const isMarkdown = text[state.at + 1] === '`';
      const start = state.at + (isMarkdown ? 2 : 1);
      const end = isMarkdown ? markdownEnd(start) : quote(start);
      if (end >= text.length || (isMarkdown && text[end + 1] !== '"')) return token('unclosed', text.length);
      const after = end + (isMarkdown ? 2 : 1);
      if (end > start) return token(isMarkdown ? 'markdown' : 'string', after, text.slice(start, end));
      state.at = after;
    }
    return state.at >= text.length ? token('unclosed', text.length) : undefined;
  }

  function readPlain(): Token {
    const char = text.charAt(state.at);
    return readKeyword(char) ?? readData(char) ?? readDirection() ?? readMark(char) ?? readEdge(char) ?? readOpening(char) ?? readId(char) ?? readSpace(char) ?? token('other', state.at + 1);
  }

  function readKeyword(char: string): Token | undefined {
    if (!keywordStarts.includes(char)) return undefined;
    if (matchAt(keyword, state.at) === undefined) return undefined;
    keyword.lastIndex = state.at;
    const match = keyword.exec(text) ?? [];
    const end = keyword.lastIndex;
    const [, about, longAbout, call, name, href, click, graph, subgraph, endWord] = match;
    if (about !== undefined) return token('about', lines.end(end));
    if (longAbout !== undefined) return brace(end) < text.length ? token('about', brace(end) + 1) : token('unclosed', text.length);
    if (call !== undefined) return readCall(end);
    if (name !== undefined) return token(styleKeyword(name), end);
    if (href !== undefined) return token('href', end);
    if (click !== undefined) return readClick(end);
    if (graph !== undefined) return token('graph', end);
    if (subgraph !== undefined) return token('subgraph', end);
    return token(endWord === undefined ? 'target' : 'end', end);
  }

  function readCall(start: number): Token {
    const lineEnd = lines.end(start);
    const line = text.slice(start, lineEnd);
    const [whole] = /^[^()]*\([^)]*\)/.exec(line) ?? [];
    return whole === undefined ? token('other', lineEnd) : token('call', start + whole.length);
  }

  /** The id after `click`, and the space after it. */
  function readClick(start: number): Token {
    let end = start;
    while (end < text.length && !/\s/.test(text.charAt(end))) end++;
    return token('click', Math.min(end + 1, text.length), text.slice(start, end));
  }

  /** What `@{ }` encloses. A line break in a quoted text is a line break of the label. */
  function readData(char: string): Token | undefined {
    if (char !== '@' || text[state.at + 1] !== '{') return undefined;
    const parts: string[] = [];
    let from = state.at + 2;
    const limit = Math.min(text.length, from + maxData);
    for (let at = braceOrQuote(from); at < limit; at = braceOrQuote(from)) {
      parts.push(text.slice(from, at));
      if (text[at] === '}') return token('nodeData', at + 1, parts.join(''));
      const end = quote(at + 1);
      if (end >= text.length) break;
      parts.push(text.slice(at, end + 1).replace(/\n\s*/g, '<br/>'));
      from = end + 1;
    }
    return token('unclosed', text.length);
  }

  function readDirection(): Token | undefined {
    const end = directions(state.at);
    if (end !== undefined) return token('direction', end);
    const idEnd = edgeIds(state.at);
    return idEnd === undefined ? undefined : token('edgeId', idEnd);
  }

  function readMark(char: string): Token | undefined {
    if (char === ':') return text.startsWith(':::', state.at) ? token(':::', state.at + 3) : token(':', state.at + 1);
    if (char === '#' || char === '&' || char === ';' || char === ',' || char === '*') return token(char, state.at + 1);
    if (char < '0' || char > '9') return undefined;
    return token('number', matchAt(digits, state.at) ?? state.at + 1);
  }

  /** An edge, or the part of one before its label. The space around it is read with it, line breaks too. */
  function readEdge(first: string): Token | undefined {
    if (!edgeStartMarks.includes(first) && !isSpace(text.charCodeAt(state.at))) return undefined;
    const start = visible(state.at);
    if (start >= text.length) return undefined;
    const line = start + (arrowHeads.includes(text.charAt(start)) ? 1 : 0);
    const char = text.charAt(line);
    if (char === '~') return line === start ? arrowToken(start, matchAt(invisibleEdge, line)) : undefined;
    if (char === '=') return arrowToken(start, matchAt(thickEdge, line)) ?? labelledEdge('edge=', start, line, '==');
    if (char === '.') return arrowToken(start, matchAt(dottedEdge, line));
    if (char !== '-') return undefined;
    return arrowToken(start, matchAt(solidEdge, line)) ?? labelledEdge('edge-', start, line, '--') ?? arrowToken(start, matchAt(dottedEdge, line)) ?? labelledEdge('edge.', start, line, '-.');
  }

  function arrowToken(start: number, end: number | undefined): Token | undefined {
    return end === undefined ? undefined : { kind: 'edge', text: text.slice(start, end), start, end: visible(end) };
  }

  function labelledEdge(line: EdgeLine, start: number, at: number, marks: string): Token | undefined {
    return text.startsWith(marks, at) ? open(line, { kind: 'edgeStart', text: text.slice(start, at + 2), start, end: visible(at + 2) }) : undefined;
  }

  function readOpening(char: string): Token | undefined {
    if (!openingStarts.includes(char)) return undefined;
    if (char === '>') return open('text', token('>', state.at + 1));
    if (char === '[' && text[state.at + 1] === '|') return token('[|', state.at + 2);
    const end = matchAt(opening, state.at);
    return end === undefined ? undefined : readOpened(text.slice(state.at, end));
  }

  function readOpened(mark: string): Token {
    const end = state.at + mark.length;
    switch (mark) {
      case '(-':
        return open('ellipse', token('(-', end));
      case '[/':
      case '[\\':
        return open('slanted', token(mark, end));
      case '([':
      case '[[':
      case '[(':
      case '(((':
      case '|':
      case '(':
      case '[':
      case '{':
        return open('text', token(mark, end));
      default:
        return token('other', end);
    }
  }

  function readId(char: string): Token | undefined {
    if (char === '\\' && text[state.at + 1] === '|') return token('other', state.at + 2);
    if (char === 'v' && !/\w/.test(text.charAt(state.at + 1))) return token('v', state.at + 1);
    const end = matchAt(word, state.at);
    if (end !== undefined) return token('word', end);
    if (char === '-') return token('-', state.at + 1);
    return letter.test(char) ? token('letter', state.at + 1) : undefined;
  }

  function readSpace(char: string): Token | undefined {
    let end = state.at;
    if (char === '\n') {
      while (text[end] === '\n') end++;
      return token('newLine', end);
    }
    const stop = visible(end);
    while (end < stop && text[end] !== '\n') end++;
    return end === state.at ? undefined : token('space', end);
  }

  function readText(): Token {
    const space = visible(state.at);
    if (text.startsWith('~~~', space)) return token('other', space + 3);
    const openEnd = matchAt(opening, state.at);
    const closeEnd = matchAt(textClosing, state.at);
    if (closeEnd !== undefined) return close(closing(text.slice(state.at, closeEnd)));
    return openEnd === undefined ? token('text', bracket(state.at)) : readOpened(text.slice(state.at, openEnd));
  }

  function closing(mark: string): Token {
    const end = state.at + mark.length;
    switch (mark) {
      case '])':
      case ']]':
      case ')]':
      case ')))':
      case '|':
      case ')':
      case ']':
      case '}':
        return token(mark, end);
      default:
        return token('other', end);
    }
  }

  function readEllipse(): Token {
    const stop = bracket(state.at);
    const char = text.charAt(stop);
    const isLast = char === ')' && (stop === state.at ? text[stop + 1] === ')' : /[-/]/.test(text.charAt(stop - 1)));
    const end = isLast && stop > state.at ? stop - 1 : stop;
    if (end === state.at) return isLast ? close(token('-)', state.at + 2)) : readOpenedIn(state.at);
    return token('text', end);
  }

  function readOpenedIn(offset: number): Token {
    const end = matchAt(opening, offset);
    return end === undefined ? token('other', offset + 1) : readOpened(text.slice(offset, end));
  }

  function readSlanted(): Token {
    const space = visible(state.at);
    if (text.startsWith('~~~', space)) return token('other', space + 3);
    const char = text.charAt(state.at);
    const isLast = text[state.at + 1] === ']';
    if (isLast && char === '/') return close(token('/]', state.at + 2));
    if (isLast && /[\\(?=\])]/.test(char)) return close(token('\\]', state.at + 2));
    if (char === '/' || char === '\\') return token('text', state.at + 1);
    const end = slantedStop(state.at);
    return end > state.at ? token('text', end) : readOpenedIn(state.at);
  }

  /** The label of an edge, or the arrow after it. A letter x or o before the arrow belongs to the arrow. */
  function readEdgeText(line: EdgeLine): Token {
    const { search, arrow } = edgeLines[line];
    const start = visible(state.at);
    const ended = matchAt(arrow, start) ?? (arrowHeads.includes(text.charAt(start)) ? matchAt(arrow, start + 1) : undefined);
    if (ended !== undefined) return close({ kind: 'edge', text: text.slice(start, ended), start, end: visible(ended) });
    const stop = search(state.at);
    if (stop >= text.length) return token('unclosed', text.length);
    if (text[stop] === '"') return token('edgeText', stop);
    let end = line === 'edge.' && text[stop - 1] === '-' ? stop - 1 : stop;
    if (matchAt(arrow, end) === undefined) return token('other', stop + 1);
    if (/[xo<]/.test(text.charAt(end - 1))) end--;
    while (end > state.at && /\s/.test(text.charAt(end - 1))) end--;
    return token('edgeText', end);
  }

  const readIn: Readonly<Record<Mode, () => Token | undefined>> = {
    'plain': readPlain, 'text': readText, 'ellipse': readEllipse, 'slanted': readSlanted,
    'edge-': () => readEdgeText('edge-'), 'edge=': () => readEdgeText('edge='), 'edge.': () => readEdgeText('edge.'),
  };

  return {
    peek: () => next ??= read(),
    take() {
      const taken = next ?? read();
      next = undefined;
      state.at = taken.end;
      return taken;
    },
    jump(offset) {
      next = undefined;
      state.at = offset;
      state.modes = [];
    },
  };
}
