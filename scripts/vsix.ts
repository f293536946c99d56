import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, root, run } from './editor/cache';
import { stageExtension } from './editor/stage';

/**
 * Packs a production build of the extension into `file` and gives that path. What goes in is what .vscodeignore lets through;
 * the source maps of what goes in are put into the folder `maps`, if one is given.
 */
export async function packExtension(file: string, options: { readonly maps?: string } = {}): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-package-'));
  try {
    await stageExtension({ folder });
    cpSync(path.join(root, '.vscodeignore'), path.join(folder, '.vscodeignore'));
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    // vsce rewrites the links of the README to the repository. While package.json has the placeholder, there is none.
    const hasRepository = !readFileSync(path.join(root, 'package.json'), 'utf8').includes('github.com/OWNER/');
    const result = await run(process.execPath, [vsce, 'package', '--no-dependencies', ...hasRepository ? [] : ['--no-rewrite-relative-links'], '--skip-license', '--out', file], { cwd: folder });
    if (result.code !== 0) throw new Advice(`vsce package failed:\n${result.output.trim()}`);
    if (options.maps !== undefined) {
      rmSync(options.maps, { recursive: true, force: true });
      cpSync(path.join(folder, 'dist'), options.maps, { recursive: true, filter: source => statSync(source).isDirectory() || source.endsWith('.map') });
    }
    return file;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
