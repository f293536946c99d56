import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './until';
import type { Workbench, WorkbenchOptions } from './workbench';

/** Whether a window of these options can be handed on to another test, and a test with these options can take one over. */
export function isShared(options: WorkbenchOptions): boolean {
  const others = ['workspace', 'folders', 'extension', 'clock', 'fresh'] as const;
  return others.every(option => options[option] === undefined);
}

/** Whether a window that was opened with the options `left` can become one with `options`. Settings and theme are loaded again; trust is not. */
export function suits(left: WorkbenchOptions, options: WorkbenchOptions): boolean {
  return isShared(options) && (left.trusted ?? true) === (options.trusted ?? true);
}

/** Makes a window look as it would if it had just been opened on an empty folder. The extension still remembers the choices that were made in it. */
export async function cleanWindow(workbench: Workbench): Promise<void> {
  const { page, workspace } = workbench;
  await settleChanges(workbench);
  await workbench.leaveAll();
  await dropUnsent(workbench);
  // The folders stay, which the editor watches.
  for (const entry of readdirSync(workspace, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) rmSync(path.join(entry.parentPath, entry.name), { force: true });
  }
  const sidebar = page.locator('.part.sidebar').filter({ has: page.locator('.composite.title h2', { hasText: /response desk/i }) });
  const filled = sidebar.locator('.pane').filter({ has: page.locator('.pane-header:not([aria-label^="On "])') }).locator('.monaco-list-row');
  await until('nothing is left in the views', async () => await filled.count() === 0);
}

/** Makes an open window read the user's settings and the files of the desk again, and waits until it has. */
export async function readAgain({ workspace, server }: Workbench): Promise<void> {
  const file = path.join(driverFolder(server.settingsFile), path.basename(workspace));
  const request = randomUUID();
  writeFileSync(`${file}.request`, request);
  await until('the window has read its settings and files again', () => existsSync(`${file}.reply`) && readFileSync(`${file}.reply`, 'utf8') === request);
}

/** Where requests to the extension in `driver/` lie, beside the settings of a server. */
export function driverFolder(settingsFile: string): string {
  return path.join(path.dirname(settingsFile), 'testDriver');
}

const unsent = 'responseDesk.unsent ';

/** Waits until the changes of the last test are written and its open panels know. A panel that was closed never does. */
async function settleChanges({ page, server, opened }: Workbench): Promise<void> {
  const end = Date.now() + 5000;
  const hasUnsent = () => page.evaluate(prefix => Object.keys(localStorage).some(key => key.startsWith(prefix)), unsent);
  while (Date.now() < end && (hasPending(server.settingsFile, opened) || await hasUnsent())) await delay(50);
}

/** Whether the extension keeps a change that is not written yet and that was made after `since`. */
function hasPending(settingsFile: string, since: number): boolean {
  const desks = path.join(path.dirname(settingsFile), 'globalStorage/response-desk.response-desk/desks');
  if (!existsSync(desks)) return false;
  return readdirSync(desks, { recursive: true, encoding: 'utf8' }).filter(name => path.basename(name).startsWith('outbox%2F')).some(name => {
    const file = statSync(path.join(desks, name), { throwIfNoEntry: false });
    return file !== undefined && file.mtimeMs > since;
  });
}

/** Removes what closed panels keep in the browser's storage because it was never confirmed: they would send it when they are opened again. */
async function dropUnsent({ page }: Workbench): Promise<void> {
  await page.evaluate(prefix => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  }, unsent);
}
