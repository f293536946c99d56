import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { Advice, cached, cacheFolder, root, run } from './cache';

const prefix = 'build-';
/** Milliseconds for which a build is kept after its last use. */
const kept = 24 * 3_600_000;

/**
 * A folder with the extension as it is shipped in `dist`, and esbuild's descriptions of what is in it beside that. It is made
 * once and shared by all who ask while the sources stay as they are, so nobody may write into it. `inject` is code that runs
 * first in each bundle of the extension.
 */
export async function sharedBuild(inject?: string): Promise<string> {
  const folder = await cached(`${prefix}${fingerprint(inject)}`, async draft => {
    removeUnused();
    const options = [`--outdir=${path.join(draft, 'dist')}`, `--metafile=${draft}`, ...inject === undefined ? [] : [`--inject=${inject}`]];
    const { code, output } = await run(process.execPath, [path.join(root, 'esbuild.mjs'), '--production', ...options], { cwd: root });
    if (code !== 0) throw new Advice(`The build failed:\n${output}`);
  });
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

/** A name for everything that the build reads. What is below `node_modules` is as the lock file says. */
function fingerprint(inject: string | undefined): string {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .flatMap(each => each.isFile() ? [path.relative(root, path.join(each.parentPath, each.name))] : []);
  const settings = readdirSync(root).filter(name => /^tsconfig.*\.json$/.test(name));
  const hash = createHash('sha256').update(inject ?? '');
  for (const file of [...sources.sort(), ...settings.sort(), 'esbuild.mjs', 'package-lock.json', ...inject === undefined ? [] : [inject]]) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function removeUnused(): void {
  for (const name of existsSync(cacheFolder) ? readdirSync(cacheFolder) : []) {
    const folder = path.join(cacheFolder, name);
    if (name.startsWith(prefix) && !/\.(?:lock|part)$/.test(name) && Date.now() - statSync(folder).mtimeMs > kept) rmSync(folder, { recursive: true, force: true });
  }
}
