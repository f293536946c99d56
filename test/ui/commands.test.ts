import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../src/core/desk/defaultDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../src/core/markup/issueFile';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { clickUntil } from './support/clickUntil';
import { openWorkbench, until, type Workbench, type WorkbenchOptions } from './support/workbench';

const runbookFile = 'runbooks/incident.md';

const issueFile = '.desk/incident/7-portal.md';

const runbook = `# Incident response
- [ ] Look at the board

  \`\`\`console
  $ printf '%s\\n' {{what}} > seen.txt; echo password=hunter2hunter2
  what a board says
  \`\`\`
- [ ] Gather the facts

  \`\`\`bash
  echo "first!" > facts.txt
  echo 'it'\\''s !!' >> facts.txt
  cat facts.txt
  cd runbooks
  \`\`\`
- [ ] Watch it

  \`\`\`sh
  cat
  \`\`\`
- [ ] Stop it

  \`\`\`sh
  (exit 3)
  \`\`\`
- [ ] Restart it

  \`\`\`console
  $ echo restart > restarted.txt
  # echo then
  \`\`\`

## Later
\`\`\`sh
echo hidden \u202E
\`\`\`

## Much
\`\`\`sh
${Array.from({ length: 40 }, (_, index) => `echo ${index} >> much.txt`).join('\n')}
\`\`\`
`;

/** A window with the runbook, and issue 7 with its checklist. */
async function openRunbook(options: WorkbenchOptions = {}): Promise<Workbench> {
  const run = startChecklist(readRunbook(runbookFile, runbook, runbookContext(defaultDesk('acme/desk'))), { id: 'run1', startedAt: '2026-11-20T16:02:11Z', by: 'ana', holders: {} });
  const at = '2026-11-20T16:00:00Z';
  const workbench = await openWorkbench({
    desk: {
      'runbooks/desk.yml': 'team: Test\nkinds:\n  incident: { repository: acme/desk, label: incident }\npeople:\n  - { login: ana }\n',
      [runbookFile]: runbook,
      [issueFile]: renderIssueFile({
        issue: {
          ref: { repository: 'acme/desk', number: 7 }, title: 'Portal down', body: renderChecklist(run, 'acme/desk'), state: 'open', labels: ['incident'], assignees: ['ana'], author: 'ana',
          createdAt: at, updatedAt: at, location: { kind: 'file', path: issueFile },
        },
      }),
    },
    settings: { 'responseDesk.login': 'ana' },
    ...options,
  });
  await workbench.openFile(runbookFile);
  await lens(workbench, 'Start checklist').waitFor({ timeout: 60_000 });
  return workbench;
}

function lens(workbench: Workbench, text: string) {
  return workbench.page.locator('.codelens-decoration a').filter({ hasText: text });
}

async function openChecklist(workbench: Workbench): Promise<FrameLocator> {
  await workbench.openView('Incidents');
  await workbench.waitForRow('Incidents', 'Portal down');
  await workbench.command('Response Desk: Open Checklist');
  await workbench.waitForPrompt('Select an issue');
  await until('the issue among the choices', async () => (await workbench.quickItems()).some(item => item.includes('Portal down')));
  await workbench.page.keyboard.press('Enter');
  return await workbench.webview('#7');
}

/** The stored comments of the issue. */
function comments(workbench: Workbench): string {
  const folder = path.join(workbench.workspace, '.desk/incident');
  return readdirSync(folder).filter(file => file.endsWith('.jsonl')).map(file => readFileSync(path.join(folder, file), 'utf8')).join('');
}

describe('a shell block', () => {
  it('runs after it was shown and confirmed, and its result is attached to the step with masked secrets', async () => {
    const workbench = await openRunbook();
    const evil = "it's; $(touch owned) ${env:HOME}";
    await clickUntil(workbench.quickInput, lens(workbench, 'Run…').first());
    await workbench.answer('what', evil);
    const shown = await workbench.dialogText();
    assert.ok(shown.includes(`DESK_WHAT=${evil}`), shown);
    assert.ok(shown.includes(`printf '%s\\n' "$DESK_WHAT" > seen.txt; echo password=hunter2hunter2`), shown);
    assert.ok(shown.includes(workbench.workspace), shown);
    assert.equal(workbench.exists('seen.txt'), false);
    await workbench.screenshot('command-confirm-dark');
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    await workbench.waitForNotification('The command succeeded with exit code 0');
    assert.equal(await workbench.read('seen.txt'), `${evil}\n`);
    assert.equal(workbench.exists('owned'), false);
    await workbench.screenshot('command-result-dark');

    await workbench.answerNotification('The command succeeded', 'Attach to Step');
    await lens(workbench, 'Continue with These Details').waitFor();
    await workbench.screenshot('command-review-dark');
    assert.equal(comments(workbench), '');
    await lens(workbench, 'Continue with These Details').click();
    const kept = await until('the comment', () => /Exit code 0 after/.test(comments(workbench)) && comments(workbench));
    assert.match(kept, /Command of the step `Look at the board`/);
    assert.match(kept, /```text\\npassword=\[masked\]\\n```/);
    assert.doesNotMatch(kept, /hunter2/);
    await workbench.answerNotification('The result was attached to #7', 'Tick Step');
    await until('the step to be ticked', async () => /- \[x\] Look at the board/.test(await workbench.read(issueFile)));

    const checklist = await openChecklist(workbench);
    await checklist.getByRole('button', { name: 'Run: echo "first!"' }).click();
    await workbench.screenshot('command-lines-dark');
    assert.match(await workbench.dialogText(), /echo "first!" > facts\.txt\necho 'it'\\''s !!' >> facts\.txt\ncat facts\.txt\ncd runbooks$/);
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    await workbench.answerNotification('The command succeeded with exit code 0', 'Tick Step');
    assert.equal(await workbench.read('facts.txt'), "first!\nit's !!\n");
    await until('the step to be ticked', async () => /- \[x\] Gather the facts/.test(await workbench.read(issueFile)));

    // While this one runs, the next has its own terminal.
    await checklist.getByRole('button', { name: 'Run: cat' }).click();
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    await workbench.waitForNotification('Running in the terminal');
    await checklist.getByRole('button', { name: 'Run: (exit 3)' }).click();
    assert.match(await workbench.dialogText(), new RegExp(`Folder: ${workbench.workspace}\n\n\\(exit 3\\)$`));
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    const failed = await workbench.waitForNotification('The command failed with exit code 3');
    assert.equal(await failed.locator('.monaco-button').filter({ hasText: 'Tick Step' }).count(), 0);
    assert.ok(await workbench.page.locator('.tabs-list .terminal-tabs-entry').count() >= 2);
    await workbench.setTheme('light');
    await workbench.screenshot('command-checklist-light');
    await workbench.command('Terminal: Kill All Terminals');
    await workbench.waitForNotification('The terminal was closed before the command ended');
    assert.deepEqual(workbench.extensionErrors(), []);
  });

  it('is interrupted on cancel, and asks what a line with # means (thorough)', async () => {
    const workbench = await openRunbook();
    const checklist = await openChecklist(workbench);
    await checklist.getByRole('button', { name: 'Run: cat' }).click();
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    await workbench.answerNotification('Running in the terminal', 'Cancel');
    await workbench.waitForNotification('The command failed with exit code 130');
    await workbench.clearNotifications();

    await checklist.getByRole('button', { name: 'Run: echo restart > restarted.txt' }).click();
    await workbench.waitForPrompt('What are the lines that start with #?');
    await workbench.screenshot('command-readings-dark');
    const rows = await workbench.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    assert.ok(rows.some(row => row.replaceAll('\u00a0', ' ').includes('Runs: echo restart > restarted.txt \u21B5 echo then')), rows.join('\n'));
    await workbench.pick('What are the lines that start with #?', 'Commands for root');
    const shown = await workbench.dialogText();
    assert.match(shown, /They run with your own permissions[^]*\n\necho restart > restarted\.txt\necho then$/);
    assert.equal(workbench.exists('restarted.txt'), false);
    await workbench.answerDialog('Run this in the terminal?', 'Run');
    await workbench.waitForNotification('The command succeeded with exit code 0');
    assert.equal(await workbench.read('restarted.txt'), 'restart\n');
    assert.deepEqual(workbench.extensionErrors(), []);
  });

  it('asks first in the preview, refuses hidden characters, and shows long scripts completely; its result is read without shell integration (thorough)', async () => {
    const workbench = await openRunbook({ settings: { 'responseDesk.login': 'ana', 'terminal.integrated.shellIntegration.enabled': false }, viewport: { width: 1400, height: 1100 } });
    // A lens that is redrawn because the checklist was read can miss the click.
    await until('the refusal', async () => {
      await lens(workbench, 'Run…').nth(5).click();
      return await workbench.dialog.waitFor({ timeout: 4000 }).then(() => true, () => undefined);
    });
    const refused = await workbench.dialogText();
    assert.match(refused, /not run or copied[^]*its meaning: \\u\{202E\}[^]*echo hidden \\u\{202E\}/);
    await workbench.screenshot('command-refused-dark');
    await workbench.page.keyboard.press('Escape');

    await lens(workbench, 'Run…').nth(6).click();
    await workbench.waitForNotification('Run these 40 lines in the terminal?');
    await workbench.page.locator('.tab.active').filter({ hasText: 'Command to Run' }).waitFor();
    await workbench.screenshot('command-long-dark');
    await workbench.answerNotification('Run these 40 lines in the terminal?', 'Run');
    await workbench.waitForNotification('The command succeeded with exit code 0');
    assert.equal((await workbench.read('much.txt')).split('\n').length, 41);
    await workbench.clearNotifications();

    const preview = await workbench.openPreview();
    const link = preview.getByRole('link', { name: 'Run…' });
    await link.nth(1).focus();
    await workbench.setTheme('light');
    await workbench.screenshot('command-preview-light');
    await link.nth(1).click();
    assert.match(await workbench.dialogText(), /cat facts\.txt/);
    await workbench.screenshot('command-confirm-light');
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'detached' });
    await lens(workbench, 'Copy').nth(2).click();
    await until('the status bar to show the copy', async () => (await workbench.statusBar()).some(item => item.includes('Copied the command')));
    assert.equal(workbench.exists('facts.txt'), false);
    assert.deepEqual(workbench.extensionErrors(), []);
  });

  it('does not run in an untrusted folder (thorough)', async () => {
    const workbench = await openRunbook({ trusted: false });
    await lens(workbench, 'Copy').first().waitFor();
    assert.equal(await lens(workbench, 'Run…').count(), 0);
    assert.equal(await workbench.offersCommand('Response Desk: Run Command…'), false);
    const preview = await workbench.openPreview();
    await preview.locator('.response-desk-bar').waitFor();
    assert.equal(await preview.getByRole('link', { name: 'Run…' }).count(), 0);
  });
});
