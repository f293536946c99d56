import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { scratchFolder } from '../../test/ui/support/session';
import { openWorkbench, type Theme, type Workbench } from '../../test/ui/support/workbench';
import { copySample } from '../editor/stage';
import { makeSampleDay, writeSampleDay } from '../sampleDay/sampleDay';

export const viewport = { width: 1180, height: 860 };

/** Each entry operates the real workbench until it shows the subject of the picture with that name. */
export const shots: Readonly<Record<string, () => Promise<Workbench>>> = {
  async desk() {
    const w = await sample('light');
    await w.view('Runbooks').locator('.pane-header').first().click();
    await openChecklist(w);
    return w;
  },

  async checklist() {
    const w = await sample('dark');
    await openChecklist(w);
    await w.command('View: Toggle Primary Side Bar Visibility');
    const page = await w.webview('Empty page for');
    await page.getByText(/^Is it a known issue/).first().scrollIntoViewIfNeeded();
    return w;
  },

  async flowchart() {
    const w = await sample('light', serviceDesk);
    await w.openFile('runbooks/simple-request.md');
    await w.page.locator('.codelens-decoration').locator('a').filter({ hasText: 'Start checklist' }).first().click();
    await w.pick('Start “Simple request”', '[REQUEST] More space for project Birch');
    const page = await w.webview('More space for project');
    await w.command('View: Toggle Primary Side Bar Visibility');
    await w.command('View: Close Other Editors in Group');
    await page.getByRole('radio', { name: 'Yes', exact: true }).first().click();
    await page.getByRole('checkbox', { name: 'Do it without creating an issue' }).click();
    await page.getByRole('heading', { name: 'Simple request' }).first().scrollIntoViewIfNeeded();
    return w;
  },

  async postmortem() {
    const w = await sample('light');
    await w.command('Response Desk: Write Post-mortem');
    await w.waitForPrompt('Select an issue');
    await w.quickBox.fill('Servers give different');
    await w.page.keyboard.press('Enter');
    const page = await w.webview('Post-mortem');
    await w.command('View: Toggle Primary Side Bar Visibility');
    await page.getByRole('heading', { name: 'Intervals' }).evaluate(heading => {
      // The header of the page covers its top.
      heading.style.scrollMarginTop = '3rem';
      heading.scrollIntoView();
    });
    return w;
  },

  async metrics() {
    const w = await sample('dark');
    await w.command('Response Desk: Show Metrics');
    const page = await w.webview('Metrics');
    await w.command('View: Toggle Primary Side Bar Visibility');
    await page.getByLabel('Period', { exact: true }).selectOption('lastMonth');
    await page.getByText('Median of').first().waitFor();
    // Above it is a note that Git's history is unknown: this editor has no extension for Git.
    await page.locator('.controls').evaluate(controls => {
      controls.style.scrollMarginTop = '0.5rem';
      controls.scrollIntoView();
    });
    return w;
  },

  async editor() {
    const w = await sample('dark');
    await w.openFile('runbooks/incident.md');
    await w.page.locator('.codelens-decoration').filter({ hasText: 'Start' }).first().waitFor();
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

interface Sample {
  readonly name: 'customer-response' | 'service-desk';
  /** An incident and a runbook that are there. */
  readonly incident: string;
  readonly runbook: string;
}

const customerResponse: Sample = { name: 'customer-response', incident: 'Empty page for large models', runbook: 'Answer an incident' };

const serviceDesk: Sample = { name: 'service-desk', incident: 'Image archive is very slow', runbook: 'Simple request' };

/** The next Tuesday at 10:40 where the sample's team is: a desk that is open, in the middle of a shift. */
function tuesday(): string {
  const now = Temporal.Now.zonedDateTimeISO('America/Los_Angeles');
  return now.add({ days: (9 - now.dayOfWeek) % 7 || 7 }).withPlainTime('10:40').toInstant().toString();
}

/** The window on the sample desk with a day of work in it; its clock stands on a Tuesday morning when it opens. */
async function sample(theme: Theme, { name, incident, runbook } = customerResponse): Promise<Workbench> {
  const now = tuesday();
  const ahead = Math.round((Date.parse(now) - Date.now()) / 1000);
  const workspace = path.join(scratchFolder('workspace'), name);
  copySample(name, workspace);
  const day = await makeSampleDay(name, path.join(workspace, 'runbooks'), now);
  writeSampleDay(day, workspace);
  mkdirSync(path.join(workspace, '.vscode'));
  writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify({ 'responseDesk.test.ahead': ahead, 'files.exclude': { '.vscode': true } }));
  const w = await openWorkbench({ workspace, clock: true, theme, viewport, settings: { 'responseDesk.login': day.me } });
  // Panels read the browser's clock.
  await w.page.addInitScript(milliseconds => { const real = Date.now; Date.now = () => real() + milliseconds; }, ahead * 1000);
  await w.openView('Incidents');
  await w.waitForRow('Incidents', incident);
  await w.waitForRow('Runbooks', runbook);
  return w;
}

async function openChecklist(w: Workbench): Promise<void> {
  await w.treeRow('Incidents', 'Empty page for large models').click();
  const page = await w.webview('Empty page for');
  await page.getByText(/ of 30 /).first().waitFor();
}
