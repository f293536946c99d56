import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { renderMilestone } from '../../src/core/markup/milestone';
import type { TimelineEvent } from '../../src/core/model/timelineEvent';
import { type ChecklistDesk, type ChecklistOptions, openChecklist } from './support/issue';
import { it } from './support/it';
import { themeNames } from './support/themes';
import { until } from './support/until';

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, '0')}:00Z`;

const life: readonly TimelineEvent[] = [
  { kind: 'opened', at: '2026-11-19T23:50:00Z', by: 'cleo' },
  { kind: 'commented', at: at(1), by: 'cleo', markdown: 'The portal shows a **white page** for everybody:\n\n- [x] Berlin\n- [ ] Oslo\n\n```\nHTTP 502\n```\n\nSee #3 and <img src=x onerror=alert(1)>.' },
  { kind: 'commented', at: at(4), by: 'ana', markdown: renderMilestone('acknowledged', '') },
  { kind: 'labeled', at: at(5), by: 'ana', label: 'priority: high' },
  { kind: 'commented', at: at(6), by: 'ana', markdown: renderMilestone('lead', '', { role: 'lead', login: 'ana' }) },
  { kind: 'commented', at: at(20), by: 'ana', markdown: renderMilestone('update', 'We are **restarting** the gateway.', { audience: 'Users', next: at(50) }) },
  { kind: 'commented', at: at(31), by: 'ben', markdown: renderMilestone('mitigated', 'Traffic goes to the other region.', { at: at(25) }) },
];

const time = '2026-11-20T16:40:00Z';

const options: ChecklistOptions = {
  time, events: life, labels: ['incident', 'priority: high', 'service: Portal', 'environment: Production', 'SEV2', 'stage: In progress'],
  before: 'Nobody can **sign in** since the release.\n\n<!-- desk:field role.lead value=ana at=2026-11-20T16:06:00Z by=ana -->\n<!-- desk:field update.Users value=2026-11-20T16:50:00Z at=2026-11-20T16:20:00Z by=ana -->\n<!-- desk:clock acknowledged=2026-11-20T16:04:00Z by=ana updated=2026-11-20T16:20:00Z -->\n\n',
  desk: {
    services: ['Portal'], environments: ['Production'], timezone: 'Europe/Berlin',
    priorities: [{ name: 'high', label: 'priority: high', criteria: [], updateEvery: { amount: 30, unit: 'm' } }],
    audiences: ['Users', 'Leadership'].map(name => ({ name, email: [], updateEvery: {}, aroundTheClock: true, isInternal: false })),
  },
  pullRequests: [{ ref: { repository: 'acme/gateway', number: 41 }, title: 'Restart on broken pipe', state: 'merged', url: 'https://github.com/acme/gateway/pull/41' }],
};

// axe waits, so the clock of the page must run.
const { time: _time, ...untimed } = options;

describe('the page of an issue', () => {
  for (const theme of themeNames) {
    it(`has no serious or critical accessibility violation in ${theme}`, async () => {
      const desk = await openChecklist({ ...untimed, theme, viewport: { width: 1240, height: 900 } });
      await desk.page.getByText('Mitigated').first().waitFor();
      await desk.panel.screenshot(`issue-wide-${theme}`);
      assert.deepEqual(await desk.panel.axe(), []);
    });
  }

  it('fits into a narrow panel', async () => {
    const desk = await openChecklist({ ...options, viewport: { width: 340, height: 900 } });
    await desk.page.getByText('Mitigated').first().waitFor();
    await desk.panel.screenshot('issue-narrow');
    assert.equal(await until('the layout', () => desk.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)), true);
  });

  it('shows what is due as the rows do, and counts it down with the timer of the host', async () => {
    const desk = await openChecklist(options);
    const header = desk.page.locator('header');
    await header.getByText('update overdue 6m: Leadership').waitFor();
    await desk.page.getByText('update in 10m (promised for 17:50)').waitFor();
    await desk.tick('2026-11-20T16:44:00Z');
    await desk.page.getByText('update in 6m (promised for 17:50)').waitFor();
    await desk.tick('2026-11-20T16:51:00Z');
    await desk.page.getByText('update overdue 1m (promised for 17:50)').waitFor();
  });

  it('gives the time instead of a length if business time stops before something is due', async () => {
    const spans = [{ from: '08:00', to: '17:43' }, { from: '17:45', to: '18:00' }];
    const audiences = [{ name: 'Users', email: [], updateEvery: {}, aroundTheClock: false, isInternal: false }];
    const desk = await openChecklist({ ...options, desk: { ...options.desk, audiences, hours: [{ weekday: 5, spans }] } });
    await desk.page.locator('header').getByText('update due 17:50: Users (in 8m of business hours)').waitFor();
    await desk.page.locator('.audience').getByText('update due 17:50 (promised)').waitFor();
    await desk.panel.screenshot('issue-paused');
    await desk.tick('2026-11-20T16:46:00Z');
    await desk.page.locator('header').getByText('update in 4m: Users (17:50)').waitFor();
    await desk.page.locator('.audience').getByText('update in 4m (promised for 17:50)').waitFor();
  });

  it('shows an audience whose update is not delivered as waiting, and not as never updated', async () => {
    const sent = '2026-11-20T16:30:00Z';
    const desk = await openChecklist({ ...options, deliveries: [{ key: 'd', at: sent, by: 'ana', ref: { repository: 'acme/desk', number: 7 }, audience: 'Leadership', webhook: 'x', text: '', comment: '', state: 'failed', attempt: sent }] });
    const leadership = desk.page.locator('.audience').filter({ hasText: 'Leadership' });
    await leadership.getByText('Update waiting to be sent').waitFor();
    assert.equal(await leadership.getByText('Not updated yet').count(), 0);
    assert.equal(await desk.page.locator('.audience').filter({ hasText: 'Users' }).getByText('waiting').count(), 0);
  });

  it('shows the timeline in the time zone of the desk, with rendered Markdown, and filters it', async () => {
    const desk = await openChecklist(options);
    const entries = desk.page.locator('.entry');
    await desk.page.getByText('Traffic goes to the other region.').waitFor();
    assert.deepEqual(await desk.page.locator('.day').allInnerTexts(), ['Friday, November 20, 2026'], 'It was opened on Thursday in UTC, and on Friday in Berlin.');
    assert.equal(await entries.count(), 8);
    await desk.page.locator('.entry strong').getByText('white page').waitFor();
    assert.equal(await desk.page.locator('.entry img').count(), 0);
    await desk.page.getByText(/ben · 17:25 · 15 minutes ago · recorded 17:31/).waitFor();
    await desk.page.getByRole('button', { name: 'Milestones and Updates' }).click();
    assert.deepEqual(await desk.page.locator('.entry-text').allInnerTexts(), ['Opened', 'Acknowledged', 'Lead: ana', 'Update sent to Users', 'Mitigated']);
    await desk.page.getByRole('searchbox').fill('GATEWAY');
    assert.deepEqual(await desk.page.locator('.entry-text').allInnerTexts(), ['Update sent to Users']);
    await desk.page.getByText('1 of 8 entries').waitFor();
    await desk.page.getByRole('searchbox').fill('nothing like it');
    await desk.page.getByText('No entry matches.').waitFor();
    await desk.page.getByRole('searchbox').fill('');
    await desk.panel.reload();
    await desk.page.getByText('We are').waitFor();
    assert.equal(await entries.count(), 5, 'The filter is kept.');
  });

  it('shows entries by others as they arrive, and only transfers what is new', async () => {
    const desk = await openChecklist(options);
    await desk.page.getByText('Mitigated').first().waitFor();
    await desk.setEvents([...life, { kind: 'commented', at: at(39), by: 'ben', markdown: 'It works again in Oslo.' }]);
    await desk.page.getByText('It works again in Oslo.').waitFor();
    assert.equal(await desk.page.locator('.entry').count(), 9);
    const asked = desk.panel.received.flatMap(message => message.kind === 'timeline' ? [message.known] : []);
    assert.equal(asked.length, 2);
    assert.notEqual(asked[1], '');
  });

  it('keeps the timeline when reading it fails, and offers to retry', async () => {
    const desk = await openChecklist(options);
    await desk.page.getByText('Mitigated').first().waitFor();
    await desk.setEvents({ kind: 'offline', server: 'https://api.github.com' });
    const alert = desk.page.getByRole('alert').filter({ hasText: 'The timeline could not be loaded. Failed: offline.' });
    await alert.getByRole('button', { name: 'Retry' }).click();
    await until('the request', () => desk.panel.received.some(message => message.kind === 'act' && message.action.kind === 'readTimeline'));
    assert.equal(await desk.page.locator('.entry').count(), 8);
  });

  it('has buttons for the facts that run the commands which change them, and a menu that Escape closes', async () => {
    const desk = await openChecklist(options);
    const acts = (): readonly unknown[] => desk.panel.received.flatMap(message => message.kind === 'act' ? [message.action] : []);
    await desk.page.getByRole('button', { name: 'Change Priority: high' }).click();
    await desk.page.getByRole('button', { name: 'More Actions' }).focus();
    await desk.page.keyboard.press('Enter');
    await until('the first action to have the focus', () => desk.page.evaluate(() => document.activeElement?.closest('.menu-items') !== null));
    await desk.page.keyboard.press('Escape');
    await until('the menu to be closed', async () => await desk.page.locator('.menu-items').count() === 0);
    assert.equal(await desk.page.evaluate(() => document.activeElement?.id), 'more');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('button', { name: 'Copy Reference' }).click();
    await desk.page.getByRole('link', { name: 'acme/gateway#41' }).click();
    await desk.page.getByRole('link', { name: '#3' }).click();
    await until('all actions', () => acts().length === 4);
    assert.deepEqual(acts(), [
      { kind: 'run', command: 'issue.setPriority' },
      { kind: 'run', command: 'issue.copyReference' },
      { kind: 'openLink', href: 'https://github.com/acme/gateway/pull/41', runbook: '' },
      { kind: 'openIssue', ref: { repository: 'acme/desk', number: 3 } },
    ]);
  });

  it('goes from the header to the checklist, the timeline and the comment', async () => {
    const desk = await openChecklist({ ...options, viewport: { width: 1000, height: 400 } });
    const jumps = desk.page.getByRole('navigation');
    const focused = () => desk.page.evaluate(() => document.activeElement?.id);
    for (const [name, id] of [['Add a comment', 'reply'], ['Timeline', 'part-timeline'], ['Incident response', 'part-checklist']] as const) {
      await desk.page.evaluate(() => { window.scrollTo(0, 0); });
      await jumps.getByRole('button', { name }).click();
      await until(`the focus on ${id}`, async () => await focused() === id);
      assert.ok(await desk.page.locator(`#${id}`).evaluate(element => element.getBoundingClientRect().top < window.innerHeight), id);
    }
  });

  it('keeps collapsed sections collapsed', async () => {
    const desk = await openChecklist(options);
    await desk.page.getByRole('button', { name: 'Description' }).click();
    await until('the section to be collapsed', async () => await desk.page.getByRole('button', { name: 'Description' }).getAttribute('aria-expanded') === 'false');
    await desk.panel.reload();
    await desk.page.getByRole('button', { name: 'Timeline 8' }).waitFor();
    assert.equal(await desk.page.getByText('since the release').count(), 0);
  });

  it('offers to start a runbook on an issue without a checklist', async () => {
    const desk = await openChecklist({ ...options, plain: true });
    await desk.page.getByRole('button', { name: 'Start Runbook…' }).first().click();
    await until('the action', () => desk.panel.received.some(message => message.kind === 'act' && message.action.kind === 'startChecklist'));
  });
});

describe('the comment on the page of an issue', () => {
  const send = (desk: ChecklistDesk, name: string): Promise<void> => desk.page.getByRole('button', { name, exact: true }).click();
  const field = (desk: ChecklistDesk): Locator => desk.page.getByRole('textbox', { name: 'Add a comment' });
  const replies = (desk: ChecklistDesk): readonly unknown[] => desk.panel.received.flatMap(message => message.kind === 'reply' ? [{ text: message.text, effect: message.effect, stage: message.stage, again: message.again }] : []);

  it('is sent with the change of stage as one write, by keyboard, and the field is empty then', async () => {
    const desk = await openChecklist(options);
    await field(desk).fill('Rolled back to **4.1**.');
    await desk.page.getByRole('combobox', { name: 'Stage' }).selectOption('To do');
    await field(desk).focus();
    await desk.page.keyboard.press('Control+Enter');
    await desk.page.getByText('The comment is saved.').waitFor();
    assert.deepEqual(replies(desk), [{ text: 'Rolled back to **4.1**.', effect: 'comment', stage: 'To do', again: false }]);
    assert.equal(await field(desk).inputValue(), '');
  });

  it('resolves and closes only with a text', async () => {
    const desk = await openChecklist(options);
    for (const name of ['Comment and Resolve', 'Comment and Close']) assert.equal(await desk.page.getByRole('button', { name }).getAttribute('aria-disabled'), 'true');
    await field(desk).fill('Fixed by a rollback');
    await send(desk, 'Comment and Close');
    await desk.page.getByText('The comment is saved.').waitFor();
    assert.deepEqual(replies(desk), [{ text: 'Fixed by a rollback', effect: 'close', stage: undefined, again: false }]);
  });

  it('is kept when it is refused, with the reason', async () => {
    const desk = await openChecklist(options);
    desk.answerReply = () => ({ kind: 'refused', text: 'The issue changed meanwhile.', kept: false });
    await field(desk).fill('Half of it works');
    await send(desk, 'Comment');
    await desk.page.getByRole('alert').filter({ hasText: 'The issue changed meanwhile.' }).waitFor();
    assert.equal(await field(desk).inputValue(), 'Half of it works');
    await desk.panel.reload();
    await field(desk).waitFor();
    assert.equal(await field(desk).inputValue(), 'Half of it works');
  });

  it('is sent whole, however long the text is that is pasted', async () => {
    const desk = await openChecklist(options);
    const text = 'x'.repeat(70_000);
    desk.answerReply = () => ({ kind: 'refused', text: 'The server accepts 65,236 characters.', kept: false });
    await field(desk).focus();
    await desk.page.keyboard.insertText(text);
    await send(desk, 'Comment');
    await desk.page.getByRole('alert').filter({ hasText: 'The server accepts 65,236 characters.' }).waitFor();
    assert.deepEqual(replies(desk), [{ text, effect: 'comment', stage: undefined, again: false }]);
    assert.equal((await field(desk).inputValue()).length, text.length);
  });

  it('is cleared when it is stored to be retried, and says so', async () => {
    const desk = await openChecklist(options);
    desk.answerReply = () => ({ kind: 'refused', text: 'There is no connection. The change is stored.', kept: true });
    await field(desk).fill('Later');
    await send(desk, 'Comment');
    await desk.page.getByText('There is no connection. The change is stored.').waitFor();
    assert.equal(await field(desk).inputValue(), '');
  });

  it('is sent again with the same key if the panel was closed before the answer', async () => {
    const desk = await openChecklist(options);
    desk.answerReply = () => new Promise(() => undefined);
    await field(desk).fill('Nothing is lost');
    await send(desk, 'Comment');
    await until('the comment', () => replies(desk).length === 1);
    desk.answerReply = () => ({ kind: 'done' });
    await desk.panel.reopen();
    await until('the second attempt', () => replies(desk).length === 2);
    const keys = new Set(desk.panel.received.flatMap(message => message.kind === 'reply' ? [message.key] : []));
    assert.equal(keys.size, 1);
    assert.deepEqual(replies(desk).at(1), { text: 'Nothing is lost', effect: 'comment', stage: undefined, again: true });
  });

  it('survives that somebody closes or deletes the issue meanwhile, and says what to do', async () => {
    const desk = await openChecklist(options);
    await field(desk).fill('It is back');
    await desk.write(desk.file().replace('state: open', 'state: closed'));
    await desk.page.getByRole('alert').filter({ hasText: 'This issue was closed while you were writing.' }).waitFor();
    assert.equal(await field(desk).inputValue(), 'It is back');
    await desk.remove();
    await desk.page.getByRole('heading', { name: 'Your comment was not sent' }).waitFor();
    assert.equal(await desk.page.getByRole('textbox', { name: 'Your comment was not sent' }).inputValue(), 'It is back');
    await desk.page.getByRole('button', { name: 'Copy Text' }).waitFor();
    await desk.page.getByRole('button', { name: 'Discard Text' }).click();
    await until('the text to be gone', async () => await desk.page.getByText('Your comment was not sent').count() === 0);
  });

  it('is not offered in an untrusted folder', async () => {
    const desk = await openChecklist({ ...options, trusted: false });
    await desk.page.getByText('Mitigated').first().waitFor();
    assert.equal(await field(desk).count(), 0);
    assert.equal(await desk.page.getByRole('button', { name: /^Change / }).count(), 0);
  });
});
