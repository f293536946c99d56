import assert from 'node:assert/strict';
import { it } from './support/it';
import { type MetricsDesk, november, openMetrics, sampleHistories } from './support/metrics';
import { themeNames } from './support/themes';
import { until } from './support/until';

const card = (metrics: MetricsDesk, title: string) => metrics.page.getByRole('article', { name: title, exact: true });

describe('the metrics in their page', () => {
  it('shows each figure with its number of issues, the previous period, what is open, small numbers, and how it is counted', async () => {
    const metrics = await openMetrics();
    assert.match(await metrics.page.locator('.scope').textContent() ?? '', /^Nov 1\s–\s30, 2026 in Europe\/Berlin\. Previous period: Oct 1\s–\s31, 2026\. As known on Nov 20, 2026, .*\. Left out: 2\. Remarks: 2\. Both are listed at the end of the page\.$/);
    const reported = await card(metrics, 'Reported').innerText();
    assert.match(reported, /\b8\b[^]*3 still open[^]*Before: 2 \(\+6\)/);
    const acknowledge = card(metrics, 'Time to acknowledge');
    assert.match(await acknowledge.innerText(), /1h 30m[^]*Median of 7 issues, in business hours[^]*1 open, no time yet[^]*Before: \S+[^]*Only 7 values, so it means little/);
    await acknowledge.getByText('How is this counted?').click();
    await acknowledge.getByText('From the report to the first acknowledgement that was not withdrawn').waitFor();
    await metrics.page.getByText('the current goals, hours and holidays apply to all times').waitFor();
  });

  it('shows all that a reader should know: notes, and at the top what could not be read, with what to do', async () => {
    const metrics = await openMetrics({
      unreadable: [{ name: 'acme/live', reason: 'rateLimit' }, { name: 'acme/live#7', reason: 'noHistory' }],
      notes: [
        { kind: 'uncommitted' },
        { kind: 'noScope', repository: 'acme/live', reason: 'Your token has not been granted the required scopes.' },
        { kind: 'noScope', repository: 'acme/engine', reason: 'Your token has not been granted the required scopes.' },
        { kind: 'fewEvents', repository: 'acme/live', before: '2026-09-01T10:00:00Z' },
        { kind: 'unread', failure: { kind: 'limited', server: 'https://github.com', until: '12:40' } },
        { kind: 'unread', failure: { kind: 'limited', server: 'https://github.com', until: '12:40' } },
      ],
    });
    assert.deepEqual((await metrics.page.getByRole('note', { name: 'Notes' }).getByRole('listitem').allInnerTexts()).map(text => text.replaceAll('\u202f', ' ')), [
      'Changes to desk.yml, its calendars and its runbooks that are not committed apply from now on.',
      'Moves on the project boards of acme/live and acme/engine are not included, because the account lacks the permission “read:project”. Stages come from labels only. To include the moves, sign in with a token that has this permission.',
      'The server does not list events of acme/live before Sep 1, 2026, 12:00 PM, so older issues are left out.',
    ]);
    const warning = metrics.page.locator('.banner.warning');
    assert.match(await warning.innerText(), /^Not all issues or changes could be read, so the figures cover what was read before\. https:\/\/github\.com is rate-limiting requests until 12:40\./);
    await warning.getByRole('button', { name: 'Refresh' }).click();
    await until('the action', () => metrics.panel.received.some(message => message.kind === 'act' && message.action === 'refresh'));
    assert.match(await metrics.page.getByRole('region', { name: /^Left out/ }).innerText(), /acme\/live The server is rate-limiting requests\. Refresh later to read the rest\.[^]*acme\/live#7 Its events could not be read/);
    await metrics.panel.screenshot('metrics-notes');
  });

  it('opens the issues behind a figure and behind a bar with the keyboard, and gives the focus back', async () => {
    const metrics = await openMetrics();
    const { keyboard } = metrics.page;
    const open = card(metrics, 'Reported').getByRole('button', { name: /still open/ });
    await open.focus();
    await keyboard.press('Enter');
    const dialog = metrics.page.getByRole('dialog', { name: 'Reported in the period and still open: 3 issues' });
    await dialog.waitFor();
    assert.equal(await dialog.getByRole('listitem').count(), 3);
    await dialog.getByRole('link', { name: '#10 Issue 10' }).focus();
    await keyboard.press('Enter');
    await until('the message', () => metrics.panel.received.find(({ kind }) => kind === 'openIssue'));
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await open.evaluate(element => element === document.activeElement), true);
    await metrics.page.getByRole('button', { name: 'high: 3. Show issues' }).click();
    await metrics.page.getByRole('dialog', { name: 'By priority: high: 3 issues' }).waitFor();
  });

  it('shows figures that open issues in the color of their text and underlined, and as a link to the pointer and the keyboard', async () => {
    for (const theme of themeNames) {
      const metrics = await openMetrics({ theme });
      const open = card(metrics, 'Reported').getByRole('button', { name: /still open/ });
      const look = () => open.evaluate(element => ({ color: getComputedStyle(element).color, line: getComputedStyle(element).textDecorationLine, text: getComputedStyle(element.parentElement ?? element).color }));
      const rest = await look();
      assert.deepEqual([rest.color, rest.line], [rest.text, 'underline'], theme);
      await open.hover();
      assert.notEqual((await look()).color, rest.text, theme);
      await metrics.page.mouse.move(0, 0);
      await card(metrics, 'Reported').getByRole('button').first().focus();
      await metrics.page.keyboard.press('Tab');
      assert.deepEqual([await open.evaluate(element => element === document.activeElement), (await look()).color === rest.text], [true, false], theme);
    }
  });

  it('opens the issues of a column, which the table behind it opens as well', async () => {
    const metrics = await openMetrics();
    await metrics.page.locator('g.live').first().locator('.touch').click();
    await metrics.page.getByRole('dialog', { name: 'Reported Nov 2: 2 issues' }).waitFor();
    await metrics.page.keyboard.press('Escape');
    const trend = metrics.page.getByRole('region', { name: 'Over time' });
    await trend.getByText(/^Reported per day\. Nov 2: 2\. Nov 3: 1\..* The table below has the same values\.$/).waitFor({ state: 'attached' });
    await trend.getByText('Table', { exact: true }).click();
    await trend.getByRole('button', { name: 'Nov 2, Reported: 2. Show issues', exact: true }).click();
    await metrics.page.getByRole('dialog', { name: 'Reported Nov 2: 2 issues' }).waitFor();
  });

  it('has one tab stop for each chart over time, whose values the arrow keys reach and open', async () => {
    const metrics = await openMetrics();
    const trend = metrics.page.getByRole('region', { name: 'Over time' });
    const chart = trend.getByRole('group', { name: 'Reported per day. Use the arrow keys to move between values.' });
    const { keyboard } = metrics.page;
    const focused = () => metrics.page.evaluate(`document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim()`);
    await chart.getByRole('button').first().focus();
    const seen: unknown[] = [await focused()];
    for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
      await keyboard.press(key);
      seen.push(await focused());
    }
    assert.deepEqual(seen.map(name => /^Nov \d+: \d/.exec(String(name))?.[0]), ['Nov 2: 2', 'Nov 3: 1', 'Nov 18: 1', 'Nov 18: 1', 'Nov 17: 1', 'Nov 2: 2', 'Nov 18: 1']);
    assert.equal(await trend.locator('.shown').first().textContent(), 'Nov 18: 1');
    await metrics.panel.screenshot('metrics-mark');
    for (const key of ['Enter', ' ']) {
      await keyboard.press(key);
      await metrics.page.getByRole('dialog', { name: 'Reported Nov 18: one issue' }).waitFor();
      await keyboard.press('Escape');
      await metrics.page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.match(String(await focused()), /^Nov 18/);
    }
    await keyboard.press('Tab');
    assert.match(String(await focused()), /^Nov 2: 3h 30m|^Nov 2: \d/);
    assert.equal(await trend.locator('.shown').first().textContent(), '');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Table');
  });

  it('opens what was left out: an issue, or the file that cannot be read', async () => {
    const metrics = await openMetrics();
    await metrics.page.getByRole('link', { name: '.desk/incident/99-broken.md' }).click();
    await until('the message', () => metrics.panel.received.some(message => message.kind === 'openFile' && message.path === '.desk/incident/99-broken.md'));
  });

  it('shows another period, other dates, one kind, and wall-clock time', async () => {
    const metrics = await openMetrics();
    const scope = (text: string | RegExp) => metrics.page.locator('.scope').getByText(text).waitFor();
    await metrics.page.getByLabel('Period', { exact: true }).selectOption({ value: 'lastMonth' });
    await scope(/^Oct 1\s–\s31, 2026/);
    await metrics.page.getByLabel('Issues', { exact: true }).selectOption({ label: 'request' });
    assert.match(await until('one request', async () => (await card(metrics, 'Reported').innerText()).includes('\n1\n') && card(metrics, 'Reported').innerText()), /1/);
    await metrics.page.getByLabel('Period', { exact: true }).selectOption('dates');
    await metrics.page.getByLabel('Last day').fill('2026-11-05');
    await metrics.page.getByLabel('Last day').press('Tab');
    await scope(/^Oct 1\s–\sNov 5, 2026/);
    await metrics.page.getByLabel('Issues', { exact: true }).selectOption({ label: 'All Issues' });
    await metrics.page.getByLabel('Times').selectOption('wall');
    await card(metrics, 'Time to resolve').getByText('in wall-clock time').waitFor();
    const last = metrics.panel.received.findLast(({ kind }) => kind === 'show');
    assert.deepEqual(last, { kind: 'show', subject: { from: '2026-10-01', to: '2026-11-05', clock: 'wall' } });
  });

  it('takes days that are typed key by key, the first one or the last one first, and says if they are reversed', async () => {
    const metrics = await openMetrics();
    const { keyboard } = metrics.page;
    const scope = (text: string | RegExp) => metrics.page.locator('.scope').getByText(text).waitFor();
    const [first, last] = [metrics.page.getByLabel('First day'), metrics.page.getByLabel('Last day')];
    await metrics.page.getByLabel('Period', { exact: true }).selectOption('dates');
    await first.focus();
    await keyboard.type('0915');
    await scope(/^Sep 15\s–\sNov 30, 2026/);
    for (const digit of '202') await keyboard.press(digit);
    // A year is not complete before its last digit, and nothing that arrives meanwhile replaces it.
    assert.equal(await first.inputValue(), '0202-09-15');
    assert.deepEqual(metrics.panel.received.filter(message => message.kind === 'show' && message.subject.from?.startsWith('0') === true), []);
    await keyboard.press('5');
    await scope(/^Sep 15, 2025\s–\sNov 30, 2026/);

    await first.evaluate(field => (field as HTMLInputElement).blur());
    await first.focus();
    await keyboard.type('12052026');
    const flaw = metrics.page.getByText('The first day is after the last day.');
    await flaw.waitFor();
    await metrics.panel.screenshot('metrics-dates-reversed');
    await last.focus();
    await keyboard.type('12102026');
    await scope(/^Dec 5\s–\s10, 2026/);
    assert.equal(await flaw.count(), 0);

    // What is left incomplete becomes the day that is shown.
    await last.evaluate(field => (field as HTMLInputElement).blur());
    await last.focus();
    await keyboard.press('Delete');
    assert.equal(await last.inputValue(), '');
    await first.focus();
    assert.equal(await last.inputValue(), '2026-12-10');
  });

  it('shows all figures of the issues with one priority, severity, service or runbook', async () => {
    const metrics = await openMetrics();
    const issues = metrics.page.getByLabel('Issues', { exact: true });
    assert.deepEqual(await issues.locator('optgroup').evaluateAll(all => all.map(group => group.getAttribute('label'))), ['Priority', 'Severity', 'Kind', 'Service']);
    await issues.selectOption({ label: 'high' });
    await until('three issues', async () => (await card(metrics, 'Reported').innerText()).includes('\n3\n'));
    await metrics.page.getByRole('heading', { name: 'Time at each stage' }).waitFor();
    assert.deepEqual(metrics.panel.received.findLast(({ kind }) => kind === 'show'), { kind: 'show', subject: { period: 'thisMonth', clock: 'business', only: { by: 'priority', name: 'high' } } });
    await metrics.panel.reload();
    assert.equal(await metrics.page.getByLabel('Issues', { exact: true }).locator('option:checked').innerText(), 'high');
  });

  it('compares by another property and keeps that when it is hidden', async () => {
    const metrics = await openMetrics();
    await metrics.page.getByLabel('Compare').selectOption('service');
    await metrics.page.getByRole('heading', { name: 'By service' }).waitFor();
    await metrics.panel.reload();
    await metrics.page.getByRole('heading', { name: 'By service' }).waitFor();
  });

  it('lists people in alphabetical order, and what was left out or counted with a remark with the reason', async () => {
    const metrics = await openMetrics();
    const load = metrics.page.getByRole('region', { name: 'Load per person' });
    assert.deepEqual(await load.locator('.bars .name').allTextContents(), ['Ana Ruiz', 'Ben Okafor']);
    const leftOut = await metrics.page.getByRole('region', { name: /^Left out/ }).getByRole('listitem').allInnerTexts();
    assert.deepEqual(leftOut, ['#9 It is a test.', '.desk/incident/99-broken.md The file is not counted: badYaml.']);
    const remarks = await metrics.page.getByRole('region', { name: /^Counted with a remark/ }).getByRole('listitem').allInnerTexts();
    assert.deepEqual(remarks, ['#8 It was acknowledged before it was reported. The time to acknowledge counts as 0.', '#8 Some of its events are older than the issue itself. They count as if they happened when it was reported.']);
  });

  it('passes the report on, and shows progress that can be canceled, failures and what to do without issues', async () => {
    const metrics = await openMetrics();
    await metrics.page.getByRole('button', { name: 'Insert Report' }).click();
    await metrics.setOutcome({ kind: 'reading' }, { done: 120, of: 2000 });
    await metrics.page.getByRole('progressbar', { name: '120 of 2,000 issues' }).waitFor();
    assert.deepEqual(await metrics.panel.axe(), []);
    await metrics.page.getByRole('button', { name: 'Cancel' }).click();
    await metrics.setOutcome({ kind: 'cancelled' });
    await metrics.page.getByRole('button', { name: 'Refresh' }).click();
    await metrics.setOutcome({ kind: 'failed', text: 'You are not signed in.', signIn: true });
    await metrics.page.getByRole('button', { name: 'Sign In' }).click();
    await until('all actions', () => metrics.panel.received.length >= 4);
    assert.deepEqual(metrics.panel.received.map(message => message.kind === 'act' ? message.action : message.kind), ['insertReport', 'cancel', 'read', 'signIn']);
    const empty = await openMetrics({ example: '2026-11-20 12:00 now', unreadable: [] });
    await empty.page.getByRole('heading', { name: 'No issues in this period' }).waitFor();
    await empty.page.getByText('Select another period above').waitFor();
    await empty.panel.screenshot('metrics-empty');
    assert.deepEqual(await empty.panel.axe(), []);
    await empty.page.getByRole('button', { name: 'Declare Incident' }).click();
    await until('the action', () => empty.panel.received.some(message => message.kind === 'act' && message.action === 'declare'));
  });

  it('shows the runbooks of a sample desk with the time of each step, and opens the issues of their checklists', async () => {
    const metrics = await openMetrics({ histories: await sampleHistories('customer-response', '2026-11-20T20:00:00Z'), viewport: { width: 1200, height: 1000 } });
    const runbooks = metrics.page.getByRole('region', { name: 'Runbooks' });
    assert.equal(await runbooks.getByText('Time per step: Answer an incident').getAttribute('title'), 'runbooks/incident.md');
    await runbooks.getByText('Time per step: Answer an incident').click();
    await metrics.panel.screenshot('metrics-sample');
    assert.match(await runbooks.innerText(), /Acknowledge: tell the customer[^]*\d+m/);
    await runbooks.getByRole('button', { name: /^Answer an incident: \d+ started/ }).click();
    await metrics.page.getByRole('dialog', { name: /^Checklists of Answer an incident: \d+ issues$/ }).waitFor();
    await metrics.page.keyboard.press('Escape');
    assert.equal(await metrics.page.getByLabel('Issues', { exact: true }).locator('option', { hasText: 'Answer an incident' }).getAttribute('title'), 'runbooks/incident.md');
    await metrics.page.getByLabel('Compare').selectOption('runbook');
    const groups = metrics.page.getByRole('region', { name: 'By runbook' });
    assert.equal(await groups.locator('.name', { hasText: 'Answer an incident' }).first().getAttribute('title'), 'Answer an incident\nrunbooks/incident.md');
    await groups.getByText('Table', { exact: true }).click();
    assert.equal(await groups.getByRole('rowheader', { name: 'Answer an incident' }).getByTitle('runbooks/incident.md').count(), 1);
  });

  it('runs no code from hostile names', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const metrics = await openMetrics({ example: november.replaceAll('service: Ledger', `service: ${evil}`) });
    await metrics.page.getByLabel('Compare').selectOption('service');
    await metrics.page.locator('.breakdown').getByText(evil).first().waitFor();
    assert.equal(await metrics.page.getByRole('option', { name: evil }).count(), 1);
    assert.equal(await metrics.page.locator('#root img, #root script').count(), 0);
  });

  it('shows few bars of many at first, long names in two lines, and tables with headings of their own for groups of columns', async () => {
    const services = Array.from({ length: 60 }, (_one, index) => `C 2026-11-02 09:06 + service: ${index === 0 ? 'Long '.repeat(40) : `Service ${index}`}`).join('\n');
    const metrics = await openMetrics({ example: november.replace('2026-11-20 12:00 now', `${services}\n2026-11-20 12:00 now`), viewport: { width: 1200, height: 1000 } });
    await metrics.page.getByLabel('Compare').selectOption('service');
    const groups = metrics.page.getByRole('region', { name: 'By service' });
    assert.equal(await groups.getByRole('list', { name: 'Reported' }).first().getByRole('listitem').count(), 10);
    await groups.getByText('53 more').first().click();
    await groups.getByRole('button', { name: 'Service 59: 1. Show issues' }).waitFor();
    assert.ok(((await groups.locator('.name', { hasText: 'Long' }).first().boundingBox())?.height ?? 100) < 45);
    await groups.getByText('Table', { exact: true }).click();
    await groups.getByRole('columnheader', { name: 'Time to resolve' }).waitFor();
    await groups.getByRole('button', { name: 'Portal, Time to resolve, Median: ' }).click();
    await metrics.page.getByRole('dialog', { name: /^By service: Portal – Time to resolve, longest first: \d issues$/ }).waitFor();
  });

  it('has no horizontal scroll bar with long names in a narrow window', async () => {
    const metrics = await openMetrics({ example: november.replaceAll('service: Ledger', `service: ${'Ledger'.repeat(20)}`), viewport: { width: 300, height: 900 } });
    await metrics.page.getByLabel('Compare').selectOption('service');
    await metrics.page.getByRole('button', { name: /^(Ledger){20}: 2\./ }).click();
    await metrics.page.getByRole('dialog').waitFor();
    assert.deepEqual(await metrics.page.evaluate(`[document.documentElement, document.querySelector('dialog')].map(one => one.scrollWidth <= one.clientWidth)`), [true, true]);
    await metrics.panel.screenshot('metrics-long');
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme, wide and narrow, also with tables and issues open`, async () => {
      const metrics = await openMetrics({ theme, viewport: { width: 1200, height: 1000 } });
      await metrics.panel.screenshot(`metrics-${theme}`);
      assert.deepEqual(await metrics.panel.axe(), []);
      for (const width of [400, 300]) {
        await metrics.page.setViewportSize({ width, height: 900 });
        assert.equal(await metrics.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true, `${width}`);
        await metrics.panel.screenshot(`metrics-${width}-${theme}`);
      }
      await metrics.page.evaluate('document.querySelectorAll("details").forEach(one => { one.open = true; })');
      assert.equal(await metrics.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true, 'with tables');
      assert.deepEqual(await metrics.panel.axe(), []);
      await metrics.page.setViewportSize({ width: 1200, height: 1000 });
      await card(metrics, 'Reported').getByRole('button').first().click();
      await metrics.page.getByRole('dialog').waitFor();
      await metrics.panel.screenshot(`metrics-list-${theme}`);
      assert.deepEqual(await metrics.panel.axe(), []);
    });
  }
});
