import { keysInSchema, schemaAt, valuesInSchema } from "./jsonSchema";
import type { SchemaWord } from "./jsonSchema";
import { placeInYaml } from "./yamlPlace";

/** What may stand at a place in `desk.yml`; it is to replace the word before the cursor. */
export interface DeskSuggestion extends SchemaWord {
  readonly kind: "key" | "value";
}

/**
 * Suggestions for a place (line and column from 0), from the published JSON schema as parsed JSON. Keys that are there
 * already are left out. Works while the text is not yet YAML.
 */
export function completeDesk(text: string, line: number, column: number, schema: unknown): readonly DeskSuggestion[] {
  const place = placeInYaml(text, line, column);
  if (place === undefined) return [];
  if (place.kind === "value") {
    const values = place.path.join() === "timezone" ? timezones() : valuesInSchema(schemaAt(schema, place.path));
    return values.map((word) => ({ kind: "value", ...word }));
  }
  return keysInSchema(schemaAt(schema, place.path))
    .filter((word) => !place.present.includes(word.text))
    .map((word) => ({ kind: "key", ...word }));
}

function timezones(): readonly SchemaWord[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((text) => ({ text }));
}
