import { yamlPositionAt } from "../markup/yamlPosition";
import { isRecord } from "../model/plainData";

/** A completion in `desk.yml`. It replaces the word before the cursor. */
interface DeskSuggestion extends SchemaValue {
  readonly kind: "key" | "value";
}

/**
 * Suggests keys and values at a position (zero-based line and column), using the published JSON schema. Existing keys are
 * omitted. Works on text that is not valid YAML yet. With `rest`, suggestions that the YAML extension makes from the schema,
 * which are declared keys and values, are omitted.
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

/** The YAML extension (`redhat.vscode-yaml`) and a document. */
interface YamlSupport {
  /** Whether it is installed and enabled. */
  readonly installed: boolean;
  /** Its setting `yaml.completion`. It completes unless this is false. */
  readonly completion: unknown;
  readonly languageId: string;
}

/** Whether the YAML extension completes the document from the schema contributed by the manifest. */
export function isCompletedFromSchema({ installed, completion, languageId }: YamlSupport): boolean {
  return installed && completion !== false && languageId === "yaml";
}

function timezones(): readonly SchemaValue[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((text) => ({ text }));
}

/** A value allowed by a JSON schema, with its description. */
interface SchemaValue {
  readonly text: string;
  readonly description?: string;
}

/** The sub-schemas at a path of keys. Lists are entered without a path segment. */
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

/** The keys that these schemas declare for a map. */
function keysInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap(alternatives).flatMap((part) => {
    const properties = member(part, "properties");
    return isRecord(properties) ? Object.entries(properties).map(([text, own]) => word(text, own)) : [];
  });
}

/** Example keys for maps with custom keys. */
function exampleKeysInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap(alternatives).flatMap((part) =>
    strings(member(member(part, "propertyNames"), "examples")).map((text) => word(text, member(part, "additionalProperties"))),
  );
}

/** The values that these schemas list, as YAML. */
function valuesInSchema(schemas: readonly unknown[]): readonly SchemaValue[] {
  return schemas.flatMap((part) => {
    if (member(part, "type") === "boolean") return [{ text: "true" }, { text: "false" }];
    const examples = member(part, "examples");
    if (!Array.isArray(examples)) return [];
    return examples.map((example: unknown) => ({ text: typeof example === "string" ? example : JSON.stringify(example) }));
  });
}

/** The schema itself, its `anyOf` alternatives, or those of its list items. */
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
