import assert from 'node:assert/strict';
import { gitCommits } from '../../../../src/host/platform/gitCommits';
import { manualTimer } from '../../../support/manualTimer';
import { memoryLog } from '../../../support/memoryLog';

const entry = { hash: 'a1', message: 'Fix #7\n\nMore', authorName: 'Ana', authorDate: new Date('2026-11-20T10:00:00Z'), commitDate: new Date('2026-11-20T17:00:00.500Z') };

/** A repository of the Git extension. */
function gitRepository(log: () => Promise<unknown>) {
  const state: { HEAD: { readonly commit?: string } } = { HEAD: { commit: 'a1' } };
  const calls: unknown[] = [];
  return { calls, state, repository: { state, log: (options: unknown) => { calls.push(options); return log(); } } };
}

function commitsOf(repository: Readonly<Record<string, unknown>> | undefined, timer = manualTimer()) {
  return gitCommits({ repository: () => repository, timer, log: memoryLog() });
}

describe('the commits of a checkout', () => {
  it('are read once for each state of the branch', async () => {
    const git = gitRepository(async () => [entry, { ...entry, hash: 'b2', commitDate: undefined, authorName: undefined }, { hash: 'c3', message: 'no date' }, null]);
    const commits = commitsOf(git.repository);
    assert.deepEqual(await commits.recent(), [
      { sha: 'a1', message: 'Fix #7\n\nMore', by: 'Ana', at: '2026-11-20T17:00:00Z' },
      { sha: 'b2', message: 'Fix #7\n\nMore', by: '', at: '2026-11-20T10:00:00Z' },
    ]);
    await commits.recent();
    assert.equal(git.calls.length, 1);
    git.state.HEAD = { commit: 'd4' };
    await commits.recent();
    assert.deepEqual(git.calls, [{ maxEntries: 1000 }, { maxEntries: 1000 }]);
  });

  it('are none without a repository or a commit, and when Git fails', async () => {
    const git = gitRepository(() => Promise.reject(new Error('bad revision')));
    assert.deepEqual(await commitsOf(undefined).recent(), []);
    assert.deepEqual(await commitsOf(git.repository).recent(), []);
    git.state.HEAD = {};
    assert.deepEqual(await commitsOf(git.repository).recent(), []);
    assert.equal(git.calls.length, 1);
    assert.deepEqual(await commitsOf({ state: git.state }).recent(), []);
  });

  it('are none for now when Git is slow, and known later', async () => {
    let answer = (_entries: unknown): void => undefined;
    const reply = new Promise<unknown>(resolve => { answer = resolve; });
    const timer = manualTimer();
    const commits = commitsOf(gitRepository(() => reply).repository, timer);
    const first = commits.recent();
    timer.pass(1000);
    assert.deepEqual(await first, []);
    answer([entry]);
    assert.equal((await commits.recent()).length, 1);
  });
});
