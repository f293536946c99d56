import { data } from 'date-holidays/data';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { sharedBuild } from '../../scripts/editor/build';
import { run } from '../../scripts/editor/cache';
import { type HolidayRules, publicHolidays } from '../../src/calendars/readClosures';
import { propertyRuns } from '../support/propertyRuns';
import { filesBelow, manifest, text } from './repository';

interface Input { readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[] }

interface Metafile { readonly inputs: Readonly<Record<string, Input>>; readonly outputs: Readonly<Record<string, { readonly imports: Input['imports'] }>> }

describe('the build', () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'desk-bundle-'));
  let folder: string;
  let dist: string;
  const built = (ending: RegExp) => readdirSync(dist, { recursive: true, encoding: 'utf8' }).map(name => name.split(path.sep).join('/')).filter(name => ending.test(name));
  const meta = (name: string): Metafile => JSON.parse(readFileSync(path.join(folder, `${name}.meta.json`), 'utf8'));

  before(async () => {
    folder = await sharedBuild();
    dist = path.join(folder, 'dist');
  });

  after(() => { rmSync(scratch, { recursive: true, force: true }); });

  it('has no plugin', () => {
    assert.deepEqual(['esbuild.mjs', ...filesBelow('scripts')].filter(file => /\bplugins\b|\bonLoad\b|\bonResolve\b/.test(text(file))), []);
  });

  it('evaluates no text as code, in the sources and in what is built', () => {
    const evaluates = /\bnew Function\b|(?<![.\w])Function\(["'`]|(?<![.\w])eval\(|\bimport\(\s*["'`](?:data|blob):|\bcreateObjectURL\b/;
    assert.match('new Function("module", text)', evaluates);
    assert.match('await import("data:text/javascript,0")', evaluates);
    const sources = filesBelow('src').filter(file => /\.m?[jt]s$/.test(file)).filter(file => evaluates.test(text(file)));
    assert.deepEqual(sources, []);
    const scripts = built(/\.m?js$/);
    assert.ok(scripts.length > 3);
    // Lodash asks so for the global object, where there is no `globalThis`.
    const script = (file: string) => readFileSync(path.join(dist, file), 'utf8').replaceAll('Function("return this")()', 'globalThis');
    assert.deepEqual(scripts.filter(file => evaluates.test(script(file))), []);
  });

  it('imports nothing but the editor, so no Node built-in', () => {
    for (const name of ['desktopStart', 'desktopOnDemand', 'browser']) {
      const outside = Object.values(meta(name).outputs).flatMap(({ imports }) => imports).filter(({ external }) => external === true).map(({ path: target, kind }) => `${kind} ${target}`);
      // Secretlint tries the two of Node, and goes on without them.
      const optional = ['dynamic-import node:crypto', 'dynamic-import node:fs'];
      const editor = name === 'browser' ? 'require-call vscode' : 'import-statement vscode';
      assert.deepEqual([...new Set(outside)].sort(), name === 'desktopStart' ? ['dynamic-import #onDemand', editor] : [...optional, editor], name);
    }
  });

  it('keeps a source map of every script, and no script asks for it where it is installed', () => {
    const maps = built(/\.map$/);
    const scripts = built(/\.m?js$/);
    assert.deepEqual(scripts.filter(file => !maps.includes(`${file}.map`)), []);
    assert.deepEqual(scripts.filter(file => readFileSync(path.join(dist, file), 'utf8').includes('sourceMappingURL=')), []);
  });

  it('evaluates no library before its first use', () => {
    for (const name of ['desktopStart', 'browser']) {
      const { inputs } = meta(name);
      const eager = new Set<string>();
      const visit = (file: string) => {
        if (eager.has(file)) return;
        eager.add(file);
        for (const { path: next, kind, external } of inputs[file]?.imports ?? []) if (external !== true && kind !== 'dynamic-import') visit(next);
      };
      visit('src/extension.ts');
      assert.ok(eager.size > 1);
      assert.deepEqual([...eager].filter(file => file.includes('node_modules/')), [], name);
    }
  });

  it('starts the desktop from one file, which leaves all others for later', () => {
    const outputs = Object.entries(meta('desktopStart').outputs).filter(([file]) => file.endsWith('.mjs'));
    assert.equal(outputs.length, 1);
    const path = manifest().imports['#onDemand'] ?? '';
    assert.ok(built(/\.mjs$/).map(file => `./dist/${file}`).includes(path), path);
  });

  it('ships rules of public holidays by which they fall on the same days as by those of the package', () => {
    const shipped: HolidayRules = JSON.parse(readFileSync(path.join(dist, 'holidays.json'), 'utf8'));
    const places = Object.entries(data.holidays).flatMap(([country, { states, regions }]: [string, { states?: object; regions?: object }]) =>
      [undefined, ...Object.keys(states ?? regions ?? {})].map(region => [country, region] as const));
    assert.ok(places.length > 500);
    // All countries and regions take ten seconds.
    const step = Math.ceil(places.length / propertyRuns(places.length));
    for (const [country, region] of places.filter((_, index) => index % step === 0)) {
      const [ours, theirs] = [publicHolidays(shipped, country, region), publicHolidays(data, country, region)];
      assert.ok(ours.kind === 'ok' && theirs.kind === 'ok', `${country} ${region ?? ''}`);
      assert.deepEqual(ours.value(2026), theirs.value(2026), `${country} ${region ?? ''}`);
    }
  });

  it('activates from the browser bundle without Node, and registers exactly the commands of the manifest', () => {
    const commands: string[] = [];
    const module: { exports: Record<string, unknown> } = { exports: {} };
    // A bare context: ECMAScript and what every host offers, no process, Buffer or require of Node.
    const context = vm.createContext({ module, exports: module.exports, require: (name: string) => {
      assert.equal(name, 'vscode');
      // As a prototype, because bundles copy a module's own members and inherit the rest.
      return Object.create(Object(anything({ registerCommand: (id: string) => { commands.push(id); return anything(); } })));
    }, TextEncoder, TextDecoder, URL, AbortController, setTimeout, clearTimeout, setInterval: () => 0, clearInterval, queueMicrotask });
    vm.runInContext(readFileSync(path.join(dist, 'browser/extension.js'), 'utf8'), context, { filename: 'extension.js' });
    const { activate } = module.exports;
    assert.equal(typeof activate, 'function');
    const api: unknown = typeof activate === 'function' ? activate(anything({ subscriptions: [] })) : undefined;
    assert.ok(!(api instanceof Promise), 'activate must not wait');
    assertRegistered(commands);
  });

  it('activates from the desktop bundle, and registers the same', async () => {
    // A process of its own: this one resolves modules with the loader that runs the tests.
    const probe = path.join(scratch, 'probe.mjs');
    writeFileSync(probe, desktopProbe(pathToFileURL(path.join(dist, 'desktop/extension.mjs')).href));
    const { code, output } = await run(process.execPath, [probe]);
    assert.equal(code, 0, output);
    assertRegistered(JSON.parse(output));
  });
});

function assertRegistered(commands: readonly string[]): void {
  const declared = manifest().contributes.commands.map(({ command }) => command);
  assert.deepEqual(commands.filter(id => !id.startsWith('responseDesk._') && !declared.includes(id)), [], 'registered, but not in the manifest');
  assert.deepEqual(declared.filter(id => !commands.includes(id)), [], 'in the manifest, but not registered');
  const called = filesBelow('src', '.ts').flatMap(file => [...text(file).matchAll(/["'](responseDesk\._[\w.]+)["']/g)].map(match => match[1] ?? ''));
  assert.deepEqual(called.filter(id => !commands.includes(id)), [], 'named in the sources, but not registered');
}

/** Stands for the whole of `vscode` while nothing of it matters: every member is a function, a class and a namespace at once. */
function anything(known: Readonly<Record<string, unknown>> = {}): unknown {
  return new Proxy(function () { /* stands for anything */ }, {
    get: (_target, name) => {
      if (typeof name === 'string' && name in known) return known[name];
      if (name === Symbol.toPrimitive) return () => '';
      if (name === Symbol.iterator) return [][Symbol.iterator].bind([]);
      return name === 'then' || typeof name === 'symbol' ? undefined : name === 'prototype' ? {} : anything(known);
    },
    apply: () => anything(known),
    construct: () => Object(anything(known)),
  });
}

/** A program that activates the ES module with a stand-in for `vscode`, as the editor's loader offers it, and prints the commands it registers. */
function desktopProbe(extension: string): string {
  const members = [...new Set(filesBelow('src', '.ts').flatMap(file => [...text(file).matchAll(/\bvscode\.(\w+)/g)].map(match => match[1] ?? '')))];
  const editor = `const { anything } = globalThis.probe;\n${members.map(name => `const a_${name} = anything; export { a_${name} as ${name} };`).join('\n')}`;
  return `
import { register } from 'node:module';
const commands = [];
// The compiler of the tests names functions by it.
const __name = value => value;
${anything.toString()}
globalThis.probe = { anything: anything({ registerCommand: id => { commands.push(id); return anything(); } }) };
const editor = 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(editor)});
register('data:text/javascript,' + encodeURIComponent('export const resolve = (name, context, next) => name === "vscode" ? { url: ' + JSON.stringify(editor) + ', shortCircuit: true } : next(name, context);'));
const { activate } = await import(${JSON.stringify(extension)});
const api = activate(anything({ subscriptions: [] }));
if (api instanceof Promise) throw new Error('activate must not wait');
console.log(JSON.stringify(commands));
process.exit(0);
`;
}
