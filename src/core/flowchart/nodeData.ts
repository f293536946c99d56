/** Values of a node's `@{ }` by key, all as text. */
export type NodeData = ReadonlyMap<string, string>;

/** Reads what `@{ }` encloses: YAML with a value per line, or in one line with commas. `undefined` if a part is no key with a value. */
export function readNodeData(text: string): NodeData | undefined {
  return text.includes('\n') ? readLines(text.split('\n')) : readParts(text);
}

function readParts(text: string): NodeData | undefined {
  const data = new Map<string, string>();
  const parts = /\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*:(?:\s+|(?=["'])|(?=,|$))(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^,]*))\s*(?:,|$)/gy;
  let end = 0;
  for (const [part, ...[doubleKey, singleKey, key, double, single, plain = '']] of text.matchAll(parts)) {
    if (part === '') break;
    data.set(doubleKey ?? singleKey ?? key ?? '', double !== undefined ? unescaped(double) : single !== undefined ? single.replaceAll("''", "'") : plain.trim());
    end += part.length;
  }
  return text.slice(end).trim() === '' ? data : undefined;
}

function readLines(lines: readonly string[]): NodeData | undefined {
  const data = new Map<string, string>();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, indent = '', key, written = ''] = /^([ ]*)([\w-]+|"[^"]*"|'[^']*')\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    if (key === undefined) return undefined;
    const name = key.replace(/^["']|["']$/g, '');
    if (!/^[|>][+-]?\d?[+-]?\s*$/.test(written)) {
      const value = readValue(written.trim());
      if (value === undefined) return undefined;
      data.set(name, value);
      continue;
    }
    const block: string[] = [];
    for (; index + 1 < lines.length; index++) {
      const next = lines[index + 1] ?? '';
      if (next.trim() !== '' && next.search(/\S/) <= indent.length) break;
      block.push(next.trim());
    }
    data.set(name, block.join('\n').trim());
  }
  return data;
}

function readValue(written: string): string | undefined {
  const [whole, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*(?:#.*)?$/.exec(written) ?? [];
  if (whole === undefined) return /^["'[{&*!%@`]/.test(written) || written.includes(': ') ? undefined : written.replace(/(?:^|\s)#.*$/, '').trim();
  return double !== undefined ? unescaped(double) : (single ?? '').replaceAll("''", "'");
}

/** Mermaid draws an escaped line break as one, and our texts have none. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g, (_written, four: string | undefined, two: string | undefined, one: string | undefined) => {
    const code = four ?? two;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return one === 'n' || one === 't' || one === 'r' ? ' ' : one ?? '';
  });
}
