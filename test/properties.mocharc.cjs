// The files with property tests whose examples `npm test` cuts down, with all their examples: what `npm run test:rest` adds to it.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const shared = require('../.mocharc.json');

process.env.RESPONSE_DESK_RUNS ??= 'all';

const root = path.join(__dirname, '..');
const files = ['test/unit', 'test/contract', 'test/repo'].flatMap(folder => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts'))
  .map(file => path.join(folder, file)));

module.exports = {
  ...shared,
  parallel: true,
  jobs: 2,
  spec: files.filter(file => readFileSync(path.join(root, file), 'utf8').includes('propertyRuns(')),
};
