import { rmSync } from 'node:fs';
import path from 'node:path';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import type { Person } from '../../src/core/model/desk';
import { onPath, run } from './cache';

/** Days before the end of a sample day at which its desk was added: before the first issue. */
const age = 100;

/**
 * Makes a workspace a Git repository in which `author` committed everything: the desk before its first issue, the rest now. Returns
 * whether it is one. Without Git, it stays a folder.
 */
export async function commitSample(workspace: string, { login, name = login, email = `${login}@example.org` }: Person, now: Instant): Promise<boolean> {
  if (onPath('git') === undefined) return false;
  // What this machine is set to, such as signatures and hooks, or is about to commit itself, must not count.
  const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith('GIT_'));
  const environment = { ...Object.fromEntries(inherited), GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
  const git = async (...words: readonly string[]): Promise<boolean> => (await run('git', words, { cwd: workspace, env: environment })).code === 0;
  const commit = async (at: Instant, message: string, ...files: readonly string[]): Promise<boolean> => {
    Object.assign(environment, { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at });
    if (!await git('add', ...files)) return false;
    return await git('diff', '--cached', '--quiet') || await git('commit', '-q', '-m', message);
  };
  const isCommitted = await git('init', '-q', '-b', 'main')
    && await commit(instantAt(millisecondsOf(now) - age * 24 * 60 * 60_000), 'Add desk and runbooks', 'runbooks')
    && await commit(now, 'Add work of the team', '--all');
  if (!isCommitted) rmSync(path.join(workspace, '.git'), { recursive: true, force: true });
  return isCommitted;
}
