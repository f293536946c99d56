import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { panelHtml } from '../../../src/host/panels/html';
import { sharedRun } from './run';
import { themeOf, type Theme } from './themes';

/** Where the page and its bundles are served from. Nothing else can be reached. */
const origin = 'https://panel.test';

/** The address of the page of a panel. */
export const pageAddress = `${origin}/index.html`;

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json', '.ttf': 'font/ttf' };

/** Serves a panel's page as the host makes it, inside what VS Code adds to it. Calls `outside` for each request to anywhere else. */
export async function servePage(context: BrowserContext, bundle: string, theme: Theme, outside: (url: string) => void): Promise<void> {
  const html = insideVsCode(panelHtml({ language: 'en', source: origin, bundle, address: file => `${origin}/${file}` }), theme);
  await context.addInitScript(vscodeApi);
  await context.route('**/*', async route => {
    const url = route.request().url();
    if (url === pageAddress) {
      await route.fulfill({ contentType: 'text/html', body: html });
      return;
    }
    const file = url.startsWith(`${origin}/`) ? new URL(url).pathname.slice(1) : undefined;
    const body = file === undefined ? undefined : sharedRun().bundles.get(file);
    if (file === undefined || body === undefined) {
      outside(url);
      await route.abort();
      return;
    }
    await route.fulfill({ contentType: types[path.extname(file)] ?? 'application/octet-stream', body });
  });
}

/** As VS Code does it: the theme on the root and body elements, its own styles first in the head. */
function insideVsCode(html: string, name: Theme): string {
  const { theme, styles } = themeOf(name);
  const variables = Object.entries(theme.values).map(([variable, value]) => `${variable}: ${value};`).join(' ');
  const body = Object.entries(theme.attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`).join('');
  return html
    .replace('<html ', () => `<html style="${escaped(variables)}" `)
    .replace('<head>', () => `<head><style id="_defaultStyles">${styles}</style>`)
    .replace('<body>', () => `<body${body}>`);
}

function escaped(text: string): string {
  return text.replace(/[&"<>]/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** What VS Code gives a webview. Its state survives that the webview is hidden, and is gone when the panel is closed. */
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
