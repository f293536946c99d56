import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, cached, npm, run } from './cache';

/** VS Code's own server and web workbench, as npm carries it: 4.139.1 is VS Code 1.139.1. */
const serverVersion = '4.139.1';
const nodeVersion = '24.9.0';

/** The Node binary the server wants, and the server's folder; fetched on first use. */
export async function fetchServer(log: (line: string) => void = console.error): Promise<{ node: string; server: string }> {
  return { node: await fetchNode(log), server: await fetchCode(log) };
}

async function fetchNode(log: (line: string) => void): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `${platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${process.arch}`;
  const folder = await cached(`node-${nodeVersion}`, async draft => {
    log(`Fetching Node ${nodeVersion} for the editor (once, about 40 MB) …`);
    writeFileSync(path.join(draft, 'package.json'), '{ "private": true }');
    await npm(draft, 'install', `${name}@${nodeVersion}`, '--ignore-scripts', '--no-save');
  });
  return path.join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

async function fetchCode(log: (line: string) => void): Promise<string> {
  const folder = await cached(`code-server-${serverVersion}-patched2`, async draft => {
    log(`Fetching the editor, VS Code 1.${serverVersion.slice(2)} (once, about 100 MB to download, half a minute) …`);
    writeFileSync(path.join(draft, 'package.json'), '{ "private": true }');
    await npm(draft, 'install', `code-server@${serverVersion}`, '--ignore-scripts', '--no-save');
    const code = path.join(draft, 'node_modules/code-server/lib/vscode');
    log('Fetching what the editor and its built-in extensions need …');
    await npm(code, 'install', '--omit=dev', '--ignore-scripts');
    await npm(path.join(code, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    adoptDesktopWays(code);
    log('The editor is ready.');
  });
  return path.join(folder, 'node_modules/code-server/lib/vscode');
}

/** What is changed in the fetched editor so that it behaves as VS Code on a desktop does: [what, expression, replacement]. */
const patches: readonly (readonly [string, RegExp, string])[] = [
  // Links of VS Code start with `vscode:`; this build says `code-oss:`, and its preview would drop the former.
  ['the link scheme', /("?urlProtocol"?:\s*)"code-oss"/g, '$1"vscode"'],
  // An extension in development is only accepted from the address together with a driver that hides notifications.
  ['the address\'s payload', /this\.payload&&\(!this\.isBuilt\|\|this\.enableSmokeTestDriver\)/g, 'this.payload'],
];

function adoptDesktopWays(code: string): void {
  const out = path.join(code, 'out');
  const scripts = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js')).map(file => path.join(out, file));
  const done = new Set<string>();
  for (const file of [path.join(code, 'product.json'), ...scripts]) {
    const text = readFileSync(file, 'utf8');
    const patched = patches.reduce((before, [what, expression, replacement]) => {
      const after = before.replace(expression, replacement);
      if (after !== before) done.add(what);
      return after;
    }, text);
    if (patched !== text) writeFileSync(file, patched);
  }
  const missing = patches.filter(([what]) => !done.has(what)).map(([what]) => what);
  if (missing.length > 0) throw new Error(`This version of the editor keeps ${missing.join(' and ')} somewhere else: see the patches in scripts/editor/server.ts.`);
}

/** A running editor server; `stop` ends it and everything it started, and removes its data unless that was given. */
export interface EditorServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** The user's settings file; what is written here holds for every window of this server. */
  readonly settingsFile: string;
  log(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where settings and extensions live; a temporary folder when absent. */
  readonly data?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packed extensions to install first. */
  readonly install?: readonly string[];
  /** Which of the editor's own extensions it has; all of them when absent. Fewer make every window open sooner. */
  readonly builtIns?: readonly string[];
  /** Folders of further extensions that it has beside its own. */
  readonly further?: readonly string[];
}

/** Settings that keep the editor quiet: nothing that talks to the internet, asks, or opens by itself. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Starts the editor's server, fetched first if need be, and waits until it answers. */
export async function startServer(options: ServerOptions = {}): Promise<EditorServer> {
  const { node, server } = await fetchServer();
  const main = path.join(server, 'out/server-main.js');
  const data = options.data ?? mkdtempSync(path.join(os.tmpdir(), 'desk-editor-'));
  const extensions = path.join(data, 'extensions');
  const settingsFile = path.join(data, 'data/User/settings.json');
  mkdirSync(path.dirname(settingsFile), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  writeFileSync(settingsFile, JSON.stringify(options.settings ?? quietSettings, undefined, 2));
  for (const file of options.install ?? []) {
    const result = await run(node, [main, '--install-extension', file, '--extensions-dir', extensions, '--server-data-dir', data, '--force']);
    if (result.code !== 0 || !result.output.includes('successfully installed')) throw new Error(`Installing ${file} failed:\n${result.output}`);
  }

  if (options.port !== undefined) await mustBeFree(options.port);
  const own = path.join(server, 'extensions');
  const isOwn = options.builtIns === undefined && options.further === undefined;
  const builtIns = isOwn ? [] : ['--builtin-extensions-dir', linkExtensions(path.join(data, 'built-in'), own, options.builtIns ?? readdirSync(own), options.further ?? [])];
  const child = spawn(node, [
    main, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token', '--accept-server-license-terms',
    '--server-data-dir', data, '--extensions-dir', extensions, '--telemetry-level', 'off', ...builtIns,
  ], { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', env: withoutEditor(process.env) });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const log = () => chunks.join('');
  const kill = () => { killTree(child, 'SIGKILL'); };
  process.once('exit', kill);

  const ended = new Promise<void>(resolve => child.once('close', () => { resolve(); }));
  await new Promise<void>((resolve, reject) => {
    const look = () => { if (log().includes('Extension host agent started')) resolve(); };
    child.stdout.on('data', look);
    child.once('error', reject);
    void ended.then(() => { reject(new Error(`The editor's server ended before it was ready:\n${log()}`)); });
  });

  const port = Number(/Extension host agent listening on (\d+)/.exec(log())?.[1]);
  return {
    port, process: child, settingsFile, log,
    stop: async () => {
      process.removeListener('exit', kill);
      killTree(child, 'SIGTERM');
      const timeoutMilliseconds = setTimeout(kill, 2000);
      await ended;
      clearTimeout(timeoutMilliseconds);
      if (options.data === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function linkExtensions(to: string, from: string, names: readonly string[], further: readonly string[]): string {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const folders = new Set([...names, 'node_modules'].map(name => path.join(from, name)).filter(folder => statSync(folder).isDirectory()));
  for (const folder of [...folders, ...further]) symlinkSync(folder, path.join(to, path.basename(folder)), 'junction');
  return to;
}

/** An editor or npm around us must not leak its own settings into this one. */
function withoutEditor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(key)));
}

async function mustBeFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => { reject(new Advice(`Port ${port} is in use. Choose another one with --port, or none for any free port.`)); });
    probe.listen(port, '127.0.0.1', () => probe.close(() => { resolve(); }));
  });
}

function killTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

/** The address that opens a folder, or several by a workspace file, in the editor with the extension in `extension`, and optionally a test module run in it. */
export function workbenchUrl(port: number, options: {
  readonly extension?: string; readonly tests?: string; readonly web?: boolean; readonly payload?: readonly (readonly [string, string])[];
} & ({ readonly folder: string } | { readonly workspace: string })): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(uriPath(file))}`;
  const payload: (readonly [string, string])[] = [...options.payload ?? []];
  if (options.extension !== undefined) payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.tests !== undefined) payload.push(['extensionTestsPath', remote(options.tests)]);
  if (options.web === true) payload.push(['extensionDevelopmentKind', 'web']);
  const query = payload.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : '';
  const opened = 'folder' in options ? `folder=${encodeURIComponent(uriPath(options.folder))}` : `workspace=${encodeURIComponent(uriPath(options.workspace))}`;
  return `http://127.0.0.1:${port}/?${opened}${query}`;
}

function uriPath(file: string): string {
  const slashed = file.split(path.sep).join('/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}
