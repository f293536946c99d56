import assert from 'node:assert/strict';
import { timeline } from '../../src/core/incident/timeline';
import type { TimelineEvent } from '../../src/core/model/timelineEvent';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';

const [home, away] = ['acme/desk', 'acme/engine'];

describe('What names an issue on GitHub', () => {
  let github: FakeGithub;
  let ana: GithubPerson;
  let web: ReturnType<FakeGithub['repository']>;

  beforeEach(async () => {
    github = await startFakeGithub();
    for (const repository of [home, away]) github.addRepository(repository);
    ana = githubPerson(github, 'ana', [home, away]);
    web = github.repository(home);
  });
  afterEach(() => github.close());

  const open = (): { readonly repository: string; readonly number: number } => ({ repository: home, number: web.open({ title: 'Portal is down' }, 'ana').number });
  const named = async (number: number): Promise<readonly TimelineEvent[]> =>
    (await must(ana.tracker.timeline({ repository: home, number }))).filter(({ kind }) => kind === 'referenced' || kind === 'mentioned' || kind === 'linked');

  it('is in its timeline: commits of any repository, with their pages', async () => {
    const issue = open();
    const sha = web.commit(`Restart less, for #${issue.number}`, 'ben');
    const other = github.repository(away).commit(`Ask less of ${home}#${issue.number}`, 'cho');
    assert.deepEqual((await named(issue.number)).map(event => event.kind === 'referenced' ? [event.by, event.sha, event.url, event.subject] : event.kind), [
      ['ben', sha, `${github.url}/${home}/commit/${sha}`, undefined],
      ['cho', other, `${github.url}/${away}/commit/${other}`, undefined],
    ]);
  });

  it('lists a commit that closes it once', async () => {
    const ref = open();
    const sha = web.commit(`Fixes #${ref.number}`, 'ben');
    const issue = await must(ana.tracker.get(ref));
    assert.equal(issue.state, 'closed');
    const entries = timeline(issue, await must(ana.tracker.timeline(ref)), []);
    assert.deepEqual(entries.flatMap(entry => entry.kind === 'referenced' ? [entry.sha] : entry.kind), ['opened', sha, 'closed']);
  });

  it('is in its timeline: issues and pull requests with title and state, as text', async () => {
    const issue = open();
    const title = '<img src=x onerror=alert(1)> <!-- desk:clock --> @everybody';
    const pull = web.open({ title, body: `For #${issue.number}`, pullRequest: true }, 'eve').number;
    const merged = github.repository(away).open({ title: 'Merged', body: `For ${home}#${issue.number}`, pullRequest: true }, 'ben').number;
    github.repository(away).merge(merged, 'ben');
    const note = web.open({ title: 'A note' }, 'ben').number;
    web.comment(note, `Like #${issue.number}`, 'cho');
    web.close(note, 'cho');
    assert.deepEqual((await named(issue.number)).map(event => event.kind === 'mentioned' ? [event.by, event.ref, event.title, event.isPullRequest, event.state, event.url] : event.kind), [
      ['eve', { repository: home, number: pull }, title, true, 'open', `${github.url}/${home}/pull/${pull}`],
      ['ben', { repository: away, number: merged }, 'Merged', true, 'merged', `${github.url}/${away}/pull/${merged}`],
      ['cho', { repository: home, number: note }, 'A note', false, 'closed', `${github.url}/${home}/issues/${note}`],
    ]);
  });

  it('is a link where the issue is linked, and no mention besides', async () => {
    const [parent, child] = [open(), open()];
    await must(ana.tracker.link(parent, child, 'child'));
    assert.deepEqual((await named(parent.number)).map(({ kind }) => kind), ['linked']);
    assert.deepEqual((await named(child.number)).map(({ kind }) => kind), ['linked']);
  });

  it('leaves out events that are not as GitHub describes them', async () => {
    const issue = open();
    const event = { created_at: '2026-11-20T16:00:00Z', actor: { login: 'eve' } };
    const strange = [
      { ...event, event: 'referenced', commit_id: null, commit_url: null },
      { ...event, event: 'referenced', commit_id: '../../x', commit_url: 'x' },
      { ...event, event: 'cross-referenced', source: {} },
      { ...event, event: 'cross-referenced', source: { issue: { number: 1, title: 'x', state: 'open', html_url: 'javascript:alert(1)', created_at: 'x', updated_at: 'x' } } },
    ];
    github.fault({ match: ({ path }) => path.includes('/timeline'), do: { kind: 'status', status: 200, body: strange } });
    assert.deepEqual(await named(issue.number), []);
  });
});
