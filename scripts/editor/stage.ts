import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sharedBuild } from './build';
import { Advice, root } from './cache';

/** What an installed extension consists of, besides its bundles. */
const parts = ['package.nls.json', 'media', 'l10n', 'docs/metrics.md', 'docs/incident-life.md', 'runbooks', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Puts the extension as it is shipped into a folder of its own, so that a rebuild elsewhere cannot change it under a running editor.
 * With `web` the manifest has no `main`, which is how the web-worker extension host is chosen. `inject` is code that runs
 * first in each of its bundles.
 */
export async function stageExtension(options: { readonly web?: boolean; readonly folder?: string; readonly inject?: string } = {}): Promise<string> {
  const folder = options.folder ?? mkdtempSync(path.join(os.tmpdir(), 'desk-extension-'));
  mkdirSync(folder, { recursive: true });
  for (const part of parts) {
    if (existsSync(path.join(root, part))) cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const without = ['scripts', 'devDependencies', ...options.web === true ? ['main'] : []];
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(Object.fromEntries(Object.entries(manifest).filter(([key]) => !without.includes(key))), undefined, 2));
  cpSync(path.join(await sharedBuild(options.inject), 'dist'), path.join(folder, 'dist'), { recursive: true });
  return folder;
}

/** The sample desks this repository carries. */
export const samples = ['customer-response', 'service-desk', 'operations-support', 'release'] as const;
export type Sample = typeof samples[number];

/** Makes `folder` a workspace whose `runbooks/` is a copy of the sample. */
export function copySample(sample: Sample, folder: string): void {
  const source = path.join(root, 'runbooks', sample);
  if (!existsSync(source)) throw new Advice(`There is no sample desk at ${path.relative(root, source)}.`);
  rmSync(path.join(folder, 'runbooks'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(source, path.join(folder, 'runbooks'), { recursive: true });
}
