import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { filesBelow, manifest, root, text } from './repository';

interface Metafile { readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[] }>> }

describe('the host bundle', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bundle-'));
  const bundle = path.join(folder, 'dist/extension.js');

  before(function () {
    execFileSync(process.execPath, ['esbuild.mjs', '--production', `--outdir=${path.join(folder, 'dist')}`, `--metafile=${folder}`], { cwd: root, stdio: 'pipe' });
  });

  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('is at most 1 MB', () => {
    const { size } = statSync(bundle);
    assert.ok(size <= 1_000_000, `${size} bytes`);
  });

  it('has no character beyond Latin-1, for one of them doubles what the whole text takes in memory', () => {
    const wide = /[^\u0000-\u00FF]/.exec(readFileSync(bundle, 'utf8'));
    assert.equal(wide, null, `${wide?.[0] ?? ''} at ${wide?.index ?? 0}: write it as an escape, in regular expressions too`);
  });

  it('activates without Node and registers exactly the commands of the manifest', () => {
    const commands: string[] = [];
    const module: { exports: Record<string, unknown> } = { exports: {} };
    // A bare context: ECMAScript and what every host offers, no process, Buffer or require of Node.
    const context = vm.createContext({ module, exports: module.exports, require: (name: string) => {
      assert.equal(name, 'vscode');
      // As a prototype, because bundles copy a module's own members and inherit the rest.
      return Object.create(Object(anything({ registerCommand: (id: string) => { commands.push(id); return anything(); } })));
    }, TextEncoder, TextDecoder, URL, AbortController, setTimeout, clearTimeout, setInterval: () => 0, clearInterval, queueMicrotask });
    vm.runInContext(readFileSync(bundle, 'utf8'), context, { filename: 'extension.js' });
    const { activate } = module.exports;
    assert.equal(typeof activate, 'function');
    const api: unknown = typeof activate === 'function' ? activate(anything({ subscriptions: [] })) : undefined;
    assert.ok(!(api instanceof Promise), 'activate must not wait');
    const declared = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(commands.filter(id => !id.startsWith('responseDesk._') && !declared.includes(id)), [], 'registered, but not in the manifest');
    assert.deepEqual(declared.filter(id => !commands.includes(id)), [], 'in the manifest, but not registered');
    const called = filesBelow('src', '.ts').flatMap(file => [...text(file).matchAll(/["'](responseDesk\._[\w.]+)["']/g)].map(match => match[1] ?? ''));
    assert.deepEqual(called.filter(id => !commands.includes(id)), [], 'named in the sources, but not registered');
  });

  it('evaluates no library before its first use', () => {
    const meta: Metafile = JSON.parse(readFileSync(path.join(folder, 'host.meta.json'), 'utf8'));
    const eager = new Set<string>();
    const visit = (file: string) => {
      if (eager.has(file)) return;
      eager.add(file);
      for (const { path: next, kind, external } of meta.inputs[file]?.imports ?? []) {
        if (external !== true && kind !== 'dynamic-import') visit(next);
      }
    };
    visit('src/extension.ts');
    assert.ok(eager.size > 1);
    assert.deepEqual([...eager].filter(file => file.includes('node_modules/')), []);
  });
});

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
