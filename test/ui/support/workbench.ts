import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, errors, type Frame, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { run } from '../../../scripts/editor/cache';
import { type EditorServer, quietSettings, workbenchUrl } from '../../../scripts/editor/server';
import { copySample, type Sample } from '../../../scripts/editor/stage';
import { cleanWindow, driverFolder, isShared, readAgain, suits } from './handOn';
import { browser, closeIdle, type ExtensionSource, remember, resultsFolder, scratchFolder, server, stagedExtension, takeIdle } from './session';
import { until } from './until';

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

/** A row of a tree view, as a person reads it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly level: number;
  /** Undefined: the row has no children. */
  readonly expanded: boolean | undefined;
  /** What a screen reader says. */
  readonly aria: string;
}

/** Opens the real editor in a real browser on a fresh workspace, or takes over a window that an earlier test is done with. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const left = takeIdle(workbench => suits(workbench.options, options));
  const source = options.extension ?? 'folder';
  const running = await server(source);
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
  if (options.folders !== undefined) writeWorkspaceFile(workspace, options.folders);
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
  const workbench = new Workbench(left.page, left.context, left.workspace, left.server, left.url, options);
  await workbench.setTheme(options.theme ?? 'dark');
  remember(workbench);
  return workbench;
}

function fill(workspace: string, options: WorkbenchOptions): void {
  if (typeof options.desk === 'string') copySample(options.desk, workspace);
  else writeFiles(workspace, options.desk ?? {});
}

const workspaceFile = 'desk.code-workspace';

function writeWorkspaceFile(workspace: string, folders: readonly string[]): void {
  writeFileSync(path.join(workspace, workspaceFile), JSON.stringify({ folders: folders.map(folder => ({ path: folder })) }));
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
  const workbench = new Workbench(page, context, workspace, running, url, options);
  remember(workbench);
  await page.goto(url);
  await workbench.ready();
  if (isShared(options)) await readAgain(workbench);
  return workbench;
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** One window of the editor, used as a person uses it. */
export class Workbench {
  readonly #console: string[] = [];
  #spent = false;
  /** When the test began to use it. */
  readonly opened = Date.now();

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    /** The folder on disk. */
    readonly workspace: string,
    readonly server: EditorServer,
    readonly url: string,
    readonly options: WorkbenchOptions,
  ) {
    page.on('console', message => this.#console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => this.#console.push(`pageerror: ${error.stack ?? error.message}`));
  }

  /** Waits until the window can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    if (this.options.folders !== undefined) await this.#waitForFolders();
  }

  /** The editor may open a workspace file before it can read files there, and then stays without folders until it is loaded again. */
  async #waitForFolders(): Promise<void> {
    const none = this.page.locator('.pane-header, .welcome-view').filter({ hasText: /No Folder Opened|Open the folder that contains/ });
    const rows = this.page.locator('.part.sidebar .monaco-list-row');
    const end = Date.now() + 15_000;
    while (await none.count() > 0 || await rows.count() === 0) {
      if (Date.now() > end) return await this.reload();
      await delay(100);
    }
  }

  /**
   * Closes the window in an orderly way, so that its extension host ends with it. The extension host of a window that only
   * disappears waits for hours for it to come back, and polls and watches files meanwhile.
   */
  async close(): Promise<void> {
    this.page.on('dialog', dialog => void dialog.accept().catch(() => undefined));
    await this.page.goto('about:blank', { timeout: 10_000 }).catch(() => undefined);
    await this.context.close();
  }

  /** Whether another test may have this window: nothing was done to it that a person cannot undo. */
  get reusable(): boolean {
    return isShared(this.options) && !this.page.isClosed() && !this.#spent;
  }

  /** Whether the title of a view says that its issues are grouped or filtered. */
  async isGroupedOrFiltered(): Promise<boolean> {
    const descriptions = await this.page.locator('.part.sidebar .pane-header .description').allTextContents();
    return descriptions.some(text => text.trim() !== '');
  }

  /** Closes all editors, questions and messages, dropping what was not saved. */
  async leaveAll(): Promise<void> {
    for (let times = 0; times < 3; times++) await this.page.keyboard.press('Escape');
    await until('no editor is left', async () => {
      if (await this.dialog.count() > 0) await this.dialog.locator('.monaco-button').filter({ hasText: 'Don\'t Save' }).first().click();
      if (await this.page.locator('.tabs-container .tab').count() === 0) return true;
      await this.command('View: Close All Editors');
      return false;
    });
    if (await this.page.locator('.part.panel:visible').count() > 0) await this.command('View: Hide Panel');
    if ((await this.notifications()).length > 0) await this.clearNotifications();
  }

  /** Puts text on the clipboard, as a person does who copied it elsewhere. */
  async copy(text: string): Promise<void> {
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate(async written => {
      // Only a document that has the focus may write, and a webview may have it.
      window.focus();
      await navigator.clipboard.writeText(written);
    }, text);
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    return await this.page.evaluate(() => {
      window.focus();
      return navigator.clipboard.readText();
    });
  }

  // Files

  /** The text of a workspace file. */
  async read(file: string): Promise<string> {
    return await readFile(path.join(this.workspace, file), 'utf8');
  }

  /** Waits until a workspace file exists and contains a text, and returns all of it. */
  async readOnce(file: string, text: string, seconds = 60): Promise<string> {
    return await until(`${file} contains ${text}`, async () => {
      const all = this.exists(file) ? await this.read(file) : '';
      return all.includes(text) ? all : undefined;
    }, seconds);
  }

  /** Makes these the folders of a window that has several, as another program would. */
  setFolders(folders: readonly string[]): void {
    writeWorkspaceFile(this.workspace, folders);
  }

  /** Writes workspace files behind the editor's back, as another program would. */
  write(files: Readonly<Record<string, string>>): void {
    writeFiles(this.workspace, files);
  }

  /** Moves the clock of a window that was opened with one: so many seconds ahead of the machine's. */
  setAhead(seconds: number): void {
    this.write({ '.vscode/settings.json': JSON.stringify({ 'responseDesk.test.ahead': seconds }) });
  }

  exists(file: string): boolean {
    return existsSync(path.join(this.workspace, file));
  }

  /** The paths of all workspace files. */
  paths(): readonly string[] {
    return readdirSync(this.workspace, { recursive: true, withFileTypes: true })
      .flatMap(entry => entry.isFile() ? [path.relative(this.workspace, path.join(entry.parentPath, entry.name))] : []);
  }

  /** Opens a workspace file in an editor. */
  async openFile(file: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: path.basename(file) }).first();
    await this.#choose('Control+P', path.join(this.workspace, file), row);
    await this.page.locator('.tabs-container .tab.active').filter({ hasText: path.basename(file) }).waitFor();
  }

  /** The preview beside the Markdown file that is open: the document inside its webview. */
  async openPreview(): Promise<FrameLocator> {
    const tab = await this.page.locator('.tabs-container .tab.active .label-name').first().innerText();
    await this.command('Markdown: Open Preview to the Side');
    return await this.webview(`Preview ${tab}`);
  }

  // Palette and quick input

  /** Runs a command by the title the palette shows, "Response Desk: Declare Incident". */
  async command(title: string): Promise<void> {
    await this.#choose('F1', `>${title}`, this.quickRow(title));
  }

  /** Types into the palette and clicks a row. What opens just then takes the focus, and the palette away with it: a person opens it again. */
  async #choose(key: string, text: string, row: Locator): Promise<void> {
    await until(`"${text}" in the palette`, async () => {
      try {
        await this.#openQuickInput(key, text);
        await row.click({ timeout: 5000 });
        return true;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        // The palette does not learn of commands that come while it is open.
        await this.page.keyboard.press('Escape');
        return undefined;
      }
    });
  }

  /** Whether the palette offers a command of this title. */
  async offersCommand(title: string): Promise<boolean> {
    await this.#openQuickInput('F1', `>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const found = await this.quickRow(title).count() > 0;
    await this.page.keyboard.press('Escape');
    return found;
  }

  async #openQuickInput(key: string, text: string): Promise<void> {
    await until('the quick input opens', async () => {
      await this.page.keyboard.press(key);
      return await this.quickInput.waitFor({ timeout: 2000 }).then(() => true, () => undefined);
    });
    await this.quickBox.fill(text, { timeout: 5000 });
  }

  /** The quick input that is open: a pick, an input box, or the palette. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get quickBox(): Locator {
    return this.quickInput.locator('.quick-input-box input, .quick-input-box textarea').first();
  }

  /** The row of the open pick with exactly this label. */
  quickRow(label: string): Locator {
    const exact = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s')}\\s*$`);
    return this.quickInput.locator('.monaco-list-row').filter({ has: this.page.locator('.label-name').filter({ hasText: exact }) }).first();
  }

  /** Waits for a quick input whose title, prompt or placeholder contains `text`. */
  async waitForPrompt(text: string): Promise<void> {
    await until(`a quick input that says "${text}"`, async () => (await this.promptText()).includes(text));
    // A key that is pressed before would go to what had the focus until then.
    await until(`the focus in the quick input that says "${text}"`, () => this.quickInput.evaluate(element => element.contains(document.activeElement) || undefined));
  }

  /** Title, message and placeholder of the open quick input. */
  async promptText(): Promise<string> {
    if (await this.quickInput.count() === 0) return '';
    return await this.quickInput.evaluate(element => [
      element.querySelector('.quick-input-title')?.textContent,
      element.querySelector('.quick-input-description')?.textContent,
      element.querySelector('.quick-input-message')?.textContent,
      element.querySelector('.quick-input-box input, .quick-input-box textarea')?.getAttribute('placeholder'),
    ].filter(text => text != null && text !== '').join('\n'));
  }

  /** Answers the input box that says `prompt`. */
  async answer(prompt: string, text: string): Promise<void> {
    await this.waitForPrompt(prompt);
    await this.quickBox.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Picks the row with exactly this label from the quick pick that says `prompt`. */
  async pick(prompt: string, label: string): Promise<void> {
    await this.waitForPrompt(prompt);
    const row = this.quickRow(label);
    if (await row.count() === 0) await this.quickBox.fill(label);
    await row.waitFor();
    // Where the last click left the mouse, a row's explanation may cover the others.
    await this.page.mouse.move(0, 0);
    await row.click();
  }

  /** Ticks these rows of a quick pick that takes several, and accepts. */
  async pickMany(prompt: string, labels: readonly string[]): Promise<void> {
    await this.waitForPrompt(prompt);
    for (const label of labels) await this.quickRow(label).click();
    await this.page.keyboard.press('Enter');
  }

  /** The labels the open quick pick shows, once it shows any. */
  async quickItems(): Promise<readonly string[]> {
    const names = this.quickInput.locator('.monaco-list-row .quick-input-list-label, .monaco-list-row .label-name');
    await names.first().waitFor();
    return (await this.quickInput.locator('.monaco-list-row').evaluateAll(rows =>
      rows.map(row => row.querySelector('.label-name')?.textContent ?? ''))).map(plain);
  }

  // Views

  /** Shows our container in the side bar and expands the view of this name. Gives the view's element. */
  async openView(name: string, container = 'Response Desk'): Promise<Locator> {
    const item = this.page.locator('.part.activitybar .action-item').filter({ has: this.page.locator(`[aria-label^="${container}"]`) }).first();
    await item.waitFor();
    const shown = this.page.locator('.part.sidebar .composite.title h2').filter({ hasText: new RegExp(container, 'i') });
    await until(`${container} in the side bar`, async () => {
      if (await shown.count() > 0) return true;
      await item.click();
      return await shown.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
    });
    const header = this.view(name).locator('.pane-header').first();
    await header.waitFor();
    if (await header.getAttribute('aria-expanded') === 'false') await header.click();
    return this.view(name);
  }

  /** Gives the side bar this width in pixels, as a person drags its border. */
  async setSideBarWidth(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    await this.page.mouse.move(box.x + box.width, 700);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, 700, { steps: 4 });
    await this.page.mouse.up();
  }

  /** The element of a view in the side bar. */
  view(name: string): Locator {
    return this.page.locator('.part.sidebar .pane').filter({ has: this.page.locator(`.pane-header[aria-label^="${name} "], .pane-header[aria-label="${name}"]`) }).first();
  }

  /** The rows a view shows now. */
  async treeRows(view: string): Promise<readonly TreeRow[]> {
    const rows = await this.view(view).locator('.monaco-list-row').evaluateAll(elements => elements.map(row => ({
      label: row.querySelector('.label-name')?.textContent ?? row.textContent ?? '',
      description: row.querySelector('.label-description')?.textContent ?? '',
      level: Number(row.getAttribute('aria-level')),
      expanded: row.getAttribute('aria-expanded'),
      aria: row.getAttribute('aria-label') ?? '',
      index: Number(row.getAttribute('data-index')),
    })));
    return rows.sort((a, b) => a.index - b.index).map(({ index: _, ...row }) => ({
      ...row, label: plain(row.label), description: plain(row.description), expanded: row.expanded === null ? undefined : row.expanded === 'true',
    }));
  }

  /** Waits for a row whose label contains `label` and gives it. */
  async waitForRow(view: string, label: string): Promise<TreeRow> {
    return await until(`a row "${label}" in ${view}`, async () => (await this.treeRows(view)).find(row => row.label.includes(label)));
  }

  /** The text of an empty view's welcome. */
  async welcome(view: string): Promise<string> {
    const content = this.view(view).locator('.welcome-view-content');
    await content.waitFor();
    return await content.innerText();
  }

  treeRow(view: string, label: string): Locator {
    return this.view(view).locator('.monaco-list-row').filter({ hasText: label }).first();
  }

  async expand(view: string, label: string): Promise<void> {
    const row = this.treeRow(view, label);
    await row.waitFor();
    if (await row.getAttribute('aria-expanded') === 'false') await row.locator('.monaco-tl-twistie').click();
    await until(`${label} is expanded`, async () => await row.getAttribute('aria-expanded') === 'true');
  }

  /** Clicks an inline action of a row. */
  async treeAction(view: string, label: string, action: string): Promise<void> {
    const row = this.treeRow(view, label);
    await row.hover();
    await row.locator(`.action-label[aria-label^="${action}"]`).first().click();
  }

  /** Chooses an entry of a row's context menu; several words walk into submenus. */
  async treeMenu(view: string, label: string, ...entries: readonly string[]): Promise<void> {
    const first = this.#menuItem(entries[0] ?? '');
    // What opens in the same instant takes the focus, and the menu closes: a person opens it again.
    await until(`the menu of ${label}`, async () => {
      if (await this.page.locator('.monaco-menu:visible').count() === 0) await this.treeRow(view, label).click({ button: 'right' });
      return await first.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
    });
    await this.chooseFromMenu(...entries);
  }

  #menuItem(entry: string): Locator {
    return this.page.locator('.monaco-menu .action-item').filter({ has: this.page.locator(`.action-menu-item[aria-label^="${entry}"], .action-label[aria-label^="${entry}"]`) }).last();
  }

  /** Clicks a button in a view's own title; what does not fit there is looked for behind its dots. */
  async viewTitleAction(view: string, action: string): Promise<void> {
    const pane = this.view(view);
    await pane.hover();
    const button = pane.locator(`.pane-header .action-label[aria-label^="${action}"]`).first();
    if (await button.count() > 0) {
      await button.click();
      return;
    }
    await pane.locator('.pane-header .action-label[aria-label="Views and More Actions..."], .pane-header .action-label[aria-label="More Actions..."]').first().click();
    await this.chooseFromMenu(action);
  }

  /** Chooses from the menu that is open. */
  async chooseFromMenu(...entries: readonly string[]): Promise<void> {
    for (const [index, entry] of entries.entries()) {
      const item = this.#menuItem(entry);
      await item.waitFor();
      await item.hover();
      await item.click();
      if (index < entries.length - 1) continue;
      // A menu takes no click in the instant in which it opens, and then stays: a person clicks again.
      await until(`the menu takes a click on ${entry}`, async () => {
        if (await item.waitFor({ state: 'hidden', timeout: 2000 }).then(() => true, () => false)) return true;
        await item.click({ timeout: 1000 }).catch(() => undefined);
        return await item.count() === 0;
      });
    }
  }

  /** The entries of the menu that is open. */
  async menuItems(): Promise<readonly string[]> {
    const labels = this.page.locator('.monaco-menu .action-label:not(.separator)');
    await labels.first().waitFor();
    return (await labels.allInnerTexts()).map(plain);
  }

  // Webviews

  /** The document inside the visible webview whose title or heading contains `title`. */
  async webview(title: string): Promise<FrameLocator> {
    const name = await until(`a webview titled "${title}"`, () => this.#webviewName(title), 30);
    return this.page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame');
  }

  /** The same as a Frame, for evaluate. */
  async webviewFrame(title: string): Promise<Frame> {
    return await until(`a webview titled "${title}"`, async () => {
      const name = await this.#webviewName(title);
      const outer = name === undefined ? undefined : this.page.frames().find(frame => frame.name() === name);
      for (const frame of outer?.childFrames() ?? []) {
        if (await (await frame.frameElement().catch(() => undefined))?.getAttribute('id').catch(() => null) === 'active-frame') return frame;
      }
      return undefined;
    }, 30);
  }

  async #webviewName(title: string): Promise<string | undefined> {
    const visible = this.page.locator('iframe.webview:visible');
    // A single webview belongs to the active tab, whose label follows what the webview shows.
    if (await visible.count() === 1 && await this.page.locator('.editor-group-container.active .tab.active').filter({ hasText: title }).count() > 0) return await visible.getAttribute('name') ?? undefined;
    for (const outer of await this.page.locator('iframe.webview').all()) {
      const name = await outer.getAttribute('name').catch(() => null);
      if (name === null) continue;
      const inner = this.page.frameLocator(`iframe.webview[name="${name}"]`).locator('iframe#active-frame');
      if (!await outer.isVisible()) continue;
      const named = await inner.getAttribute('title', { timeout: 500 }).catch(() => null);
      // The frame keeps the title that its panel began with; what it shows since stands in its heading.
      const heading = this.page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame').locator('h1').first();
      if (named?.includes(title) === true || (await heading.textContent({ timeout: 500 }).catch(() => null))?.includes(title) === true) return name;
    }
    return undefined;
  }

  /** Serious and critical accessibility violations in a webview, one line each. */
  async axe(title: string): Promise<readonly string[]> {
    const frame = await this.webviewFrame(title);
    await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const result: unknown = await frame.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`))');
    return Array.isArray(result) ? result.map(String) : [];
  }

  // Messages

  /** The texts of the notifications on screen. */
  async notifications(): Promise<readonly string[]> {
    return (await this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts()).map(plain);
  }

  /** Waits for a notification that contains `text` and gives its element. */
  async waitForNotification(text: string): Promise<Locator> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Presses a button of the notification that contains `text`. */
  async answerNotification(text: string, button: string): Promise<void> {
    const toast = await this.waitForNotification(text);
    await toast.hover();
    await toast.locator('.monaco-button').filter({ hasText: button }).first().click();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** The modal dialog, if one is open. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Message and detail of the modal dialog, once it is there. */
  async dialogText(): Promise<string> {
    await this.dialog.waitFor();
    return await this.dialog.locator('.dialog-message-container').innerText();
  }

  /** Presses a button of the modal dialog that contains `text`. */
  async answerDialog(text: string, button: string): Promise<void> {
    const dialog = this.dialog.filter({ hasText: text });
    await dialog.waitFor();
    await dialog.locator('.monaco-button').filter({ hasText: button }).first().click();
    // Another one may follow at once.
    await dialog.waitFor({ state: 'detached' });
  }

  /** The texts of the status bar's items. */
  async statusBar(): Promise<readonly string[]> {
    return (await this.page.locator('.part.statusbar .statusbar-item').allInnerTexts()).map(plain).filter(text => text !== '');
  }

  /** Everything the window wrote to the browser's console. */
  consoleLines(): readonly string[] {
    return this.#console;
  }

  /** The errors among them that are about our extension. */
  extensionErrors(): readonly string[] {
    const ours = /\.response-desk\b|responseDesk\.|\/dist\/(extension|webview)\b/;
    // The editor redraws rows when a context key changes, also one that was removed just before.
    const editors = /TreeError \[responseDesk\.\w+\] Data tree node not found/;
    return this.#console.filter(line => /^(error|pageerror)/.test(line) && ours.test(line) && !editors.test(line));
  }

  // The window itself

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async setTheme(theme: Theme): Promise<void> {
    if (await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).count() > 0) return;
    await this.command('Preferences: Color Theme');
    await this.quickBox.fill(themeLabels[theme]);
    await this.quickRow(themeLabels[theme]).click();
    await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).first().waitFor();
  }

  /** Restarts the extension host in an orderly way: in a browser that is what loading the window anew does. */
  async restartExtensionHost(): Promise<void> {
    const before = await this.extensionHosts();
    // As a person reloads: loading the page anew would not give the editor the time to store which panels are open.
    await this.command('Developer: Reload Window');
    await this.#newExtensionHost(before);
    await this.ready();
  }

  /**
   * Kills the extension host without warning, all windows' together, and loads this window anew: with an extension in
   * development the editor does not start another host by itself.
   */
  async killExtensionHost(): Promise<void> {
    this.#spent = true;
    await closeIdle();
    const before = await this.extensionHosts();
    if (before.length === 0) throw new Error('There is no extension host to kill.');
    for (const host of before) process.kill(host, 'SIGKILL');
    await until('the extension host is gone', async () => !(await this.extensionHosts()).some(host => before.includes(host)));
    await this.reload();
    await this.#newExtensionHost(before);
  }

  async #newExtensionHost(before: readonly number[]): Promise<void> {
    await until('a new extension host', async () => (await this.extensionHosts()).some(host => !before.includes(host)), 40);
  }

  /** The processes that are extension hosts of this server, all windows together. */
  async extensionHosts(): Promise<readonly number[]> {
    const children = await processes();
    const belongs = (pid: number): boolean => {
      const parent = children.get(pid)?.parent;
      return parent !== undefined && parent > 1 && (parent === this.server.process.pid || belongs(parent));
    };
    return [...children].filter(([pid, { command }]) => command.includes('--type=extensionHost') && belongs(pid)).map(([pid]) => pid);
  }

  /** A second window on the same workspace. */
  async anotherWindow(): Promise<Workbench> {
    this.#spent = true;
    return await openWindow(this.url, this.workspace, this.server, this.options);
  }

  /** Keeps a picture of the window in test-results/. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(resultsFolder, { recursive: true });
    const file = path.join(resultsFolder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** Lists and trees use no-break spaces for looks. */
function plain(text: string): string {
  return text.replace(/\u00a0/g, ' ').trim();
}

async function processes(): Promise<ReadonlyMap<number, { parent: number; command: string }>> {
  if (existsSync('/proc/self/stat')) {
    return new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
      try {
        const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
        return [[Number(name), { parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }] as const];
      } catch {
        return [];
      }
    }));
  }
  const { output } = await run('ps', ['-A', '-o', 'pid=,ppid=,command=']);
  return new Map(output.split('\n').flatMap(line => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [[Number(pid), { parent: Number(parent), command: command ?? '' }] as const];
  }));
}
