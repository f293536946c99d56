import assert from 'node:assert/strict';
import { closeWebviews } from './webview';

/** A test of panels. It closes the panels it opened, and fails if one of them did what no client may do. */
export function it(title: string, body: () => Promise<void>): void {
  globalThis.it(title, async function () {
    try {
      await body();
    } catch (error) {
      await closeWebviews(this.test?.fullTitle() ?? title);
      throw error;
    }
    assert.deepEqual(await closeWebviews(undefined), []);
  });
}
