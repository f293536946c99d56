import { exampleKeysInSchema, keysInSchema, schemaAt, valuesInSchema } from "./jsonSchema";
import type { SchemaWord } from "./jsonSchema";
import { placeInYaml } from "./yamlPlace";

/** What may stand at a place in `desk.yml`; it is to replace the word before the cursor. */
export interface DeskSuggestion extends SchemaWord {
  readonly kind: "key" | "value";
}

/**
 * Suggestions for a place (line and column from 0), from the published JSON schema as parsed JSON. Keys that are there
 * already are left out. Works while the text is not yet YAML. `rest` leaves out what an extension for YAML suggests from
 * the schema too: declared keys, and values.
 */
export function completeDesk(text: string, line: number, column: number, schema: unknown, wanted: "all" | "rest" = "all"): readonly DeskSuggestion[] {
  const place = placeInYaml(text, line, column);
  if (place === undefined) return [];
  if (place.kind === "value") {
    const values = place.path.join() === "timezone" ? timezones() : wanted === "all" ? valuesInSchema(schemaAt(schema, place.path)) : [];
    return values.map((word) => ({ kind: "value", ...word }));
  }
  const schemas = schemaAt(schema, place.path);
  return [...(wanted === "all" ? keysInSchema(schemas) : []), ...exampleKeysInSchema(schemas)]
    .filter((word) => !place.present.includes(word.text))
    .map((word) => ({ kind: "key", ...word }));
}

/** What is known of the extension for YAML (`redhat.vscode-yaml`), and of a document. */
export interface YamlSupport {
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

function timezones(): readonly SchemaWord[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((text) => ({ text }));
}
