import { isRecord } from "../isRecord";
import type { TextRange } from "../problem";
import type { YamlTree } from "./yamlTree";

/** Plain values for the schema to check, and the keys it does not know, which were left out. */
export interface PrunedDesk {
  readonly value: unknown;
  readonly unknownKeys: readonly { readonly key: string; readonly range: TextRange }[];
}

/**
 * Walks the tree beside the valibot schema and leaves out keys that no object of the schema names, so that they can be
 * warnings while the rest is checked strictly. A key with nothing after it counts as left out.
 */
export function pruneDesk(tree: YamlTree, schema: unknown): PrunedDesk {
  if (tree.kind === "scalar") return { value: tree.value, unknownKeys: [] };
  if (tree.kind === "list") {
    // valibot lets a list pass as a map with the keys 0, 1, …; a plain value it refuses.
    if (field(schema, "item") === undefined && objectShape(schema) !== undefined) return { value: false, unknownKeys: [] };
    const items = tree.items.map((item) => pruneDesk(item, field(schema, "item")));
    return { value: items.map((item) => item.value), unknownKeys: items.flatMap((item) => item.unknownKeys) };
  }
  const shape = objectShape(schema);
  const named = field(shape, "entries");
  const rest = field(shape, "value") ?? field(shape, "rest");
  const kept: [string, unknown][] = [];
  const unknownKeys: { key: string; range: TextRange }[] = [];
  for (const { key, keyRange, value } of tree.entries) {
    const own = isRecord(named) && Object.hasOwn(named, key) ? named[key] : undefined;
    // Without a shape the value is of the wrong type as a whole, and the schema says so.
    if (shape !== undefined && (reserved.includes(key) || (own === undefined && rest === undefined))) {
      unknownKeys.push({ key, range: keyRange });
      continue;
    }
    if (own !== undefined && value.kind === "scalar" && value.value === null) continue;
    const inner = pruneDesk(value, own ?? rest);
    kept.push([key, inner.value]);
    unknownKeys.push(...inner.unknownKeys);
  }
  return { value: Object.fromEntries(kept), unknownKeys };
}

/** Names that mean something to JavaScript itself; the schema library drops them without a word. */
const reserved: readonly string[] = ["__proto__", "prototype", "constructor"];

/** The part of a schema that describes a map: itself, what an optional wraps, or that option of a union. */
function objectShape(schema: unknown): unknown {
  const type = field(schema, "type");
  if (type === "strict_object" || type === "object_with_rest" || type === "record") return schema;
  const wrapped = field(schema, "wrapped");
  if (wrapped !== undefined) return objectShape(wrapped);
  const options = field(schema, "options");
  return Array.isArray(options) ? options.map(objectShape).find((one) => one !== undefined) : undefined;
}

function field(schema: unknown, name: string): unknown {
  if (!isRecord(schema)) return undefined;
  const own = schema[name];
  return own === undefined && name === "item" ? field(schema["wrapped"], name) : own;
}
