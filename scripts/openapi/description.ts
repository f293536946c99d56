import { readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Advice, cached, npm, run } from '../editor/cache';

/** The package that carries GitHub's own description of its API; only one file of it is ever read. */
export const source = { package: '@octokit/openapi', version: '23.0.2', file: 'api.github.com.json' } as const;

/** GitHub's description of its API as the pinned package has it, fetched on first use. */
export async function readDescription(): Promise<unknown> {
  const folder = await cached(`github-description-${source.version}`, async draft => {
    console.error('Fetching GitHub\'s description of its API (once, about 30 MB) …');
    await npm(draft, 'pack', `${source.package}@${source.version}`);
    const archive = `octokit-openapi-${source.version}.tgz`;
    const inside = `package/generated/${source.file}`;
    const { code, output } = await run('tar', ['-xzf', archive, inside], { cwd: draft });
    if (code !== 0) throw new Advice(`Unpacking ${archive} failed. tar said:\n${output.trim()}`);
    renameSync(path.join(draft, inside), path.join(draft, source.file));
    rmSync(path.join(draft, 'package'), { recursive: true });
    rmSync(path.join(draft, archive));
  });
  return JSON.parse(readFileSync(path.join(folder, source.file), 'utf8'));
}
