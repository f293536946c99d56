import esbuild from 'esbuild';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/editor/cache';
import type { MarkdownContent } from '../../../src/core/model/markdownBlocks';
import { markdownLabels } from '../../../src/host/panels/issue/issuePageLabels';
import { panelHtml } from '../../../src/host/panels/shared/panelHtml';
import { readBlocks } from '../../../src/markdown/readBlocks';
import { translate } from './translate';
import { openWebview, origin, type PageOptions, type Webview } from './webview';

// Only what a panel adds around a text.
const script = `
  import { render } from 'lit';
  import { renderMarkdown } from './src/webview/shared/markdown';
  const host = acquireVsCodeApi();
  window.addEventListener('message', ({ data: { content, labels } }) => render(renderMarkdown(content, {
    labels,
    follow: href => host.postMessage({ href }),
    openIssue: ref => host.postMessage({ ref }),
  }), document.getElementById('root')));
`;

const style = '@import "./src/webview/shared/base.css"; @import "./src/webview/shared/markdown.css"; #root { padding: 1rem; }';

async function bundle(contents: string, loader: 'ts' | 'css'): Promise<Buffer> {
  const { outputFiles: [file] } = await esbuild.build({ stdin: { contents, loader, resolveDir: root }, bundle: true, write: false, format: 'iife', target: 'es2022', tsconfig: 'tsconfig.webview.json', absWorkingDir: root });
  if (file === undefined) throw new Error('Nothing was built.');
  return Buffer.from(file.contents);
}

/** A text of an issue in a page of its own. */
export interface MarkdownPage {
  readonly webview: Webview;
  readonly page: Page;
  /** What the page asked the host to open. */
  readonly opened: readonly unknown[];
  show(text: string): Promise<void>;
}

/** Opens the page of a panel that shows only this text. It can load `shot.png`, and the files by name. */
export async function openMarkdown(text: string, files: ReadonlyMap<string, Buffer>, options: PageOptions = {}): Promise<MarkdownPage> {
  const opened: unknown[] = [];
  const webview = await openWebview({
    html: panelHtml({ language: 'en', source: origin, bundle: 'markdown', images: true, address: file => `${origin}/${file}` }),
    files: new Map([...files, ['markdown.js', await bundle(script, 'ts')], ['markdown.css', await bundle(style, 'css')]]),
    shown: page => page.locator('#root').waitFor({ state: 'attached' }),
    receive: (_, json) => opened.push(JSON.parse(json)),
    problems: [],
  }, options);
  const page: MarkdownPage = {
    webview,
    page: webview.page,
    opened,
    async show(now) {
      const content: MarkdownContent = readBlocks(now, { home: 'acme/live', imageAddress: href => files.has(href) ? `${origin}/${href}` : undefined });
      await webview.page.evaluate(json => window.postMessage(JSON.parse(json), '*'), JSON.stringify({ content, labels: markdownLabels(translate) }));
      await webview.page.locator('.markdown').waitFor();
    },
  };
  await page.show(text);
  return page;
}
