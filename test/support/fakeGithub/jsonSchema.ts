type Node = Readonly<Record<string, unknown>>;

/** Converts a schema of an OpenAPI 3.0 description to JSON Schema that rejects unknown fields. */
export function jsonSchema(schema: unknown, whole: Node): unknown {
  if (Array.isArray(schema)) return schema.map(one => jsonSchema(one, whole));
  if (!isNode(schema)) return schema;
  if (Array.isArray(schema["allOf"])) return jsonSchema(merged(schema["allOf"], whole), whole);
  const { nullable, oneOf, ...rest } = schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [
    key,
    key === "properties" && isNode(value) ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, jsonSchema(eased(name, field, value), whole)]))
      : ["enum", "required", "$ref"].includes(key) ? value : jsonSchema(value, whole),
  ]));
  // Some alternatives of the description overlap, so a value can match more than one.
  const anyOf = oneOf === undefined ? inner["anyOf"] : jsonSchema(oneOf, whole);
  const closed = { ...inner, ...anyOf === undefined ? {} : { anyOf }, ...isNode(inner["properties"]) && inner["additionalProperties"] === undefined ? { additionalProperties: false } : {} };
  return nullable === true ? { anyOf: [closed, { type: "null" }] } : closed;
}

/** Relaxes the description where it is stricter than GitHub: a homepage and a list of labels can be empty, and search results can have no body. */
function eased(name: string, schema: unknown, fields: Node): unknown {
  if (!isNode(schema)) return schema;
  const { format, minItems, ...rest } = schema;
  return {
    ...rest,
    ...name === "body" && "score" in fields ? { nullable: true } : {},
    ...format === undefined || name === "homepage" ? {} : { format },
    ...minItems === undefined || name === "labels" ? {} : { minItems },
  };
}

/** Merges schemas that must all match, because schemas that reject unknown fields cannot be combined. */
function merged(parts: readonly unknown[], whole: Node): Node {
  const all = parts.map(part => isNode(part) && typeof part["$ref"] === "string" ? lookUp(whole, part["$ref"]) : part).filter(isNode);
  return {
    type: "object",
    properties: Object.assign({}, ...all.map(part => part["properties"])) as Node,
    required: all.flatMap(part => Array.isArray(part["required"]) ? part["required"] : []),
  };
}

function lookUp(whole: Node, ref: string): unknown {
  return ref.split("/").slice(1).reduce<unknown>((inner, key) => isNode(inner) ? inner[key] : undefined, whole);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
