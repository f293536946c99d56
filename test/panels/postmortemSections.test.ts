import assert from 'node:assert/strict';
import { it } from './support/it';
import { happened, openPostmortem, type PostmortemDesk } from './support/postmortem';
import { themeNames } from './support/themes';
import { until } from './support/until';

const saved = (desk: PostmortemDesk, words: string): Promise<string> => until(`the file to contain ${words}`, () => desk.file().includes(words) ? desk.file() : undefined);

/** A post-mortem with something to tell in each section. */
const full = `---
issue: acme/live#1
status: In review
severity: SEV1
lead: ana
owner: ana
review: 2026-11-23
services: [Portal]
factors: [deployment]
reviewers: [ben]
started: 2026-11-20T15:00:00Z
detected: 2026-11-20T16:02:11Z
acknowledged: 2026-11-20T16:04:40Z
mitigated: 2026-11-20T14:00:00Z
resolved: 2026-11-20T17:29:00Z
---

# Post-mortem: Portal is down

## Summary

The portal refused every login.

## Impact

| Measure | Amount |
| --- | --- |
| Users affected | 1,200 |

## Budget

None.

## Timeline

| Time | Event | Source | Evidence |
| --- | --- | --- | --- |
| 2026-11-20 07:00:00 -08:00 | The deployment started | call |  |
| 2026-11-20 08:02:11 -08:00 | Opened by ana | issue |  |
| 2026-11-20 08:01:00 -08:00 | A customer called | call |  |
| 2026-11-20 09:29:00 -08:00 | Resolved (ana): Rolled back to 4.1. | milestone |  |

## Contributing factors

Ana Ruiz deployed before lunch.

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
| Alert when logins stop | detect | ben |  | 2026-11-01 |  | proposed |
`;

describe('the sections of a post-mortem in its page', () => {
  it('show the intervals and gaps as a picture and as a table, and go to their rows', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    const lanes = page.locator('.lane-label');
    assert.deepEqual((await lanes.allInnerTexts()).slice(0, 3), ['Time to detect: 1 h 2 min', 'Time to acknowledge: 2 min', 'Time to resolve: 2 h 29 min']);
    await page.getByText('Intervals and gaps as a table').click();
    const row = page.getByRole('row', { name: /^Time to detect/ });
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), ['Started 2026-11-20 07:00:00 -08:00', 'Detected 2026-11-20 08:02:11 -08:00', '1 h 2 min']);
    await row.getByRole('button', { name: 'Detected' }).click();
    assert.equal(await page.getByLabel('What happened, row 2').evaluate(element => element === document.activeElement), true);
    await page.getByRole('button', { name: 'Nothing recorded' }).first().click();
    assert.equal(await page.getByLabel('What happened, row 1').evaluate(element => element === document.activeElement), true);
    await page.locator('.gap').last().dispatchEvent('click');
    // It starts at a milestone that has no row.
    assert.equal(await page.getByLabel('What happened, row 4').evaluate(element => element === document.activeElement), true);
    await page.locator('.point.acknowledged').dispatchEvent('click');
    assert.equal(await page.getByLabel('Acknowledged', { exact: true }).evaluate(element => element === document.activeElement), true);
  });

  it('show problems beside what they are about, with what corrects them', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    const early = page.locator('.field', { hasText: 'is before the start of the incident' });
    assert.equal(await early.getByLabel('Mitigated').getAttribute('aria-describedby'), 'problems-mitigated');
    const disorder = page.locator('.entry', { hasText: 'This row is not in chronological order.' });
    await disorder.getByRole('button', { name: 'Move Row', exact: true }).click();
    await until('the row to be in order', () => desk.file().indexOf('A customer called') < desk.file().indexOf('Opened by ana'));
    await disorder.waitFor({ state: 'detached' });
    const action = page.locator('.action', { hasText: 'is before the incident' });
    await action.getByRole('button', { name: 'Set to 2027-11-01' }).click();
    await saved(desk, '| Alert when logins stop | detect | ben |  | 2027-11-01 |  | proposed |');
    await action.waitFor({ state: 'detached' });
  });

  it('ask questions that can be dismissed, and are never in the file', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    const question = page.locator('.questions', { hasText: 'What would have alerted us sooner?' });
    await question.getByRole('button', { name: /^Dismiss: The incident was detected/ }).click();
    await question.waitFor({ state: 'detached' });
    await desk.panel.reload();
    await page.getByLabel('Summary').waitFor();
    assert.equal(await question.count(), 0);
    assert.doesNotMatch(desk.file(), /alerted us sooner/);
    await desk.restartHost();
    await question.waitFor();
  });

  it('have a hint about names of people', async () => {
    const desk = await openPostmortem({ file: full });
    await desk.page.getByText('Names a person: “Ana Ruiz”.').waitFor();
    await desk.page.getByLabel('Contributing factors').fill('It was deployed before lunch.');
    await desk.page.getByText('Names a person').waitFor({ state: 'detached' });
  });

  it('change figures of the impact', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    assert.equal(await page.getByRole('button', { name: 'Add a figure: Users affected' }).count(), 0);
    await page.getByRole('button', { name: 'Add a figure: Requests failed' }).click();
    await page.keyboard.type('3 million');
    await saved(desk, '| Requests failed | 3 million |');
    await page.getByRole('button', { name: 'Other Figure' }).click();
    await page.keyboard.type('Shops closed');
    await page.getByLabel('Amount, row 3').fill('2');
    await saved(desk, '| Shops closed | 2 |');
    await page.getByRole('button', { name: 'Remove figure 1: Users affected' }).click();
    await until('the figure to go', () => !desk.file().includes('Users affected'));
    await page.locator('#undo').click();
    await saved(desk, '| Users affected | 1,200 |');
  });

  it('include custom ones, in the order of the file', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    const headings = (await page.getByRole('heading', { level: 2 }).allInnerTexts()).map(text => text.trim());
    assert.equal(headings[headings.indexOf('Impact') + 1], 'Detection');
    assert.ok(headings.indexOf('Budget') > headings.indexOf('Impact') && headings.indexOf('Budget') < headings.indexOf('Timeline'), headings.join());
    await page.getByLabel('Budget').fill('200 hours.');
    assert.match(await saved(desk, '200 hours.'), /## Budget\n\n200 hours\.\n\n## Timeline/);
  });

  it('add and remove names in lists', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    await page.getByLabel('Tags').first().waitFor();
    const tags = page.locator('#list-factors');
    await tags.fill('capacity');
    await tags.press('Enter');
    await saved(desk, 'factors: [deployment, capacity]');
    await tags.press('Backspace');
    await saved(desk, 'factors: [deployment]');
    await page.getByRole('button', { name: 'Remove Portal' }).click();
    await until('no service', () => !/services:.*Portal/.test(desk.file()));
    const reviewers = page.locator('#list-reviewers');
    await reviewers.fill('@cho, dan');
    await reviewers.press('Enter');
    await saved(desk, 'reviewers: [ben, cho, dan]');
  });

  it('end with the review and its next steps', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    await page.getByText('The session is on 2026-11-23.').waitFor();
    await page.getByRole('button', { name: 'Mark as Reviewed…' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received.at(-1)), { kind: 'command', command: 'markReviewed' });
    await page.getByRole('button', { name: 'Open Agenda' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received.find(message => message.kind === 'command' && message.command === 'agenda')), { kind: 'command', command: 'agenda' });
  });

  it('say that a text is not a time, and keep the time before', async () => {
    const desk = await openPostmortem({ file: full });
    const { page } = desk;
    await page.getByLabel('Detected', { exact: true }).fill('around eight');
    await page.getByLabel('Detected', { exact: true }).press('Enter');
    await page.getByText('This is not a date and time.').waitFor();
    assert.equal(await page.getByLabel('Detected', { exact: true }).inputValue(), 'around eight');
    await page.getByLabel('Detected', { exact: true }).fill('7:30');
    await page.getByLabel('Detected', { exact: true }).press('Enter');
    await saved(desk, 'detected: 2026-11-20T15:30:00Z');
    await page.getByText('This is not a date and time.').waitFor({ state: 'detached' });
  });

  it('show other post-mortems', async () => {
    const desk = await openPostmortem({
      file: full,
      others: { similar: [{ path: 'postmortems/a.md', title: 'Portal was slow', text: '2026-10-01 · Portal' }], earlier: { path: 'postmortems/b.md', title: 'Login failed', text: '1 of 3 action items of the last post-mortem of Portal were done in time.' } },
    });
    await desk.page.getByText('1 of 3 action items of the last post-mortem').waitFor();
    await desk.page.getByRole('button', { name: 'Portal was slow' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received.at(-1)), { kind: 'openPostmortem', path: 'postmortems/a.md' });
  });

  it('show which action items are overdue', async () => {
    const desk = await openPostmortem({ file: full.replace('|  | proposed |', '| #9 | accepted |').concat('| Tell the vendor | process | ana |  | 2026-11-30 |  | proposed |\n') });
    await desk.page.locator('.action', { has: desk.page.getByText('Overdue') }).waitFor();
    assert.equal(await desk.page.getByText('Overdue').count(), 1);
  });

  it('are accessible in an untrusted folder', async () => {
    const desk = await openPostmortem({ file: full, trusted: false });
    assert.equal(await desk.page.locator('.tools, .grip, .names button').count(), 0);
    assert.deepEqual(await desk.panel.axe(), []);
    await desk.panel.screenshot('postmortem-untrusted');
  });

  it('are shown with what keeps the fields from being read', async () => {
    const desk = await openPostmortem({ file: full.replace('status: In review', 'status: [') });
    await desk.page.getByRole('alert').getByText('cannot be read').waitFor();
    await desk.page.getByLabel('Summary').fill('It works again.');
    await saved(desk, 'It works again.');
  });

  for (const theme of themeNames) {
    it(`are accessible in the ${theme} theme`, async () => {
      const desk = await openPostmortem({
        theme, file: full, events: happened,
        others: { similar: [{ path: 'postmortems/a.md', title: 'Portal was slow', text: '2026-10-01 · Portal' }], earlier: { path: 'postmortems/b.md', title: 'Login failed', text: '1 of 3 action items of the last post-mortem of Portal were done in time.' } },
      });
      const { page } = desk;
      await page.getByText('Intervals and gaps as a table').click();
      await page.getByText('Names a person').waitFor();
      assert.deepEqual(await desk.panel.axe(), []);
      await desk.panel.screenshot(`postmortem-sections-${theme}`);
      if (theme !== 'light') return;
      for (const width of [1600, 400, 300]) {
        await page.setViewportSize({ width, height: 900 });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true, `${width} px`);
        await desk.panel.screenshot(`postmortem-sections-${width}`);
      }
    });
  }
});
