import type { TextRange } from "../problem";

/** A YAML text as plain data with its places. Aliases are expanded; keys are text. */
export type YamlTree = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly range: TextRange;
}

export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlTree[];
  readonly range: TextRange;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly range: TextRange;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: YamlTree;
}

export type YamlPath = readonly (string | number)[];

/**
 * Where the value at a path is written, or its key when `part` is `key`. For a path that is not there: the key of the
 * nearest part above that is, or the first key inside it.
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

/** The keys of the map at a path in the order of the text; none when there is no map. */
export function keysAt(tree: YamlTree, path: YamlPath): readonly string[] {
  const [step, ...rest] = path;
  if (tree.kind !== "map") return [];
  if (step === undefined) return tree.entries.map((entry) => entry.key);
  const entry = tree.entries.find((one) => one.key === String(step));
  return entry === undefined ? [] : keysAt(entry.value, rest);
}
