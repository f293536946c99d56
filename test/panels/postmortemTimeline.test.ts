import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TimelineEvent } from '../../src/core/model/timelineEvent';
import { it } from './support/it';
import { happened, openPostmortem, type PostmortemDesk } from './support/postmortem';
import { themeNames } from './support/themes';
import { until } from './support/until';

const saved = (desk: PostmortemDesk, words: string): Promise<string> => until(`the file to contain ${words}`, () => desk.file().includes(words) ? desk.file() : undefined);

const lastOf = (text: string, words: string): string => text.split('\n').find(line => line.includes(words)) ?? '';

const events = async (page: Page): Promise<readonly string[]> => page.getByLabel(/^What happened, row/).evaluateAll(fields => fields.map(field => field instanceof HTMLTextAreaElement ? field.value : ''));

const isFocused = (page: Page, label: string | RegExp): Promise<boolean> => until(`the focus on ${String(label)}`, () => page.getByLabel(label).or(page.getByRole('button', { name: label, exact: true })).first().evaluate(element => element === document.activeElement));

/** An incident in the night when the clocks change in Los Angeles: 09:00 UTC is 02:00 before, and 01:00 after. */
const overnight: readonly TimelineEvent[] = [
  { at: '2026-11-01T06:50:00Z', by: 'ana', kind: 'opened' },
  { at: '2026-11-01T08:30:00Z', by: 'ana', kind: 'commented', markdown: 'Before the change.' },
  { at: '2026-11-01T09:30:00Z', by: 'ana', kind: 'commented', markdown: 'After the change.' },
  { at: '2026-11-01T10:00:00Z', by: 'ana', kind: 'closed' },
];

describe('the timeline of a post-mortem', () => {
  it('shows the source, date and offset of each row', async () => {
    const { page } = await openPostmortem();
    const row = page.locator('.entry').nth(1);
    assert.equal(await row.locator('.source').innerText(), 'checklist');
    assert.equal(await page.getByLabel('Time, row 2').inputValue(), '2026-11-20 08:03:00 -08:00');
    await page.getByRole('heading', { name: 'Friday, November 20, 2026' }).waitFor();
  });

  it('separates days, and shows that the clocks changed', async () => {
    const desk = await openPostmortem({ events: overnight });
    const { page } = desk;
    // The checklist of the incident is of another day.
    assert.deepEqual((await page.locator('.day').allInnerTexts()).slice(0, 2), ['Saturday, October 31, 2026', 'Sunday, November 1, 2026']);
    assert.deepEqual((await page.locator('.clocks').allInnerTexts()).map(text => text.trim()), ['The clocks changed from -07:00 to -08:00 (America/Los_Angeles).']);
    assert.equal(await page.getByLabel('Time, row 2').inputValue(), '2026-11-01 01:30:00 -07:00');
    assert.equal(await page.getByLabel('Time, row 3').inputValue(), '2026-11-01 01:30:00 -08:00');
    await page.getByLabel('Time, row 2').fill('2026-11-01 01:10:00 -08:00');
    await page.getByLabel('Time, row 2').press('Enter');
    await saved(desk, '| 2026-11-01 01:10:00 -08:00 | ana: Before the change. |');
  });

  it('keeps a time in words, and says that it is not exact', async () => {
    const desk = await openPostmortem();
    await desk.page.getByLabel('Time, row 1').fill('around eight');
    await desk.page.getByLabel('Time, row 1').press('Enter');
    await saved(desk, '| around eight | Opened by ana |');
    await desk.page.getByText('No exact time').waitFor();
    await desk.page.getByLabel('Time as text, row 1').fill('8:02:30');
    await desk.page.getByLabel('Time as text, row 1').press('Enter');
    await saved(desk, '| 8:02:30 | Opened by ana |');
  });

  it('moves a row with Alt and the arrow keys, and keeps the focus', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const before = await events(page);
    const field = page.getByLabel('What happened, row 2');
    await field.focus();
    await field.press('Alt+ArrowDown');
    await until('the new order', async () => (await events(page))[2] === before[1]);
    await isFocused(page, 'What happened, row 3');
    await page.locator('.notice').getByText('Moved to row 3. Its time did not fit there. It is now 2026-11-20 08:04:40 -08:00, and marked as inferred.').waitFor();
    const text = await saved(desk, 'checklist, inferred');
    assert.match(lastOf(text, 'started the runbook'), /^\| 2026-11-20 08:04:40 -08:00 \|/);
    await page.keyboard.press('Alt+ArrowUp');
    await until('the old order', async () => (await events(page))[1] === before[1]);
    const back = await until('its own time', () => lastOf(desk.file(), 'started the runbook').startsWith('| 2026-11-20 08:03:00 -08:00 |') ? desk.file() : undefined);
    assert.doesNotMatch(back, /inferred/);
  });

  it('moves a row with the pointer, and undoes it', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const before = await events(page);
    const grip = page.getByRole('button', { name: /^Move row 5/ });
    await grip.scrollIntoViewIfNeeded();
    await grip.hover();
    await page.mouse.down();
    const target = await page.locator('.entry').nth(1).boundingBox();
    assert.ok(target !== null);
    await page.mouse.move(target.x + 40, target.y + 20, { steps: 4 });
    await page.mouse.move(target.x + 40, target.y + 4, { steps: 4 });
    assert.equal(await page.locator('[data-drop="before"]').count(), 1);
    await page.mouse.up();
    await until('the new order', async () => (await events(page))[1] === before[4]);
    assert.match(lastOf(await saved(desk, 'milestone, inferred'), 'Resolved (ana)'), /^\| 2026-11-20 08:02:11 -08:00 \|/);
    await page.locator('#undo').click();
    await until('the old order', async () => JSON.stringify(await events(page)) === JSON.stringify(before));
    await until('its own time', () => lastOf(desk.file(), 'Resolved (ana)').startsWith('| 2026-11-20 09:29:00 -08:00 |') && !desk.file().includes('inferred'));
  });

  it('drops nothing after Escape', async () => {
    const { page } = await openPostmortem();
    const before = await events(page);
    await page.getByRole('button', { name: /^Move row 1/ }).hover();
    await page.mouse.down();
    await page.getByLabel('What happened, row 3').hover();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    assert.deepEqual(await events(page), before);
    assert.equal(await page.locator('[data-drop], [data-dragged]').count(), 0);
  });

  it('marks rows as inferred and internal', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.getByRole('button', { name: 'Inferred, row 3' }).click();
    await page.getByRole('button', { name: 'Internal, row 3' }).click();
    await saved(desk, 'milestone, inferred, internal');
    assert.equal(await page.getByRole('button', { name: 'Inferred, row 3' }).getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await page.locator('.entry').nth(2).locator('.flag').allInnerTexts(), [' Inferred', ' Internal']);
    await page.getByRole('button', { name: 'Inferred, row 3' }).click();
    await saved(desk, 'milestone, internal');
  });

  it('adds a row below another, with its time', async () => {
    const desk = await openPostmortem();
    await desk.page.getByRole('button', { name: 'Add a row below row 1' }).click();
    await isFocused(desk.page, 'What happened, row 2');
    await desk.page.keyboard.type('A customer called');
    await saved(desk, '| 2026-11-20 08:02:11 -08:00 | A customer called |');
  });

  it('shows evidence as links and pictures, and adds files', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.getByRole('button', { name: 'Evidence and source, row 1' }).click();
    await isFocused(page, 'Evidence, row 1');
    await page.keyboard.type('see #2 and https://example.org/log');
    await page.getByLabel('Source, row 1', { exact: true }).fill('call');
    await page.getByRole('button', { name: 'Add File…' }).click();
    assert.match(await saved(desk, '| see #2 and https://example.org/log ![cpu.png](/graphs/cpu.png) |'), /\| Opened by ana \| call /);
    assert.equal(await page.locator('.piece img').evaluate(async image => image instanceof HTMLImageElement && (await image.decode(), image.naturalWidth)), 1);
    await page.getByRole('button', { name: 'Open the evidence: example.org/log' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received.find(({ kind }) => kind === 'openEvidence')), { kind: 'openEvidence', text: 'https://example.org/log' });
    await page.getByRole('button', { name: 'Open the evidence: #2' }).waitFor();
  });

  it('hides events, and shows them again', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    const before = await events(page);
    await page.getByRole('button', { name: 'Hide row 2' }).click();
    await saved(desk, '<!-- desk:hidden ');
    assert.equal(await page.getByText('The issue has one new event').count(), 0);
    await page.getByRole('button', { name: 'Show 1 Hidden Event' }).click();
    await page.getByRole('button', { name: /^Add to the timeline again:/ }).click();
    await until('the row', async () => JSON.stringify(await events(page)) === JSON.stringify(before));
    await until('no hidden event in the file', () => !desk.file().includes('desk:hidden'));
  });

  it('offers the new text of an event that was edited, and says if it is gone', async () => {
    const said = (markdown: string): TimelineEvent => ({ at: '2026-11-20T16:20:00Z', by: 'ben', kind: 'commented', markdown });
    const desk = await openPostmortem({ events: [...happened.slice(0, 2), said('It was the network.'), ...happened.slice(2)] });
    const { page } = desk;
    const row = page.locator('.entry', { has: page.getByText('The event was edited:') });
    await desk.setEvents([...happened.slice(0, 2), said('It was the certificate.'), ...happened.slice(2)]);
    await row.getByText('ben: It was the certificate.').waitFor();
    await row.getByRole('button', { name: 'Keep' }).click();
    await row.waitFor({ state: 'detached' });
    assert.match(desk.file(), /ben: It was the network\./);
    await desk.setEvents([...happened.slice(0, 2), said('It was the old certificate.'), ...happened.slice(2)]);
    await row.getByRole('button', { name: 'Use New Text' }).click();
    await saved(desk, 'ben: It was the old certificate.');
    await row.waitFor({ state: 'detached' });
    await desk.setEvents(happened);
    await page.getByText('The event no longer exists in the issue.').waitFor();
    await saved(desk, 'ben: It was the old certificate.');
  });

  it('renders only the row that is edited', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.evaluate(`(() => { window.changedRows = new Set(); new MutationObserver(records => { for (const { target } of records) { const row = (target.parentElement ?? target).closest?.('[data-row]'); if (row) window.changedRows.add(row.dataset.row); } }).observe(document.querySelector('.timeline'), { subtree: true, childList: true, attributes: true, characterData: true }); })()`);
    await page.getByRole('button', { name: 'Internal, row 3' }).click();
    await saved(desk, 'milestone, internal');
    assert.equal(await page.evaluate('window.changedRows.size'), 1);
  });

  it('is used by keyboard only, and keeps the focus where something goes away', async () => {
    const desk = await openPostmortem();
    const { page } = desk;
    await page.getByLabel('What happened, row 1').focus();
    const names: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate('document.activeElement.getAttribute("aria-label")'));
      assert.equal(await page.evaluate('getComputedStyle(document.activeElement).opacity'), '1');
    }
    assert.deepEqual(names, ['Inferred, row 1', 'Internal, row 1', 'Evidence and source, row 1', 'Add a row below row 1', 'Hide row 1: Opened by ana']);
    await page.keyboard.press('Enter');
    await isFocused(page, 'Undo');
    await page.keyboard.press('Enter');
    await isFocused(page, 'What happened, row 1');
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await isFocused(page, 'Evidence, row 1');
    await page.keyboard.press('Escape');
    await isFocused(page, 'Evidence and source, row 1');
    for (let count = 0; count < 2; count += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show 1 Hidden Event' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the row', async () => (await events(page))[0] === 'Opened by ana');
    assert.notEqual(await page.evaluate('document.activeElement.tagName'), 'BODY');
  });

  it('shows all rows of a long one, and the place where it was before', async () => {
    const many = Array.from({ length: 300 }, (_, index): TimelineEvent => ({ at: new Date(Date.UTC(2026, 10, 20, 17) + index * 60_000).toISOString().replace('.000Z', 'Z'), by: 'ana', kind: 'commented', markdown: `Comment ${index}` }));
    const desk = await openPostmortem({ events: many });
    const { page } = desk;
    const rows = page.locator('.entry');
    await until('all rows', async () => await rows.count() >= 300);
    await page.getByLabel('What happened, row 200').scrollIntoViewIfNeeded();
    const before = await until('the position to be stored', () => page.evaluate<number>('JSON.parse(sessionStorage.getItem("vscode state")).scroll > 1000 ? window.scrollY : 0'));
    await desk.panel.reload();
    await until('all rows', async () => await rows.count() >= 300);
    assert.ok(Math.abs(await page.evaluate<number>('window.scrollY') - before) < 400);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme`, async () => {
      const desk = await openPostmortem({ theme, events: overnight });
      const { page } = desk;
      await page.getByRole('button', { name: 'Inferred, row 3' }).click();
      await page.getByRole('button', { name: 'Internal, row 4' }).click();
      await page.getByRole('button', { name: 'Evidence and source, row 1' }).click();
      await page.getByRole('button', { name: 'Add File…' }).click();
      await page.getByRole('button', { name: 'Hide row 2' }).click();
      await page.getByRole('button', { name: 'Show 1 Hidden Event' }).click();
      await page.getByLabel('Time, row 2').fill('at lunch');
      await desk.setEvents(overnight.map(event => event.kind === 'commented' && event.markdown.startsWith('After') ? { ...event, markdown: 'Long after the change.' } : event));
      await page.getByText('The event was edited:').waitFor();
      await page.locator('.piece img').waitFor();
      assert.deepEqual(await desk.panel.axe(), []);
      await desk.panel.screenshot(`postmortem-timeline-${theme}`);
      if (theme !== 'dark') return;
      for (const width of [400, 300]) {
        await page.setViewportSize({ width, height: 900 });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true, `${width} px`);
        await desk.panel.screenshot(`postmortem-timeline-${width}`);
      }
    });
  }
});
