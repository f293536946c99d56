import assert from 'node:assert/strict';
import { type ChecklistDesk, openChecklist } from './support/issue';
import { it } from './support/it';
import { themeNames } from './support/themes';
import { until } from './support/until';

const ticked = (label: string): RegExp => new RegExp(`- \\[x\\] ${label} <!-- desk:step [^>]*by=ana at=2[^>]*-->`);

const fileHas = (desk: ChecklistDesk, pattern: RegExp): Promise<string> =>
  until(`the issue's file to match ${pattern}`, () => pattern.test(desk.file()) ? desk.file() : undefined);

const isFocused = (desk: ChecklistDesk, label: string): Promise<boolean> => desk.box(label).evaluate(element => element === element.ownerDocument.activeElement);

describe('the checklist on the page of an issue', () => {
  it('shows a tick immediately, with its author and the progress, and undoes it', async () => {
    const desk = await openChecklist();
    let allow = (): void => undefined;
    desk.answer = async write => {
      await new Promise<void>(resolve => { allow = resolve; });
      return await desk.apply(write);
    };
    await desk.box('Look at the board').click();
    await until('the tick', () => desk.panel.received[0]);
    await desk.page.getByText('1 of 6 done').first().waitFor();
    await desk.page.getByText('Saving to the issue').waitFor({ state: 'attached' });
    assert.doesNotMatch(desk.file(), /\[x\]/);
    allow();
    await fileHas(desk, ticked('Look at the board'));
    await desk.page.getByText(/^ana, now$/).waitFor();
    desk.answer = desk.apply;
    await desk.box('Look at the board').click();
    await fileHas(desk, /- \[ \] Look at the board/);
    await desk.page.getByText('0 of 6 done').first().waitFor();
  });

  it('is operated by keyboard: move between steps, tick, skip with a reason, choose', async () => {
    const desk = await openChecklist();
    const { keyboard } = desk.page;
    await desk.box('Look at the board').focus();
    await keyboard.press('Space');
    await keyboard.press('ArrowDown');
    await keyboard.press('s');
    await keyboard.type('they called us');
    await keyboard.press('Enter');
    await fileHas(desk, ticked('Look at the board'));
    await fileHas(desk, /~~Call the customer~~ skipped: they called us/);
    await until('the focus to be on the step again', () => isFocused(desk, 'Call the customer'));
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await fileHas(desk, ticked('Acknowledge to the reporter'));
    await until('the next step to be open', async () => await desk.box('Create [REQUEST]').getAttribute('aria-disabled') === 'false');
    await keyboard.press('End');
    await keyboard.press('Space');
    await fileHas(desk, /- \[x\] No: it is new/);
    await desk.page.getByText('Not selected').first().waitFor();
  });

  it('keeps the steps after a gate locked, and explains why', async () => {
    const desk = await openChecklist();
    const locked = desk.box('Create [REQUEST]');
    await locked.click({ force: true });
    assert.equal(await locked.isChecked(), false);
    assert.equal(await locked.getAttribute('aria-disabled'), 'true');
    assert.match(await locked.evaluate(element => element.ownerDocument.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? ''), /Locked until every step of the gate “Gate: ready” is done or skipped/);
    assert.deepEqual(desk.panel.received, []);
    await desk.box('Acknowledge').click();
    await desk.page.getByRole('button', { name: 'Create [REQUEST]', exact: true }).waitFor();
    await locked.click();
    const text = await fileHas(desk, ticked('Create \\[REQUEST\\] for the printers'));
    assert.match(text, ticked('Acknowledge to the reporter'));
  });

  it('shows evidence at a gate and the assignee of a step, and filters my steps', async () => {
    const desk = await openChecklist({ runbook: '# Release\n## Build\n- [ ] Build it\n- [ ] Sign it\n## Gate: quality\n- [ ] All checks are green\n## Ship\n- [ ] Tell the customer\n' });
    const gate = desk.page.getByRole('group', { name: 'Gate: quality', exact: true });
    await gate.getByRole('button', { name: 'Add Evidence…' }).click();
    const asked = await until('the message', () => desk.panel.received.at(-1));
    assert.ok(asked.kind === 'act' && asked.action.kind === 'addEvidence');
    const { run, step } = asked.action;
    await desk.change({ kind: 'showEvidence', run, step, add: [{ kind: 'link', value: 'https://ci.example/builds/412' }], remove: [] });
    await gate.getByText('https://ci.example/builds/412').waitFor();
    await desk.page.getByRole('button', { name: 'Assign step: All checks are green' }).click();
    assert.deepEqual(await until('the second message', () => desk.panel.received[1]), { kind: 'act', action: { kind: 'assignStep', run, step } });
    await desk.change({ kind: 'giveStep', run, step, login: 'ana', at: '2026-11-20T16:05:00Z' });
    await gate.getByText('Assigned to @ana').waitFor();
    await desk.page.getByRole('button', { name: 'My Steps (1)' }).click();
    await desk.box('Build it').waitFor({ state: 'detached' });
    await desk.page.getByRole('button', { name: 'My Steps (1)' }).click();
    await desk.box('Build it').waitFor();
    await gate.getByRole('button', { name: 'Reject…' }).click();
    await desk.page.getByRole('button', { name: 'Export as Markdown' }).click();
    await until('both messages', () => desk.panel.received.length === 4);
    assert.deepEqual(desk.panel.received.slice(2).map(message => message.kind === 'act' ? message.action.kind : message.kind), ['rejectSection', 'exportChecklist']);
  });

  it('lists the changes of a runbook until the checklist is updated', async () => {
    const runbook = '# Release\n- [ ] Build it\n- [ ] Sign it\n- [ ] Tell the customer\n';
    const desk = await openChecklist({ runbook });
    await desk.setRunbook(runbook.replace('Sign it', 'Sign it with the new key').concat('- [ ] Tell the team\n'));
    await desk.page.getByText('New: Tell the team').waitFor();
    await desk.page.getByText('“Sign it” is now “Sign it with the new key”').waitFor();
    await desk.page.getByRole('button', { name: 'Update Checklist…' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received[0]), { kind: 'act', action: { kind: 'updateFromRunbook', run: 'run1' } });
    await desk.setRunbook(runbook);
    await desk.page.getByText('New: Tell the team').waitFor({ state: 'detached' });
  });

  it('shows when a step is due, and that it is overdue', async () => {
    const startedAt = new Date(Date.now() - 70_000).toISOString().replace(/\.\d+/, '');
    const desk = await openChecklist({ startedAt, runbook: '# Incident response\n- [ ] Acknowledge it <!-- desk: within 1m -->\n- [ ] Tell everybody <!-- desk: within 2h -->\n' });
    await desk.page.locator('.overdue').filter({ hasText: 'Was due' }).waitFor();
    await desk.page.getByText(/Due in 11\d minutes/).waitFor();
    await desk.box('Acknowledge it').click();
    await desk.page.locator('.overdue').waitFor({ state: 'detached' });
  });

  it('applies the deadline of the front matter to every step', async () => {
    const startedAt = new Date(Date.now() - 70_000).toISOString().replace(/\.\d+/, '');
    const desk = await openChecklist({ startedAt, runbook: '---\nwithin: 1m\n---\n# Incident response\n- [ ] Acknowledge it\n- [ ] Ask who is affected\n- [ ] Tell everybody <!-- desk: within 2h -->\n' });
    await desk.page.getByText(/Due in 11\d minutes/).waitFor();
    assert.equal(await desk.page.locator('.overdue').filter({ hasText: 'Was due' }).count(), 2);
  });

  it('updates relative times while nothing else changes', async () => {
    const desk = await openChecklist({ time: '2026-11-20T17:00:00Z' });
    await desk.box('Look at the board').click();
    await desk.page.getByText(/^ana, now$/).waitFor();
    await desk.page.clock.fastForward('03:10');
    await desk.page.getByText('ana, 3 minutes ago').waitFor();
    await desk.page.clock.fastForward('02:00:00');
    await desk.page.getByText('ana, 2 hours ago').waitFor();
  });

  it('shows and announces a change by someone else, and keeps the focus and the text being typed', async () => {
    const desk = await openChecklist();
    await desk.box('Look at the board').focus();
    await desk.page.keyboard.press('s');
    await desk.page.keyboard.type('half a rea');
    await desk.write(desk.file().replace('- [ ] Call the customer', '- [x] Call the customer'));
    await until('the other step to be ticked', () => desk.box('Call the customer').isChecked());
    await desk.page.keyboard.type('son');
    assert.equal(await desk.page.locator('.reason-field').inputValue(), 'half a reason');
    assert.match(await desk.page.locator('[aria-live]').innerText(), /Someone completed: Call the customer/);
  });

  it('keeps the unsent reason and the scroll position when it is hidden', async () => {
    const desk = await openChecklist({ viewport: { width: 700, height: 300 } });
    await desk.box('Call the customer').focus();
    await desk.page.keyboard.press('s');
    await desk.page.keyboard.type('closed today');
    await desk.page.evaluate('scrollTo(0, 120)');
    await until('the place to be remembered', () => desk.page.evaluate(() => sessionStorage.getItem('vscode state')?.includes('"scroll":120')));
    await desk.panel.reload();
    await desk.box('Call the customer').waitFor();
    assert.equal(await desk.page.evaluate('scrollY'), 120);
    await desk.box('Call the customer').focus();
    await desk.page.keyboard.press('s');
    assert.equal(await desk.page.locator('.reason-field').inputValue(), 'closed today');
  });

  it('resends an unanswered tick with the same key after it was hidden or closed', async () => {
    const desk = await openChecklist();
    desk.answer = () => new Promise(() => undefined);
    await desk.box('Look at the board').click();
    const first = await until('the tick', () => desk.panel.received[0]);
    assert.ok(first.kind === 'mark' && !first.again);
    await desk.panel.reload();
    assert.deepEqual(await until('the tick again', () => desk.panel.received[1]), { ...first, again: true });
    assert.equal(await desk.box('Look at the board').isChecked(), true);
    desk.answer = desk.apply;
    await desk.panel.reopen();
    await fileHas(desk, ticked('Look at the board'));
    assert.deepEqual(desk.panel.received[2], { ...first, again: true });
    await desk.page.getByText(/^ana, /).waitFor();
    await desk.panel.reopen();
    await desk.box('Look at the board').waitFor();
    assert.equal(desk.panel.received.length, 3);
  });

  it('shows why a change was rejected, and retries it', async () => {
    const desk = await openChecklist();
    desk.answer = () => ({ kind: 'refused', text: 'The file could not be written.', kept: false });
    await desk.box('Look at the board').click();
    const alert = desk.page.getByRole('alert').filter({ hasText: 'The file could not be written.' });
    await alert.waitFor();
    assert.equal(await desk.box('Look at the board').isChecked(), false);
    desk.answer = desk.apply;
    await alert.getByRole('button').click();
    await fileHas(desk, ticked('Look at the board'));
    await alert.waitFor({ state: 'detached' });
  });

  it('warns about a change that stays unanswered', async () => {
    const desk = await openChecklist({ time: '2026-11-20T17:00:00Z' });
    desk.answer = () => new Promise(() => undefined);
    await desk.box('Look at the board').click();
    await until('the tick', () => desk.panel.received[0]);
    await desk.page.clock.runFor('00:06');
    assert.equal(await desk.page.getByText('of your changes are not confirmed yet').count(), 0);
    await desk.page.clock.runFor('00:07');
    await desk.page.getByText('1 of your changes are not confirmed yet').waitFor();
  });

  it('keeps working when the runbook is deleted, and shows a warning', async () => {
    const desk = await openChecklist();
    await desk.setRunbook(undefined);
    await desk.page.getByText(/was deleted or moved. This checklist keeps its own copy of the steps/).waitFor();
    await desk.box('Look at the board').click();
    await fileHas(desk, ticked('Look at the board'));
  });

  it('explains what to do when the issue file cannot be read', async () => {
    const desk = await openChecklist();
    await desk.write(desk.file().replace(/^title:.*$/m, 'title: [unclosed'));
    await desk.page.getByRole('heading', { name: 'cannot be read' }).waitFor();
    await desk.page.getByRole('button', { name: 'Open File' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received[0]), { kind: 'act', action: { kind: 'openFile', path: '.desk/incident/7-portal.md' } });
  });

  it('shows that its data may be stale, and offers to sign in', async () => {
    const desk = await openChecklist();
    await desk.fail('You are not signed in.', true);
    await desk.page.getByText('The issue may have changed since it was loaded. You are not signed in.').waitFor();
    await desk.page.getByRole('button', { name: 'Sign In' }).click();
    assert.deepEqual(await until('the message', () => desk.panel.received[0]), { kind: 'act', action: { kind: 'signIn' } });
    await desk.box('Look at the board').waitFor();
  });

  it('is read-only in an untrusted folder', async () => {
    const desk = await openChecklist({ trusted: false });
    await desk.page.getByText('This page is read-only until you trust the folder.').waitFor();
    const first = desk.box('Look at the board');
    assert.equal(await first.getAttribute('aria-disabled'), 'true');
    await first.click({ force: true });
    await first.focus();
    await desk.page.keyboard.press('s');
    assert.equal(await first.isChecked(), false);
    assert.equal(await desk.page.locator('.reason-field').count(), 0);
    assert.deepEqual(desk.panel.received, []);
  });

  it('runs no code from hostile titles and steps, and shows their full text', async () => {
    const evil = '<img src=x onerror="document.title=1;alert(1)"></script><script>alert(2)</script>';
    const runbook = `# Incident response\n- [ ] ${evil} \u202Egnp.exe [bad](javascript:alert(3)) [worse](command:workbench.action.quit)\n- [ ] ${'long '.repeat(2000)}end\n- [ ] 👩‍🚒 emoji\n`;
    const title = `Portal down ${evil}${'A'.repeat(10_000)}`;
    const desk = await openChecklist({ title, runbook });
    assert.equal(await desk.page.locator('img, main script, iframe').count(), 0);
    assert.equal(await desk.page.locator('h1 bdi').textContent(), title);
    assert.match(await desk.page.locator('.text').first().textContent() ?? '', /<img src=x onerror=/);
    assert.equal(await desk.page.getByRole('link').filter({ hasText: /bad|worse/ }).count(), 0);
    assert.equal(await desk.page.title(), 'Response Desk');
    await desk.box('emoji').click();
    await fileHas(desk, /- \[x\] 👩‍🚒 emoji/);
  });

  for (const theme of themeNames) {
    it(`has no serious or critical accessibility violation in ${theme}`, async () => {
      const desk = await openChecklist({ theme });
      await desk.box('Look at the board').click();
      await desk.box('Call the customer').focus();
      await desk.page.keyboard.press('s');
      await desk.page.getByText('1 of 6 done').first().waitFor();
      assert.deepEqual(await desk.panel.axe(), []);
      await desk.panel.screenshot(`checklist-${theme}`);
    });
  }
});
