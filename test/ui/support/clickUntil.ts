import { errors, type Locator } from 'playwright-core';
import { until } from './until';

/** Clicks until something shows. A click is lost on what is just being drawn again, such as a CodeLens or a row. */
export async function clickUntil(shown: Locator, target: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
  await until(`what a click opens: ${String(shown)}`, async () => {
    try {
      if (!await shown.isVisible()) await target.click({ button, timeout: 2000 });
      await shown.waitFor({ timeout: 2000 });
      return true;
    } catch (error) {
      // What opened late may cover the target meanwhile.
      if (!(error instanceof errors.TimeoutError)) throw error;
      return undefined;
    }
  });
}
