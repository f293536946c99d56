import assert from 'node:assert/strict';
import { it } from './support/it';
import { openSchedule, type ScheduleDesk, team } from './support/schedule';
import { themeNames } from './support/themes';
import { until } from './support/until';

const focused = (schedule: ScheduleDesk, date: string): Promise<boolean> =>
  until(`the focus on ${date}`, () => schedule.page.evaluate(id => document.activeElement?.id === id, `day-${date}`));

const spoken = async (schedule: ScheduleDesk, date: string): Promise<string> => await schedule.page.locator(`#day-${date} > .unseen`).textContent() ?? '';

describe('the schedule in its page', () => {
  it('is operated by keyboard from day to day and month to month, and its commands start from the selected day', async () => {
    const schedule = await openSchedule();
    const { keyboard } = schedule.page;
    await schedule.page.locator('#day-2026-11-20').focus();
    await keyboard.press('ArrowRight');
    await focused(schedule, '2026-11-21');
    for (const date of ['2026-11-28', '2026-12-05', '2026-12-12', '2026-12-19', '2026-12-26']) {
      await keyboard.press('ArrowDown');
      await focused(schedule, date);
    }
    await schedule.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await keyboard.press('Home');
    await focused(schedule, '2026-11-20');
    await keyboard.press('PageDown');
    await focused(schedule, '2026-12-20');
    await keyboard.press('PageUp');
    await focused(schedule, '2026-11-20');
    await keyboard.press('ArrowLeft');
    await focused(schedule, '2026-11-19');
    await keyboard.press('ArrowUp');
    await focused(schedule, '2026-11-12');
    assert.equal(await schedule.page.getByRole('gridcell', { selected: true }).count(), 1);
    await schedule.page.getByRole('button', { name: 'Cover Part of a Shift' }).click();
    assert.deepEqual(await until('the message', () => schedule.panel.received.find(({ kind }) => kind === 'act')), { kind: 'act', action: 'cover', day: '2026-11-12' });
  });

  it('selects the last day of a month that is too short', async () => {
    const schedule = await openSchedule({ now: '2026-01-31T12:00:00Z' });
    await schedule.page.locator('#day-2026-01-31').focus();
    await schedule.page.keyboard.press('PageDown');
    await focused(schedule, '2026-02-28');
  });

  it('describes for screen readers who is on call, who is away and why a day is closed, and shows the load', async () => {
    const schedule = await openSchedule({ now: '2026-09-10T12:00:00Z' });
    await schedule.page.getByRole('heading', { name: 'September 2026' }).waitFor();
    for (const month of ['October 2026', 'November 2026']) {
      await schedule.page.getByRole('button', { name: 'Next month' }).click();
      await schedule.page.getByRole('heading', { name: month }).waitFor();
    }
    assert.match(await spoken(schedule, '2026-11-26'), /^Thursday, November 26, 2026\. .*holiday\. primary: .* backup: .*Away: Cleo Park$/);
    assert.match(await spoken(schedule, '2026-11-12'), /primary: \S.* until 08:00\. primary: Finn Lund from 08:00/);
    assert.match(await spoken(schedule, '2026-11-15'), /closed/);
    await schedule.page.getByRole('heading', { name: 'Shifts in 2026' }).waitFor();
    await schedule.page.getByText('Uneven: the highest and the lowest number of shifts differ by').waitFor();
    await schedule.page.locator('#day-2026-11-26').click();
    await schedule.page.getByRole('heading', { name: /Thursday, November 26, 2026/ }).waitFor();
    await schedule.page.getByRole('button', { name: 'Previous month' }).click();
    await schedule.page.getByRole('heading', { name: 'October 2026' }).waitFor();
    await schedule.page.getByRole('button', { name: 'Today' }).click();
    await focused(schedule, '2026-09-10');
  });

  it('explains what to do without a rotation, with an invalid desk.yml, and in an untrusted folder', async () => {
    const schedule = await openSchedule();
    await schedule.breakDesk();
    await schedule.page.getByText('desk.yml has errors, so this is the last valid schedule.').waitFor();
    await schedule.setDesk('team: A\n');
    await schedule.page.getByText('desk.yml has no rotation yet').waitFor();
    await schedule.page.locator('section').getByRole('button', { name: 'Open desk.yml' }).click();
    assert.deepEqual(await until('the message', () => schedule.panel.received[0]), { kind: 'act', action: 'openDesk' });
    await schedule.setDesk(undefined);
    await schedule.page.getByRole('button', { name: 'Create Desk' }).click();
    assert.deepEqual(await until('the second message', () => schedule.panel.received[1]), { kind: 'act', action: 'createDesk' });
    const untrusted = await openSchedule({ trusted: false });
    await untrusted.page.getByText('This page is read-only until you trust the folder.').waitFor();
    assert.equal(await untrusted.page.getByRole('button', { name: 'Take Over Shift Now' }).isDisabled(), true);
    assert.equal(await untrusted.page.getByRole('button', { name: 'Export to iCalendar' }).isDisabled(), false);
  });

  it('keeps the month when it is hidden', async () => {
    const schedule = await openSchedule();
    await schedule.page.getByRole('button', { name: 'Next month' }).click();
    await schedule.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await schedule.panel.reload();
    await schedule.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    assert.match(await schedule.page.evaluate('sessionStorage.getItem("vscode state")'), /"subject":\{"month":"2026-12"\}/);
  });

  it('runs no code from hostile names', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const schedule = await openSchedule({ desk: team.replace('name: Ana Ruiz', `name: "${evil}"`).replace('name: Cleo Park', `name: "Cleo ${evil}"`) });
    await schedule.page.getByText(evil, { exact: true }).first().waitFor();
    await schedule.page.getByText(`Away: Cleo ${evil}`, { exact: true }).waitFor();
    assert.equal(await schedule.page.locator('#root img, #root script').count(), 0);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme, in a wide window and as a list of days in a narrow one`, async () => {
      const schedule = await openSchedule({ theme, viewport: { width: 1100, height: 1300 } });
      await schedule.page.getByRole('gridcell', { selected: true }).focus();
      await schedule.panel.screenshot(`schedule-${theme}`);
      assert.deepEqual(await schedule.panel.axe(), []);
      await schedule.page.setViewportSize({ width: 500, height: 1300 });
      await schedule.page.getByRole('columnheader').first().waitFor({ state: 'hidden' });
      assert.deepEqual(await schedule.panel.axe(), []);
      assert.equal(await schedule.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true);
      await schedule.panel.screenshot(`schedule-narrow-${theme}`);
    });
  }
});
