import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { renderMilestone } from '../../src/core/markup/milestone';
import type { TimelineEvent } from '../../src/core/model/timelineEvent';
import { type ChecklistOptions, openChecklist } from './support/issue';
import { it } from './support/it';
import { themeNames } from './support/themes';
import { until } from './support/until';

const opened: TimelineEvent = { kind: 'opened', at: '2026-11-20T16:00:00Z', by: 'cleo' };

const comment: TimelineEvent = { kind: 'commented', at: '2026-11-20T16:20:00Z', by: 'ben', markdown: 'I restarted it, see #3.' };

const audiences = [{ name: 'Users', email: [], updateEvery: {}, aroundTheClock: true, isInternal: false }];

const options: ChecklistOptions = { time: '2026-11-20T16:40:00Z', events: [opened], labels: ['incident', 'priority: high', 'service: Portal'], desk: { services: ['Portal'], audiences } };

/** The name of the element with the focus, as a screen reader has it, or its id. */
const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const element = document.activeElement;
  return element === null || element === document.body ? 'nothing' : element.getAttribute('aria-label') ?? (element.id || (element.textContent ?? '').trim());
});

const press = (page: Page, ...keys: readonly string[]): Promise<void> => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

describe('the page of an issue by keyboard', () => {
  for (const theme of themeNames) {
    it(`reaches every control with Tab and shows where the focus is, in ${theme}`, async () => {
      const { page } = await openChecklist({ ...options, events: [opened, comment], theme });
      await page.getByText('I restarted it').waitFor();
      const controls = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled), select, textarea, vscode-button:not([disabled])')]
        .filter(element => element.offsetParent !== null && element.tabIndex >= 0).length);
      // The radio buttons of a decision are one stop.
      const radios = await page.locator('input[type=radio]').count();
      let stops = 0;
      for (;;) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === null || element === document.body) return undefined;
          const { outlineStyle, outlineWidth } = getComputedStyle(element.shadowRoot?.querySelector('.base') ?? element);
          return { name: element.getAttribute('aria-label') ?? element.textContent ?? '', ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 };
        });
        if (stop === undefined) break;
        assert.ok(stop.ring, `no focus ring on ${stop.name.trim()}`);
        stops += 1;
        assert.ok(stops <= controls, 'Tab goes round without an end');
      }
      assert.equal(stops, controls - Math.max(0, radios - 1));
    });
  }

  it('moves through the menu with the arrow keys, closes it with Escape and when the focus leaves it', async () => {
    const { page } = await openChecklist(options);
    await page.getByRole('button', { name: 'More Actions' }).focus();
    await press(page, 'Enter');
    await until('the first entry', async () => /Send Update/.test(await focused(page)));
    await press(page, 'ArrowUp');
    assert.match(await focused(page), /Reveal|Show/);
    await press(page, 'ArrowDown', 'ArrowDown');
    assert.match(await focused(page), /Resolve/);
    await press(page, 'Escape');
    assert.equal(await focused(page), 'more');
    await press(page, 'Enter', 'End', 'Tab');
    await until('the menu to be closed', async () => await page.locator('.menu-items').count() === 0);
  });

  it('keeps the focus and the selection in the text while others comment, tick and change the issue', async () => {
    const desk = await openChecklist(options);
    const { page } = desk;
    await page.getByRole('textbox', { name: 'Add a comment' }).focus();
    await page.keyboard.type('half a sentence');
    await press(page, 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await desk.setEvents([opened, comment]);
    await page.getByText('I restarted it').waitFor();
    await desk.change({ kind: 'markStep', run: 'run1', step: await page.locator('input[type=checkbox].control').first().getAttribute('data-step') ?? '', mark: { kind: 'done', by: 'ben', at: '2026-11-20T16:21:00Z' } });
    await desk.change({ kind: 'retitle', title: 'The portal is slow' });
    await page.getByRole('heading', { name: 'The portal is slow' }).waitFor();
    await page.keyboard.type('HA');
    assert.equal(await page.locator('#reply').inputValue(), 'HAlf a sentence');
  });

  it('stays on the step that is ticked', async () => {
    const { page, box } = await openChecklist(options);
    await box('Look at the board').focus();
    await press(page, 'Space');
    await page.getByText('1 of 6 done').first().waitFor();
    await press(page, 'ArrowDown', 'Space');
    await page.getByText('2 of 6 done').first().waitFor();
  });

  it('never moves the focus to another action when the one that was pressed is gone', async () => {
    const desk = await openChecklist(options);
    const { page } = desk;
    await page.locator('vscode-button', { hasText: 'Acknowledge' }).first().focus();
    await press(page, 'Enter');
    await desk.change({ kind: 'noteClock', marks: { acknowledged: '2026-11-20T16:41:00Z', by: 'ana' } });
    await page.locator('header').getByText('Resolve…').first().waitFor();
    assert.equal(await focused(page), 'Portal down');
    await press(page, 'Enter', 'Enter');
    assert.deepEqual(desk.panel.received.flatMap(message => message.kind === 'act' ? [message.action] : []), [{ kind: 'run', command: 'issue.acknowledge' }]);
  });

  it('comments and resolves, with the focus in the text afterwards', async () => {
    const desk = await openChecklist({ ...options, before: '<!-- desk:clock acknowledged=2026-11-20T16:04:00Z by=ana -->\n\n' });
    const { page } = desk;
    await page.locator('#reply').focus();
    await page.keyboard.type('It is back.');
    desk.answerReply = async () => {
      await desk.setEvents([opened, { kind: 'commented', at: '2026-11-20T16:41:00Z', by: 'ana', markdown: renderMilestone('resolved', 'It is back.') }]);
      await desk.change({ kind: 'setFields', fields: [{ name: 'resolved', value: '2026-11-20T16:41:00Z', at: '2026-11-20T16:41:00Z', by: 'ana' }] });
      return { kind: 'done' };
    };
    for (let tabs = 0; tabs < 4 && !/Resolve/.test(await focused(page)); tabs += 1) await press(page, 'Tab');
    await press(page, 'Enter');
    await page.getByText('The comment is saved.').waitFor();
    assert.equal(await focused(page), 'Add a comment');
  });

  it('has the focus on the text that was not sent when the issue is deleted', async () => {
    const desk = await openChecklist(options);
    await desk.page.locator('#reply').focus();
    await desk.page.keyboard.type('half');
    await desk.remove();
    await until('the focus', async () => await focused(desk.page) === 'Your comment was not sent');
  });
});
