import assert from 'node:assert/strict';
import { updateComment } from '../../src/core/incident/updateText';
import { renderMilestone } from '../../src/core/markup/milestone';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { Operation } from '../../src/core/model/operation';
import { performOperation } from '../../src/core/sync/performOperation';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';

const home = 'acme/desk';

describe('a comment whose issue or length GitHub does not accept', () => {
  let github: FakeGithub;
  let ana: GithubPerson;
  let ref: IssueRef;

  beforeEach(async () => {
    github = await startFakeGithub();
    for (const repository of [home, 'acme/other']) github.addRepository(repository, { writers: ['ana'] });
    ana = githubPerson(github, 'ana', [home]);
    ref = { repository: home, number: github.repository(home).open({ title: 'Portal down', body: 'Nobody can sign in.' }, 'ana').number };
  });
  afterEach(() => github.close());

  const perform = (operation: Operation, key = 'k1') => performOperation(ana.tracker, { key, at: '2026-11-20T10:00:00Z', by: 'ana', operation });
  const writes = () => github.requests.filter(({ method }) => method !== 'GET').length;
  const long = 'x'.repeat(65_536);

  const cases: Readonly<Record<string, (text: string) => Operation>> = {
    'a comment': text => ({ kind: 'comment', ref, markdown: text }),
    'an update': text => ({ kind: 'batch', operations: [{ kind: 'comment', ref, markdown: updateComment('Down.', { audience: 'users', means: [] }) }, { kind: 'comment', ref, markdown: updateComment(text, { audience: 'leadership', means: [] }) }] }),
    'a resolution': text => ({ kind: 'batch', operations: [{ kind: 'edit', ref, change: { kind: 'assign', add: ['ana'], remove: [] } }, { kind: 'comment', ref, markdown: renderMilestone('resolved', text) }] }),
    'the end of an issue': text => ({ kind: 'close', ref, resolution: text }),
  };
  for (const [name, of] of Object.entries(cases)) {
    it(`is refused as a whole before anything is written if ${name} is too long`, async () => {
      const result = await perform(of(long));
      assert.ok(result.kind === 'failed' && result.failure.kind === 'commentTooLong', JSON.stringify(result));
      assert.ok(result.failure.length >= long.length && result.failure.limit < 65_536);
      assert.deepEqual([writes(), github.repository(home).issue(ref.number).comments.length, github.repository(home).issue(ref.number).state], [0, 0, 'open']);
    });
  }

  const resolve = (text: string): Operation => ({ kind: 'batch', operations: [
    { kind: 'comment', ref, markdown: renderMilestone('resolved', text) },
    { kind: 'edit', ref, change: { kind: 'setFields', fields: [{ name: 'resolution', value: text, at: '2026-11-20T10:00:00Z', by: 'ana' }] } },
  ] });

  it('is refused as a whole if a resolution fits in the comment but not in the text of the issue', async () => {
    const result = await perform(resolve('x'.repeat(65_000)));
    assert.ok(result.kind === 'ok', JSON.stringify(result));
    const other = github.repository(home).open({ title: 'Long', body: 'y'.repeat(60_000) }, 'ana').number;
    ref = { repository: home, number: other };
    const before = writes();
    const refused = await perform(resolve('x'.repeat(6000)), 'k2');
    assert.ok(refused.kind === 'failed' && refused.failure.kind === 'bodyTooLong', JSON.stringify(refused));
    assert.deepEqual([writes() - before, github.repository(home).issue(other).comments.length], [0, 0]);
    await must(perform(resolve('x'.repeat(4000)), 'k3'));
  });

  it('is accepted at the limit', async () => {
    await must(perform({ kind: 'comment', ref, markdown: 'x'.repeat(ana.tracker.maxComment ?? 0) }));
    assert.equal(github.repository(home).issue(ref.number).comments.length, 1);
  });

  it('is refused without a write if the issue was deleted or transferred, and written if it was closed', async () => {
    github.repository(home).close(ref.number, 'ben');
    await must(perform({ kind: 'comment', ref, markdown: 'It is back.' }));
    assert.deepEqual(github.repository(home).issue(ref.number).comments.map(({ body }) => body.startsWith('It is back.')), [true]);
    for (const change of ['transfer', 'delete'] as const) {
      const other = { repository: home, number: github.repository(home).open({ title: 'Another' }, 'ana').number };
      if (change === 'transfer') github.repository(home).transfer(other.number, 'acme/other');
      else github.repository(home).delete(other.number);
      const result = await perform({ kind: 'comment', ref: other, markdown: 'It is back.' }, change);
      assert.equal(result.kind === 'failed' ? result.failure.kind : result.kind, change === 'transfer' ? 'transferred' : 'gone');
    }
  });
});
