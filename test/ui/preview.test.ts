import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { choose, markStep } from '../../src/core/checklist/marking';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../src/core/markup/issueFile';
import type { Checklist, StepMark } from '../../src/core/model/checklist';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { text } from '../repo/repository';
import { openWorkbench, until, type Workbench } from './support/workbench';

const evil = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

const complexRequest = 'runbooks/complex-request.md';

const issueFile = '.desk/request/7-slides.md';

/** A request with the runbook for complex ones: accepted, and found to need no code change. */
function followed(title: string): string {
  const at = '2026-11-20T16:02:11Z';
  const ref = { repository: 'acme/services', number: 7 };
  const stamp = { by: 'ana', at };
  const runbook = readRunbook(complexRequest, text('runbooks/service-desk/complex-request.md'), runbookContext(defaultDesk('acme/services')));
  const step = (run: Checklist, words: string): string => run.items.find(item => item.kind === 'step' && item.text.startsWith(words))?.id ?? '';
  const mark = (run: Checklist, words: string, as: StepMark): Checklist => markStep(run, step(run, words), as) ?? run;
  const begun = startChecklist(runbook, { id: 'run1', startedAt: at, by: 'ana', holders: {} });
  const told = ['Look for', 'Create a [REQUEST]', 'Tell the user who'].reduce((run, words) => mark(run, words, { kind: 'done', ...stamp }), begun);
  const skipped = mark(told, 'Link it', { kind: 'skipped', reason: 'no project', ...stamp });
  const run = choose(skipped, step(skipped, 'No: no change'), { kind: 'done', ...stamp }) ?? skipped;
  return renderIssueFile({ issue: { ref, title, body: renderChecklist(run, ref.repository), state: 'open', labels: ['request'], assignees: ['ana'], author: 'ana', createdAt: at, updatedAt: at, location: { kind: 'file', path: issueFile } } });
}

/** The lenses show that the runbook is known. The palette then offers the preview. */
async function openRunbook(w: Workbench, file: string): Promise<void> {
  await w.openFile(file);
  await w.page.locator('.codelens-decoration').filter({ hasText: 'Start checklist' }).waitFor({ timeout: 60_000 });
}

describe('the Markdown preview', () => {
  it('shows a runbook with checkboxes, kinds and cards, and its buttons start the same actions as the commands', async () => {
    const w = await openWorkbench({ desk: 'service-desk', settings: { 'responseDesk.login': 'ana' } });
    await openRunbook(w, 'runbooks/complex-request.md');
    const preview = await w.openPreview();
    await preview.locator('.response-desk-bar').waitFor();
    const boxes = preview.locator('input.response-desk-box');
    assert.ok(await boxes.count() > 5);
    assert.equal(await boxes.first().isDisabled(), true);
    assert.ok(await preview.locator('.response-desk-kind').count() > 2);
    await w.screenshot('preview-runbook');
    const start = preview.getByRole('link', { name: 'Start checklist' });
    await start.focus();
    await w.page.keyboard.press('Enter');
    await until('the question which issue', async () => (await w.quickItems()).length > 0 ? true : undefined);
    assert.deepEqual(await w.extensionErrors(), []);
  });

  it('shows the progress of an issue\'s checklist, opens it, and follows a tick made there', async () => {
    const w = await openWorkbench({ desk: 'service-desk', settings: { 'responseDesk.login': 'ana' } });
    w.write({ [issueFile]: followed('Slides <b>slow</b>') });
    await openRunbook(w, complexRequest);
    await w.page.locator('.codelens-decoration').filter({ hasText: /#7 7\/14/ }).waitFor();
    const preview = await w.openPreview();
    const line = preview.locator('.response-desk-run');
    await line.filter({ hasText: 'Slides <b>slow</b>: 7/14' }).waitFor();
    const step = (words: string): Locator => preview.locator('.response-desk-step').filter({ hasText: words }).last();
    const box = (words: string): Locator => step(words).locator('.response-desk-box').first();
    assert.match(await box('Look for similar closed requests').getAttribute('aria-label') ?? '', /^Done by ana, .*16:02$/);
    assert.equal(await box('Look for similar closed requests').isChecked(), true);
    assert.match(await box('Link it to the').getAttribute('aria-label') ?? '', /^Skipped by ana, .*16:02: no project$/);
    assert.equal(await box('Yes: create issues').getAttribute('aria-label'), 'Not selected');
    assert.equal(await box('No: no change').isChecked(), true);
    const current = preview.locator('li[aria-current="step"]');
    assert.match(await current.innerText(), /^\s*Do the work, and take notes/);
    const node = (frame: FrameLocator, words: string): Locator => frame.locator('svg g.node').filter({ hasText: words });
    await preview.locator('.response-desk-node-done').filter({ hasText: 'Create [REQUEST]' }).waitFor();
    assert.doesNotMatch(await node(preview, 'Tell the user').getAttribute('class') ?? '', /response-desk/);
    assert.equal(await preview.locator('svg [aria-current]').count(), 0);
    await w.screenshot('preview-run');
    await preview.getByRole('link', { name: 'Open Checklist' }).focus();
    await w.page.keyboard.press('Enter');
    const checklist = await w.webview('#7');
    await checklist.getByRole('checkbox', { name: 'Do the work, and take notes' }).click();
    await until('the tick in the file', async () => (await w.read(issueFile)).includes('[x] Do the work, and take notes'));
    await w.page.locator('.tabs-container .tab').filter({ hasText: 'Preview' }).click();
    const after = await w.webview('Preview complex-request.md');
    await after.locator('.response-desk-run').filter({ hasText: '8/14' }).waitFor();
    assert.match(await after.locator('li[aria-current="step"]').innerText(), /^\s*Update the/);
    await after.locator('.response-desk-node-current[aria-current="step"]').filter({ hasText: 'Update [REQUEST]' }).waitFor();
    await w.screenshot('preview-run-drawing');
    assert.deepEqual(await w.extensionErrors(), []);
  });

  it('is found by the words of a step, at its line (thorough)', async () => {
    const w = await openWorkbench({ desk: 'service-desk', settings: { 'responseDesk.login': 'ana' } });
    await w.openView('Runbooks');
    await until('the runbooks', async () => (await w.treeRows('Runbooks')).length > 0 || undefined);
    await w.command('Response Desk: Find in Runbooks…');
    await w.waitForPrompt('Search titles');
    await w.quickBox.fill('closed similar requests');
    await until('what was found', async () => (await w.quickItems()).length > 0);
    await w.screenshot('runbooks-found');
    const [first] = await w.quickItems();
    await w.page.keyboard.press('Enter');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: '.md' }).waitFor();
    assert.match(first ?? '', /Look for similar closed requests/);
    await until('its line', async () => (await w.statusBar()).some(text => /Ln 29/.test(text)));
  });

  it('runs no code of a hostile runbook, and does not change other Markdown files', async () => {
    const w = await openWorkbench({
      desk: {
        'runbooks/desk.yml': 'team: A\n',
        'runbooks/evil.md': `# ${evil}\n\n- [ ] Create an [ISSUE] ${evil} [x](javascript:document.title='owned')\n\n\`\`\`issue\nkind: issue\ntitle: '${evil.replaceAll("'", "''")}'\n---\n${evil}\n\`\`\`\n`,
        'notes.md': '# Notes\n\n- [ ] Create an [ISSUE]\n',
      },
      settings: { 'responseDesk.login': 'ana' },
    });
    await openRunbook(w, 'runbooks/evil.md');
    const preview = await w.openPreview();
    await preview.locator('.response-desk-card').waitFor();
    assert.equal(await preview.locator('.response-desk-card img, .response-desk-card script').count(), 0);
    assert.equal(await preview.locator('.response-desk-card strong').textContent(), evil);
    assert.equal(await preview.locator('body').evaluate(body => body.ownerDocument.title), '');
    assert.equal(await preview.locator('a[href^="javascript"]').count(), 0);
    await w.leaveAll();
    await w.openFile('notes.md');
    const notes = await w.openPreview();
    await notes.getByRole('heading', { name: 'Notes' }).waitFor();
    assert.equal(await notes.locator('li').textContent(), '[ ] Create an [ISSUE]');
    assert.equal(await notes.locator('[class*="response-desk"]').count(), 0);
  });
});
