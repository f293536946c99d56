import assert from 'node:assert/strict';
import path from 'node:path';
import { clickUntil } from './support/clickUntil';
import { openWorkbench, until, type Workbench } from './support/workbench';

const settings = { 'responseDesk.login': 'ana' };

/** Two desks, and a folder without one. */
const desks = {
  'notes/readme.md': '# Notes\n',
  'one/desk.yml': 'team: One\nkinds:\n  incident: { repository: local, label: incident }\npeople:\n  - { login: ana }\n',
  'one/.desk/incident/3-x.md': '---\ntitle: First desk is down\nstate: open\nlabels: [incident]\nassignees: [ana]\nauthor: ana\ncreated: 2026-11-20T16:00:00Z\n---\n',
  'two/team/desk.yml': 'team: Two\nkinds:\n  incident: { repository: local, label: incident }\npeople:\n  - { login: ana }\n',
  'two/team/check.md': '# Check the lights\n\n- [ ] look\n',
  'two/node_modules/x/desk.yml': 'team: [',
  'two/.desk/incident/4-x.md': '---\ntitle: Second desk is down\nstate: open\nlabels: [incident]\nassignees: [ana]\nauthor: ana\ncreated: 2026-11-20T16:00:00Z\n---\n',
};

const files = {
  'desk/runbooks/desk.yml': 'team: A\nkinds:\n  incident: { repository: local, label: incident }\npeople:\n  - { login: ana }\n',
  'desk/runbooks/start.md': '# Our start\n\n- [ ] go\n',
  'ops/runbooks/lock.md': '# Locked network\n\nSee [the key](key.md) and [what is gone](gone.md).\n\n- [ ] Turn [the key](key.md)\n- [ ] Create an [INCIDENT]\n',
  'ops/runbooks/key.md': '# The key\n\n- [ ] turn\n\n```sh\necho here > where.txt\n```\n',
  'ops/notes/plain.md': '# No runbook\n\n- [ ] x\n',
  'desk/.desk/incident/7-x.md': `---
title: Nobody gets in
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:00:00Z
updated: 2026-11-20T16:00:00Z
---
`,
  'late/runbooks/late.md': '# Come late\n\n- [ ] x\n',
};

/** Titles of the runbooks that match these words. */
async function found(w: Workbench, words: string): Promise<readonly string[]> {
  await w.command('Response Desk: Find in Runbooks…');
  await w.waitForPrompt('Search titles');
  await w.quickBox.fill(words);
  const items = await w.quickItems();
  await w.page.keyboard.press('Escape');
  return items;
}

describe('a window with several folders', () => {
  it('offers the runbooks of all folders, and follows their files', async () => {
    const w = await openWorkbench({ desk: files, folders: ['desk', 'ops'], settings });
    await w.openView('Runbooks');
    await w.waitForRow('Runbooks', 'Our start');
    await w.waitForRow('Runbooks', 'ops:/runbooks');
    await w.expand('Runbooks', 'ops:/runbooks');
    await w.waitForRow('Runbooks', 'Locked network');
    await w.screenshot('folders-runbooks');
    w.write({ 'ops/runbooks/new.md': '# Just written\n\n- [ ] x\n' });
    await w.waitForRow('Runbooks', 'Just written');

    w.setFolders(['desk', 'ops', 'late']);
    await w.waitForRow('Runbooks', 'late:/runbooks');
    await until('the late runbook is found', async () => (await found(w, 'come late')).some(item => item.includes('Come late')));
    w.setFolders(['desk', 'late']);
    await until('the folder is gone', async () => !(await w.treeRows('Runbooks')).some(({ label }) => label.includes('ops:')));
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('uses the desk of the folder that has one, and writes nothing into the first', async () => {
    const w = await openWorkbench({ desk: desks, folders: ['notes', 'two'], settings });
    await w.openView('Incidents');
    await w.waitForRow('Incidents', 'Second desk is down');
    await w.openView('On Call');
    await until('the folder in use is named', async () => (await w.view('On Call').locator('.pane-header').first().textContent() ?? '').includes('two'));
    await w.screenshot('folders-second');
    await w.openFile('two/team/check.md');
    await w.command('Response Desk: Start Checklist from Runbook…');
    await w.pick('Select the issue to start the runbook on', 'Second desk is down');
    const panel = await w.webview('#4');
    await panel.getByRole('checkbox', { name: 'look' }).click();
    await until('the tick is written', async () => (await w.read('two/.desk/incident/4-x.md')).includes('- [x] look'));
    await w.command('Response Desk: Open Desk Configuration');
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'desk.yml' }).waitFor();
    assert.equal(w.exists('notes/.desk'), false);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('asks once which of two desks to use, and switches to the other on request (thorough)', async () => {
    const w = await openWorkbench({ desk: desks, folders: ['notes', 'one', 'two'], settings, fresh: true });
    await w.openView('Incidents');
    await w.waitForPrompt('desk do you want to use');
    assert.deepEqual(await w.quickItems(), ['one', 'two']);
    await w.pick('desk do you want to use', 'two');
    await w.waitForRow('Incidents', 'Second desk is down');
    await w.reload();
    await w.openView('Incidents');
    await w.waitForRow('Incidents', 'Second desk is down');
    assert.equal(await w.promptText(), '');

    await w.command('Response Desk: Select Desk Folder\u2026');
    await w.pick('desk do you want to use', 'one');
    await w.waitForRow('Incidents', 'First desk is down');
    assert.equal((await w.treeRows('Incidents')).some(({ label }) => label.includes('Second')), false);
    w.setFolders(['notes', 'two']);
    await w.waitForRow('Incidents', 'Second desk is down');
    assert.equal(w.exists('notes/.desk'), false);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('supports a runbook of another folder in the editor like those of the desk, and starts it (thorough)', async () => {
    const w = await openWorkbench({ desk: files, folders: ['desk', 'ops'], settings });
    await w.openFile('ops/runbooks/lock.md');
    const lens = w.page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Start checklist' }).waitFor({ timeout: 60_000 });
    await w.command('Problems: Focus on Problems View');
    const problems = w.page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: 'gone.md' }).waitFor();
    await w.screenshot('folders-editor');
    assert.equal(await problems.filter({ hasText: 'key.md' }).count(), 0);

    await lens.filter({ hasText: 'Start checklist' }).click();
    await w.pick('Select the issue to start the runbook on', 'Nobody gets in');
    const panel = await w.webview('#7');
    await panel.getByRole('checkbox', { name: 'Turn the key' }).click();
    const begun = await until('the tick is written', async () => {
      const text = await w.read('desk/.desk/incident/7-x.md');
      return text.includes('- [x] Turn [the key](key.md)') ? text : undefined;
    });
    assert.match(begun, / runbook=ops:\/runbooks\/lock\.md /);
    await w.screenshot('folders-checklist');
    await panel.getByRole('link', { name: 'the key' }).click();
    await w.page.locator('.tabs-container .tab.active').filter({ hasText: 'key.md' }).waitFor();

    await w.command('Markdown: Open Preview to the Side');
    const preview = await w.webview('Preview key.md');
    await preview.getByRole('link', { name: 'Start checklist' }).click();
    await w.waitForPrompt('Start “The key”');
    assert.deepEqual(w.extensionErrors(), []);
  });

  it('runs a command of a runbook in the folder that contains the runbook (thorough)', async () => {
    const w = await openWorkbench({ desk: files, folders: ['desk', 'ops'], settings });
    await w.openFile('ops/runbooks/key.md');
    const run = w.page.locator('.codelens-decoration a').filter({ hasText: 'Run…' });
    await run.waitFor({ timeout: 60_000 });
    await clickUntil(w.dialog, run);
    const shown = await w.dialogText();
    assert.ok(shown.includes(path.join(w.workspace, 'ops')), shown);
    await w.answerDialog('Run this in the terminal?', 'Run');
    await w.waitForNotification('The command succeeded with exit code 0');
    assert.equal(await w.read('ops/where.txt'), 'here\n');
    assert.equal(w.exists('desk/where.txt'), false);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
