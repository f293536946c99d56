import type { YamlTree } from "../desk/yamlTree";
import { mostOfFrontMatter, readFrontMatterYaml } from "../frontMatter";
import { textStart, type TextRange } from "../problem";

/** The `key: value` pairs of a YAML head, places counted from its own first line. */
export interface Fields {
  readonly fields: ReadonlyMap<string, Field>;
  /** Why the YAML could not be read as it should; the fields are then what could be saved line by line. */
  readonly flaw?: { readonly reason: string; readonly range: TextRange };
}

export interface Field {
  /** One text, several, or `undefined` for what is neither. */
  readonly value: string | readonly string[] | undefined;
  readonly range: TextRange;
}

/** Reads a small YAML map. Never throws; bad YAML is a flaw and loses no line that is fine by itself. */
export function readFields(text: string): Fields {
  if (text.length > mostOfFrontMatter) return { fields: new Map(), flaw: { reason: "tooLarge", range: textStart } };
  const plain = readPlainLines(text);
  if (plain.whole) return { fields: plain.fields };
  const { tree, flaws } = readFrontMatterYaml(text);
  const [flaw] = flaws.filter((one) => one.severity === "error");
  if (tree === undefined) return { fields: plain.fields, flaw: flaw ?? { reason: "unreadable", range: textStart } };
  if (tree.kind !== "map") return { fields: new Map(), flaw: { reason: "noMap", range: tree.range } };
  return { fields: new Map(tree.entries.map((entry) => [entry.key, { value: textsOf(entry.value), range: entry.value.range }])) };
}

function textsOf(tree: YamlTree): Field["value"] {
  if (tree.kind === "scalar") return tree.value === null ? undefined : String(tree.value);
  if (tree.kind === "map") return undefined;
  const texts = tree.items.map(textsOf);
  return texts.flatMap((text) => (typeof text === "string" ? [text] : []));
}

// Only what every YAML reader takes for the same text: a word that is no number, truth value or null, a date, a duration.
const word = /^(?!(?:true|false|null|yes|no|on|off|nan|inf)$)(?:[A-Za-z](?:[\w/-]|'(?=\w))*(?: [\w/-](?:[\w/-]|'(?=\w))*)*|\d{4}-\d\d-\d\d|[1-9]\d*[mhdw])$/i;
const line = /^([A-Za-z][\w-]*):(?: +(?:"([^"\\\n]*)"|\[((?:[^[\]{}"'#&*!|>%@`:]|"[^"\\\n]*")*)\]|([^\n]*)))?$/;

/** Most heads are a few plain lines, and a whole YAML reader takes longer for them than all of the Markdown below. */
function readPlainLines(text: string): { readonly fields: ReadonlyMap<string, Field>; readonly whole: boolean } {
  const fields = new Map<string, Field>();
  let whole = true;
  text.split("\n").forEach((source, index) => {
    if (source.trim() === "" || source.startsWith("#")) return;
    const [, key, quoted, list, plain] = line.exec(source.trimEnd()) ?? [];
    const value = quoted ?? (list === undefined ? undefined : readPlainList(list)) ?? (plain !== undefined && word.test(plain) ? plain : undefined);
    if (key === undefined || value === undefined || fields.has(key)) {
      whole = false;
      if (key === undefined || plain === undefined || plain === "" || fields.has(key)) return;
    }
    const startColumn = source.length - source.slice(key.length + 1).trimStart().length;
    fields.set(key, {
      value: value ?? plain,
      range: { startLine: index, startColumn, endLine: index, endColumn: source.trimEnd().length },
    });
  });
  return { fields, whole };
}

function readPlainList(source: string): readonly string[] | undefined {
  const items = source.trim() === "" ? [] : splitAtCommas(source).map((item) => item.trim());
  const texts = items.map((item) => (word.test(item) ? item : /^"([^"]*)"$/.exec(item)?.[1]));
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** The parts between the commas that stand in no quotes. */
function splitAtCommas(source: string): readonly string[] {
  const parts = [""];
  for (const [piece] of source.matchAll(/"[^"]*"|,|[^,"]+/g)) {
    if (piece === ",") parts.push("");
    else parts.push((parts.pop() ?? "") + piece);
  }
  return parts;
}
