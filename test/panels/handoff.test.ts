import assert from 'node:assert/strict';
import { type HandoffDesk, openHandoff, openIssues } from './support/handoff';
import { it } from './support/it';
import { themeNames } from './support/themes';
import { until } from './support/until';

const portal = '#1: [INCIDENT] Portal is slow';
const exporting = '#2: [REQUEST] Export by hand';

const create = (desk: HandoffDesk) => desk.page.getByRole('button', { name: 'Create Handoff' });

/** Waits for a message from the client and returns it. */
const sent = <Kind extends HandoffDesk['panel']['received'][number]['kind']>(desk: HandoffDesk, kind: Kind) =>
  until(`a message ${kind}`, () => desk.panel.received.find((message): message is Extract<typeof message, { kind: Kind }> => message.kind === kind));

describe('the handoff in its page', () => {
  it('starts from the open issues, requires each next step, and sends everything that was entered', async () => {
    const desk = await openHandoff();
    const { page } = desk;
    assert.equal(await page.getByLabel('Hand off to').inputValue(), 'ben');
    assert.equal(await page.getByLabel('Also on call').inputValue(), 'cho');
    assert.equal(await page.getByLabel('Time-critical').inputValue(), '- #1 [INCIDENT] Portal is slow');
    await create(desk).click();
    await page.getByText('Enter the next step, or clear the item').waitFor();
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), `Next step for ${portal}`);
    assert.equal(await desk.next(portal).getAttribute('aria-invalid'), 'true');
    assert.deepEqual(desk.panel.received, []);
    await page.getByLabel('How was the shift?').fill('Busy until Thursday');
    await page.getByLabel('Watch').fill('The queue at night');
    await desk.next(portal).fill('Restart the second node');
    await desk.next(exporting).fill('Send the file');
    await create(desk).click();
    await page.getByText('Handoff #4 is created. The issues stay assigned to ana until ben accepts it.').waitFor();
    const { form } = await sent(desk, 'create');
    assert.deepEqual([form.incoming, form.beside, form.felt, form.texts.toWatch], ['ben', ['cho'], 'Busy until Thursday', 'The queue at night']);
    assert.deepEqual(form.items.map(({ ref, next }) => [ref.number, next]), [[1, 'Restart the second node'], [2, 'Send the file']]);
    await page.getByRole('button', { name: 'Open Handoff' }).click();
    assert.equal((await sent(desk, 'openIssue')).ref.number, 4);
  });

  it('requires one login to hand off to, and leaves out items that are not selected', async () => {
    const desk = await openHandoff();
    await desk.page.getByLabel('Hand off to').fill('ben cho');
    await create(desk).click();
    await desk.page.getByText('Enter one login.').waitFor();
    assert.equal(await desk.page.locator(':focus').getAttribute('id'), 'incoming');
    await desk.page.getByLabel('Hand off to').fill('cho');
    await desk.page.getByRole('checkbox', { name: `Hand off ${exporting}` }).uncheck();
    await desk.next(exporting).waitFor({ state: 'detached' });
    await desk.next(portal).fill('Restart it');
    await create(desk).click();
    const { form } = await sent(desk, 'create');
    assert.deepEqual([form.incoming, form.items.map(({ ref }) => ref.number)], ['cho', [1]]);
  });

  it('drafts one message per customer, and one for the incoming team', async () => {
    const desk = await openHandoff();
    const { page } = desk;
    await desk.next(portal).fill('Restart the second node');
    await page.getByText('To the customer of #1').click();
    const to = page.getByLabel('To', { exact: true }).first();
    await to.fill('dan@example.org, eve@example.org');
    await page.getByText('Enter one address. Each customer gets a separate message.').waitFor();
    assert.equal(await page.getByRole('link', { name: /customer/ }).count(), 0);
    await to.fill('dan@example.org');
    const href = await page.getByRole('link', { name: 'Write email: To the customer of #1: [INCIDENT] Portal is slow' }).getAttribute('href');
    const link = new URL(href ?? '');
    assert.equal(link.pathname, 'dan@example.org');
    assert.deepEqual([...link.searchParams.keys()], ['subject', 'body']);
    assert.match(link.searchParams.get('body') ?? '', /From .*, Ben Li is responsible for “Portal is slow” \(#1\)\. Current status: In progress\.\r\n\r\nNext step: Restart the second node\r\n\r\nYou can reach Ben Li at ben@example\.org, 555-0101\./);
    await page.getByText('To the incoming team').click();
    const pair = await page.getByRole('textbox', { name: 'Text: To the incoming team' }).inputValue();
    for (const words of ['Hello Ben Li, cho,', '- #1 [INCIDENT] Portal is slow: Restart the second node', '- Ben Li, ben@example.org, 555-0101', '- #1: dan@example.org']) assert.ok(pair.includes(words), `${words} in ${pair}`);
    await page.getByRole('button', { name: 'Copy text: To the incoming team' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal((await sent(desk, 'copy')).text, pair);
  });

  it('keeps unsent text when it is hidden, and only the messages once the handoff is created', async () => {
    const desk = await openHandoff({ issues: openIssues.slice(0, 1) });
    await desk.next(portal).fill('Restart it');
    await desk.next(portal).pressSequentially(', then look at the log');
    await desk.page.getByText('To the customer of #1').click();
    await desk.page.getByLabel('To', { exact: true }).fill('dan@example.org');
    await desk.panel.reload();
    assert.equal(await desk.next(portal).inputValue(), 'Restart it, then look at the log');
    await create(desk).click();
    await desk.page.getByText('until ben accepts it').waitFor();
    await desk.panel.reload();
    await desk.setIssues(openIssues.slice(0, 1));
    assert.equal(await desk.next(portal).inputValue(), '');
    await desk.page.getByText('To the customer of #1').click();
    assert.equal(await desk.page.getByLabel('To', { exact: true }).inputValue(), 'dan@example.org');
  });

  it('is requested once however often the button is pressed, and again with the same key if there was no answer', async () => {
    const desk = await openHandoff({ issues: [] });
    desk.answer = () => new Promise(() => undefined);
    await create(desk).click();
    await create(desk).click();
    const { key } = await sent(desk, 'create');
    await desk.panel.reload();
    await until('the second request', () => desk.panel.received.length === 2);
    assert.deepEqual(desk.panel.received.map(message => message.kind === 'create' && message.key), [key, key]);
    await desk.setWriting(true);
    await desk.page.getByText('The handoff is being written.').waitFor();
    assert.equal(await create(desk).count(), 0);
  });

  it('shows why it was rejected, and keeps the text', async () => {
    const desk = await openHandoff({ issues: openIssues.slice(0, 1) });
    desk.answer = () => ({ kind: 'refused', text: 'The folder cannot be written to.', kept: false });
    await desk.next(portal).fill('Restart it');
    await create(desk).click();
    await desk.page.getByRole('alert').getByText('The folder cannot be written to.').waitFor();
    assert.equal(await desk.next(portal).inputValue(), 'Restart it');
    desk.answer = desk.create;
    await create(desk).click();
    await desk.page.getByText('until ben accepts it').waitFor();
  });

  it('shows that it is loading, and why the issues cannot be read', async () => {
    const desk = await openHandoff();
    await desk.setIssues(undefined);
    await desk.page.getByText('Loading open issues…').waitFor();
    await desk.setIssues(undefined, 'There is no network.');
    await desk.page.getByText('There is no network.').waitFor();
    await desk.page.getByRole('button', { name: 'Retry' }).click();
    await sent(desk, 'refresh');
  });

  it('is created by keyboard alone, also without open issues', async () => {
    const desk = await openHandoff({ issues: [] });
    const { keyboard } = desk.page;
    await desk.page.getByText('You have no open issues.').waitFor();
    await desk.page.getByLabel('Hand off to').focus();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.type('Quiet');
    for (let presses = 0; presses < 7; presses += 1) await keyboard.press('Tab');
    assert.equal(await desk.page.locator(':focus').textContent(), 'Create Handoff');
    await keyboard.press('Enter');
    await desk.page.getByText('until ben accepts it').waitFor();
    assert.equal((await sent(desk, 'create')).form.felt, 'Quiet');
  });

  it('is read-only in an untrusted folder', async () => {
    const desk = await openHandoff({ trusted: false });
    assert.equal(await desk.next(portal).isEditable(), false);
    assert.equal(await create(desk).isEnabled(), false);
    await desk.page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await sent(desk, 'trust');
    assert.equal(desk.panel.received.length, 1);
  });

  it('runs no code from hostile titles', async () => {
    const desk = await openHandoff();
    await desk.page.getByText('Other open issues (1)').click();
    await desk.page.getByText('[INCIDENT] Ledger <img src=x onerror=alert(1)> is down', { exact: true }).waitFor();
    assert.equal(await desk.page.locator('#root img, #root script').count(), 0);
  });

  for (const theme of themeNames) {
    it(`is accessible in the ${theme} theme`, async () => {
      const desk = await openHandoff({ theme });
      await desk.page.getByText('Other open issues (1)').click();
      await desk.page.getByText('To the customer of #2').click();
      await create(desk).click();
      await desk.page.getByText('Enter the next step, or clear the item').waitFor();
      assert.deepEqual(await desk.panel.axe(), []);
      await desk.panel.screenshot(`handoff-${theme}`);
    });
  }

  it('fits a narrow window', async () => {
    const desk = await openHandoff({ viewport: { width: 360, height: 900 } });
    await desk.page.getByLabel('Hand off to').waitFor();
    assert.equal(await desk.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true);
    await desk.panel.screenshot('handoff-narrow');
  });
});
