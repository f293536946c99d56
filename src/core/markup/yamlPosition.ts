/** The position of a cursor: at a key of the map at `path`, or in the value at `path`. List items have no path segment. */
type YamlPosition =
  | { readonly kind: "key"; readonly path: readonly string[]; readonly present: readonly string[] }
  | { readonly kind: "value"; readonly path: readonly string[] };

/**
 * Finds the position of a cursor by indentation, for text that is not valid YAML yet: block maps and lists, and flow maps on
 * one line. Returns `undefined` in comments, quotes and elsewhere.
 */
export function yamlPositionAt(text: string, line: number, column: number): YamlPosition | undefined {
  const lines = text.split(/\r?\n/);
  const before = (lines[line] ?? "").slice(0, column);
  if (/(^|\s)#/.test(before)) return undefined;
  const above = parentsOf(lines, line, contentIndent(before));
  const opened = openFlows(before);
  const flow = opened.at(-1);
  const part = flow === undefined ? before.replace(/^\s*(?:- +)*/, "") : before.slice(Math.max(flow.at, before.lastIndexOf(",")) + 1);
  const path = [...above, ...opened.flatMap(({ key }) => (key === undefined ? [] : [key]))];
  const value = /^\s*([\w-]+): +[^\s"'[{]*$/.exec(part)?.[1];
  if (value !== undefined) return { kind: "value", path: [...path, value] };
  if (!/^\s*[\w-]*$/.test(part)) return undefined;
  const present = flow === undefined ? siblings(lines, line, contentIndent(before)) : keysIn(before.slice(flow.at + 1));
  return { kind: "key", path, present };
}

/** The unclosed `{` before the cursor, and the key before each. */
function openFlows(before: string): readonly { readonly at: number; readonly key: string | undefined }[] {
  const open: { at: number; key: string | undefined }[] = [];
  for (const { 0: brace, index } of before.matchAll(/[{}]/g)) {
    if (brace === "{") open.push({ at: index, key: /([\w-]+):\s*$/.exec(before.slice(0, index))?.[1] });
    else open.pop();
  }
  return open;
}

/** Keys of the enclosing lines, outermost first. */
function parentsOf(lines: readonly string[], line: number, indent: number): readonly string[] {
  const parents: string[] = [];
  let inner = indent;
  for (const text of lines.slice(0, line).toReversed()) {
    const key = lineKey(text);
    const own = contentIndent(text);
    if (key === undefined || own >= inner) continue;
    parents.unshift(key);
    inner = own;
  }
  return parents;
}

/** Keys of the same block map on other lines. */
function siblings(lines: readonly string[], line: number, indent: number): readonly string[] {
  const begins = (text: string): boolean => /^\s*- /.test(text);
  const found: string[] = [];
  for (const text of begins(lines[line] ?? "") ? [] : lines.slice(0, line).toReversed()) {
    if (isBlank(text) || contentIndent(text) > indent) continue;
    if (contentIndent(text) < indent) break;
    found.push(lineKey(text) ?? "");
    if (begins(text)) break;
  }
  for (const text of lines.slice(line + 1)) {
    if (isBlank(text) || contentIndent(text) > indent) continue;
    if (contentIndent(text) < indent || begins(text)) break;
    found.push(lineKey(text) ?? "");
  }
  return found;
}

function keysIn(flow: string): readonly string[] {
  return [...flow.matchAll(/([\w-]+):(?=\s)/g)].map(([, key]) => key ?? "");
}

/** Column where a line's content starts, after list dashes. */
function contentIndent(text: string): number {
  return /^\s*(?:- +)*/.exec(text)?.[0].length ?? 0;
}

function lineKey(text: string): string | undefined {
  return /^\s*(?:- +)*["']?([^\s#"'{[][^:#"']*)["']?:(?:\s|$)/.exec(text)?.[1];
}

function isBlank(text: string): boolean {
  return /^\s*(#|$)/.test(text);
}
