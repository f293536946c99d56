import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, FrameLocator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput';
import { until } from './until';

export type Editors = ReturnType<typeof editorsOf>;

/** The editors of a window on the folder `workspace`: files, previews, and webviews. */
export function editorsOf(page: Page, workspace: string, input: QuickInput) {
  const webviewName = async (title: string): Promise<string | undefined> => {
    const visible = page.locator('iframe.webview:visible');
    // A single webview belongs to the active tab, whose label follows what the webview shows.
    if (await visible.count() === 1 && await page.locator('.editor-group-container.active .tab.active').filter({ hasText: title }).count() > 0) return await visible.getAttribute('name') ?? undefined;
    for (const outer of await page.locator('iframe.webview').all()) {
      const name = await outer.getAttribute('name').catch(() => null);
      if (name === null) continue;
      const inner = page.frameLocator(`iframe.webview[name="${name}"]`).locator('iframe#active-frame');
      if (!await outer.isVisible()) continue;
      const named = await inner.getAttribute('title', { timeout: 500 }).catch(() => null);
      // The frame keeps the title that its panel began with; what it shows since stands in its heading.
      const heading = page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame').locator('h1').first();
      if (named?.includes(title) === true || (await heading.textContent({ timeout: 500 }).catch(() => null))?.includes(title) === true) return name;
    }
    return undefined;
  };

  const editors = {
    /** Opens a workspace file in an editor. */
    async openFile(file: string): Promise<void> {
      const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: path.basename(file) }).first();
      await input.choose('Control+P', path.join(workspace, file), row);
      await page.locator('.tabs-container .tab.active').filter({ hasText: path.basename(file) }).waitFor();
    },

    /** The preview beside the Markdown file that is open: the document inside its webview. */
    async openPreview(): Promise<FrameLocator> {
      const tab = await page.locator('.tabs-container .tab.active .label-name').first().innerText();
      await input.command('Markdown: Open Preview to the Side');
      return await editors.webview(`Preview ${tab}`);
    },

    /** The document inside the visible webview whose title or heading contains `title`. */
    async webview(title: string): Promise<FrameLocator> {
      const name = await until(`a webview titled "${title}"`, () => webviewName(title), 30);
      return page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame');
    },

    /** The same as a Frame, for evaluate. */
    async webviewFrame(title: string): Promise<Frame> {
      return await until(`a webview titled "${title}"`, async () => {
        const name = await webviewName(title);
        const outer = name === undefined ? undefined : page.frames().find(frame => frame.name() === name);
        for (const frame of outer?.childFrames() ?? []) {
          if (await (await frame.frameElement().catch(() => undefined))?.getAttribute('id').catch(() => null) === 'active-frame') return frame;
        }
        return undefined;
      }, 30);
    },

    /** Serious and critical accessibility violations in a webview, one line each. */
    async axe(title: string): Promise<readonly string[]> {
      const frame = await editors.webviewFrame(title);
      await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      const result: unknown = await frame.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`))');
      return Array.isArray(result) ? result.map(String) : [];
    },
  };
  return editors;
}
