import assert from 'node:assert/strict';
import { it } from './support/it';
import { closedIncident } from '../support/panelSamples';
import { openPostmortem, type PostmortemDesk } from './support/postmortem';
import { themeNames } from './support/themes';
import { until } from './support/until';

const saved = (desk: PostmortemDesk, words: string): Promise<string> => until(`the file to contain ${words}`, () => desk.file().includes(words) ? desk.file() : undefined);

const hasValue = (desk: PostmortemDesk, label: string, value: string): Promise<boolean> =>
  until(`${label} to be “${value}”`, async () => await desk.page.getByLabel(label).inputValue() === value);

describe('the post-mortem in its page', () => {
  it('is prefilled from the issue', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await hasValue(desk, 'What happened, row 1', 'Opened by ana');
    assert.equal(await page.getByLabel('Time, row 1').inputValue(), '2026-11-20 08:02:11 -08:00');
    assert.equal(await page.getByLabel('Resolution').inputValue(), 'Rolled back to 4.1.');
    assert.equal(await page.getByLabel('Severity').inputValue(), 'SEV1');
    assert.equal(await page.getByLabel('Incident lead').inputValue(), 'ana');
    await page.getByText('Time zone: America/Los_Angeles.').first().waitFor();
    await page.getByText('Saved').waitFor();
    await page.getByRole('button', { name: 'For acme/live#1' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received[0]), { kind: 'openIssue', ref: { repository: 'acme/live', number: 1 } });
  });

  it('saves a day that is typed key by key once it is complete, and shows the last one again if it is left before that', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Add Action' }).click();
    await page.getByLabel('Action, row 1').fill('Alert');
    const due = page.getByLabel('Due, row 1');
    const dues = (): readonly string[] => desk.panel.received.flatMap(message => message.kind === 'edit' && message.edit.kind === 'action' && message.edit.column === 'due' ? [message.edit.value] : []);
    await due.focus();
    for (const key of '12052026') await keyboard.press(key);
    await saved(desk, '| Alert |  |  |  | 2026-12-05 |');
    assert.deepEqual(dues(), ['2026-12-05']);

    await page.getByLabel('Action, row 1').focus();
    await due.focus();
    await keyboard.press('Delete');
    assert.equal(await due.inputValue(), '');
    await page.getByLabel('Action, row 1').pressSequentially('s');
    await saved(desk, '| Alerts |');
    assert.equal(await due.inputValue(), '2026-12-05');
    await due.fill('');
    await saved(desk, '| Alerts |  |  |  |  |');
  });

  it('saves text, and creates an issue from an accepted action item', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.getByLabel('Summary').fill('The portal refused **every** login.');
    await page.getByRole('button', { name: 'Add Action' }).click();
    await until('the focus on the new action', () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Action, row 1'));
    assert.equal(await page.getByRole('button', { name: /^Accept and create an issue for:/ }).isDisabled(), true);
    await page.getByLabel('Action, row 1').fill('Alert when logins stop');
    await page.getByLabel('Type, row 1').selectOption('detect');
    await page.getByLabel('Owner, row 1').fill('ben');
    await page.getByLabel('Due, row 1').fill('2026-12-01');
    await page.getByRole('button', { name: 'Accept and create an issue for: Alert when logins stop' }).click();
    const text = await saved(desk, '| Alert when logins stop | detect | ben |  | 2026-12-01 | acme/engine#3 | accepted |');
    assert.match(text, /## Summary\n\nThe portal refused \*\*every\*\* login\.\n\n## Impact/);
    await page.getByRole('button', { name: /^Open issue acme\/engine#3/ }).waitFor();
    await desk.closeIssue(3);
    await saved(desk, '| acme/engine#3 | done |');
    await page.locator('.badge.done').waitFor();
  });

  it('declines an action item, and proposes it again', async () => {
    const desk = await openPostmortem();
    await desk.page.getByRole('button', { name: 'Add Action' }).click();
    await desk.page.getByLabel('Action, row 1').fill('Never deploy again');
    await desk.page.getByRole('button', { name: 'Decline: Never deploy again' }).click();
    await saved(desk, '| declined |');
    await desk.page.getByRole('button', { name: 'Propose again: Never deploy again' }).click();
    await saved(desk, '| proposed |');
  });

  it('changes times in the time zone of the desk', async () => {
    const desk = await openPostmortem();
    await desk.page.getByLabel('Time, row 1').fill('07:58');
    await desk.page.getByLabel('Time, row 1').press('Enter');
    await saved(desk, '| 2026-11-20 07:58:00 -08:00 | Opened by ana |');
    await desk.page.getByLabel('Detected').fill('2026-11-20T08:01:00');
    await desk.page.getByLabel('Detected').press('Enter');
    await saved(desk, 'detected: 2026-11-20T16:01:00Z');
  });

  it('keeps the title on one line, and shows unsaved text', async () => {
    const desk = await openPostmortem();
    const title = desk.page.getByLabel('Title', { exact: true });
    await title.fill('Portal\nis back');
    await hasValue(desk, 'Title', 'Portal is back');
    desk.answering = false;
    await title.press('End');
    await title.press('Enter');
    await title.pressSequentially(' up');
    await desk.page.getByText('Saving…').waitFor();
    await hasValue(desk, 'Title', 'Portal is back up');
  });

  it('restores a removed row, and adds new events to the timeline', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const rows = page.getByLabel(/^What happened, row/);
    await rows.first().waitFor();
    const count = await rows.count();
    await page.getByRole('button', { name: 'Hide row 2' }).click();
    await until('the row to go', async () => await rows.count() === count - 1);
    await until('the focus on what takes it back', () => page.evaluate(() => document.activeElement?.id === 'undo'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the row to come back', async () => await rows.count() === count);
    await desk.happen({ at: '2026-11-20T18:00:00Z', by: 'ben', kind: 'commented', markdown: 'It was the certificate.' });
    await page.getByText('The issue has one new event since the timeline was filled.').waitFor();
    await page.getByRole('button', { name: 'Add to Timeline' }).click();
    await saved(desk, '| 2026-11-20 10:00:00 -08:00 | ben: It was the certificate. |');
    await page.getByRole('button', { name: 'Add to Timeline' }).waitFor({ state: 'detached' });
  });

  it('adds a timeline entry, and sorts by time', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const rows = page.getByLabel(/^What happened, row/);
    const count = await rows.count();
    await page.getByRole('button', { name: 'Add Row' }).click();
    await page.keyboard.type('A customer called');
    await page.getByLabel(`Time, row ${count + 1}`).fill('2026-11-20 08:00');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Sort by Time' }).click();
    await hasValue(desk, 'What happened, row 1', 'A customer called');
    await saved(desk, '| 2026-11-20 08:00:00 -08:00 | A customer called |');
  });

  it('keeps changes by someone else, and reports a conflict', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.getByLabel('Summary').fill('Ours');
    const text = await saved(desk, 'Ours');
    await desk.write(text.replace('## Detection\n', '## Detection\n\nBy a customer.\n').concat('\n## Budget\n\nNone.\n'));
    await hasValue(desk, 'Detection', 'By a customer.');
    await hasValue(desk, 'Budget', 'None.');
    await page.getByLabel('Impact').fill('Many');
    const both = await saved(desk, 'Many');
    assert.ok(both.endsWith('## Budget\n\nNone.\n'), both);
    await desk.write(both.replace('issue: acme/live#1', 'issue: ['));
    await page.getByRole('alert').getByText('cannot be changed, because').waitFor();
    await page.getByText('Not saved').waitFor();
    const sent = desk.panel.received.length;
    await page.getByLabel('Impact').fill('Many more');
    await until('the host to have the edit', async () => desk.panel.received.length > sent);
    await desk.write(both.replace('Many', 'Few'));
    await page.getByRole('alert').getByText('Someone else changed').waitFor();
    assert.ok(desk.file().includes('Few'));
    await page.getByText('Keep Mine').click();
    await saved(desk, 'Many more');
    await desk.remove();
    await page.getByText('was deleted or moved.').waitFor();
    await page.getByText('Create File Again').click();
    await saved(desk, 'Many more');
    await page.getByText('Saved').waitFor();
  });

  it('keeps the focus and the text being typed while others write', async () => {
    const desk = await openPostmortem();
    const impact = desk.page.getByLabel('Impact');
    await impact.fill('Everybody');
    const text = await saved(desk, 'Everybody');
    desk.answering = false;
    await impact.press('End');
    await impact.pressSequentially(', for an');
    desk.answering = true;
    await desk.write(text.replace('## Trigger\n', '## Trigger\n\nA deployment.\n'));
    await hasValue(desk, 'Trigger', 'A deployment.');
    await impact.pressSequentially(' hour');
    await hasValue(desk, 'Impact', 'Everybody, for an hour');
    assert.equal(await impact.evaluate(element => element === element.ownerDocument.activeElement), true);
  });

  it('keeps unsaved text when it is hidden, and when the host restarts before it received it', async () => {
    const desk = await openPostmortem();
    const impact = desk.page.getByLabel('Impact');
    await impact.fill('Everybody');
    await saved(desk, 'Everybody');
    desk.answering = false;
    await impact.press('End');
    await impact.pressSequentially(', for an hour');
    desk.answering = true;
    await desk.panel.reload();
    await saved(desk, 'Everybody, for an hour');
    await hasValue(desk, 'Impact', 'Everybody, for an hour');
    desk.answering = false;
    await impact.press('End');
    await impact.pressSequentially(' and a half');
    await desk.restartHost();
    await saved(desk, 'Everybody, for an hour and a half');
    await hasValue(desk, 'Impact', 'Everybody, for an hour and a half');
  });

  it('is read-only in an untrusted folder', async () => {
    const desk = await openPostmortem({ trusted: false });
    assert.equal(await desk.page.getByLabel('Summary').isEditable(), false);
    await desk.page.getByText('Not written to a file').waitFor();
    for (const name of ['Add Action', 'Add Row', 'Hide row 2', 'Open as Markdown']) assert.equal(await desk.page.getByRole('button', { name }).count(), 0, name);
    await desk.page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received[0]), { kind: 'trust' });
  });

  it('runs no code from hostile titles and steps', async () => {
    const hostile = closedIncident.replace('Portal is down', 'Portal <img src=x onerror=alert(1)> is down').replace('Find the last', 'Find </script><script>alert(2)</script> the');
    const desk = await openPostmortem({ incident: hostile });
    await hasValue(desk, 'What happened, row 4', 'Find </script><script>alert(2)</script> the deployment (ana)');
    assert.equal(await desk.page.getByLabel('Title', { exact: true }).inputValue(), 'Portal <img src=x onerror=alert(1)> is down');
    assert.equal(await desk.page.locator('#root img, #root script').count(), 0);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme`, async () => {
      const desk = await openPostmortem({ theme });
      await desk.page.getByRole('button', { name: 'Add Action' }).click();
      await desk.page.getByLabel('Action, row 1').fill('Alert when logins stop');
      await desk.page.getByRole('button', { name: 'Hide row 2' }).click();
      await desk.page.getByRole('button', { name: 'Undo' }).waitFor();
      assert.deepEqual(await desk.panel.axe(), []);
      await desk.panel.screenshot(`postmortem-${theme}`);
    });
  }

  it('fits a narrow window', async () => {
    const desk = await openPostmortem({ viewport: { width: 360, height: 900 } });
    await desk.page.getByLabel('Summary').waitFor();
    assert.equal(await desk.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true);
    await desk.panel.screenshot('postmortem-narrow');
  });
});
