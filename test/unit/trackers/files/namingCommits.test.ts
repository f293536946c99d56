import assert from 'node:assert/strict';
import { renderIssueFile } from '../../../../src/core/markup/issueFile';
import type { Commit } from '../../../../src/core/model/ports';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { namingCommits } from '../../../../src/trackers/files/namingCommits';
import { countingIds } from '../../../support/countingIds';
import { memoryFiles } from '../../../support/memoryFiles';
import { must } from '../../../support/must';
import { sampleIssue } from '../../../support/sampleIssue';
import { virtualTime } from '../../../support/virtualTime';

const issue = { ref: { repository: 'acme/desk', number: 7, id: 'k3j9x2m4' }, createdAt: '2026-11-20T16:00:00Z' };
const commit = (message: string, at = '2026-11-20T17:00:00Z'): Commit => ({ sha: 'a1b2', message, by: 'Ben', at });
const isNamed = (message: string, at?: string): boolean => namingCommits([commit(message, at)], issue).length > 0;

describe('the commits that name an issue in a file', () => {
  const cases: readonly (readonly [message: string, isNamed: boolean])[] = [
    ['Restart less, for #7', true],
    ['Restart less\n\nRefs acme/desk#7.', true],
    ['Restart less (k3j9x2m4)', true],
    ['For #7 and more (#12)', true],
    ['Restart less, for #70', false],
    ['Restart less, for acme/web#7', false],
    ['Add xk3j9x2m4', false],
    ['Add a page (#7)', false],
    ['Add a page (!7)', false],
    ['Merge pull request #7 from acme/page\n\nAdd a page', false],
    ['', false],
  ];
  for (const [message, expected] of cases) it(`${expected ? 'include' : 'do not include'} ${JSON.stringify(message)}`, () => assert.equal(isNamed(message), expected));

  it('are not older than the issue', () => {
    assert.equal(isNamed('For #7', '2026-11-20T15:59:59Z'), false);
    assert.equal(isNamed('For #7', '2026-11-20T16:00:00Z'), true);
  });

  it('are in its timeline with the first line of their message', async () => {
    const path = '.desk/incident/7-portal.md';
    const { files } = memoryFiles({ [path]: renderIssueFile({ issue: sampleIssue(), key: 'k' }) });
    const time = virtualTime();
    const open = (commits?: readonly Commit[]) => createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => 'ana', ...commits === undefined ? {} : { commits: { recent: async () => commits } } });
    const events = await must(time.run(open([commit('Other'), commit('Restart less, for #7\n\n<b>Why</b>')]).timeline({ repository: 'acme/desk', number: 7 })));
    assert.deepEqual(events, [
      { kind: 'opened', at: '2026-11-20T16:00:00Z', by: 'ana' },
      { kind: 'referenced', at: '2026-11-20T17:00:00Z', by: 'Ben', sha: 'a1b2', subject: 'Restart less, for #7' },
    ]);
    assert.equal((await must(time.run(open().timeline({ repository: 'acme/desk', number: 7 })))).length, 1);
  });
});
