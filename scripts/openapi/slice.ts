// Writes test/support/fakeGithub/openapi.json, the part of GitHub's description that the fake GitHub is held to: npm run openapi [-- --check]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Advice, root, runMain } from '../editor/cache';
import { readDescription } from './description';
import { makeSlice } from './makeSlice';

runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const file = path.join(root, 'test/support/fakeGithub/openapi.json');
  const slice = makeSlice(await readDescription());
  if (!values.check) writeFileSync(file, slice);
  else if (readFileSync(file, 'utf8') !== slice) throw new Advice(`${path.relative(root, file)} is not what the pinned description gives. Run npm run openapi.`);
});
