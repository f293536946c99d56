import { errors, type Locator, type Page } from 'playwright-core';
import { plain } from './plain';
import { until } from './until';

export type QuickInput = ReturnType<typeof quickInputOf>;

/** The palette, quick picks and input boxes of a window. */
export function quickInputOf(page: Page) {
  const quickInput = page.locator('.quick-input-widget:visible');
  const quickBox = quickInput.locator('.quick-input-box input, .quick-input-box textarea').first();

  const openQuickInput = async (key: string, text: string): Promise<void> => {
    await until('the quick input opens', async () => {
      await page.keyboard.press(key);
      return await quickInput.waitFor({ timeout: 2000 }).then(() => true, () => undefined);
    });
    await quickBox.fill(text, { timeout: 5000 });
  };

  const input = {
    /** Runs a command by the title the palette shows, "Response Desk: Declare Incident". */
    async command(title: string): Promise<void> {
      await input.choose('F1', `>${title}`, input.quickRow(title));
    },

    /** Types into the palette and clicks a row. What opens just then takes the focus, and the palette away with it: a person opens it again. */
    async choose(key: string, text: string, row: Locator): Promise<void> {
      await until(`"${text}" in the palette`, async () => {
        try {
          await openQuickInput(key, text);
          await row.click({ timeout: 5000 });
          return true;
        } catch (error) {
          if (!(error instanceof errors.TimeoutError)) throw error;
          // The palette does not learn of commands that come while it is open.
          await page.keyboard.press('Escape');
          return undefined;
        }
      });
    },

    /** Whether the palette offers a command of this title. */
    async offersCommand(title: string): Promise<boolean> {
      await openQuickInput('F1', `>${title}`);
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
      const found = await input.quickRow(title).count() > 0;
      await page.keyboard.press('Escape');
      return found;
    },

    /** The quick input that is open: a pick, an input box, or the palette. */
    quickInput,

    quickBox,

    /** The row of the open pick with exactly this label. */
    quickRow(label: string): Locator {
      const exact = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s')}\\s*$`);
      return quickInput.locator('.monaco-list-row').filter({ has: page.locator('.label-name').filter({ hasText: exact }) }).first();
    },

    /** Waits for a quick input whose title, prompt or placeholder contains `text`. */
    async waitForPrompt(text: string): Promise<void> {
      await until(`a quick input that says "${text}"`, async () => (await input.promptText()).includes(text));
      // A key that is pressed before would go to what had the focus until then.
      let looks = 0;
      await until(`the focus in the quick input that says "${text}"`, async () => {
        if (await quickInput.evaluate(element => element.contains(document.activeElement))) return true;
        // Where the palette was opened over a page, VS Code gives the focus back to the page some time after the palette closed. A person clicks.
        looks += 1;
        if (looks % 20 === 0) await quickBox.click();
        return undefined;
      });
    },

    /** Title, message and placeholder of the open quick input. */
    async promptText(): Promise<string> {
      if (await quickInput.count() === 0) return '';
      return await quickInput.evaluate(element => [
        element.querySelector('.quick-input-title')?.textContent,
        element.querySelector('.quick-input-description')?.textContent,
        element.querySelector('.quick-input-message')?.textContent,
        element.querySelector('.quick-input-box input, .quick-input-box textarea')?.getAttribute('placeholder'),
      ].filter(text => text != null && text !== '').join('\n'));
    },

    /** Answers the input box that says `prompt`. */
    async answer(prompt: string, text: string): Promise<void> {
      await input.waitForPrompt(prompt);
      await quickBox.fill(text);
      await quickBox.press('Enter');
    },

    /** Picks the row with exactly this label from the quick pick that says `prompt`. */
    async pick(prompt: string, label: string): Promise<void> {
      await input.waitForPrompt(prompt);
      const row = input.quickRow(label);
      if (await row.count() === 0) await quickBox.fill(label);
      await row.waitFor();
      // Where the last click left the mouse, a row's explanation may cover the others.
      await page.mouse.move(0, 0);
      await row.click();
    },

    /** Ticks these rows of a quick pick that takes several, and accepts. */
    async pickMany(prompt: string, labels: readonly string[]): Promise<void> {
      await input.waitForPrompt(prompt);
      for (const label of labels) await input.quickRow(label).click();
      await quickBox.press('Enter');
    },

    /** The labels the open quick pick shows, once it shows any. */
    async quickItems(): Promise<readonly string[]> {
      const names = quickInput.locator('.monaco-list-row .quick-input-list-label, .monaco-list-row .label-name');
      await names.first().waitFor();
      return (await quickInput.locator('.monaco-list-row').evaluateAll(rows =>
        rows.map(row => row.querySelector('.label-name')?.textContent ?? ''))).map(plain);
    },
  };
  return input;
}
