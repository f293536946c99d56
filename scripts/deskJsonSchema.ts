import { toJsonSchema } from '@valibot/to-json-schema';
import { deskSchema } from '../src/core/desk/schema';

/** The JSON Schema of desk.yml as it stands in media/desk.schema.json. */
export function deskJsonSchema(): string {
  return `${JSON.stringify(toJsonSchema(deskSchema, { typeMode: 'input' }), null, 2)}\n`;
}
