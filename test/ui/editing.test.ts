import assert from 'node:assert/strict';
import { openWorkbench, until, type Workbench } from './support/workbench';

const desk = `team: A
timezone: UTC
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]", respondWithin: 1h }
  request: { repository: local, label: request, prefix: "[REQUEST]" }
people:
  - { login: ana, name: Ana Ruiz }
rotation: { starts: 2026-01-05, every: 1w, roles: [primary] }
`;

const hostile = '[INCIDENT] **bold** [x](command:workbench.action.quit) <img src=x> $(flame)';

const incident = `---
title: ${JSON.stringify(hostile)}
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:00:00Z
updated: 2026-11-20T16:00:00Z
---
Nobody can sign in.
`;

const runbook = `---
title: Restart the portal
kind: incident
---

# Restart

- [ ] Ask @primary, see #12
- [ ] Create a [REQUEST]

\`\`\`issue
kind: request
title: "On {{date}}"
\`\`\`
`;

async function openRunbook(w: Workbench, file: string): Promise<void> {
  await w.openFile(file);
  await w.page.locator('.codelens-decoration').filter({ hasText: 'Start checklist' }).waitFor({ timeout: 60_000 });
}

/** Moves the cursor to a position, with line and column counted from 1. */
async function goTo(w: Workbench, line: number, column: number): Promise<void> {
  await w.page.keyboard.press('Control+g');
  await w.waitForPrompt('');
  await w.quickBox.fill(`:${line}:${column}`);
  await w.page.keyboard.press('Enter');
  await w.quickInput.waitFor({ state: 'hidden' });
  await w.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
}

/** The text of the hover at a position. */
async function hoverAt(w: Workbench, line: number, column: number, part: string): Promise<string> {
  await goTo(w, line, column);
  const hover = w.page.locator('.monaco-hover:visible').filter({ hasText: part });
  return await until(`a hover that says "${part}"`, async () => {
    await w.command('Show or Focus Hover');
    return await hover.first().waitFor({ timeout: 4000 }).then(() => hover.first().innerText(), () => undefined);
  });
}

/** The labels of the suggestions. */
async function suggestions(w: Workbench, part: string, timeout = 20_000): Promise<readonly string[]> {
  const rows = w.page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.filter({ hasText: part }).first().waitFor({ timeout });
  return await rows.locator('.label-name').allInnerTexts();
}

/** Renames a file in the Explorer. */
async function rename(w: Workbench, from: string, to: string): Promise<void> {
  await w.command('View: Show Explorer');
  const box = w.page.locator('.explorer-folders-view .monaco-list-row input');
  await until('the name can be typed', async () => {
    await w.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: from }).click();
    await w.page.keyboard.press('F2');
    return await box.waitFor({ timeout: 2000 }).then(() => true, () => undefined);
  });
  await box.fill(to);
  await w.page.keyboard.press('Enter');
}

describe('writing a runbook', () => {
  it('explains names and completes what the desk knows', async () => {
    const w = await openWorkbench({ desk: { 'runbooks/desk.yml': desk, 'runbooks/a.md': runbook, 'runbooks/net/b.md': '# Locked network\n\n- [ ] go\n', '.desk/incident/12-x.md': incident }, settings: { 'responseDesk.login': 'ana' } });
    await openRunbook(w, 'runbooks/a.md');
    assert.match(await hoverAt(w, 8, 14, '@primary'), /Ana Ruiz \(ana\) until/);
    const issue = await hoverAt(w, 8, 26, 'assigned to ana');
    await w.screenshot('editing-hover');
    assert.match(issue, /^#12 · To do/m);
    assert.ok(issue.includes('**bold** [x]'), issue);
    const links = w.page.locator('.monaco-hover:visible a');
    assert.deepEqual(await links.allInnerTexts(), ['Open issue']);
    assert.equal(await w.page.locator('.monaco-hover:visible img').count(), 0);
    assert.match(await hoverAt(w, 9, 18, 'local'), /request/);
    assert.match(await hoverAt(w, 13, 16, 'Now:'), /\{\{date\}\}\s+Now: \d{4}-\d\d-\d\d/);

    await w.page.keyboard.press('Control+Shift+o');
    await w.quickInput.locator('.monaco-list-row').filter({ hasText: 'Ask @primary, see #12' }).waitFor();
    await w.screenshot('editing-symbols');
    await w.page.keyboard.press('Escape');
    await w.command('Explorer: Focus on Outline View');
    await w.page.locator('.outline-pane .monaco-list-row').filter({ hasText: 'Ask @primary' }).waitFor();
    await w.screenshot('editing-outline');
    await w.command('View: Focus Active Editor Group');

    await goTo(w, 9, 30);
    await w.page.keyboard.type(' and [');
    assert.deepEqual((await suggestions(w, 'REQUEST')).slice(0, 2), ['[INCIDENT]', '[REQUEST]']);
    await w.screenshot('editing-completion');
    await w.page.keyboard.type('INC');
    await w.page.keyboard.press('Enter');
    await w.page.keyboard.type(', ask @pri');
    await suggestions(w, '@primary');
    await w.page.keyboard.press('Enter');
    await w.page.keyboard.type(', see [there](');
    await suggestions(w, 'Locked network');
    await w.page.keyboard.type('Lock');
    await suggestions(w, 'Locked network');
    await w.page.keyboard.press('Enter');
    await goTo(w, 3, 20);
    await w.page.keyboard.press('Enter');
    await w.page.keyboard.type('pri');
    await until('completion of the front matter', async () => {
      await w.command('Trigger Suggest');
      return await suggestions(w, 'priority', 4000).catch(() => undefined);
    });
    await w.page.keyboard.press('Enter');
    assert.ok((await suggestions(w, 'normal')).includes('normal'));
    await w.page.keyboard.type('nor');
    await w.page.keyboard.press('Enter');
    await w.page.keyboard.press('Control+s');
    // Auto-save can run in the middle of a word.
    const text = await until('the text is saved', async () => await w.read('runbooks/a.md').then(saved => /^priority: normal$/m.test(saved) && saved));
    assert.match(text, /Create a \[REQUEST\] and \[INCIDENT\], ask @primary, see \[there\]\(net\/b\.md\)$/m);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('navigates between runbooks, and updates links when one is renamed', async () => {
    const w = await openWorkbench({
      desk: {
        'runbooks/desk.yml': desk.replace('respondWithin: 1h', 'runbook: b.md'),
        'runbooks/a.md': '# A\n\n- [ ] Do as [the other one](b.md#top) says\n- [ ] Or as [b] says\n\n[b]: ./b.md\n',
        'runbooks/b.md': '# B\n\n- [ ] go\n',
      },
      settings: { 'responseDesk.login': 'ana' },
    });
    await openRunbook(w, 'runbooks/a.md');
    await goTo(w, 3, 10);
    await w.command('Go to Definition');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'b.md' }).waitFor();
    await goTo(w, 1, 3);
    await w.command('Peek References');
    // VS Code's Markdown support lists the title itself.
    await w.page.locator('.peekview-widget .monaco-list-row').filter({ hasText: /a\.md.*2/s }).waitFor();
    await w.screenshot('editing-references');
    await w.page.keyboard.press('Escape');

    await rename(w, 'b.md', 'new name.md');
    await w.dialog.waitFor();
    await w.screenshot('editing-rename');
    await w.dialog.locator('.monaco-button').filter({ hasText: 'Show Preview' }).click();
    const apply = w.page.locator('.part.panel .monaco-button').filter({ hasText: 'Apply' });
    await apply.waitFor();
    await w.screenshot('editing-rename-preview');
    await apply.click();
    await until('the file has its new name', () => w.exists('runbooks/new name.md'));
    await until('the links lead there', async () => (await w.read('runbooks/a.md')).includes('[b]: ./new%20name.md'));
    assert.match(await w.read('runbooks/a.md'), /\[the other one\]\(new%20name\.md#top\)/);
    await until('the desk names it', async () => (await w.read('runbooks/desk.yml')).includes('runbook: "new name.md"'));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('does not change links if VS Code is set to update them (thorough)', async () => {
    const w = await openWorkbench({
      desk: {
        '.vscode/settings.json': JSON.stringify({ 'markdown.updateLinksOnFileMove.enabled': 'always' }),
        'runbooks/desk.yml': desk, 'runbooks/a.md': '# A\n\n- [ ] [b](b.md)\n', 'runbooks/b.md': '# B\n\n- [ ] go\n',
      },
      settings: { 'responseDesk.login': 'ana' },
    });
    await openRunbook(w, 'runbooks/a.md');
    await rename(w, 'b.md', 'c.md');
    // A prompt of the extension would delay the rename.
    await until('the file has its new name', () => w.exists('runbooks/c.md'));
    // VS Code changes the link itself. Wait for it, because the next test writes the same file.
    await until('the editor changed the link', async () => (await w.read('runbooks/a.md')).includes('(c.md)'));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('offers quick fixes, and marks a stale runbook as reviewed', async () => {
    const w = await openWorkbench({
      desk: { 'runbooks/desk.yml': desk, 'runbooks/a.md': '---\nkind: requst\nreviewed: 2026-01-05\nreviewEvery: 4w\nlabels: [incidnet]\n---\n\n# A\n\n- [ ] Ask @primry\n\n## Gate: go\n' },
      settings: { 'responseDesk.login': 'ana' },
    });
    await openRunbook(w, 'runbooks/a.md');
    await w.page.keyboard.press('Control+Shift+M');
    const problems = w.page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: 'Last reviewed on 2026-01-05' }).waitFor();
    await problems.filter({ hasText: 'No issue has the label “incidnet”. Did you mean “incident”?' }).waitFor();
    await w.screenshot('editing-problems');
    const fix = async (line: number, column: number, title: string): Promise<void> => {
      await w.command('View: Focus Active Editor Group');
      await goTo(w, line, column);
      const action = w.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
      await until(`the fix "${title}"`, async () => {
        await w.command('Quick Fix...');
        return await action.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
      });
      if (line === 3) await w.screenshot('editing-fix');
      await action.click();
    };
    await fix(3, 3, 'Mark as reviewed today');
    await problems.filter({ hasText: 'Last reviewed' }).waitFor({ state: 'detached' });
    await fix(2, 9, 'Change to “request”');
    await fix(5, 12, 'Change to “incident”');
    await fix(10, 12, 'Change to “@primary”');
    await fix(12, 5, 'Add an item to the gate');
    await problems.first().waitFor({ state: 'detached' });
    await w.page.keyboard.press('Control+s');
    await until('the text is saved', async () => (await w.read('runbooks/a.md')).includes('Criterion to meet'));
    const today = new Date().toISOString().slice(0, 10);
    assert.equal(await w.read('runbooks/a.md'), `---\nkind: request\nreviewed: ${today}\nreviewEvery: 4w\nlabels: [incident]\n---\n\n# A\n\n- [ ] Ask @primary\n\n## Gate: go\n\n- [ ] Criterion to meet\n`);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('creates a new runbook, and drafts one from a comment or from selected text (thorough)', async () => {
    const events = `${JSON.stringify({ id: 'k1', kind: 'commented', at: '2026-11-20T17:00:00Z', by: 'ana', markdown: '# Clear the cache\n\n* Stop the *worker*\n* Delete `cache/`\n<!-- desk:x -->' })}\n`;
    const w = await openWorkbench({
      desk: { 'runbooks/desk.yml': desk, 'runbooks/a.md': runbook, '.desk/incident/12-x.md': incident, '.desk/incident/12.events.jsonl': events },
      settings: { 'responseDesk.login': 'ana' },
    });
    await w.openView('Runbooks');
    await w.waitForRow('Runbooks', 'Restart the portal');
    await w.viewTitleAction('Runbooks', 'Create Runbook');
    await w.waitForPrompt('Select a template');
    await w.quickRow('Stages with Gates').click();
    await w.waitForPrompt('What does starting the runbook create?');
    await w.quickRow('request').click();
    await w.waitForPrompt('Title of the runbook');
    await w.quickBox.fill('Move a customer');
    await w.page.keyboard.press('Enter');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'move-a-customer.md' }).waitFor();
    assert.equal(w.exists('runbooks/move-a-customer.md'), false);
    await w.screenshot('editing-new');
    await w.page.keyboard.press('Control+s');
    await until('the runbook is saved', () => w.exists('runbooks/move-a-customer.md'));
    await w.waitForRow('Runbooks', 'Move a customer');

    await w.treeMenu('Incidents', 'bold', 'Links and Runbooks', 'Promote to Runbook');
    await w.waitForPrompt('Select a text of');
    assert.equal((await w.quickItems()).length, 2);
    await w.screenshot('editing-promote');
    await w.page.keyboard.press('Enter');
    await until('the title is proposed', async () => await w.quickBox.inputValue() === 'Clear the cache');
    await w.page.keyboard.press('Enter');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'clear-the-cache.md' }).waitFor();
    await w.page.keyboard.press('Control+s');
    await until('the draft is saved', async () => w.exists('runbooks/clear-the-cache.md') && (await w.read('runbooks/clear-the-cache.md')) !== '');
    const draft = await w.read('runbooks/clear-the-cache.md');
    assert.match(draft, /^---\ntitle: "Clear the cache"\nkind: incident\nreviewed: [\d-]+\nreviewEvery: 26w\n---\n\n# Clear the cache\n\n\* \[ \] Stop the \*worker\*\n\* \[ \] Delete `cache\/`\n\nFirst written on #12\.\n$/);

    await openRunbook(w, 'runbooks/a.md');
    await w.page.locator('.view-line').filter({ hasText: 'Create a' }).click();
    await w.command('Expand Line Selection');
    await w.command('Response Desk: Promote to Runbook…');
    await until('the title is proposed', async () => await w.quickBox.inputValue() === 'Create a [REQUEST]');
    await w.page.keyboard.press('Enter');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'create-a-request.md' }).waitFor();
    assert.equal(w.exists('runbooks/create-a-request.md'), false);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
