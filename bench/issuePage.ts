import { renderMilestone } from '../src/core/markup/milestone';
import type { TimelineEvent } from '../src/core/model/timelineEvent';
import { type ChecklistDesk, openChecklist } from '../test/panels/support/issue';
import { endRun, startRun } from '../test/panels/support/run';
import { until } from '../test/panels/support/until';
import { closeWebviews } from '../test/panels/support/webview';
import { type Figure, median } from './figure';

const rounds = 5;

const many = 1000;

const few = 10;

/** The page of an issue with 1,000 entries in a browser, from loading the page: first paint, all entries, and a keystroke in the filter, each compared with 10 entries. */
export async function issuePageFigures(): Promise<readonly Figure[]> {
  await startRun();
  try {
    const [large, small] = [await measure(many), await measure(few)];
    const figure = (name: string, part: keyof Measured): Figure => ({ name: `${name} of an issue with ${many} timeline entries`, unit: 'ms', value: large[part], baseline: small[part] });
    return [figure('first paint', 'paint'), { ...figure('show all entries', 'all'), baseline: 1000 }, figure('filter the timeline', 'filter'), figure('scroll frame', 'frame')];
  } finally {
    await closeWebviews(undefined);
    await endRun();
  }
}

interface Measured {
  readonly paint: number;
  readonly all: number;
  readonly filter: number;
  /** The longest frame while the page scrolls through the timeline. */
  readonly frame: number;
}

async function measure(count: number): Promise<Measured> {
  const desk = await openChecklist({ events: Array.from({ length: count - 1 }, (_, index) => event(index)), plain: true, viewport: { width: 1100, height: 800 } });
  await desk.page.addInitScript(`(() => {
    const look = () => document.querySelectorAll('.entry').length >= ${count} ? requestAnimationFrame(() => { window.allShown = performance.now(); }) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  })()`);
  const opened: { paint: number; all: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    await desk.panel.reload();
    await until('all entries', () => desk.page.evaluate('window.allShown !== undefined'));
    opened.push({ paint: await numberOf(desk, 'performance.getEntriesByName("first-contentful-paint")[0].startTime'), all: await numberOf(desk, 'window.allShown') });
  }
  const filter = Array.from({ length: rounds }, (_, index) => `number ${index}`);
  const filtered: number[] = [];
  for (const text of filter) filtered.push(await numberOf(desk, `new Promise(resolve => { const field = document.querySelector('.filter-text'); field.value = ${JSON.stringify(text)}; const start = performance.now(); field.dispatchEvent(new Event('input', { bubbles: true })); document.body.getBoundingClientRect(); resolve(performance.now() - start); })`));
  await desk.page.evaluate(`(() => { const field = document.querySelector('.filter-text'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); })()`);
  const frame = await numberOf(desk, `new Promise(resolve => { let longest = 0, last = performance.now(), frames = 0; const step = now => { longest = frames < 2 ? 0 : Math.max(longest, now - last); last = now; window.scrollBy(0, 300); frames++; if (frames < 60) requestAnimationFrame(step); else resolve(longest); }; requestAnimationFrame(step); })`);
  return { paint: of(opened.map(({ paint }) => paint)), all: of(opened.map(({ all }) => all)), filter: of(filtered), frame: of([frame]) };
}

function of(values: readonly number[]): number {
  return Number(median(values).toFixed(1));
}

async function numberOf({ page }: ChecklistDesk, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

function event(index: number): TimelineEvent {
  const at = new Date(Date.UTC(2026, 10, 20, 16) - (many - index) * 420_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const by = ['ana', 'ben', 'cleo'][index % 3] ?? 'ana';
  switch (index % 4) {
    case 0:
      return { kind: 'commented', at, by, markdown: `Comment number ${index} with **bold**, \`code\` and a [link](https://example.org/${index}).\n\n- first\n- [x] second\n\n\`\`\`\nHTTP ${index}\n\`\`\`` };
    case 1:
      return { kind: 'labeled', at, by, label: `label ${index}` };
    case 2:
      return { kind: 'commented', at, by, markdown: renderMilestone('note', `Looked at host number ${index}`) };
    default:
      return { kind: 'assigned', at, by, login: `person${index}` };
  }
}
