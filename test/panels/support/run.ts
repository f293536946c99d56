import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/editor/browser';
import { root, run } from '../../../scripts/editor/cache';

/** What all tests share: one browser and one build of the clients. */
interface Checklist {
  readonly browser: Browser;
  /** The files of `dist/webview` by name. */
  readonly bundles: ReadonlyMap<string, Buffer>;
}

let current: Checklist | undefined;

/** Builds the clients as the product does, and starts the browser. */
export async function startChecklist(): Promise<void> {
  // A browser that is left open would keep a run from ending whose build failed.
  const bundles = await build();
  current = { browser: await launchBrowser(), bundles };
}

export async function endRun(): Promise<void> {
  await current?.browser.close();
  current = undefined;
}

/** The browser and the bundles of this run. */
export function sharedRun(): Checklist {
  if (current === undefined) throw new Error('The run has not started: use test/panels/.mocharc.json.');
  return current;
}

async function build(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-panels-'));
  try {
    const { code, output } = await run(process.execPath, [path.join(root, 'esbuild.mjs'), `--outdir=${folder}`], { cwd: root });
    if (code !== 0) throw new Error(`The build failed:\n${output}`);
    const webview = path.join(folder, 'webview');
    return new Map(readdirSync(webview).map(file => [file, readFileSync(path.join(webview, file))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
