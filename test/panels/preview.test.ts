import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { it } from './support/it';
import { openPreview, type Preview, type Steps } from './support/preview';
import { themeNames } from './support/themes';
import { until } from './support/until';

const runbook = `# Incident response

- [ ] Look at the board
- [ ] Call the customer
- [ ] Create a [REQUEST] for the printers
- [ ] Tell everybody
- [ ] Is it known?
  - Yes: it has an issue
  - No: it is new

\`\`\`issue
kind: request
title: Set up {{x}}
labels: [new]
---
Body
\`\`\`

\`\`\`mermaid
flowchart LR
\`\`\`
`;

const steps: Steps = {
  'Look at the board': { kind: 'done', words: 'Done by ana, 16:02' },
  'Call the customer': { kind: 'skipped', words: 'Skipped by ana, 16:03: they called us' },
  'Create a [REQUEST] for the printers': { kind: 'current', words: 'Next' },
  'Tell everybody': { kind: 'locked', words: 'Locked' },
};

const nodes = ['Look at the board', 'Call the customer', 'Create a [REQUEST]', 'Tell everybody', 'Not a step at all'];

const node = (preview: Preview, words: string): Locator => preview.page.locator('svg g.node').filter({ hasText: words });

/** What the script added to a node: its classes, the texts for screen readers, and the sign. */
async function marked(preview: Preview, words: string): Promise<string> {
  return await node(preview, words).evaluate(element => [
    [...element.classList].filter(name => name.startsWith('response-desk-node')).join(' '),
    element.getAttribute('aria-current') ?? '',
    element.querySelector('title')?.textContent ?? '',
    element.querySelector('text.response-desk-node-sign')?.textContent ?? '',
  ].join('|'));
}

describe('the preview of a runbook in its page', () => {
  it('marks the nodes of a flowchart with the state of their steps, each time it is drawn', async () => {
    const preview = await openPreview(runbook, steps);
    await preview.draw(nodes);
    await preview.page.locator('.response-desk-node-done').waitFor();
    for (const times of [1, 2]) {
      assert.equal(await marked(preview, 'Look at the board'), 'response-desk-node-done||Done by ana, 16:02|✓', `${times}`);
      assert.equal(await marked(preview, 'Call the customer'), 'response-desk-node-skipped||Skipped by ana, 16:03: they called us|–');
      assert.equal(await marked(preview, 'Create a [REQUEST]'), 'response-desk-node-current|step|Next|▶');
      assert.equal(await marked(preview, 'Tell everybody'), '|||');
      assert.equal(await marked(preview, 'Not a step at all'), '|||');
      await preview.draw(nodes);
      await preview.page.locator('.response-desk-node-done').waitFor();
    }
  });

  it('updates the marks of a flowchart that stays when steps change', async () => {
    const preview = await openPreview(runbook, steps);
    await preview.draw(nodes);
    await preview.page.locator('.response-desk-node-current').waitFor();
    await preview.page.evaluate(() => {
      const carried = document.querySelector<HTMLElement>('.response-desk-drawn');
      const all: { text: string; kind: string }[] = JSON.parse(carried?.dataset['steps'] ?? '[]');
      if (carried !== null) carried.dataset['steps'] = JSON.stringify(all.map(step => ({ ...step, kind: step.text.startsWith('Look') ? 'current' : 'open' })));
      document.body.append(document.createElement('p'));
    });
    await until('the next step', async () => await marked(preview, 'Look at the board') === 'response-desk-node-current|step|Done by ana, 16:02|▶');
    assert.equal(await marked(preview, 'Call the customer'), '|||');
    assert.equal(await marked(preview, 'Create a [REQUEST]'), '|||');
    assert.equal(await preview.page.locator('svg [aria-current]').count(), 1);
  });

  it('shows the state of the steps, and the current one', async () => {
    const preview = await openPreview(runbook, steps);
    const box = (words: string): Locator => preview.page.locator('.response-desk-step').filter({ hasText: words }).last().locator('.response-desk-box').first();
    assert.equal(await box('Look at the board').getAttribute('aria-label'), 'Done by ana, 16:02');
    assert.equal(await box('Look at the board').isChecked(), true);
    assert.equal(await box('Look at the board').isDisabled(), true);
    assert.equal(await box('Call the customer').isChecked(), false);
    assert.match(await preview.page.locator('li[aria-current="step"]').innerText(), /^\s*Create a REQUEST/);
    await preview.page.locator('.response-desk-run').filter({ hasText: 'Portal is down: 2/5' }).getByRole('link', { name: 'Open Checklist' }).waitFor();
    await preview.show({ ...steps, 'Look at the board': { kind: 'current', words: 'Next' } });
    assert.equal(await box('Look at the board').isChecked(), false);
    await preview.draw(nodes);
    await preview.page.locator('.response-desk-node-current').filter({ hasText: 'Look at the board' }).waitFor();
  });

  it('runs no code from a hostile runbook', async () => {
    const evil = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    const preview = await openPreview(`- [ ] Create an [ISSUE] [x](javascript:document.title='owned')\n\n\`\`\`issue\nkind: issue\ntitle: '${evil.replaceAll("'", "''")}'\n---\n${evil}\n\`\`\`\n\n\`\`\`mermaid\nflowchart LR\n\`\`\`\n`, { [`Create an [ISSUE] [x](javascript:document.title='owned')`]: { kind: 'current', words: evil } });
    await preview.draw(['Create an [ISSUE] [x](javascript:document.title=\'owned\')', evil]);
    await preview.page.locator('.response-desk-card').waitFor();
    assert.equal(await preview.page.locator('img, main script').count(), 0);
    assert.equal(await preview.page.locator('.response-desk-card strong').textContent(), evil);
    assert.equal(await preview.page.title(), 'Preview');
    assert.equal(await preview.page.locator('a[href^="javascript"]').count(), 0);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme`, async () => {
      const preview = await openPreview(runbook, steps, { theme });
      await preview.draw(nodes);
      await preview.page.locator('.response-desk-node-done').waitFor();
      await preview.webview.screenshot(`preview-${theme}`);
      assert.deepEqual(await preview.webview.axe(), []);
    });
  }
});
