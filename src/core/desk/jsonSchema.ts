import { isRecord } from "../isRecord";

/** A word that a JSON schema allows, and what it says about it. */
export interface SchemaWord {
  readonly text: string;
  readonly description?: string;
}

/** The parts of a JSON schema that describe what is at a path of keys; lists are looked into without a step of their own. */
export function schemaAt(schema: unknown, path: readonly string[]): readonly unknown[] {
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
export function keysInSchema(schemas: readonly unknown[]): readonly SchemaWord[] {
  return schemas.flatMap(alternatives).flatMap((part) => {
    const properties = member(part, "properties");
    return isRecord(properties) ? Object.entries(properties).map(([text, own]) => word(text, own)) : [];
  });
}

/** Examples of keys for a map of these schemas whose keys a person makes up. */
export function exampleKeysInSchema(schemas: readonly unknown[]): readonly SchemaWord[] {
  return schemas.flatMap(alternatives).flatMap((part) =>
    strings(member(member(part, "propertyNames"), "examples")).map((text) => word(text, member(part, "additionalProperties"))),
  );
}

/** The values that these schemas name, as YAML. */
export function valuesInSchema(schemas: readonly unknown[]): readonly SchemaWord[] {
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

function word(text: string, schema: unknown): SchemaWord {
  const description = member(schema, "description");
  return typeof description === "string" ? { text, description } : { text };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function member(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
