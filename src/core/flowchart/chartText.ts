/** What a flowchart starts with. Another first word is another kind of diagram. */
const header = /^\s*(?:flowchart-elk|flowchart|graph)(?![\w-])/;

/** Encloses the name of an entity while the text is read. The marks take the place of `#` and `;`, which would be statements. */
export const entityStart = '\uE000';
export const entityEnd = '\uE001';

/**
 * The text as the reader needs it, with as many lines as before: comments, directives and front matter are blank, and entities are marked.
 * `undefined` if it is not a flowchart.
 */
export function chartText(text: string): string | undefined {
  const clean = withoutComments(withoutDirectives(withoutFrontMatter(singleQuotedAttributes(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text))));
  if (!header.test(clean)) return undefined;
  return `${markEntities(clean)}\n`.replace(/\}\s*\n/g, run => `}${run.replace(/[^\n]/g, '')}`);
}

/** The line breaks of a text. */
function blank(text: string): string {
  return text.replace(/[^\n]+/g, '');
}

/** The quotation marks of attributes would end a quoted text. */
function singleQuotedAttributes(text: string): string {
  if (!text.includes('="')) return text;
  const parts: string[] = [];
  let kept = 0;
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start + 1)) {
    if (!/\w/.test(text.charAt(start + 1))) continue;
    const end = text.indexOf('>', start);
    if (end < 0) break;
    parts.push(text.slice(kept, start), text.slice(start, end).replace(/="([^"]*)"/g, "='$1'"));
    kept = end;
    start = end;
  }
  return parts.join('') + text.slice(kept);
}

function withoutFrontMatter(text: string): string {
  const opening = /^([^\S\n]*)---[^\S\n]*\n/.exec(text);
  if (opening === null) return text;
  const fence = `\n${opening[1] ?? ''}---`;
  for (let at = text.indexOf(fence, opening[0].length - 1); at >= 0; at = text.indexOf(fence, at + 1)) {
    const lineEnd = text.indexOf('\n', at + 1);
    if (lineEnd < 0) break;
    if (text.slice(at + fence.length, lineEnd).trim() === '') return blank(text.slice(0, lineEnd)) + text.slice(lineEnd);
  }
  return text;
}

function withoutDirectives(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let start = text.indexOf('%%{'); start >= 0; start = text.indexOf('%%{', Math.max(start + 1, kept))) {
    if (!/^\s*\w/.test(text.slice(start + 3, start + 100))) continue;
    const end = text.indexOf('}%%', start);
    const stop = end < 0 ? text.length : end + 3;
    parts.push(text.slice(kept, start), blank(text.slice(start, stop)));
    kept = stop;
    if (end < 0) break;
  }
  return parts.join('') + text.slice(kept);
}

/** A line that is nothing but `%%` is no comment: Mermaid draws it as a node. */
function withoutComments(text: string): string {
  return text.includes('%%') ? text.replace(/^[^\S\n]*%%(?!\{)[^\n]+/gm, blank) : text;
}

function markEntities(text: string): string {
  if (!text.includes('#')) return text;
  return text
    .replace(/^.*(?:style|classDef).*$/gm, line => withoutLastSemicolon(withoutLastSemicolon(line, 'style'), 'classDef'))
    .replace(/#(\w+);/g, `${entityStart}$1${entityEnd}`);
}

/** The `;` at the end of a style with a color ends the style. Otherwise the color would be an entity. */
function withoutLastSemicolon(line: string, keyword: string): string {
  const start = line.indexOf(keyword);
  const last = line.lastIndexOf(';');
  if (start < 0 || last < start) return line;
  const color = line.slice(start + keyword.length, last).search(/:[^\s#]*#/);
  return color < 0 ? line : line.slice(0, last) + line.slice(last + 1);
}
