import type { Locator, Page } from 'playwright-core';
import { plain } from './plain';
import { until } from './until';

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

export type Views = ReturnType<typeof viewsOf>;

/** The side bar of a window: its views, their rows, and menus. */
export function viewsOf(page: Page) {
  const menuItem = (entry: string): Locator =>
    page.locator('.monaco-menu .action-item').filter({ has: page.locator(`.action-menu-item[aria-label^="${entry}"], .action-label[aria-label^="${entry}"]`) }).last();

  const views = {
    /** Shows our container in the side bar and expands the view of this name. Gives the view's element. */
    async openView(name: string, container = 'Response Desk'): Promise<Locator> {
      const item = page.locator('.part.activitybar .action-item').filter({ has: page.locator(`[aria-label^="${container}"]`) }).first();
      await item.waitFor();
      const shown = page.locator('.part.sidebar .composite.title h2').filter({ hasText: new RegExp(container, 'i') });
      await until(`${container} in the side bar`, async () => {
        if (await shown.count() > 0) return true;
        await item.click();
        return await shown.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
      });
      const header = views.view(name).locator('.pane-header').first();
      await header.waitFor();
      if (await header.getAttribute('aria-expanded') === 'false') await header.click();
      return views.view(name);
    },

    /** Gives the side bar this width in pixels, as a person drags its border. */
    async setSideBarWidth(width: number): Promise<void> {
      const box = await page.locator('.part.sidebar').boundingBox();
      if (box === null) throw new Error('There is no side bar.');
      await page.mouse.move(box.x + box.width, 700);
      await page.mouse.down();
      await page.mouse.move(box.x + width, 700, { steps: 4 });
      await page.mouse.up();
    },

    /** The element of a view in the side bar. */
    view(name: string): Locator {
      return page.locator('.part.sidebar .pane').filter({ has: page.locator(`.pane-header[aria-label^="${name} "], .pane-header[aria-label="${name}"]`) }).first();
    },

    /** The rows a view shows now. */
    async treeRows(view: string): Promise<readonly TreeRow[]> {
      const rows = await views.view(view).locator('.monaco-list-row').evaluateAll(elements => elements.map(row => ({
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
    },

    /** Waits for a row whose label contains `label` and gives it. */
    async waitForRow(view: string, label: string): Promise<TreeRow> {
      return await until(`a row "${label}" in ${view}`, async () => (await views.treeRows(view)).find(row => row.label.includes(label)));
    },

    /** The text of an empty view's welcome. */
    async welcome(view: string): Promise<string> {
      const content = views.view(view).locator('.welcome-view-content');
      await content.waitFor();
      return await content.innerText();
    },

    treeRow(view: string, label: string): Locator {
      return views.view(view).locator('.monaco-list-row').filter({ hasText: label }).first();
    },

    async expand(view: string, label: string): Promise<void> {
      const row = views.treeRow(view, label);
      await row.waitFor();
      if (await row.getAttribute('aria-expanded') === 'false') await row.locator('.monaco-tl-twistie').click();
      await until(`${label} is expanded`, async () => await row.getAttribute('aria-expanded') === 'true');
    },

    /** Clicks an inline action of a row. */
    async treeAction(view: string, label: string, action: string): Promise<void> {
      const row = views.treeRow(view, label);
      await row.hover();
      await row.locator(`.action-label[aria-label^="${action}"]`).first().click();
    },

    /** Chooses an entry of a row's context menu; several words walk into submenus. */
    async treeMenu(view: string, label: string, ...entries: readonly string[]): Promise<void> {
      const first = menuItem(entries[0] ?? '');
      // What opens in the same instant takes the focus, and the menu closes: a person opens it again.
      await until(`the menu of ${label}`, async () => {
        if (await page.locator('.monaco-menu:visible').count() === 0) await views.treeRow(view, label).click({ button: 'right' });
        return await first.waitFor({ timeout: 3000 }).then(() => true, () => undefined);
      });
      await views.chooseFromMenu(...entries);
    },

    /** Clicks a button in a view's own title; what does not fit there is looked for behind its dots. */
    async viewTitleAction(view: string, action: string): Promise<void> {
      const pane = views.view(view);
      await pane.hover();
      const button = pane.locator(`.pane-header .action-label[aria-label^="${action}"]`).first();
      if (await button.count() > 0) {
        await button.click();
        return;
      }
      await pane.locator('.pane-header .action-label[aria-label="Views and More Actions..."], .pane-header .action-label[aria-label="More Actions..."]').first().click();
      await views.chooseFromMenu(action);
    },

    /** Chooses from the menu that is open. */
    async chooseFromMenu(...entries: readonly string[]): Promise<void> {
      for (const [index, entry] of entries.entries()) {
        const item = menuItem(entry);
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
    },

    /** The entries of the menu that is open. */
    async menuItems(): Promise<readonly string[]> {
      const labels = page.locator('.monaco-menu .action-label:not(.separator)');
      await labels.first().waitFor();
      return (await labels.allInnerTexts()).map(plain);
    },
  };
  return views;
}
