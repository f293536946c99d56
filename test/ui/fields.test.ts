import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { parseDesk } from '../../src/core/desk/parseDesk';
import { renderChecklist } from '../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../src/core/markup/issueFile';
import { rolePeople } from '../../src/core/model/desk';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { openWorkbench, until, type Workbench } from './support/workbench';

const deskText = 'team: Test\nkinds:\n  request: { repository: acme/desk, label: request }\n  issue: { repository: acme/desk, label: issue }\npeople:\n  - { login: ana }\n  - { login: quinn, roles: [qa] }\n';

const runbook = [
  '# Release',
  '- [ ] Set up {{project}} in {{location: Cloud | Private server}} for {{owner: person}} until {{due: date}}',
  '- [ ] Take it (approval by @qa)',
  '- [ ] Hand over {{project}} (comment required)',
  '- [ ] Create an [ISSUE] for {{project}}',
  '  ```issue',
  '  kind: issue',
  '  title: "Watch {{project}} in {{location}}"',
  '  ```',
].join('\n');

const issueFile = '.desk/request/7-shop.md';

async function openDesk(login: string): Promise<Workbench> {
  const { desk } = parseDesk(deskText);
  assert.ok(desk);
  const checklist = startChecklist(readRunbook('runbooks/release.md', runbook, runbookContext(desk)), { id: 'run1', startedAt: '2026-11-20T16:02:11Z', by: 'ana', holders: {}, people: rolePeople(desk) });
  const at = '2026-11-20T16:00:00Z';
  const w = await openWorkbench({
    desk: {
      'runbooks/desk.yml': deskText,
      'runbooks/release.md': runbook,
      [issueFile]: renderIssueFile({
        issue: { ref: { repository: 'acme/desk', number: 7 }, title: 'Shop', body: renderChecklist(checklist, 'acme/desk'), state: 'open', labels: ['request'], assignees: ['ana'], author: 'ana', createdAt: at, updatedAt: at, location: { kind: 'file', path: issueFile } },
      }),
    },
    settings: { 'responseDesk.login': login },
  });
  await w.openView('Requests');
  await w.waitForRow('Requests', 'Shop');
  await w.command('Response Desk: Open Checklist');
  await w.waitForPrompt('Select an issue');
  await w.page.keyboard.press('Enter');
  await (await page(w)).getByRole('checkbox').first().waitFor();
  return w;
}

function page(w: Workbench): Promise<FrameLocator> {
  return w.webview('#7');
}

async function tick(w: Workbench, label: string): Promise<void> {
  await (await page(w)).getByRole('checkbox', { name: label }).click();
}

async function fileHas(w: Workbench, pattern: RegExp): Promise<string> {
  return until(`the file to match ${pattern}`, async () => {
    const text = await w.read(issueFile);
    return pattern.test(text) ? text : undefined;
  });
}

describe('a step that asks for something', () => {
  it('is ticked when its values are entered, and stays open if a question is left', async () => {
    const w = await openDesk('ana');
    await tick(w, 'Set up');
    await w.answer('Enter a value for “project”', 'Acme | shop');
    await w.waitForPrompt('Select a value for “location”');
    await w.page.keyboard.press('Escape');
    await w.quickInput.waitFor({ state: 'hidden' });
    assert.doesNotMatch(await w.read(issueFile), /\[x\]|desk:value/);

    await tick(w, 'Set up');
    await w.answer('Enter a value for “project”', 'Acme | shop');
    await w.waitForPrompt('Select a value for “location”');
    await w.quickRow('Private server').click();
    await w.waitForPrompt('Select a value for “owner”');
    await w.quickRow('quinn').click();
    await w.answer('Enter a value for “due”', 'soon');
    await until('the date is refused', async () => (await w.quickInput.innerText()).includes('Enter a date as year-month-day'));
    await w.quickBox.fill('2026-12-24');
    await w.page.keyboard.press('Enter');
    const text = await fileHas(w, /- \[x\] Set up/);
    assert.match(text, /\* \*\*due:\*\* 2026-12-24 <!-- desk:value due value=2026-12-24 at=\S+ by=ana -->\n\* \*\*location:\*\* Private server <!--[^\n]*\n\* \*\*owner:\*\* quinn <!--[^\n]*\n\* \*\*project:\*\* Acme \| shop </);

    await (await page(w)).getByRole('button', { name: 'Change “project”' }).click();
    await w.answer('Enter a value for “project”', 'Acme');
    await fileHas(w, /\*\*project:\*\* Acme </);

    await tick(w, 'Hand over Acme');
    await w.answer('Comment for “Hand over', 'Checked. Zero downtime.');
    const handed = await fileHas(w, /- \[x\] Hand over [^\n]*\(evidence: Checked\. Zero downtime\.\)/);
    assert.ok(handed.includes('- [ ] Take it'));
    await (await page(w)).getByText('Done: Hand over Acme').first().waitFor();

    await (await page(w)).getByRole('button', { name: 'Create [ISSUE]' }).click();
    await w.waitForPrompt('Title of the linked issue');
    assert.equal(await w.quickBox.inputValue(), 'Watch Acme in Private server');
    await w.page.keyboard.press('Escape');
  });

  it('is approved only by one of its approvers, from the page and from the palette', async () => {
    const w = await openDesk('ana');
    await (await page(w)).getByText('Needs an approval by @quinn').waitFor();
    await tick(w, 'Take it');
    await (await page(w)).getByText('Only @quinn can approve “Take it').waitFor();
    assert.doesNotMatch(await w.read(issueFile), /- \[x\]/);
    await w.command('Response Desk: Mark Step as Done…');
    await w.waitForPrompt('Select an issue');
    await w.quickInput.locator('.monaco-list-row').filter({ hasText: 'Shop' }).click();
    await w.waitForPrompt('Select a step');
    await w.quickInput.locator('.monaco-list-row').filter({ hasText: 'Take it' }).click();
    await until('the refusal', async () => (await w.notifications()).some(text => text.includes('Only @quinn can approve')));
    await w.screenshot('fields-refused');
    assert.doesNotMatch(await w.read(issueFile), /- \[x\]/);
    await w.command('Response Desk: Set My Login…');
    await w.pick('Set My Login', 'quinn');
    await w.waitForRow('On Call', 'You are quinn');
    await tick(w, 'Take it');
    await fileHas(w, /- \[x\] Take it \(approval by @quinn\) <!-- desk:step \S+ by=quinn/);
    await until('the approval is shown', async () => await (await page(w)).getByText('Needs an approval').count() === 0);
  });
});
