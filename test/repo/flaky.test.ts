import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Totals } from '../../scripts/totals';
import { root } from './repository';

const unstable = `
const { existsSync, writeFileSync } = require('node:fs');
const path = require('node:path');
describe('a test', () => {
  it('passes at once', () => {});
  it('passes when it is tried again', () => {
    const mark = path.join(__dirname, 'tried');
    if (existsSync(mark)) return;
    writeFileSync(mark, '');
    throw new Error('too early\\nCall log:\\n  - waiting for a row');
  });
  it('never passes', () => { throw new Error('wrong'); });
});
`;

describe('the report of a test run', () => {
  for (const mode of [[], ['--parallel', '--jobs', '2']]) {
    it(`names a test that passed only when it was tried again (${mode.length === 0 ? 'one process' : 'several processes'})`, () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-flaky-'));
      const tests = path.join(folder, 'test');
      try {
        mkdirSync(tests);
        writeFileSync(path.join(tests, 'unstable.test.cjs'), unstable);
        const run = (env: Readonly<Record<string, string>>) => {
          rmSync(path.join(tests, 'tried'), { force: true });
          return spawnSync(process.execPath, [path.join(root, 'node_modules/mocha/bin/mocha.js'), '--no-config', '--reporter', path.join(root, 'scripts/reporter.cjs'), '--retries', '1', ...mode, path.join(tests, 'unstable.test.cjs')], { cwd: root, encoding: 'utf8', env: { ...process.env, RESPONSE_DESK_TOTALS: undefined, ...env } });
        };
        assert.match(run({}).stdout, /Flaky, passed only when tried again:\n {2}a test passes when it is tried again\n {4}first: too early · waiting for a row · test\/unstable\.test\.cjs:10\n/);
        const file = path.join(folder, 'totals.json');
        run({ RESPONSE_DESK_TOTALS: file });
        const totals: Totals = JSON.parse(readFileSync(file, 'utf8'));
        assert.deepEqual(totals, { passed: 2, failed: 1, skipped: 0, flaky: [{ title: 'a test passes when it is tried again', reason: 'too early · waiting for a row · test/unstable.test.cjs:10' }] });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
