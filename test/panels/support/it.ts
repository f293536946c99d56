import assert from 'node:assert/strict';
import { closeWebviews } from './webview';

/** A test of panels. Closes the panels that it opened, and fails if one of them logged an error, opened a dialog or requested anything from elsewhere. */
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
