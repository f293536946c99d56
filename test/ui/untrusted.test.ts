import assert from 'node:assert/strict';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../src/core/markup/issueFile';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { openWorkbench } from './support/workbench';

const runbookFile = 'runbooks/incident.md';

const runbook = '# Incident response\n- [ ] Look at the board\n';

const issueFile = '.desk/incident/7-portal.md';

const at = '2026-11-20T16:02:11Z';

const starts = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);

function issue(): string {
  const run = startChecklist(readRunbook(runbookFile, runbook, runbookContext(defaultDesk('acme/desk'))), { id: 'run1', startedAt: at, by: 'ana', holders: {} });
  return renderIssueFile({
    issue: {
      ref: { repository: 'acme/desk', number: 7 }, title: 'Portal down', body: renderChecklist(run, 'acme/desk'), state: 'open', labels: ['incident'], assignees: ['ana'], author: 'ana',
      createdAt: at, updatedAt: at, location: { kind: 'file', path: issueFile },
    },
  });
}

describe('panels in an untrusted folder', () => {
  it('are read-only', async () => {
    const files = {
      'runbooks/desk.yml': `team: Test\nkinds:\n  incident: { repository: acme/desk, label: incident }\npeople: [{ login: ana }, { login: ben }]\nrotation: { starts: ${starts}, every: 1w, roles: [primary], people: [ana, ben] }\n`,
      [runbookFile]: runbook,
      [issueFile]: issue(),
    };
    const w = await openWorkbench({ desk: files, settings: { 'responseDesk.login': 'ana' }, trusted: false });
    await w.openView('Incidents');
    await w.waitForRow('Incidents', 'Portal down');

    await w.treeRow('Incidents', 'Portal down').click();
    const checklist = await w.webview('#7');
    await checklist.getByText('This page is read-only until you trust the folder.').waitFor();
    const box = checklist.getByRole('checkbox', { name: 'Look at the board' });
    assert.equal(await box.getAttribute('aria-disabled'), 'true');
    await box.click({ force: true });
    assert.equal(await box.isChecked(), false);

    await w.treeMenu('Incidents', 'Portal down', 'Links and Runbooks', 'Write Post-mortem');
    const postmortem = await w.webview('Post-mortem');
    await postmortem.getByLabel('Summary').waitFor();
    assert.equal(await postmortem.getByLabel('Summary').isEditable(), false);

    await w.command('Response Desk: Hand Off…');
    const handoff = await w.webview('Handoff by ana');
    assert.equal(await handoff.getByLabel('Next step for #7: Portal down').isEditable(), false);
    assert.equal(await handoff.getByRole('button', { name: 'Create Handoff' }).isEnabled(), false);
    await handoff.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();

    assert.deepEqual([...w.paths()].sort(), Object.keys(files).sort());
    for (const [path, text] of Object.entries(files)) assert.equal(await w.read(path), text, path);
    assert.deepEqual(w.extensionErrors(), []);
  });
});
