import { readdirSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { Advice, root } from './editor/cache';

/**
 * Bundles mocha and every test under test/host into one module whose `run()` runs them in whichever extension host loads it.
 * Gives the module's path without an ending, as VS Code wants it.
 */
export async function bundleHostTests(folder: string, grep: string): Promise<string> {
  const tests = path.join(root, 'test/host');
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Advice('There are no tests in test/host.');
  const lines = [
    'require("mocha/mocha.js");',
    'const { prepare, start } = require("./run");',
    'prepare();',
    ...files.map(file => `require(${JSON.stringify(`./${file.split(path.sep).join('/')}`)});`),
    // Mocha's bundle sets module.exports to itself, so this has to come last and replace it.
    `module.exports = { run: () => start(${JSON.stringify(grep)}) };`,
  ];
  await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: lines.join('\n'), resolveDir: tests, sourcefile: 'index.js' },
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    // As for the extension itself, whose libraries some tests load.
    alias: { 'node:path': 'path-browserify', 'moment-timezone': 'moment-timezone/moment-timezone.js' },
    define: { window: 'globalThis' },
    sourcemap: 'inline',
    logLevel: 'warning',
    tsconfig: path.join(root, 'tsconfig.host-test.json'),
  });
  return path.join(folder, 'index.js');
}
