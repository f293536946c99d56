import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/editor/browser';
import { sharedBuild } from '../../../scripts/editor/build';

/** What all tests share: one browser and one build of the clients. */
interface Run {
  readonly browser: Browser;
  /** The files of `dist/webview` by name. */
  readonly bundles: ReadonlyMap<string, Buffer>;
}

let current: Run | undefined;

/** Builds the clients as they are shipped, and starts the browser. */
export async function startRun(): Promise<void> {
  // An open browser would keep the run from ending after a failed build.
  const bundles = await readBundles();
  current = { browser: await launchBrowser(), bundles };
}

export async function endRun(): Promise<void> {
  await current?.browser.close();
  current = undefined;
}

/** The browser and the bundles of this run. */
export function sharedRun(): Run {
  if (current === undefined) throw new Error('The run has not started: use test/panels/.mocharc.json.');
  return current;
}

async function readBundles(): Promise<ReadonlyMap<string, Buffer>> {
  const webview = path.join(await sharedBuild(), 'dist/webview');
  return new Map(readdirSync(webview).map(file => [file, readFileSync(path.join(webview, file))]));
}
