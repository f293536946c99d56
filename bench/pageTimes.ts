import type { Page } from 'playwright-core';
import { until } from '../test/panels/support/until';
import { median } from './figure';

/** A panel in a browser. */
interface OpenPage {
  readonly page: Page;
  readonly panel: { reload(): Promise<unknown> };
}

/** From loading the page: the first paint, and `count` entries of its timeline on screen. */
export async function loadTimes(desk: OpenPage, count: number, rounds: number): Promise<{ readonly paint: number; readonly all: number }> {
  await desk.page.addInitScript(`(() => {
    const look = () => document.querySelectorAll('.entry').length >= ${count} ? requestAnimationFrame(() => { window.allShown = performance.now(); }) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  })()`);
  const loads: { paint: number; all: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    await desk.panel.reload();
    await until('all entries', () => desk.page.evaluate('window.allShown !== undefined && performance.getEntriesByName("first-contentful-paint").length > 0'));
    loads.push({ paint: await numberOf(desk.page, 'performance.getEntriesByName("first-contentful-paint")[0].startTime'), all: await numberOf(desk.page, 'window.allShown') });
  }
  return { paint: rounded(loads.map(({ paint }) => paint)), all: rounded(loads.map(({ all }) => all)) };
}

/** The longest frame while the page scrolls. */
export async function longestFrame(page: Page): Promise<number> {
  return rounded([await numberOf(page, `new Promise(resolve => { let longest = 0, last = performance.now(), frames = 0; const step = now => { longest = frames < 2 ? 0 : Math.max(longest, now - last); last = now; window.scrollBy(0, 300); frames++; if (frames < 60) requestAnimationFrame(step); else resolve(longest); }; requestAnimationFrame(step); })`)]);
}

/** The number that a script in the page returns. */
export async function numberOf(page: Page, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

/** The median with one decimal. */
export function rounded(values: readonly number[]): number {
  return Number(median(values).toFixed(1));
}
