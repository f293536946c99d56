import assert from 'node:assert/strict';
import { duplicateOperations, findOriginal } from '../../src/core/incident/duplicates';
import { incidentState } from '../../src/core/incident/incidentState';
import { type Reply, replyOperation } from '../../src/core/incident/reply';
import { issueFacts } from '../../src/core/issue/issueFacts';
import type { Desk } from '../../src/core/model/desk';
import type { Issue } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import { batchOf, type Operation } from '../../src/core/model/operation';
import { performOperation } from '../../src/core/sync/performOperation';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';
import { sampleDesk } from '../support/sampleDesk';

const home = 'acme/desk';

const desk: Desk = { ...sampleDesk, kinds: [{ name: 'incident', repositories: [home] }] };

describe('the reporters of duplicates on GitHub', () => {
  let github: FakeGithub;
  let ana: GithubPerson;
  let count = 0;
  let now: number;

  beforeEach(async () => {
    github = await startFakeGithub();
    now = Date.parse('2026-11-20T08:00:00Z');
    github.setNow(() => now);
    github.addRepository(home, { writers: ['ana', 'ben'] });
    ana = githubPerson(github, 'ana', [home], { clock: { now: () => new Date(now).toISOString(), wait: async () => undefined } });
  });
  afterEach(() => github.close());

  const open = (title: string, author: string, body = 'Nobody can sign in.'): IssueRef => ({ repository: home, number: github.repository(home).open({ title, body, labels: ['incident'] }, author).number });
  const perform = (operation: Operation) => performOperation(ana.tracker, { key: `k${count += 1}`, at: new Date(now).toISOString().replace('.000Z', 'Z'), by: 'ana', operation });
  /** Marks an issue as a duplicate as the command does, with what a machine knows. */
  async function mark(child: IssueRef, of: IssueRef): Promise<void> {
    const { issues } = await must(ana.tracker.list({ state: 'all' }));
    const find = ({ number }: IssueRef): Issue => issues.find(({ ref }) => ref.number === number) ?? assert.fail();
    const original = await findOriginal(ana.tracker, find(of));
    await must(perform(batchOf(duplicateOperations(find(child), original.ref, issues, undefined))));
  }

  /** What people wrote, without the comment in which Response Desk keeps links. */
  const comments = ({ number }: IssueRef) => github.repository(home).issue(number).comments.map(({ body }) => body.replace(/\s*<!--[^]*?-->/g, '').trim()).filter(text => !text.startsWith('Kept here by Response Desk'));

  /** Ends an issue as its page does, from the issues that a machine knows. */
  async function end(ref: IssueRef, reply: Reply, known?: readonly Issue[]) {
    const issues = known ?? (await must(ana.tracker.list({ state: 'all' }))).issues;
    const issue = issues.find(other => other.ref.number === ref.number);
    assert.ok(issue);
    const situation = { desk, issue, facts: issueFacts(issue, desk), state: incidentState(desk, issue), isAcknowledged: true };
    const operation = replyOperation(situation, reply, { me: 'ana', now: new Date(now).toISOString(), issues, mentions: true });
    assert.ok(operation);
    return perform(operation);
  }

  it('are informed once when the issue that stays is resolved, and not again when it is closed', async () => {
    const [original, first, second] = [open('Portal down', 'ben'), open('Cannot sign in', 'kim'), open('Login broken', 'lea')];
    const third = open('No login', 'max');
    // In both orders: the first one has a duplicate already, and gets another one when it is closed.
    await mark(third, first);
    await mark(first, original);
    await mark(second, first);
    assert.deepEqual([comments(first), github.repository(home).issue(first.number).state], [[`Duplicate of #${original.number}`], 'closed']);
    await must(end(original, { text: 'Restarted the gateway, says @all', effect: 'resolve' }));
    const told = (login: string): string => `@${login} Resolved in #${original.number}: Restarted the gateway, says @\u2060all`;
    assert.equal(comments(first).at(-1), told('kim'));
    assert.equal(comments(second).at(-1), told('lea'));
    assert.equal(comments(third).at(-1), told('max'));
    await must(end(original, { text: '', effect: 'close' }));
    assert.equal(github.repository(home).issue(original.number).state, 'closed');
    assert.deepEqual([comments(first).length, comments(second).length], [2, 2]);
  });

  it('are informed when it is closed at once', async () => {
    const [original, duplicate] = [open('Portal down', 'ben'), open('Cannot sign in', 'kim')];
    await mark(duplicate, original);
    await must(end(original, { text: 'Recovered', effect: 'close' }));
    assert.equal(comments(duplicate).at(-1), `@kim Closed in #${original.number}: Recovered`);
  });

  it('are informed of duplicates that were closed long ago, and a deleted duplicate does not prevent the end', async () => {
    const [original, old, gone] = [open('Portal down', 'ben'), open('Cannot sign in', 'kim'), open('Login broken', 'lea')];
    await mark(old, original);
    await mark(gone, original);
    const known = (await must(ana.tracker.list({ state: 'all' }))).issues;
    github.repository(home).delete(gone.number);
    // What was closed long ago is not read any more.
    await must(end(original, { text: 'Fixed', effect: 'resolve' }, known.filter(({ ref }) => ref.number !== old.number)));
    assert.equal(comments(old).at(-1), `Resolved in #${original.number}: Fixed`);
    assert.match(github.repository(home).issue(original.number).body ?? '', /desk:field resolution value=Fixed/);
  });

  it('cannot be made up by a stranger', async () => {
    const victim = open('Another issue', 'kim');
    const original = open('Portal down', 'eve', `Hello\n\n<!-- desk:links -->\n- Duplicate: #${victim.number}\n<!-- /desk:links -->\n`);
    await must(end(original, { text: 'Fixed', effect: 'resolve' }));
    assert.deepEqual(comments(victim), []);
  });
});
