import assert from 'node:assert/strict';
import { it } from './support/it';
import { openMarkdown } from './support/markdown';
import { themeNames } from './support/themes';
import { until } from './support/until';

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const text = `# The portal is slow

Since **09:10** UTC, @ana sees \`504\` on https://portal.example.org; like #12 and acme/web#3. [Runbook](../runbooks/incident.md#start)
~~Not~~ the database.

> [!WARNING]
> Do not restart the gateway.

- [x] Look at the board
- [ ] Call the customer
  - nested, with \`code\`

1. First

2. Second

| host | requests | a long column |
|:-----|---------:|---------------|
| gw-1 | 1204 | ${'wide '.repeat(60)}|

\`\`\`sh
${'echo a very long line that does not fit; '.repeat(8)}
${'ls\n'.repeat(60)}\`\`\`

> quoted
>> twice

<img src=x onerror="globalThis.broken = true"> <script>globalThis.broken = true</script>

<!-- desk:clock kind=triage -->
![the board](shot.png)

![tracker](https://tracker.example.org/pixel.png)
`;

describe('the Markdown of an issue in a page', () => {
  it('shows everything, and follows links and references through the host', async () => {
    const { page, opened } = await openMarkdown(text, new Map([['shot.png', picture]]));
    await page.getByRole('link', { name: 'https://portal.example.org' }).click();
    await page.getByRole('link', { name: 'Runbook' }).press('Enter');
    await page.getByRole('link', { name: 'acme/web#3' }).click();
    assert.deepEqual(await until('three targets', () => opened.length === 3 ? opened : undefined), [{ href: 'https://portal.example.org' }, { href: '../runbooks/incident.md#start' }, { ref: { repository: 'acme/web', number: 3 } }]);
    assert.equal(await page.getByRole('img', { name: 'Done', exact: true }).count(), 1);
    assert.equal(await page.getByRole('heading', { name: 'The portal is slow', level: 3 }).count(), 1);
    await page.getByText('onerror="globalThis.broken = true"').waitFor();
    assert.equal(await page.evaluate('globalThis.broken'), undefined);
    assert.doesNotMatch(await page.locator('body').innerText(), /desk:clock/);
  });

  it('loads a picture of the workspace, and one from the web only after a click', async () => {
    const { page, webview } = await openMarkdown(text, new Map([['shot.png', picture]]));
    const own = page.getByRole('img', { name: 'the board' });
    await own.scrollIntoViewIfNeeded();
    await until('the picture', () => own.evaluate(image => image instanceof HTMLImageElement && image.naturalWidth === 1));
    const requests: string[] = [];
    await page.route('https://tracker.example.org/**', async route => {
      requests.push(route.request().url());
      await route.fulfill({ contentType: 'image/png', body: picture });
    });
    const load = page.getByRole('button', { name: 'Load image from tracker.example.org: tracker' });
    await load.waitFor();
    assert.deepEqual(requests, []);
    await load.click();
    await page.getByRole('img', { name: 'tracker' }).waitFor();
    assert.deepEqual(await until('the request', () => requests.length > 0 ? requests : undefined), ['https://tracker.example.org/pixel.png']);
    await webview.screenshot('markdown');
  });

  it('folds a long text, and keeps it unfolded when the host sends the text again', async () => {
    const long = Array.from({ length: 200 }, (_, index) => `Line ${index} of a long log that somebody pasted`).join('\n');
    const { page, show } = await openMarkdown(long, new Map());
    await page.getByText('Line 10 ').waitFor();
    assert.equal(await page.getByText('Line 199 ').count(), 0);
    await page.getByRole('button', { name: 'Show More' }).press('Enter');
    await page.getByText('Line 199 ').waitFor();
    await show(`${long}\nLine 200 is new`);
    await page.getByText('Line 200 is new').waitFor();
    await page.getByRole('button', { name: 'Show Less' }).click();
    await page.getByText('Line 199 ').waitFor({ state: 'detached' });
  });

  for (const theme of themeNames) {
    it(`is accessible and fits a narrow page (${theme})`, async () => {
      const { page, webview } = await openMarkdown(text, new Map([['shot.png', picture]]), { theme, viewport: { width: 320, height: 800 } });
      assert.deepEqual(await webview.axe(), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      await webview.screenshot(`markdown-narrow-${theme}`);
    });
  }
});
