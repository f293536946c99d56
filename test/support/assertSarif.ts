import assert from "node:assert/strict";
import Ajv from "ajv";

const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };
const count = { type: "integer", minimum: 1 };

/** The properties of SARIF 2.1.0 and of code scanning results that are allowed. Others are rejected. */
const schema = object({
  version: { const: "2.1.0" },
  $schema: { type: "string" },
  runs: list(object({
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    tool: object({ driver: object({ name: { type: "string" }, rules: { ...list(object({ id: { type: "string" } })), uniqueItems: true } }) }),
    results: list(object({
      ruleId: { type: "string" },
      level: { enum: ["none", "note", "warning", "error"] },
      message: text,
      locations: list(object({
        physicalLocation: object({
          artifactLocation: object({ uri: { type: "string", pattern: "^[\\w%./~!*'()-]+$" }, uriBaseId: { type: "string" } }),
          region: object({ startLine: count, startColumn: count, endLine: count, endColumn: count }),
        }),
      })),
    })),
  })),
});

function object(properties: Readonly<Record<string, object>>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function list(items: object): object {
  return { type: "array", items };
}

/** Fails unless the value is a valid log that defines every rule of its results. */
export function assertSarif(log: unknown): void {
  const validate = new Ajv().compile<{ readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly { readonly ruleId: string }[] }[] }>(schema);
  assert.ok(validate(log), JSON.stringify(validate.errors));
  for (const { tool, results } of log.runs) {
    const known = tool.driver.rules.map(({ id }) => id);
    assert.deepEqual(results.filter(({ ruleId }) => !known.includes(ruleId)), []);
  }
}
