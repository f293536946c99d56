import assert from 'node:assert/strict';
import { openWorkbench, until, type Workbench } from './support/workbench';

const evil = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

/** Its actions above the text tell that the editor knows the file: the palette then offers the preview. */
async function openRunbook(w: Workbench, file: string): Promise<void> {
  await w.openFile(file);
  await w.page.locator('.codelens-decoration').filter({ hasText: 'Start run' }).waitFor({ timeout: 60_000 });
}

describe('the Markdown preview', () => {
  it('shows a runbook with boxes, kinds and cards, and its buttons open what the commands open', async () => {
    const w = await openWorkbench({ desk: 'service-desk', settings: { 'responseDesk.login': 'ana' } });
    await openRunbook(w, 'runbooks/complex-request.md');
    const preview = await w.openPreview();
    await preview.locator('.response-desk-bar').waitFor();
    const boxes = preview.locator('input.response-desk-box');
    assert.ok(await boxes.count() > 5);
    assert.equal(await boxes.first().isDisabled(), true);
    assert.ok(await preview.locator('.response-desk-kind').count() > 2);
    await w.screenshot('preview-runbook');
    const start = preview.getByRole('link', { name: 'Start run' });
    await start.focus();
    await w.page.keyboard.press('Enter');
    await until('the question which issue', async () => (await w.quickItems()).length > 0 ? true : undefined);
    assert.deepEqual(await w.extensionErrors(), []);
  });

  it('is found by the words of a step, at its line', async () => {
    const w = await openWorkbench({ desk: 'service-desk', settings: { 'responseDesk.login': 'ana' } });
    await w.openView('Runbooks');
    await until('the runbooks', async () => (await w.treeRows('Runbooks')).length > 0 || undefined);
    await w.command('Response Desk: Find in Runbooks…');
    await w.waitForPrompt('Words of a title');
    await w.quickBox.fill('closed same words');
    await until('what was found', async () => (await w.quickItems()).length > 0);
    await w.screenshot('runbooks-found');
    const [first] = await w.quickItems();
    await w.page.keyboard.press('Enter');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: '.md' }).waitFor();
    assert.match(first ?? '', /Look for closed requests with the same words/);
    await until('its line', async () => (await w.statusBar()).some(text => /Ln 29/.test(text)));
  });

  it('runs nothing that a hostile runbook says', async () => {
    const w = await openWorkbench({ desk: { 'runbooks/desk.yml': 'team: A\n', 'runbooks/evil.md': `# ${evil}\n\n- [ ] Create an [ISSUE] ${evil} [x](javascript:document.title='owned')\n\n\`\`\`issue\nkind: issue\ntitle: '${evil.replaceAll("'", "''")}'\n---\n${evil}\n\`\`\`\n` }, settings: { 'responseDesk.login': 'ana' } });
    await openRunbook(w, 'runbooks/evil.md');
    const preview = await w.openPreview();
    await preview.locator('.response-desk-card').waitFor();
    assert.equal(await preview.locator('.response-desk-card img, .response-desk-card script').count(), 0);
    assert.equal(await preview.locator('.response-desk-card strong').textContent(), evil);
    assert.equal(await preview.locator('body').evaluate(body => body.ownerDocument.title), '');
    assert.equal(await preview.locator('a[href^="javascript"]').count(), 0);
  });

  it('leaves Markdown that is no runbook as it was', async () => {
    const w = await openWorkbench({ desk: { 'runbooks/desk.yml': 'team: A\n', 'runbooks/a.md': '# A\n\n- [ ] one\n', 'notes.md': '# Notes\n\n- [ ] Create an [ISSUE]\n' }, settings: { 'responseDesk.login': 'ana' } });
    await openRunbook(w, 'runbooks/a.md');
    await w.openFile('notes.md');
    const preview = await w.openPreview();
    await preview.getByRole('heading', { name: 'Notes' }).waitFor();
    assert.equal(await preview.locator('li').textContent(), '[ ] Create an [ISSUE]');
    assert.equal(await preview.locator('[class*="response-desk"]').count(), 0);
  });
});
