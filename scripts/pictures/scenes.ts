import { openWorkbench, type Theme, type Workbench } from '../../test/ui/support/workbench';

export const viewport = { width: 1180, height: 760 };

/** Each scene works the real workbench until it shows what the picture of that name is about. */
export const scenes: Readonly<Record<string, () => Promise<Workbench>>> = {
  async desk() {
    const w = await declared('light');
    const page = await w.webview('Viewer shows');
    for (const step of [/^Acknowledge/, /^Paste the customer/, /^Note version/]) await page.getByRole('checkbox', { name: step }).click();
    await page.getByText('3 of 30 settled').waitFor();
    return w;
  },

  async checklist() {
    const w = await declared('dark');
    await w.command('View: Toggle Primary Side Bar Visibility');
    const page = await w.webview('Viewer shows');
    await page.getByRole('radio', { name: /^No: it is new to us/ }).click();
    const create = page.getByRole('button', { name: /^Create \[ISSUE\]/ }).last();
    await create.click();
    await w.waitForPrompt('itle');
    await w.page.keyboard.press('Enter');
    await page.getByRole('button', { name: /acme\/engine#2/ }).first().waitFor();
    await page.getByRole('checkbox', { name: /^Build the smallest example/ }).click();
    return w;
  },

  async postmortem() {
    const w = await declared('light');
    const checklist = await w.webview('Viewer shows');
    await checklist.getByRole('checkbox', { name: /^Acknowledge/ }).click();
    await checklist.getByRole('checkbox', { name: /^Set the priority/ }).click();
    await checklist.getByText('2 of 30 settled').waitFor();
    await w.command('View: Toggle Primary Side Bar Visibility');
    await checklist.getByRole('button', { name: 'Post-mortem', exact: true }).click();
    const page = await w.webview('Post-mortem');
    await page.getByLabel('Summary').fill('The viewer drew an empty page for everyone after the evening update.');
    await page.getByRole('heading', { name: 'Timeline' }).scrollIntoViewIfNeeded();
    return w;
  },

  async editor() {
    const w = await sample('dark');
    await w.openFile('runbooks/incident.md');
    await w.page.locator('.codelens-decoration').filter({ hasText: 'Start run' }).first().waitFor();
    return w;
  },

  async preview() {
    const w = await sample('light');
    await w.openFile('runbooks/incident.md');
    const preview = await w.openPreview();
    await preview.locator('.response-desk-bar').waitFor();
    await w.command('View: Toggle Primary Side Bar Visibility');
    return w;
  },
};

async function sample(theme: Theme): Promise<Workbench> {
  const w = await openWorkbench({ desk: 'customer-response', theme, viewport, settings: { 'responseDesk.login': 'ana' } });
  await w.openView('Incidents');
  await w.waitForRow('Runbooks', 'Answer an incident');
  return w;
}

async function declared(theme: Theme): Promise<Workbench> {
  const w = await sample(theme);
  await w.command('Response Desk: Declare Incident…');
  await w.waitForPrompt('What happened?');
  await w.quickBox.fill('Viewer shows an empty page after the update');
  await w.quickRow('Viewer shows an empty page after the update').waitFor();
  await w.page.keyboard.press('Enter');
  await w.pick('Details', 'No details');
  await w.pick('How urgent', 'high');
  await w.pickMany('Which services', ['Viewer']);
  await w.waitForPrompt('Which runbook');
  await w.page.keyboard.press('Enter');
  await w.webview('Viewer shows');
  return w;
}
