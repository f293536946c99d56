import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deskJsonSchema } from "../../../../scripts/deskJsonSchema";

describe("The published schema of desk.yml", () => {
  const published = readFileSync("media/desk.schema.json", "utf8");

  it("matches the validating schema (otherwise run: npx tsx scripts/deskSchema.ts)", () => {
    assert.equal(published, deskJsonSchema());
  });

  it("explains every key", () => {
    const bare: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === "properties" && typeof value === "object") {
          for (const [name, property] of Object.entries<{ description?: string }>(value)) {
            if (property.description === undefined) bare.push(`${path}.${name}`);
          }
        }
        visit(value, `${path}.${key}`);
      }
    };
    visit(JSON.parse(published), "");
    assert.deepEqual(bare, []);
  });
});
