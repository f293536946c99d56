import assert from 'node:assert/strict';
import { it } from './support/it';
import { openRota, type RotaDesk, team } from './support/rota';
import { themeNames } from './support/themes';
import { until } from './support/until';

const focused = (rota: RotaDesk, date: string): Promise<boolean> =>
  until(`the focus on ${date}`, () => rota.page.evaluate(id => document.activeElement?.id === id, `day-${date}`));

const spoken = async (rota: RotaDesk, date: string): Promise<string> => await rota.page.locator(`#day-${date} > .unseen`).textContent() ?? '';

describe('the rota in its page', () => {
  it('is operated by keyboard from day to day and month to month, and its commands start from the selected day', async () => {
    const rota = await openRota();
    const { keyboard } = rota.page;
    await rota.page.locator('#day-2026-11-20').focus();
    await keyboard.press('ArrowRight');
    await focused(rota, '2026-11-21');
    for (const date of ['2026-11-28', '2026-12-05', '2026-12-12', '2026-12-19', '2026-12-26']) {
      await keyboard.press('ArrowDown');
      await focused(rota, date);
    }
    await rota.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await keyboard.press('Home');
    await focused(rota, '2026-11-20');
    await keyboard.press('PageDown');
    await focused(rota, '2026-12-20');
    await keyboard.press('PageUp');
    await focused(rota, '2026-11-20');
    await keyboard.press('ArrowLeft');
    await focused(rota, '2026-11-19');
    await keyboard.press('ArrowUp');
    await focused(rota, '2026-11-12');
    assert.equal(await rota.page.getByRole('gridcell', { selected: true }).count(), 1);
    await rota.page.getByRole('button', { name: 'Cover Part of a Turn' }).click();
    assert.deepEqual(await until('the message', () => rota.panel.received.find(({ kind }) => kind === 'act')), { kind: 'act', action: 'cover', day: '2026-11-12' });
  });

  it('selects the last day of a month that is too short', async () => {
    const rota = await openRota({ now: '2026-01-31T12:00:00Z' });
    await rota.page.locator('#day-2026-01-31').focus();
    await rota.page.keyboard.press('PageDown');
    await focused(rota, '2026-02-28');
  });

  it('describes for screen readers who is on call, who is away and why a day is closed, and shows the load', async () => {
    const rota = await openRota({ now: '2026-09-10T12:00:00Z' });
    await rota.page.getByRole('heading', { name: 'September 2026' }).waitFor();
    for (const month of ['October 2026', 'November 2026']) {
      await rota.page.getByRole('button', { name: 'Next month' }).click();
      await rota.page.getByRole('heading', { name: month }).waitFor();
    }
    assert.match(await spoken(rota, '2026-11-26'), /^Thursday, November 26, 2026\. .*holiday\. primary: .* backup: .*Away: Cleo Park$/);
    assert.match(await spoken(rota, '2026-11-12'), /primary: \S.* until 08:00\. primary: Finn Lund from 08:00/);
    assert.match(await spoken(rota, '2026-11-15'), /closed/);
    await rota.page.getByRole('heading', { name: 'Turns in 2026' }).waitFor();
    await rota.page.getByText('Uneven: the most and the fewest turns are').waitFor();
    await rota.page.locator('#day-2026-11-26').click();
    await rota.page.getByRole('heading', { name: /Thursday, November 26, 2026/ }).waitFor();
    await rota.page.getByRole('button', { name: 'Previous month' }).click();
    await rota.page.getByRole('heading', { name: 'October 2026' }).waitFor();
    await rota.page.getByRole('button', { name: 'Today' }).click();
    await focused(rota, '2026-09-10');
  });

  it('explains what to do without a rotation, with an invalid desk.yml, and in an untrusted folder', async () => {
    const rota = await openRota();
    await rota.breakDesk();
    await rota.page.getByText('desk.yml is broken, so this is the rota as it was before.').waitFor();
    await rota.setDesk('team: A\n');
    await rota.page.getByText('desk.yml has no rotation yet').waitFor();
    await rota.page.locator('section').getByRole('button', { name: 'Open desk.yml' }).click();
    assert.deepEqual(await until('the message', () => rota.panel.received[0]), { kind: 'act', action: 'openDesk' });
    await rota.setDesk(undefined);
    await rota.page.getByRole('button', { name: 'Create a Desk' }).click();
    assert.deepEqual(await until('the second message', () => rota.panel.received[1]), { kind: 'act', action: 'createDesk' });
    const untrusted = await openRota({ trusted: false });
    await untrusted.page.getByText('Nothing is written until you trust the folder.').waitFor();
    assert.equal(await untrusted.page.getByRole('button', { name: 'Take Over Now' }).isDisabled(), true);
    assert.equal(await untrusted.page.getByRole('button', { name: 'Export to iCalendar' }).isDisabled(), false);
  });

  it('keeps the month when it is hidden', async () => {
    const rota = await openRota();
    await rota.page.getByRole('button', { name: 'Next month' }).click();
    await rota.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await rota.panel.reload();
    await rota.page.getByRole('heading', { name: 'December 2026' }).waitFor();
    assert.match(await rota.page.evaluate('sessionStorage.getItem("vscode state")'), /"subject":\{"month":"2026-12"\}/);
  });

  it('runs no code from hostile names', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const rota = await openRota({ desk: team.replace('name: Ana Ruiz', `name: "${evil}"`).replace('name: Cleo Park', `name: "Cleo ${evil}"`) });
    await rota.page.getByText(evil, { exact: true }).first().waitFor();
    await rota.page.getByText(`Away: Cleo ${evil}`, { exact: true }).waitFor();
    assert.equal(await rota.page.locator('#root img, #root script').count(), 0);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme, in a wide window and as a list of days in a narrow one`, async () => {
      const rota = await openRota({ theme, viewport: { width: 1100, height: 1300 } });
      await rota.page.getByRole('gridcell', { selected: true }).focus();
      await rota.panel.screenshot(`rota-${theme}`);
      assert.deepEqual(await rota.panel.axe(), []);
      await rota.page.setViewportSize({ width: 500, height: 1300 });
      await rota.page.getByRole('columnheader').first().waitFor({ state: 'hidden' });
      assert.deepEqual(await rota.panel.axe(), []);
      assert.equal(await rota.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true);
      await rota.panel.screenshot(`rota-narrow-${theme}`);
    });
  }
});
