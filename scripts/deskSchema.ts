// Writes media/desk.schema.json: the schema of desk.yml for completion and for other tools, made from the one that checks it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { deskJsonSchema } from './deskJsonSchema';

writeFileSync(path.join(import.meta.dirname, '../media/desk.schema.json'), deskJsonSchema());
