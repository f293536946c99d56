import { isRecord } from "../model/record";

/** What may stand at a place in `desk.yml`; it is to replace the word before the cursor. */
interface DeskSuggestion extends SchemaValue {
  readonly kind: "key" | "value";
}

/**
 * Suggestions for a place (line and column from 0), from the published JSON schema as parsed JSON. Keys that are there
 * already are left out. Works while the text is not yet YAML. `rest` leaves out what an extension for YAML suggests from
 * the schema too: declared keys, and values.
 */
export function completeDesk(text: string, line: number, column: number, schema: unknown, wanted: "all" | "rest" = "all"): readonly DeskSuggestion[] {
  const position = yamlPositionAt(text, line, column);
  if (position === undefined) return [];
  if (position.kind === "value") {
    const values = position.path.join() === "timezone" ? timezones() : wanted === "all" ? valuesInSchema(schemaAt(schema, position.path)) : [];
    return values.map((word) => ({ kind: "value", ...word }));
  }
  const schemas = schemaAt(schema, position.path);
  return [...(wanted === "all" ? keysInSchema(schemas) : []), ...exampleKeysInSchema(schemas)]
    .filter((word) => !position.present.includes(word.text))
    .map((word) => ({ kind: "key", ...word }));
}

/** What is known of the extension for YAML (`redhat.vscode-yaml`), and of a document. */
interface YamlSupport {
  /** It is installed and enabled. */
  readonly installed: boolean;
  /** Its setting `yaml.completion`; it completes unless this is false. */
  readonly completion: unknown;
  readonly languageId: string;
}

/** Whether that extension completes the document from the schema that the manifest contributes to it. */
export function isCompletedFromSchema({ installed, completion, languageId }: YamlSupport): boolean {
  return installed && completion !== false && languageId === "yaml";
}

function timezones(): readonly SchemaValue[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((text) => ({ text }));
}

/** A word that a JSON schema allows, and what it says about it. */
interface SchemaValue {
  readonly text: string;
  readonly description?: string;
}

/** The parts of a JSON schema that describe what is at a path of keys; lists are looked into without a step of their own. */
function schemaAt(schema: unknown, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (parts, key) => parts.flatMap(alternatives).flatMap((part) => {
      const own = member(member(part, "properties"), key);
      const rest = member(part, "additionalProperties");
      return own !== undefined ? [own] : isRecord(rest) ? [rest] : [];
    }),
    [schema],
  );
}

/** The keys that a map of these schemas declares. */
function keysInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap(alternatives).flatMap((part) => {
    const properties = member(part, "properties");
    return isRecord(properties) ? Object.entries(properties).map(([text, own]) => word(text, own)) : [];
  });
}

/** Examples of keys for a map of these schemas whose keys a person makes up. */
function exampleKeysInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap(alternatives).flatMap((part) =>
    strings(member(member(part, "propertyNames"), "examples")).map((text) => word(text, member(part, "additionalProperties"))),
  );
}

/** The values that these schemas name, as YAML. */
function valuesInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap((part) => {
    if (member(part, "type") === "boolean") return [{ text: "true" }, { text: "false" }];
    const examples = member(part, "examples");
    if (!Array.isArray(examples)) return [];
    return examples.map((example: unknown) => ({ text: typeof example === "string" ? example : JSON.stringify(example) }));
  });
}

/** A schema itself, or those it says any of, or those of its list's items. */
function alternatives(schema: unknown): readonly unknown[] {
  const any = member(schema, "anyOf");
  if (Array.isArray(any)) return any.flatMap(alternatives);
  const items = member(schema, "items");
  return items === undefined ? [schema] : alternatives(items);
}

function word(text: string, schema: unknown): SchemaValue {
  const description = member(schema, "description");
  return typeof description === "string" ? { text, description } : { text };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function member(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Where a cursor stands: where a key may begin in the map at `path`, or in the value at `path`. List items have no part of their own in a path. */
type YamlPosition =
  | { readonly kind: "key"; readonly path: readonly string[]; readonly present: readonly string[] }
  | { readonly kind: "value"; readonly path: readonly string[] };

/**
 * The place of a cursor by indentation, for texts that are no YAML yet: block maps and lists, and flow maps on one line.
 * `undefined` in comments, quotes and elsewhere.
 */
function yamlPositionAt(text: string, line: number, column: number): YamlPosition | undefined {
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

/** The `{` that are still open, and the key before each. */
function openFlows(before: string): readonly { readonly at: number; readonly key: string | undefined }[] {
  const open: { at: number; key: string | undefined }[] = [];
  for (const { 0: brace, index } of before.matchAll(/[{}]/g)) {
    if (brace === "{") open.push({ at: index, key: /([\w-]+):\s*$/.exec(before.slice(0, index))?.[1] });
    else open.pop();
  }
  return open;
}

/** Keys of the lines that enclose this one, the outermost first. */
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

/** Column at which a line's own words begin, after its list dashes. */
function contentIndent(text: string): number {
  return /^\s*(?:- +)*/.exec(text)?.[0].length ?? 0;
}

function lineKey(text: string): string | undefined {
  return /^\s*(?:- +)*["']?([^\s#"'{[][^:#"']*)["']?:(?:\s|$)/.exec(text)?.[1];
}

function isBlank(text: string): boolean {
  return /^\s*(#|$)/.test(text);
}
