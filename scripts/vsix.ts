import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, root, run } from './editor/cache';
import { stageExtension } from './editor/stage';

/** Packs a production build of the extension into `file` and gives that path. What goes in is what .vscodeignore lets through. */
export async function packExtension(file: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-package-'));
  try {
    await stageExtension({ folder });
    cpSync(path.join(root, '.vscodeignore'), path.join(folder, '.vscodeignore'));
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    // Links in the README stay as they are: there is no repository address to rewrite them to.
    const result = await run(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license', '--out', file], { cwd: folder });
    if (result.code !== 0) throw new Advice(`vsce package failed:\n${result.output.trim()}`);
    return file;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
