import { entityEnd, entityStart } from './chartText';

/** How a text is written: bare, in quotation marks, or as a Markdown string. */
export type LabelKind = 'text' | 'string' | 'markdown';

export interface Label {
  readonly text: string;
  readonly kind: LabelKind;
}

/** The names of the characters from U+00A0 on, in order. */
const latin = 'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(' ');

const symbols: Readonly<Record<string, string>> = {
  quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", semi: ';', colon: ':', comma: ',', period: '.', num: '#', percnt: '%', dollar: '$', ast: '*', plus: '+', equals: '=',
  lpar: '(', rpar: ')', lsqb: '[', lbrack: '[', rsqb: ']', rbrack: ']', lcub: '{', lbrace: '{', rcub: '}', rbrace: '}', vert: '|', verbar: '|', sol: '/', bsol: '\\',
  excl: '!', quest: '?', commat: '@', lowbar: '_', grave: '`', Hat: '^', Tab: ' ', NewLine: ' ',
  ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', bull: '•', hellip: '…', prime: '′', Prime: '″', euro: '€', trade: '™',
  larr: '←', uarr: '↑', rarr: '→', darr: '↓', harr: '↔', lArr: '⇐', rArr: '⇒', hArr: '⇔', ne: '≠', le: '≤', ge: '≥', asymp: '≈', infin: '∞', minus: '−', radic: '√', sum: '∑',
  check: '✓', cross: '✗', starf: '★', star: '☆', hearts: '♥', diams: '♦', spades: '♠', clubs: '♣', phone: '☎', lsaquo: '‹', rsaquo: '›', ensp: ' ', emsp: ' ', thinsp: ' ', zwnj: '\u200C', zwj: '\u200D',
};

/** What makes a text differ from what is drawn: tags, entities, quotation marks, marks of Markdown, and space. */
const special = new RegExp(`[<&\\\\"${entityStart}*_\\t\\n]|\\s\\s|^\\s|\\s$`);

/** The text of a label in one line, as somebody reads it in the drawing. */
export function plainText({ text, kind }: Label): string {
  if (!special.test(text)) return text;
  let plain = text;
  if (plain.includes('<')) plain = plain.replace(/<\/?br\s*\/?>/gi, ' ').replace(/<\/?[a-z][^>]*(?:>|$)/gi, '');
  if (kind === 'markdown') plain = withoutMarks(plain);
  plain = plain.replaceAll('\\n', ' ').trim();
  if (plain.length > 1 && plain.startsWith('"') && plain.endsWith('"')) plain = plain.slice(1, -1);
  return decodeEntities(plain).replace(/\s+/g, ' ').trim();
}

function withoutMarks(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\*([^*]+)\*/g, '$1')
    .replace(/(?<!\w)__([^_]+)__(?!\w)/g, '$1')
    .replace(/(?<!\w)_([^_]+)_(?!\w)/g, '$1');
}

// HTML needs no semicolon after a number and after the oldest names.
const marked = new RegExp(`${entityStart}(\\w+)${entityEnd}|&(#\\d+|#[xX][\\da-fA-F]+|(?:amp|lt|gt|quot|nbsp)(?!\\w)|\\w+(?=;));?`, 'g');

function decodeEntities(text: string): string {
  return text.replace(marked, (written: string, inMermaid: string | undefined, inHtml: string | undefined) => {
    const name = inMermaid ?? inHtml ?? '';
    const digits = inMermaid === undefined ? /^#(\d+)$/.exec(name)?.[1] : /^\d+$/.exec(name)?.[0];
    const hexadecimal = /^#x([\da-f]+)$/i.exec(name)?.[1];
    if (digits !== undefined || hexadecimal !== undefined) return character(digits === undefined ? parseInt(hexadecimal ?? '', 16) : Number(digits)) ?? written;
    return named(name) ?? (inMermaid === undefined ? written : `&${name};`);
  });
}

function named(name: string): string | undefined {
  const index = latin.indexOf(name);
  return index >= 0 ? String.fromCodePoint(0xA0 + index) : Object.hasOwn(symbols, name) ? symbols[name] : undefined;
}

function character(code: number): string | undefined {
  return code > 0 && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF) ? String.fromCodePoint(code) : undefined;
}

/** The text with its entities as they were written. */
export function writtenText(text: string): string {
  return text.replaceAll(entityStart, '#').replaceAll(entityEnd, ';');
}
