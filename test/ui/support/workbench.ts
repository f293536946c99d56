import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { type EditorServer, quietSettings, workbenchUrl } from '../../../scripts/editor/server';
import { copySample, type Sample } from '../../../scripts/editor/stage';
import { type Editors, editorsOf } from './editors';
import { extensionHosts, newExtensionHost } from './extensionHosts';
import { cleanWindow, driverFolder, isShared, readAgain, suits } from './handOn';
import { type Messages, messagesOf } from './messages';
import { type QuickInput, quickInputOf } from './quickInput';
import { browser, closeIdle, type ExtensionSource, remember, resultsFolder, scratchFolder, server as serverFor, stagedExtension, takeIdle } from './session';
import { until } from './until';
import { type Views, viewsOf } from './views';
import { filesOf, type WorkspaceFiles, workspaceFile } from './workspaceFiles';

export { until };

export const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern', hc: 'Default High Contrast', hcLight: 'Default High Contrast Light' } as const;
const themeClasses = { light: 'vs', dark: 'vs-dark', hc: 'hc-black', hcLight: 'hc-light' } as const;
const themeLabels = { light: 'Light Modern', dark: 'Dark Modern', hc: 'Dark High Contrast', hcLight: 'Light High Contrast' } as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions {
  /** A sample desk (its files land under `runbooks/`), or workspace files by path. Default: an empty workspace. */
  readonly desk?: Sample | Readonly<Record<string, string>>;
  /** An existing folder to open instead of a fresh one. */
  readonly workspace?: string;
  /** Folders in the workspace, by name, that the window has beside each other, in this order; the desk's files lie below them. */
  readonly folders?: readonly string[];
  /** Default true. False opens the folder in restricted mode. */
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  readonly extension?: ExtensionSource;
  /** True gives the window a clock that `setAhead` moves. */
  readonly clock?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** True asks for a window that nothing was done in before. Only a test that says who uses it, and nothing else, gets another one. */
  readonly fresh?: boolean;
}

/** One window of the editor, used as a person uses it. */
export interface Workbench extends WorkspaceFiles, QuickInput, Views, Editors, Messages {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The folder on disk. */
  readonly workspace: string;
  readonly server: EditorServer;
  readonly url: string;
  readonly options: WorkbenchOptions;
  /** When the test began to use it. */
  readonly opened: number;
  /** Whether another test may have this window: nothing was done to it that a person cannot undo. */
  readonly reusable: boolean;
  /** Waits until the window can be used. */
  ready(): Promise<void>;
  /**
   * Closes the window in an orderly way, so that its extension host ends with it. The extension host of a window that only
   * disappears waits for hours for it to come back, and polls and watches files meanwhile.
   */
  close(): Promise<void>;
  reload(): Promise<void>;
  /** A second window on the same workspace. */
  anotherWindow(): Promise<Workbench>;
  /** Restarts the extension host in an orderly way: in a browser that is what loading the window anew does. */
  restartExtensionHost(): Promise<void>;
  /**
   * Kills the extension host without warning, all windows' together, and loads this window anew: with an extension in
   * development the editor does not start another host by itself.
   */
  killExtensionHost(): Promise<void>;
  /** Closes all editors, questions and messages, dropping what was not saved. */
  leaveAll(): Promise<void>;
  /** Whether the title of a view says that its issues are grouped or filtered. */
  isGroupedOrFiltered(): Promise<boolean>;
  setTheme(theme: Theme): Promise<void>;
  /** Puts text on the clipboard, as a person does who copied it elsewhere. */
  copy(text: string): Promise<void>;
  /** The text on the clipboard. */
  clipboard(): Promise<string>;
  /** Keeps a picture of the window in test-results/, and gives its file. */
  screenshot(name: string): Promise<string>;
}

/** Opens the real editor in a real browser on a fresh workspace, or takes over a window that an earlier test is done with. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const left = takeIdle(workbench => suits(workbench.options, options));
  const source = options.extension ?? 'folder';
  const running = await serverFor(source);
  // Windows that are open look at the file when they are asked to; one that is loaded anew does by itself.
  writeSettings(running, options);
  if (left !== undefined) {
    const taken = await takeOver(left, options).catch((error: unknown) => {
      console.error(`A window could not be handed on: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (taken !== undefined) return taken;
    await left.close();
  }
  const workspace = options.workspace ?? scratchFolder('workspace');
  // The editor takes its time to watch folders that come later: those that tests write into are there from the beginning.
  if (isShared(options)) for (const folder of usualFolders) mkdirSync(path.join(workspace, folder), { recursive: true });
  fill(workspace, options);
  if (options.folders !== undefined) filesOf(workspace).setFolders(options.folders);
  const opened = options.folders === undefined ? { folder: workspace } : { workspace: path.join(workspace, workspaceFile) };
  const url = workbenchUrl(running.port, { ...opened, ...source === 'vsix' ? {} : { extension: await stagedExtension(options.clock === true, source === 'web'), web: source === 'web' } });
  return await openWindow(url, workspace, running, options);
}

const usualFolders = ['.desk/incident', '.desk/request', '.desk/issue', '.vscode', 'runbooks'];

/** The window with other files, or undefined if the last test left choices in it that the extension remembers. */
async function takeOver(left: Workbench, options: WorkbenchOptions): Promise<Workbench | undefined> {
  if (await left.isGroupedOrFiltered()) return undefined;
  await cleanWindow(left);
  // First the settings: the desk may be on another GitHub.
  await readAgain(left);
  fill(left.workspace, options);
  await readAgain(left);
  await left.page.setViewportSize(options.viewport ?? usualViewport);
  const workbench = createWorkbench(left.page, left.workspace, left.server, left.url, options);
  await workbench.setTheme(options.theme ?? 'dark');
  remember(workbench);
  return workbench;
}

function fill(workspace: string, options: WorkbenchOptions): void {
  if (typeof options.desk === 'string') copySample(options.desk, workspace);
  else filesOf(workspace).write(options.desk ?? {});
}

function writeSettings(running: EditorServer, options: WorkbenchOptions): void {
  const driver = driverFolder(running.settingsFile);
  mkdirSync(driver, { recursive: true });
  writeFileSync(running.settingsFile, JSON.stringify({
    ...quietSettings,
    'extensions.webWorker': options.extension === 'web',
    'security.workspace.trust.enabled': options.trusted === false,
    'workbench.colorTheme': themes[options.theme ?? 'dark'],
    'workbench.reduceMotion': 'on',
    'window.dialogStyle': 'custom',
    'responseDeskTestDriver.folder': driver,
    ...options.settings,
  }, undefined, 2));
}

const usualViewport = { width: 1400, height: 900 };

async function openWindow(url: string, workspace: string, running: EditorServer, options: WorkbenchOptions): Promise<Workbench> {
  const context = await (await browser()).newContext({ viewport: options.viewport ?? usualViewport, reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const workbench = createWorkbench(page, workspace, running, url, options);
  remember(workbench);
  await page.goto(url);
  await workbench.ready();
  if (isShared(options)) await readAgain(workbench);
  return workbench;
}

function createWorkbench(page: Page, workspace: string, server: EditorServer, url: string, options: WorkbenchOptions): Workbench {
  const context = page.context();
  const input = quickInputOf(page);
  const messages = messagesOf(page, input);
  let isSpent = false;

  /** The editor may open a workspace file before it can read files there, and then stays without folders until it is loaded again. */
  const waitForFolders = async (): Promise<void> => {
    const none = page.locator('.pane-header, .welcome-view').filter({ hasText: /No Folder Opened|Open the folder that contains/ });
    const rows = page.locator('.part.sidebar .monaco-list-row');
    const end = Date.now() + 15_000;
    while (await none.count() > 0 || await rows.count() === 0) {
      if (Date.now() > end) return await workbench.reload();
      await delay(100);
    }
  };

  const workbench: Workbench = {
    page,
    context,
    workspace,
    server,
    url,
    options,
    opened: Date.now(),
    ...filesOf(workspace),
    ...input,
    ...viewsOf(page),
    ...editorsOf(page, workspace, input),
    ...messages,

    async ready(): Promise<void> {
      await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: 60_000 });
      await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
      if (options.folders !== undefined) await waitForFolders();
    },

    async close(): Promise<void> {
      page.on('dialog', dialog => void dialog.accept().catch(() => undefined));
      await page.goto('about:blank', { timeout: 10_000 }).catch(() => undefined);
      await context.close();
    },

    get reusable(): boolean {
      return isShared(options) && !page.isClosed() && !isSpent;
    },

    async isGroupedOrFiltered(): Promise<boolean> {
      const descriptions = await page.locator('.part.sidebar .pane-header .description').allTextContents();
      return descriptions.some(text => text.trim() !== '');
    },

    async leaveAll(): Promise<void> {
      for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
      await until('no editor is left', async () => {
        if (await messages.dialog.count() > 0) await messages.dialog.locator('.monaco-button').filter({ hasText: 'Don\'t Save' }).first().click();
        if (await page.locator('.tabs-container .tab').count() === 0) return true;
        await input.command('View: Close All Editors');
        return false;
      });
      if (await page.locator('.part.panel:visible').count() > 0) await input.command('View: Hide Panel');
      if ((await messages.notifications()).length > 0) await messages.clearNotifications();
    },

    async copy(text: string): Promise<void> {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(async written => {
        // Only a document that has the focus may write, and a webview may have it.
        window.focus();
        await navigator.clipboard.writeText(written);
      }, text);
    },

    async clipboard(): Promise<string> {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      return await page.evaluate(() => {
        window.focus();
        return navigator.clipboard.readText();
      });
    },

    async reload(): Promise<void> {
      await page.reload();
      await workbench.ready();
    },

    async setTheme(theme: Theme): Promise<void> {
      if (await page.locator(`.monaco-workbench.${themeClasses[theme]}`).count() > 0) return;
      await input.command('Preferences: Color Theme');
      await input.quickBox.fill(themeLabels[theme]);
      await input.quickRow(themeLabels[theme]).click();
      await page.locator(`.monaco-workbench.${themeClasses[theme]}`).first().waitFor();
    },

    async restartExtensionHost(): Promise<void> {
      const before = await extensionHosts(server);
      // As a person reloads: loading the page anew would not give the editor the time to store which panels are open.
      await input.command('Developer: Reload Window');
      await newExtensionHost(server, before);
      await workbench.ready();
    },

    async killExtensionHost(): Promise<void> {
      isSpent = true;
      await closeIdle();
      const before = await extensionHosts(server);
      if (before.length === 0) throw new Error('There is no extension host to kill.');
      for (const host of before) process.kill(host, 'SIGKILL');
      await until('the extension host is gone', async () => !(await extensionHosts(server)).some(host => before.includes(host)));
      await workbench.reload();
      await newExtensionHost(server, before);
    },

    async anotherWindow(): Promise<Workbench> {
      isSpent = true;
      return await openWindow(url, workspace, server, options);
    },

    async screenshot(name: string): Promise<string> {
      mkdirSync(resultsFolder, { recursive: true });
      const file = path.join(resultsFolder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
  };
  return workbench;
}
