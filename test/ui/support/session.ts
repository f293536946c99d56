import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/editor/browser';
import { root } from '../../../scripts/editor/cache';
import { type EditorServer, startServer } from '../../../scripts/editor/server';
import { stageExtension } from '../../../scripts/editor/stage';
import { packExtension } from '../../../scripts/vsix';
import type { Workbench } from './workbench';

/** The extension loaded from a folder, for `web` in the extension host of the browser, or installed from its package. */
export type ExtensionSource = 'folder' | 'web' | 'vsix';

/** Pictures, of failures and otherwise, go here. */
export const resultsFolder = path.join(root, 'test-results');

/** The editor's own extensions that matter to ours; the packed extension is tried beside all of them. */
const builtIns = [
  'configuration-editing', 'emmet', 'git-base', 'github-authentication', 'json', 'json-language-features', 'markdown-basics', 'markdown-language-features',
  'mermaid-markdown-features', 'npm', 'theme-defaults', 'theme-seti', 'yaml',
];

/** What the whole run, or in parallel mode one of its processes, shares, each thing made on first use: one browser, one build, one server per extension source. */
const shared: {
  browser?: Promise<Browser>;
  scratch?: string;
  readonly staged: Map<string, Promise<string>>;
  readonly servers: Map<ExtensionSource, Promise<EditorServer>>;
  readonly opened: Set<Workbench>;
  readonly idle: Workbench[];
} = { staged: new Map(), servers: new Map(), opened: new Set(), idle: [] };

/** How many windows wait for other tests at once. */
const maxIdle = 3;

/** A new empty folder that lives as long as the run. */
export function scratchFolder(name: string): string {
  if (shared.scratch === undefined) {
    shared.scratch = mkdtempSync(path.join(os.tmpdir(), 'desk-ui-'));
    process.once('exit', removeScratch);
  }
  return mkdtempSync(path.join(shared.scratch, `${name}-`));
}

/** The browser of this run. */
export function browser(): Promise<Browser> {
  return shared.browser ??= launchBrowser();
}

/** The folder the extension was built into for this run: for the browser with `web`; with `shifted`, so that `responseDesk.test.ahead` in the workspace's settings moves its clock. */
export function stagedExtension(shifted: boolean, web: boolean): Promise<string> {
  const name = `${shifted} ${web}`;
  const known = shared.staged.get(name);
  if (known !== undefined) return known;
  const made = stageExtension({ web, folder: scratchFolder('extension'), ...shifted ? { inject: 'test/host/support/shiftedClock.ts' } : {} });
  shared.staged.set(name, made);
  return made;
}

/** The server for tests that load the extension this way. */
export function server(source: ExtensionSource): Promise<EditorServer> {
  // The browser's extension host needs no server of its own.
  if (source === 'web') return server('folder');
  const known = shared.servers.get(source);
  if (known !== undefined) return known;
  const started = source === 'folder'
    ? startServer({ builtIns, further: [path.join(__dirname, 'driver')] })
    : packExtension(path.join(scratchFolder('package'), 'response-desk.vsix')).then(file => startServer({ install: [file] }));
  shared.servers.set(source, started);
  return started;
}

/** Remembers a window, so that it is pictured if the test fails and closed when it ends. */
export function remember(workbench: Workbench): void {
  shared.opened.add(workbench);
}

/** A window that a test before this one left for others and that suits; it is the caller's now. */
export function takeIdle(suits: (workbench: Workbench) => boolean): Workbench | undefined {
  const found = shared.idle.find(suits);
  if (found !== undefined) shared.idle.splice(shared.idle.indexOf(found), 1);
  return found;
}

/** Closes all windows that wait for other tests. */
export async function closeIdle(): Promise<void> {
  for (const workbench of shared.idle.splice(0)) await workbench.close();
}

/** Ends a test: pictures of what it left open if it failed; its windows are closed but for those that other tests may use. */
export async function endTest(failedTitle: string | undefined): Promise<void> {
  for (const [index, workbench] of [...shared.opened].entries()) {
    if (failedTitle !== undefined) {
      const name = failedTitle.replace(/[^\w]+/g, '-').slice(0, 100);
      await workbench.screenshot(`FAILED-${name}-${index + 1}`).catch(() => undefined);
      mkdirSync(resultsFolder, { recursive: true });
      writeFileSync(path.join(resultsFolder, `FAILED-${name}.log`), workbench.consoleLines().join('\n'));
    } else if (workbench.reusable) {
      shared.idle.push(workbench);
      continue;
    }
    await workbench.close();
  }
  shared.opened.clear();
  while (shared.idle.length > maxIdle) await shared.idle.shift()?.close();
}

/** Ends the run. */
export async function endRun(): Promise<void> {
  await (await shared.browser)?.close();
  for (const started of shared.servers.values()) await started.then(running => running.stop(), () => undefined);
  removeScratch();
}

function removeScratch(): void {
  if (shared.scratch !== undefined && existsSync(shared.scratch)) rmSync(shared.scratch, { recursive: true, force: true, maxRetries: 5 });
}
