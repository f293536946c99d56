import assert from 'node:assert/strict';
import { renderMilestone } from '../../src/core/markup/milestone';
import type { PendingOperation } from '../../src/core/model/operation';
import type { TimelineEvent } from '../../src/core/model/timelineEvent';
import { type ChecklistOptions, openChecklist } from './support/issue';
import { it } from './support/it';
import { themeNames } from './support/themes';

const ref = { repository: 'acme/desk', number: 7 };

const opened: TimelineEvent = { kind: 'opened', at: '2026-11-20T16:00:00Z', by: 'cleo' };

const events: readonly TimelineEvent[] = [
  opened,
  { kind: 'commented', at: '2026-11-20T16:01:00Z', by: 'cleo', markdown: 'A **white page** for everybody:\n\n- [x] Berlin\n\n```\nHTTP 502\n```' },
  { kind: 'commented', at: '2026-11-20T16:31:00Z', by: 'ben', markdown: renderMilestone('mitigated', 'Traffic goes to the other region.', { at: '2026-11-20T16:25:00Z' }) },
];

const services = Array.from({ length: 30 }, (_, index) => `Customer service number ${index + 1}`);

const audiences = ['Users', 'Leadership'].map(name => ({ name, email: [], updateEvery: { high: { amount: 30, unit: 'm' as const } }, aroundTheClock: true, isInternal: false }));

const waiting = (key: string, operation: PendingOperation['operation']): PendingOperation => ({ key, at: '2026-11-20T16:35:00Z', by: 'ana', operation });

const states: Readonly<Record<string, ChecklistOptions>> = {
  'nothing but a title': { plain: true, before: '', events: [opened] },
  'very long names and many services': {
    events, title: `The portal answers with a white page for everybody in ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}, and has done so since the release of this morning at eight`,
    before: '<!-- desk:clock acknowledged=2026-11-20T16:04:00Z by=ana -->\n\n',
    labels: ['incident', 'priority: high', 'SEV2', ...services.map(name => `service: ${name}`), 'environment: an-environment-name-without-any-space-that-goes-on-and-on'],
    desk: { services, audiences },
  },
  'changes that wait': {
    events,
    pending: [
      waiting('p1', { kind: 'comment', ref, markdown: 'I am on it.' }),
      waiting('p2', { kind: 'edit', ref, change: { kind: 'markStep', run: 'run1', step: 'look-at-the-board', mark: { kind: 'done', by: 'ana', at: '2026-11-20T16:35:00Z' } } }),
    ],
  },
  'an untrusted folder': { events, trusted: false, labels: ['incident', 'test', 'backfilled'] },
};

describe('the page of an issue in a narrow side bar', () => {
  for (const theme of themeNames) {
    it(`fits, and has no serious or critical accessibility violation, in ${theme}`, async () => {
      for (const [name, options] of Object.entries(states)) {
        const { page, panel } = await openChecklist({ ...options, theme, viewport: { width: 300, height: 900 } });
        await page.locator('.timeline').waitFor();
        await panel.screenshot(`issue-${name.replaceAll(' ', '-')}-${theme}`);
        for (const width of [300, 400]) {
          await page.setViewportSize({ width, height: 900 });
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, `${name} at ${width}`);
        }
        assert.deepEqual(await panel.axe(), [], name);
      }
    });

    it(`keeps what was typed for a deleted issue in sight in ${theme}`, async () => {
      const desk = await openChecklist({ events, theme, viewport: { width: 300, height: 600 } });
      await desk.page.getByRole('textbox', { name: 'Add a comment' }).fill('Half a senten');
      await desk.remove();
      await desk.page.getByRole('textbox', { name: 'Your comment was not sent' }).waitFor();
      await desk.panel.screenshot(`issue-deleted-${theme}`);
      assert.deepEqual(await desk.panel.axe(), []);
    });
  }

  it('shows at most three lines of services, and all of them as the name of the button', async () => {
    const { page } = await openChecklist({ ...states['very long names and many services'], viewport: { width: 300, height: 900 } });
    const fact = page.getByRole('button', { name: /^Change Services: / });
    assert.match(await fact.getAttribute('aria-label') ?? '', /Customer service number 30$/);
    assert.ok(((await fact.boundingBox())?.height ?? 999) < 90);
  });

  it('fills no secondary button in high contrast, and sets the main one in bold', async () => {
    const { page } = await openChecklist({ theme: 'hc', events });
    const styleOf = (name: string) => page.locator('vscode-button', { hasText: name }).first().evaluate(element => {
      const { backgroundColor, fontWeight } = getComputedStyle(element.shadowRoot?.querySelector('.base') ?? element);
      return [backgroundColor, fontWeight];
    });
    assert.deepEqual(await styleOf('Close Issue'), ['rgba(0, 0, 0, 0)', '400']);
    assert.equal((await styleOf('Acknowledge'))[1], '700');
  });
});
