import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { root } from '../../../scripts/editor/cache';
import { sharedRun } from './run';
import { type Theme, themeOf } from './themes';

export interface PageOptions {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The time at which the page's clock starts. It then advances only by `page.clock`. Default: the system clock. */
  readonly time?: string;
}

/** A document in its own page, as VS Code shows it in a webview. */
export interface Webview {
  readonly page: Page;
  /** Reloads the document, as VS Code does when a hidden webview is shown. What the script stored with setState is kept. */
  reload(): Promise<void>;
  /** Closes the webview and opens it again. Only the browser's own storage is kept. */
  reopen(): Promise<void>;
  /** Serious and critical accessibility violations, one line each. */
  axe(): Promise<readonly string[]>;
  /** Saves a screenshot in test-results/. */
  screenshot(name: string): Promise<void>;
}

/** The address of the document and its files. No other address can be reached. */
export const origin = 'https://panel.test';

const address = `${origin}/index.html`;

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json', '.ttf': 'font/ttf' };

const opened = new Set<{ readonly webview: Webview; readonly context: BrowserContext; readonly problems: readonly string[] }>();
const results = path.join(root, 'test-results');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface WebviewDocument {
  readonly html: string;
  /** Files it may load besides the bundles, by name. */
  readonly files?: ReadonlyMap<string, Buffer>;
  /** Resolves when the page is ready. */
  readonly shown: (page: Page) => Promise<void>;
  /** Receives what the script posts, as JSON. */
  readonly receive: (page: Page, json: string) => void;
  /** Errors, dialogs and requests to other places. A test with any of them fails. */
  readonly problems: string[];
}

/** Opens the document in its theme. It is closed at the end of the test. */
export async function openWebview(document: WebviewDocument, options: PageOptions = {}): Promise<Webview> {
  const { theme = 'dark', viewport = { width: 900, height: 900 } } = options;
  const context = await sharedRun().browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'UTC' });
  context.setDefaultTimeout(10_000);
  const { problems } = document;
  const now: { page?: Page } = {};

  async function openPage(): Promise<void> {
    const page = await context.newPage();
    page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') problems.push(`${message.type()}: ${message.text()}`); });
    page.on('pageerror', error => problems.push(`error: ${error.stack ?? error.message}`));
    page.on('dialog', dialog => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    if (options.time !== undefined) {
      // The clock runs until it is paused, and cannot be paused at a time that is over.
      await page.clock.install({ time: Date.parse(options.time) - 60_000 });
      await page.clock.pauseAt(options.time);
    }
    now.page = page;
    await page.goto(address);
    await document.shown(page);
  }

  const webview: Webview = {
    get page() {
      if (now.page === undefined) throw new Error('The page is not open.');
      return now.page;
    },
    async reload() {
      await webview.page.reload();
      await document.shown(webview.page);
    },
    async reopen() {
      await webview.page.close();
      await openPage();
    },
    async axe() {
      await webview.page.evaluate(axeSource);
      const result: unknown = await webview.page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`))');
      return Array.isArray(result) ? result.map(String) : [];
    },
    async screenshot(name) {
      mkdirSync(results, { recursive: true });
      await webview.page.screenshot({ path: path.join(results, `panel-${name}.png`), fullPage: true });
    },
  };

  opened.add({ webview, context, problems });
  await context.addInitScript(vscodeApi);
  await context.exposeBinding('sendToHost', ({ page }, json: string) => document.receive(page, json));
  await serve(context, insideVsCode(document.html, theme), document.files ?? new Map(), url => problems.push(`request: ${url}`));
  await openPage();
  return webview;
}

/** Closes the documents of a test and returns their problems. Saves screenshots if the test failed. */
export async function closeWebviews(failedTitle: string | undefined): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, { webview, context, problems: found }] of [...opened].entries()) {
    problems.push(...found);
    if (failedTitle !== undefined) {
      const name = `FAILED-${failedTitle.replace(/[^\w]+/g, '-').slice(0, 100)}-${index + 1}`;
      await webview.screenshot(name).catch(() => undefined);
      mkdirSync(results, { recursive: true });
      writeFileSync(path.join(results, `panel-${name}.log`), found.join('\n'));
    }
    await context.close();
  }
  opened.clear();
  return problems;
}

async function serve(context: BrowserContext, html: string, files: ReadonlyMap<string, Buffer>, outside: (url: string) => void): Promise<void> {
  await context.route('**/*', async route => {
    const url = route.request().url();
    if (url === address) {
      await route.fulfill({ contentType: 'text/html', body: html });
      return;
    }
    const file = url.startsWith(`${origin}/`) ? new URL(url).pathname.slice(1) : '';
    const body = files.get(file) ?? sharedRun().bundles.get(file);
    if (body === undefined) {
      outside(url);
      await route.abort();
      return;
    }
    await route.fulfill({ contentType: types[path.extname(file)] ?? 'application/octet-stream', body });
  });
}

/** Adds what VS Code adds: the background of the editor, the theme on the root and body elements, and its styles at the start of the head. */
function insideVsCode(html: string, name: Theme): string {
  const { theme, styles } = themeOf(name);
  const variables = Object.entries(theme.values).map(([variable, value]) => `${variable}: ${value};`).join(' ');
  const body = Object.entries(theme.attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`).join('');
  return html
    .replace('<html ', () => `<html style="background-color: var(--vscode-editor-background); ${escaped(variables)}" `)
    .replace('<head>', () => `<head><style id="_defaultStyles">${styles}</style>`)
    .replace('<body>', () => `<body${body}>`);
}

function escaped(text: string): string {
  return text.replace(/[&"<>]/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** The API of a VS Code webview. Its state survives hiding the webview, and is lost when the panel is closed. */
const vscodeApi = `
  let acquired = false;
  globalThis.acquireVsCodeApi = () => {
    if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
    acquired = true;
    return Object.freeze({
      postMessage: message => { void globalThis.sendToHost(JSON.stringify(message)); },
      getState: () => JSON.parse(sessionStorage.getItem('vscode state') ?? 'null') ?? undefined,
      setState: state => { sessionStorage.setItem('vscode state', JSON.stringify(state)); return state; },
    });
  };
`;
