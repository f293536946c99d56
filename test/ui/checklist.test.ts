import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../src/core/markup/issueFile';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { incidentProcedure as procedure } from '../support/panelSamples';
import { openWorkbench, until, type Workbench, type WorkbenchOptions } from './support/workbench';

const runbookFile = 'runbooks/incident.md';

const issueFile = '.desk/incident/7-portal.md';

const desk = 'team: Test\nkinds:\n  incident: { repository: acme/desk, label: incident }\n  request: { repository: acme/desk, label: request }\npeople:\n  - { login: ana }\n  - { login: ben }\n';

interface Setup extends WorkbenchOptions {
  readonly title?: string;
  readonly runbook?: string;
  readonly before?: string;
  readonly startedAt?: string;
}

/** A window with the checklist of issue 7 open. */
async function openChecklist({ title = 'Portal down', runbook = procedure, before = 'Nobody can sign in.\n\n', startedAt = '2026-11-20T16:02:11Z', ...options }: Setup = {}): Promise<Workbench> {
  const checklist = startChecklist(readRunbook(runbookFile, runbook, runbookContext(defaultDesk('acme/desk'))), { id: 'run1', startedAt, by: 'ana', holders: {} });
  const at = '2026-11-20T16:00:00Z';
  const body = `${before}${renderChecklist(checklist, 'acme/desk')}\n\nWritten below, with  two spaces \n`;
  const workbench = await openWorkbench({
    desk: {
      'runbooks/desk.yml': desk,
      [runbookFile]: runbook,
      [issueFile]: renderIssueFile({
        issue: {
          ref: { repository: 'acme/desk', number: 7 }, title, body, state: 'open', labels: ['incident'], assignees: ['ana'], author: 'ana',
          createdAt: at, updatedAt: at, location: { kind: 'file', path: issueFile },
        },
      }),
    },
    settings: { 'responseDesk.login': 'ana' },
    ...options,
  });
  await workbench.openView('Incidents');
  await showChecklist(workbench, title);
  return workbench;
}

async function showChecklist(workbench: Workbench, title: string): Promise<void> {
  await workbench.waitForRow('Incidents', title.slice(0, 12));
  await workbench.command('Response Desk: Open Checklist');
  await workbench.waitForPrompt('Select an issue');
  await until('the issue among the choices', async () => (await workbench.quickItems()).some(item => item.includes(title.slice(0, 12))));
  await workbench.page.keyboard.press('Enter');
  await (await panel(workbench)).locator('h1').waitFor();
}

function panel(workbench: Workbench): Promise<FrameLocator> {
  return workbench.webview('#7');
}

async function box(workbench: Workbench, label: string): Promise<Locator> {
  return (await panel(workbench)).getByRole('checkbox', { name: label });
}

async function fileHas(workbench: Workbench, pattern: RegExp): Promise<string> {
  return await until(`the issue's file to match ${pattern}`, async () => {
    const text = await workbench.read(issueFile);
    return pattern.test(text) ? text : undefined;
  });
}

const ticked = (label: string): RegExp => new RegExp(`- \\[x\\] ${label} <!-- desk:step [^>]*by=ana at=2[^>]*-->`);

describe('the checklist', () => {
  it('writes a tick into the issue with author and time, keeps every other byte, and follows changes of the files', async () => {
    const workbench = await openChecklist();
    const before = await workbench.read(issueFile);
    await (await box(workbench, 'Look at the board')).click();
    const after = await fileHas(workbench, ticked('Look at the board'));
    const outside = (text: string): readonly string[] => text.split(/<!-- desk:run [^]*<!-- \/desk:run -->/).map(part => part.replace(/^updated: .*$/m, ''));
    assert.deepEqual(outside(after), outside(before));
    const view = await panel(workbench);
    await view.getByText('1 of 6 done').first().waitFor();
    await (await box(workbench, 'Look at the board')).click();
    const open = await fileHas(workbench, /- \[ \] Look at the board/);
    await view.getByText('0 of 6 done').first().waitFor();

    workbench.write({ [issueFile]: open.replace('- [ ] Call the customer', '- [x] Call the customer') });
    await until('the other step to be ticked', async () => await (await box(workbench, 'Call the customer')).isChecked());
    rmSync(path.join(workbench.workspace, runbookFile));
    await view.getByText(/was deleted or moved. This checklist keeps its own copy of the steps/).waitFor();
    await (await box(workbench, 'Look at the board')).click();
    await fileHas(workbench, ticked('Look at the board'));
    await view.getByText(/^ana, /).waitFor();
    const broken = (await workbench.read(issueFile)).replace(/^title:.*$/m, 'title: [unclosed');
    workbench.write({ [issueFile]: broken });
    await view.getByRole('heading', { name: 'cannot be read' }).waitFor();
    await view.getByText('Open it, correct it and save it.').waitFor();
    assert.equal(await workbench.read(issueFile), broken);
    assert.deepEqual(workbench.extensionErrors(), []);
  });

  it('accepts evidence at a gate, rejects with a reason, is updated from the changed runbook, and is exported', async () => {
    const gated = '# Release\n## Build\n- [ ] Build it\n- [ ] Sign it\n## Gate: quality\n- [ ] All checks are green\n## Ship\n- [ ] Tell the customer\n';
    const workbench = await openChecklist({ runbook: gated });
    const view = await panel(workbench);
    for (const step of ['Build it', 'Sign it']) await (await box(workbench, step)).click();
    const gate = view.getByRole('group', { name: 'Gate: quality', exact: true });
    await gate.getByRole('button', { name: 'Add Evidence…' }).click();
    await workbench.pick('Select the evidence for “All checks are green”', 'Link');
    await workbench.waitForPrompt('Enter a URL');
    await workbench.quickBox.fill('javascript:alert(1)');
    await workbench.page.keyboard.press('Enter');
    await until('the refusal', async () => (await workbench.promptText()).includes('starts with https://'));
    await workbench.answer('A URL starts', 'https://ci.example/builds/412');
    await fileHas(workbench, /- \[ \] All checks are green \(evidence: https:\/\/ci\.example\/builds\/412\) <!--/);
    await gate.getByText('https://ci.example/builds/412').waitFor();
    await workbench.screenshot('checklist-evidence');

    await view.getByRole('button', { name: 'Assign step: All checks are green' }).click();
    await workbench.pick('Select who does “All checks are green”', 'ana');
    await gate.getByText('Assigned to @ana').waitFor();
    await view.getByRole('button', { name: 'My Steps (1)' }).click();
    await (await box(workbench, 'Build it')).waitFor({ state: 'detached' });
    await workbench.screenshot('checklist-mine');
    await view.getByRole('button', { name: 'My Steps (1)' }).click();
    await (await box(workbench, 'Build it')).waitFor();

    await gate.getByRole('button', { name: 'Reject…' }).click();
    await workbench.pick('Select the section to reopen', 'Build');
    await workbench.answer('Why do you reject', 'The signature is from last year');
    await fileHas(workbench, /- \[ \] Build it <!--[^>]*open[^>]*-->\n- \[ \] Sign it/);
    await until('the box is empty', async () => !(await (await box(workbench, 'Build it')).isChecked()));
    const log = await until('the reason', async () => {
      const text = await workbench.read('.desk/incident/7.events.jsonl').catch(() => '');
      return text.includes('last year') ? text : undefined;
    });
    assert.match(log, /\*\*Sent back\*\* from “Gate: quality” to “Build”/);

    await (await box(workbench, 'Build it')).click();
    await fileHas(workbench, ticked('Build it'));
    workbench.write({ [runbookFile]: gated.replace('Sign it', 'Sign it with the new key').replace('- [ ] Tell the customer\n', '- [ ] Tell the customer\n- [ ] Tell the team\n') });
    await view.getByText('New: Tell the team').waitFor();
    await view.getByText('“Sign it” is now “Sign it with the new key”').waitFor();
    await workbench.screenshot('checklist-changed');
    await view.getByRole('button', { name: 'Update Checklist…' }).click();
    assert.match(await workbench.dialogText(), /New: Tell the team/);
    await workbench.answerDialog('Update this checklist from', 'Update');
    const text = await fileHas(workbench, /Tell the team/);
    assert.match(text, ticked('Build it'));
    assert.match(text, /All checks are green \(for @ana\) \(evidence: https/);
    await view.getByText('New: Tell the team').waitFor({ state: 'detached' });

    await view.getByRole('button', { name: 'Export as Markdown' }).click();
    await until('the export', async () => (await workbench.page.locator('.editor-instance .view-lines').innerText()).replace(/\u00a0/g, ' ').includes('Evidence: https://ci.example'));
    await workbench.screenshot('checklist-exported');
    assert.deepEqual(workbench.extensionErrors(), []);
  });

  it('reports an overdue step once', async () => {
    const startedAt = new Date(Date.now() - 70_000).toISOString().replace(/\.\d+/, '');
    const workbench = await openChecklist({ startedAt, runbook: '# Incident response\n- [ ] Acknowledge it <!-- desk: within 1m -->\n- [ ] Tell everybody <!-- desk: within 2h -->\n' });
    const toast = await workbench.waitForNotification('It was due 1m after the checklist was started');
    const view = await panel(workbench);
    await view.locator('.overdue').filter({ hasText: 'Was due' }).waitFor();
    await view.getByText(/Due in 11\d minutes/).waitFor();
    await workbench.screenshot('checklist-due');
    await (await box(workbench, 'Acknowledge it')).click();
    await fileHas(workbench, ticked('Acknowledge it'));
    await view.locator('.overdue').waitFor({ state: 'detached' });
    await toast.waitFor();
    assert.equal(await workbench.page.locator('.notification-toast').filter({ hasText: 'was due 1m after' }).count(), 1);
  });

  it('applies the deadline of the front matter to every step, and reports all overdue steps in one message (thorough)', async () => {
    const startedAt = new Date(Date.now() - 70_000).toISOString().replace(/\.\d+/, '');
    const workbench = await openChecklist({ startedAt, runbook: '---\nwithin: 1m\n---\n# Incident response\n- [ ] Acknowledge it\n- [ ] Ask who is affected\n- [ ] Tell everybody <!-- desk: within 2h -->\n' });
    await workbench.waitForNotification('2 steps of “Incident response” on acme/desk#7 are still open');
    const view = await panel(workbench);
    assert.equal(await view.locator('.overdue').filter({ hasText: 'Was due' }).count(), 2);
    await view.getByText(/Due in 11\d minutes/).waitFor();
    await workbench.screenshot('checklist-due-together');
    assert.equal(await workbench.page.locator('.notification-toast').filter({ hasText: 'after the checklist was started' }).count(), 1);
  });

  it('loses nothing when two windows tick different steps at the same time (thorough)', async () => {
    const one = await openChecklist();
    const two = await one.anotherWindow();
    await two.openView('Incidents');
    await showChecklist(two, 'Portal down');
    const [a, b] = [await box(one, 'Look at the board'), await box(two, 'Call the customer')];
    await Promise.all([a.click(), b.click()]);
    await fileHas(one, ticked('Look at the board'));
    await fileHas(one, ticked('Call the customer'));
    await until('each window to show both', async () => await (await box(one, 'Call the customer')).isChecked() && await (await box(two, 'Look at the board')).isChecked());
    const after = await one.read(issueFile);
    assert.match(after, ticked('Look at the board'));
    assert.match(after, ticked('Call the customer'));
  });

  it('keeps a tick if the extension host is killed right after it', async () => {
    const workbench = await openChecklist();
    await (await box(workbench, 'Look at the board')).click();
    await workbench.killExtensionHost();
    // VS Code does not restore a panel whose host crashed, so open it again.
    await showChecklist(workbench, 'Portal down');
    await fileHas(workbench, ticked('Look at the board'));
    await until('the checklist to show it', async () => await (await box(workbench, 'Look at the board')).isChecked());
  });

  it('is restored after a restart, with the reason that was being typed (thorough)', async () => {
    const workbench = await openChecklist();
    await (await box(workbench, 'Call the customer')).focus();
    await workbench.page.keyboard.press('s');
    await workbench.page.keyboard.type('closed today');
    await workbench.restartExtensionHost();
    await until('the checklist to be back', async () => await panel(workbench).then(view => view.locator('h1').isVisible(), () => false), 60);
    await (await box(workbench, 'Call the customer')).focus();
    await workbench.page.keyboard.press('s');
    assert.equal(await (await panel(workbench)).locator('.reason-field').inputValue(), 'closed today');
  });
});
