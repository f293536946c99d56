import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, cached, npm, root, run } from '../scripts/editor/cache';

/** The commit that figures are compared with: the last one with its own bundler. */
export const earlierCommit = '32c88ec';

/** A folder with the extension as built by that commit, created once from the history with the dependencies of its lock file. */
export async function earlierExtension(): Promise<string> {
  return await cached(`extension-${earlierCommit}`, async target => {
    const source = mkdtempSync(path.join(os.tmpdir(), 'desk-earlier-'));
    try {
      const archive = path.join(source, 'source.tar');
      const steps: readonly (readonly [string, readonly string[], string])[] = [
        ['git', ['archive', `--output=${archive}`, earlierCommit], root],
        ['tar', ['-xf', archive], source],
      ];
      for (const [program, args, cwd] of steps) await must(program, args, cwd);
      await npm(source, 'ci');
      await must(process.execPath, ['esbuild.mjs', '--production'], source);
      mkdirSync(target, { recursive: true });
      for (const part of ['package.json', 'package.nls.json', 'media', 'dist']) cpSync(path.join(source, part), path.join(target, part), { recursive: true });
    } finally {
      rmSync(source, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

async function must(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(program, args, { cwd });
  if (code !== 0) throw new Advice(`The extension of ${earlierCommit} could not be built from the history. ${program} said:\n${output.trim()}`);
}
