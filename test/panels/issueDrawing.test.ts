import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { it } from './support/it';
import { openChecklist } from './support/issue';
import { themeNames } from './support/themes';
import { until } from './support/until';

const chart = (lines: readonly string[], direction = 'LR'): string => ['```mermaid', `flowchart ${direction}`, ...lines, '```'].join('\n');

const release = `# Release

## Ship

${chart([
  '  begin([Release asked for])',
  '  subgraph build [Build]',
  '    begin --> branch["Create the release branch from the main line"] --> test[Run the regression tests]',
  '    test -.-> note[Write down what was slow]',
  '    test --> good{Did all tests pass?}',
  '    good -->|No| fix[[Fix what is broken]] --> test',
  '  end',
  '  good ==>|Yes| ship[Deploy] --> finished([Done])',
  '  good -->|Cannot be fixed in time| stop[Cancel the release] --> finished',
])}
`;

const node = (page: Page, name: string | RegExp) => page.locator('.drawing').getByRole('button', { name });

async function drawn(page: Page): Promise<void> {
  await page.locator('.drawing-frame svg').first().waitFor();
}

describe('the drawing of a flowchart', () => {
  for (const theme of themeNames) {
    it(`shows what was done, skipped, not chosen and is next, beside the list, accessibly in the ${theme} theme`, async () => {
      const desk = await openChecklist({ theme, runbook: release, viewport: { width: 1280, height: 900 } });
      const { page, panel } = desk;
      await drawn(page);
      await desk.box('Create the release branch').click();
      await desk.box('Run the regression tests').click();
      await node(page, 'Run the regression tests (done)').waitFor();
      await page.getByRole('radio', { name: 'No', exact: true }).click();
      await desk.box('Fix what is broken').click();
      await node(page, 'Run the regression tests (next step, Pass 2)').waitFor();
      await panel.screenshot(`drawing-loop-${theme}`);
      await desk.box('Run the regression tests').click();
      await desk.box('Yes').click();
      await node(page, 'Cancel the release (Not selected)').waitFor();
      await node(page, 'Deploy (next step)').waitFor();
      await panel.screenshot(`drawing-${theme}`);
      assert.deepEqual(await panel.axe(), []);
    });
  }

  it('stands above the list in a narrow page, from top to bottom and no wider than the page', async () => {
    for (const width of [300, 400]) {
      const desk = await openChecklist({ runbook: release, viewport: { width, height: 800 } });
      const { page, panel } = desk;
      await drawn(page);
      const [frame, list] = [await page.locator('.drawing-frame').boundingBox(), await page.locator('.lists').boundingBox()];
      assert.ok(frame !== null && list !== null && frame.y + frame.height <= list.y && frame.width <= width);
      const [first, second] = [await node(page, /^Create/).boundingBox(), await node(page, /^Run/).boundingBox()];
      assert.ok(first !== null && second !== null && first.y + first.height < second.y);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      await panel.screenshot(`drawing-${width}`);
      assert.deepEqual(await panel.axe(), []);
    }
  });

  it('moves the focus to the step of a node by click, Enter and Space, with one tab stop and arrow keys between nodes', async () => {
    const desk = await openChecklist({ runbook: release, viewport: { width: 1280, height: 900 } });
    const { page, panel } = desk;
    await drawn(page);
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.getAttribute("aria-label")');
    assert.equal(await page.locator('.drawing [tabindex="0"]').count(), 1);
    await node(page, 'Deploy').click();
    assert.match(String(await focused()), /^step-.*\.ship$/);
    await node(page, /^Create/).focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Run the regression tests');
    await page.keyboard.press('Enter');
    assert.match(String(await focused()), /^step-.*\.test$/);
    await node(page, 'Run the regression tests').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    assert.match(String(await focused()), /^Create/);
    await node(page, 'Did all tests pass?').focus();
    await page.keyboard.press(' ');
    assert.match(String(await focused()), /^step-.*\.good>fix$/);
    assert.equal(await page.locator('.drawing [tabindex="0"]').count(), 1);
    assert.deepEqual(panel.received.filter(({ kind }) => kind !== 'timeline'), []);
  });

  it('can be collapsed and zoomed, and stays collapsed after a reload', async () => {
    const desk = await openChecklist({ runbook: release });
    const { page, panel } = desk;
    await drawn(page);
    const width = async () => (await page.locator('.drawing svg').boundingBox())?.width ?? 0;
    const before = await width();
    await page.getByRole('button', { name: 'Zoom In' }).click();
    assert.ok(await width() > before);
    await page.getByRole('button', { name: 'Flowchart: Ship' }).click();
    await page.locator('.drawing-frame').waitFor({ state: 'detached' });
    await panel.reload();
    assert.equal(await page.getByRole('button', { name: 'Flowchart: Ship' }).getAttribute('aria-expanded'), 'false');
    await page.getByRole('button', { name: 'Flowchart: Ship' }).click();
    await drawn(page);
  });

  it('shows the next pass as soon as the option that leads back is chosen, with what was recorded before', async () => {
    const loop = `# Loop\n\n${chart(['  begin([Begin]) --> first[Try it] --> works{Does it work?}', '  works -->|No| first', '  works -->|Yes| last[Tell everybody]'])}\n`;
    const desk = await openChecklist({ runbook: loop });
    const { page } = desk;
    await drawn(page);
    await desk.box('Try it').click();
    await node(page, 'Try it (done)').waitFor();
    let confirm = (): void => undefined;
    const confirmed = new Promise<void>(resolve => { confirm = resolve; });
    desk.answer = async write => {
      await confirmed;
      return desk.apply(write);
    };
    await desk.box('No').click();
    await node(page, 'Try it (next step, Pass 2)').waitFor();
    await desk.panel.screenshot('drawing-next-pass');
    assert.equal(await desk.box('Try it').isChecked(), false);
    assert.equal(await desk.box('No').isChecked(), false);
    // From the start.
    assert.equal(await page.locator('.edge.walked').count(), 1);
    const passes = page.locator('.step.decision').filter({ hasText: 'Does it work?' });
    await passes.getByText('Earlier passes').click();
    assert.match(await passes.locator('.passes li').innerText(), /Pass 1\s+“No”/);
    confirm();
    await until('the issue is written', () => desk.file().includes('times=1'));
    await passes.getByText(/“No”[\s\S]*ana, /).waitFor();
    assert.equal(await page.getByText('Pass 3').count(), 0);
    assert.equal(await desk.box('Try it').isChecked(), false);
  });

  it('draws the steps of the checklist when the runbook is gone, and a chart that only draws a list', async () => {
    const desk = await openChecklist({ runbook: release });
    await drawn(desk.page);
    assert.equal(await desk.page.locator('.drawing .frame').count(), 1);
    await desk.setRunbook(undefined);
    await desk.page.locator('.drawing .frame').waitFor({ state: 'detached' });
    await node(desk.page, 'Deploy').waitFor();

    const mirror = await openChecklist({ runbook: `# List\n\n- [ ] Look at the log\n- [ ] Restart the server\n\n${chart(['  a([Begin]) --> b[Look at the log] --> c[Restart the server]'])}\n` });
    await node(mirror.page, 'Look at the log (next step)').waitFor();
    await mirror.box('Look at the log').click();
    await node(mirror.page, 'Look at the log (done)').waitFor();
    assert.equal(await mirror.page.locator('.step').count(), 2);
  });

  it('shows each of several charts at its section, a sentence for one that is too large, and hostile texts as text', async () => {
    const many = Array.from({ length: 160 }, (_, index) => `  m${index}[Part ${index}] --> m${index + 1}[Part ${index + 1}]`);
    const text = `# Several\n\n## One\n\n${chart(['  a["<img src=x onerror=alert(1)> `code` [x](javascript:alert(1))"] --> b{"${\'$\'}{7*7} </text></svg><script>alert(1)</script>"}', '  b -->|"<b>no</b>"| c[No]', '  b -->|yes| d([End])', '  c --> d'])}\n\n## Two\n\n${chart(['  x([Go]) --> y[Second chart]'])}\n\n## Three\n\n${chart(['  begin([Go]) --> m0', ...many])}\n`;
    const { page, panel } = await openChecklist({ runbook: text });
    await until('two drawings', async () => await page.locator('.drawing svg').count() === 2);
    await page.getByText('The flowchart “Three” is not drawn because it has more than 150 nodes.').waitFor();
    assert.equal(await page.locator('.drawing img, .drawing script').count(), 0);
    const [one, two] = [page.locator('.group').nth(0), page.locator('.group').nth(1)];
    await one.getByRole('button', { name: 'Flowchart: One' }).waitFor();
    await two.getByRole('button', { name: 'Flowchart: Two' }).waitFor();
    await two.locator('.drawing').getByRole('button', { name: 'Second chart' }).waitFor();
    await panel.screenshot('drawing-hostile');
  });
});
