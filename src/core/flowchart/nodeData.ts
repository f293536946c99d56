import type { NodeShape } from '../model/flowchart';

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

/** The names that `@{ shape: … }` accepts. Those of the first three lines mean more than a step. */
const names: Readonly<Record<NodeShape, string>> = {
  decision: 'diam decision diamond question choice',
  subprocess: 'fr-rect subprocess subproc framed-rectangle subroutine',
  terminal: 'stadium terminal pill circle circ dbl-circ double-circle doublecircle sm-circ start small-circle stateStart fr-circ stop framed-circle stateEnd',
  step: 'rect proc process rectangle squareRect rounded event roundedRect cyl db database cylinder datastore data-store bang cloud hex hexagon prepare lean-r lean-right in-out lean_right '
    + 'lean-l lean-left out-in lean_left trap-b priority trapezoid-bottom trapezoid trap-t manual trapezoid-top inv-trapezoid inv_trapezoid text notch-rect card notched-rectangle '
    + 'lin-rect lined-rectangle lined-process lin-proc shaded-process fork join forkJoin hourglass collate brace comment brace-l brace-r braces bolt com-link lightning-bolt '
    + 'doc document delay half-rounded-rectangle h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder curv-trap curved-trapezoid display div-rect div-proc divided-rectangle divided-process '
    + 'tri extract triangle win-pane internal-storage window-pane f-circ junction filled-circle notch-pent loop-limit notched-pentagon flip-tri manual-file flipped-triangle sl-rect manual-input '
    + 'sloped-rectangle docs documents st-doc stacked-document st-rect procs processes stacked-rectangle bow-rect stored-data bow-tie-rectangle cross-circ summary crossed-circle '
    + 'tag-doc tagged-document tag-rect tagged-rectangle tag-proc tagged-process flag paper-tape odd rect_left_inv_arrow lin-doc lined-document '
    + 'state note labelRect rectWithTitle icon iconSquare iconCircle iconRounded imageSquare anchor kanbanItem mindmapCircle defaultMindmapNode classBox erBox requirementBox',
};

const shapes: ReadonlyMap<string, NodeShape> = new Map((['decision', 'subprocess', 'terminal', 'step'] as const).flatMap(shape => names[shape].split(' ').map(name => [name, shape] as const)));

/** The meaning of a shape by its name, `undefined` if Mermaid has no such shape. It accepts no capitals and no underscores. */
export function namedShape(name: string): NodeShape | undefined {
  return /[A-Z_]/.test(name) ? undefined : shapes.get(name);
}
