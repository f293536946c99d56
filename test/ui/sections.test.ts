import assert from 'node:assert/strict';
import { requestOfDana, smallDesk } from './support/issueFiles';
import { openWorkbench, until, type Workbench } from './support/workbench';

const desk = `${smallDesk}rotation: { starts: 2026-01-05, every: 1w, people: [ana], roles: [primary] }
checklists:
  - { runbook: "handbook.md#before-you-open-at-least-one-person-to", role: primary, when: start-of-day }
`;

const handbook = `# How we run the counter

We are open from eight to six.

## Who we are

Three people and a phone.

## The day

### Before you open, at least one person to:

- [ ] Read the messages of the night
- [ ] Unlock the counter

### Before you close:

- [ ] Count the keys
  - [ ] Also the spare ones

## Why we do this

Because nobody else does.

## When the printer is on fire

- Leave the room
- Call the fire brigade

## A new colleague

1. Order a badge
2. Follow [the closing](#before-you-close)

## Where things are

In the cupboard.
`;

async function openHandbook(): Promise<Workbench> {
  const w = await openWorkbench({ desk: { '.desk/request/1-dana.md': requestOfDana, 'runbooks/desk.yml': desk, 'runbooks/handbook.md': handbook, 'runbooks/plain.md': '# Restart\n\n- [ ] Restart it\n' }, settings: { 'responseDesk.login': 'ana' } });
  await w.openFile('runbooks/handbook.md');
  await w.page.locator('.codelens-decoration').filter({ hasText: 'Start a procedure' }).waitFor({ timeout: 60_000 });
  return w;
}

/** The issue file with this text, once there is one. */
async function issueWith(w: Workbench, text: string): Promise<string> {
  return await until(`an issue with "${text}"`, async () => {
    const texts = await Promise.all(w.paths().filter(file => /^\.desk\/.*\.md$/.test(file)).map(file => w.read(file)));
    return texts.find(each => each.includes(text));
  });
}

async function goTo(w: Workbench, line: number): Promise<void> {
  await w.page.keyboard.press('Control+g');
  await w.waitForPrompt('');
  await w.quickBox.fill(`:${line}`);
  await w.page.keyboard.press('Enter');
  await w.quickInput.waitFor({ state: 'hidden' });
}

describe('a section of a runbook', () => {
  it('starts from its heading, and a handbook asks which procedure', async () => {
    const w = await openHandbook();
    const lenses = w.page.locator('.codelens-decoration');
    assert.match(await lenses.first().innerText(), /^\s*Preview\s*\|\s*Start a procedure…/);
    await w.screenshot('sections-lenses');
    await lenses.filter({ hasText: 'Start section' }).last().locator('a').filter({ hasText: 'Start section' }).click();
    await w.pick('Start “A new colleague”', '[REQUEST] Dana starts');
    const issue = await issueWith(w, 'runbook=runbooks/handbook.md#a-new-colleague');
    assert.match(issue, /### A new colleague · \[runbook\]\(\/runbooks\/handbook\.md#a-new-colleague\)/);
    assert.doesNotMatch(issue, /Read the messages/);
    const page = await w.webview('#1');
    await page.getByRole('button', { name: 'Start: Before you close' }).click();
    await issueWith(w, 'runbook=runbooks/handbook.md#before-you-close');
    await page.getByRole('checkbox', { name: 'Count the keys' }).waitFor();
    await w.screenshot('sections-page');
    await page.getByRole('link', { name: 'the closing' }).first().click();
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'handbook.md' }).waitFor();
    await until('the line of the heading', async () => (await w.statusBar()).some(text => text.includes('Ln 16')));

    await w.openFile('runbooks/handbook.md');
    await lenses.filter({ hasText: 'Start a procedure' }).locator('a').filter({ hasText: 'Start a procedure' }).click();
    await w.waitForPrompt('Select a procedure of “How we run the counter”');
    assert.deepEqual(await w.quickItems(), ['Before you open, at least one person to', 'Before you close', 'A new colleague', 'The Whole File']);
    await w.screenshot('sections-procedures');
    await w.page.keyboard.press('Escape');

    await goTo(w, 28);
    await w.command('Response Desk: Start Section…');
    await w.pick('Start “When the printer is on fire”', '[REQUEST] Dana starts');
    assert.match(await issueWith(w, '#when-the-printer-is-on-fire'), /- \[ \] Leave the room[^]*- \[ \] Call the fire brigade/);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('is opened by a link in the text of an issue, which offers to start it there', async () => {
    const w = await openWorkbench({ desk: { '.desk/request/1-dana.md': requestOfDana, 'runbooks/desk.yml': desk, 'runbooks/handbook.md': handbook }, settings: { 'responseDesk.login': 'ana' } });
    await w.openView('Requests');
    await w.waitForRow('Requests', 'Dana starts');
    await w.treeRow('Requests', 'Dana starts').click();
    const page = await w.webview('#1');
    await page.getByRole('link', { name: 'the closing' }).click();
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'handbook.md' }).waitFor();
    await w.screenshot('sections-offer');
    await w.answerNotification('Do you want to start the checklist “Before you close” on #1?', 'Start Checklist');
    assert.match(await issueWith(w, 'handbook.md#before-you-close revision'), /- \[ \] Count the keys/);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('starts from the tree and the preview, and is a role checklist of the desk', async () => {
    const w = await openHandbook();
    await w.openView('Runbooks');
    assert.equal((await w.waitForRow('Runbooks', 'How we run the counter')).description, '3 procedures');
    await w.expand('Runbooks', 'How we run the counter');
    await w.expand('Runbooks', 'Before you close');
    await w.waitForRow('Runbooks', 'Count the keys');
    assert.deepEqual((await w.treeRows('Runbooks')).map(({ label, level }) => [label, level]), [
      ['How we run the counter', 1], ['Before you open, at least one person to', 2], ['Before you close', 2], ['Count the keys', 3], ['A new colleague', 2], ['Restart', 1],
    ]);
    await w.screenshot('sections-tree');
    await w.treeAction('Runbooks', 'Before you close', 'Start Checklist');
    await w.waitForPrompt('Start “Before you close”');
    await w.page.keyboard.press('Escape');

    const preview = await w.openPreview();
    await preview.getByRole('link', { name: 'Start a procedure…' }).waitFor();
    assert.equal(await preview.getByRole('link', { name: /^Start section/ }).count(), 4);
    await w.screenshot('sections-preview');
    await preview.getByRole('link', { name: 'Start section “A new colleague”' }).click();
    await w.waitForPrompt('Start “A new colleague”');
    await w.page.keyboard.press('Escape');

    await w.openView('On Call');
    await w.waitForRow('On Call', 'Before you open, at least one person to');
    await w.treeRow('On Call', 'Before you open').click();
    const page = await w.webview('Before you open');
    await page.getByRole('checkbox', { name: 'Unlock the counter' }).click();
    await until('the row follows', async () => (await w.waitForRow('On Call', 'Before you open')).description === '1/2 · primary');
    await w.screenshot('sections-on-call');
    assert.match(await issueWith(w, '- [x] Unlock the counter'), /title: "?Before you open, at least one person to · \d{4}-\d\d-\d\d/);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('is asked for when a handbook is selected for a new issue', async () => {
    const w = await openHandbook();
    await w.command('Response Desk: Create Request with Details…');
    await w.answer('What happened?', 'A printer for Evan');
    await w.pick('Details', 'No Details');
    await w.pick('Select a priority', 'normal');
    await w.pick('Select a runbook for the checklist', 'How we run the counter');
    await w.pick('Select a procedure of “How we run the counter”', 'A new colleague');
    assert.match(await issueWith(w, 'title: "[REQUEST] A printer for Evan"'), /runbook=runbooks\/handbook\.md#a-new-colleague /);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('is completed, explained and checked in desk.yml, and in the links of steps', async () => {
    const w = await openHandbook();
    w.write({ 'runbooks/plain.md': '# Restart\n\n- [ ] Restart it, then [close](handbook.md#before-you-closed)\n', 'runbooks/desk.yml': `${desk}  - { runbook: handbook.md#before-closing-you, when: end-of-day }\n  - when: end-of-day\n    runbook: \n` });
    const squiggle = w.page.locator('.squiggly-warning');
    const fix = async (line: number, title: string): Promise<void> => {
      await goTo(w, line);
      const action = w.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
      await until(`the fix "${title}"`, async () => {
        await w.command('Quick Fix...');
        return await action.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
      });
      await action.click();
    };
    await w.openFile('runbooks/plain.md');
    await squiggle.first().waitFor();
    await fix(3, 'Change to “handbook.md#before-you-close”');
    await squiggle.first().waitFor({ state: 'detached' });

    await w.openFile('runbooks/desk.yml');
    await squiggle.first().waitFor();
    await w.page.keyboard.press('Control+Shift+M');
    await w.page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'handbook.md has no heading “#before-closing-you”. Did you mean “#before-you-close”?' }).waitFor();
    await w.screenshot('sections-desk-problem');
    await w.command('View: Focus Active Editor Group');
    await fix(11, 'Change to “handbook.md#before-you-close”');
    await goTo(w, 13);
    await w.page.keyboard.press('End');
    const suggested = w.page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'handbook.md#a-new-colleague' });
    await until('the completion', async () => {
      await w.command('Trigger Suggest');
      return await suggested.first().waitFor({ timeout: 4000 }).then(() => true, () => undefined);
    });
    await w.screenshot('sections-desk-completion');
    await suggested.first().click();
    await w.page.keyboard.press('Control+s');
    await until('the desk is saved', async () => (await w.read('runbooks/desk.yml')).includes('    runbook: handbook.md#a-new-colleague'));
    assert.match(await w.read('runbooks/desk.yml'), /- \{ runbook: handbook\.md#before-you-close, when: end-of-day \}/);
    await w.openView('On Call');
    await w.waitForRow('On Call', 'A new colleague');
    assert.deepEqual(w.extensionErrors(), []);
  });
});
