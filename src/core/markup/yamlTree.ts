import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { type TextRange, textStart } from "../model/problem";

/** A YAML text as plain data with positions. Aliases are expanded, and keys are strings. */
export type YamlTree = YamlScalar | YamlList | YamlMap;

interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly range: TextRange;
}

interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlTree[];
  readonly range: TextRange;
}

interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly range: TextRange;
}

interface YamlEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: YamlTree;
}

export type YamlPath = readonly (string | number)[];

/**
 * The range of the value at a path, or of its key when `part` is `key`. For a missing path: the key of the nearest existing
 * parent, or its first key.
 */
export function rangeAt(tree: YamlTree, path: YamlPath, part: "key" | "value" = "value"): TextRange {
  return walk(tree, path, part, undefined);
}

function walk(tree: YamlTree, path: YamlPath, part: "key" | "value", key: TextRange | undefined): TextRange {
  const [step, ...rest] = path;
  if (step === undefined) return part === "key" && key !== undefined ? key : tree.range;
  if (tree.kind === "map") {
    const entry = tree.entries.find((one) => one.key === String(step));
    if (entry !== undefined) return walk(entry.value, rest, part, entry.keyRange);
    return key ?? tree.entries[0]?.keyRange ?? tree.range;
  }
  if (tree.kind === "list" && typeof step === "number") {
    const item = tree.items[step];
    if (item !== undefined) return walk(item, rest, part, undefined);
  }
  return key ?? tree.range;
}

/** The keys of the map at a path in document order. Empty when there is no map. */
export function keysAt(tree: YamlTree, path: YamlPath): readonly string[] {
  const [step, ...rest] = path;
  if (tree.kind !== "map") return [];
  if (step === undefined) return tree.entries.map((entry) => entry.key);
  const entry = tree.entries.find((one) => one.key === String(step));
  return entry === undefined ? [] : keysAt(entry.value, rest);
}

/** A YAML error: the parser's code, or `tooLarge` when a limit is exceeded. */
interface YamlFlaw {
  readonly reason: string;
  readonly severity: "error" | "warning";
  readonly range: TextRange;
}

/** A YAML text as a tree, if it can be parsed, and its errors. An empty text is an empty map. */
export interface YamlReading {
  readonly tree?: YamlTree;
  /** The document with comments and layout, for edits that preserve them. Present if `tree` is. */
  readonly document?: Document;
  readonly flaws: readonly YamlFlaw[];
}

/**
 * Maximum number of characters of a YAML file such as `desk.yml`. Thousands of overrides fit, and a malicious file of this size
 * takes about one second.
 */
const maxYamlLength = 100_000;

const maxNodes = 20_000;

const maxLevels = 40;

/**
 * Parses one YAML 1.2 document. This is the only caller of the YAML parser. It never throws and takes linear time: size, depth
 * and expanded aliases are limited.
 */
export function readYamlTree(text: string, most: number = maxYamlLength): YamlReading {
  if (text.length > most || tooDeep(text)) return { flaws: [tooLarge(textStart)] };
  const lines = new LineCounter();
  // The parser's own check for duplicate keys takes quadratic time.
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent", prettyErrors: false, uniqueKeys: false });

  const place = (from: number, to: number): TextRange => {
    const first = lines.linePos(Math.min(from, text.length));
    const last = lines.linePos(Math.min(Math.max(from, to), text.length));
    return { startLine: first.line - 1, startColumn: first.col - 1, endLine: last.line - 1, endColumn: last.col - 1 };
  };
  const flaws: readonly YamlFlaw[] = [
    ...document.errors.map((one) => ({ reason: one.code, severity: "error" as const, range: place(...one.pos) })),
    ...document.warnings.map((one) => ({ reason: one.code, severity: "warning" as const, range: place(...one.pos) })),
  ];
  if (document.errors.length > 0) return { flaws };
  if (document.contents === null) return { tree: { kind: "map", entries: [], range: textStart }, document, flaws };

  const budget = { nodes: maxNodes };
  const found: YamlFlaw[] = [];
  const tree = convert(document.contents, { sources: aliasSources(text, document), place, budget, found, level: 0, at: place(0, text.length) });
  if (tree === undefined) return { flaws: [...flaws, tooLarge(textStart)] };
  return found.length > 0 ? { flaws: [...flaws, ...found] } : { tree, document, flaws };
}

function tooLarge(range: TextRange): YamlFlaw {
  return { reason: "tooLarge", severity: "error", range };
}

/** Whether the nesting is so deep that the recursive parser would be slow or exhaust the stack. */
function tooDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open += bracket === "[" || bracket === "{" ? 1 : -1;
    if (open > 200) return true;
  }
  return /(?:[-?:][ \t]+){100}/.test(text);
}

/** The target of each alias. The parser's own lookup searches the whole document for each one. */
function aliasSources(text: string, document: Document): ReadonlyMap<Alias, Node> {
  const sources = new Map<Alias, Node>();
  if (!text.includes("*")) return sources;
  const anchored = new Map<string, Node>();
  visit(document, {
    Node(_key, node) {
      const source = isAlias(node) ? anchored.get(node.source) : undefined;
      if (isAlias(node) && source !== undefined) sources.set(node, source);
      if (!isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return sources;
}

interface Walk {
  readonly sources: ReadonlyMap<Alias, Node>;
  readonly place: (from: number, to: number) => TextRange;
  /** Number of nodes that may still be visited. It is shared by the whole walk, so that nested aliases end. */
  readonly budget: { nodes: number };
  /** Duplicate keys and unresolved aliases. The walk adds to this list. */
  readonly found: YamlFlaw[];
  readonly level: number;
  /** Reported position of a node without its own. */
  readonly at: TextRange;
}

function convert(node: unknown, walk: Walk): YamlTree | undefined {
  walk.budget.nodes -= 1;
  if (walk.budget.nodes < 0 || walk.level > maxLevels) return undefined;
  const range = rangeOf(node, walk);
  const inside: Walk = { ...walk, level: walk.level + 1, at: range };
  if (isAlias(node)) {
    const source = walk.sources.get(node);
    if (source === undefined) walk.found.push({ reason: "BAD_ALIAS", severity: "error", range });
    const tree = source === undefined ? ({ kind: "scalar", value: null, range } as const) : convert(source, inside);
    return tree === undefined ? undefined : { ...tree, range };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item, inside));
    const whole = items.filter((item) => item !== undefined);
    return whole.length === items.length ? { kind: "list", items: whole, range } : undefined;
  }
  if (isMap(node)) {
    const entries = node.items.map((pair) => convertPair(pair.key, pair.value, inside));
    const whole = entries.filter((entry) => entry !== undefined);
    const seen = new Set<string>();
    for (const { key, keyRange } of whole) {
      if (seen.has(key)) walk.found.push({ reason: "DUPLICATE_KEY", severity: "error", range: keyRange });
      seen.add(key);
    }
    return whole.length === entries.length ? { kind: "map", entries: whole, range } : undefined;
  }
  return { kind: "scalar", value: isScalar(node) ? scalarValue(node.value) : null, range };
}

function convertPair(key: unknown, value: unknown, walk: Walk): YamlEntry | undefined {
  const keyRange = rangeOf(key, walk);
  const tree = convert(value, { ...walk, at: keyRange });
  if (tree === undefined) return undefined;
  return { key: isScalar(key) ? String(key.value) : "?", keyRange, value: tree };
}

function rangeOf(node: unknown, walk: Walk): TextRange {
  const range = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
  return range ? walk.place(range[0], range[1]) : walk.at;
}

function scalarValue(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null
    ? value
    : String(value);
}
