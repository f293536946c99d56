import { renderMilestone } from '../src/core/markup/milestone';
import type { TimelineEvent } from '../src/core/model/timelineEvent';
import { openChecklist } from '../test/panels/support/issue';
import { endRun, startRun } from '../test/panels/support/run';
import { closeWebviews } from '../test/panels/support/webview';
import type { Figure } from './figure';
import { loadTimes, longestFrame, numberOf, rounded } from './pageTimes';

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
  const loaded = await loadTimes(desk, count, rounds);
  const filter = Array.from({ length: rounds }, (_, index) => `number ${index}`);
  const filtered: number[] = [];
  for (const text of filter) filtered.push(await numberOf(desk.page, `new Promise(resolve => { const field = document.querySelector('.filter-text'); field.value = ${JSON.stringify(text)}; const start = performance.now(); field.dispatchEvent(new Event('input', { bubbles: true })); document.body.getBoundingClientRect(); resolve(performance.now() - start); })`));
  await desk.page.evaluate(`(() => { const field = document.querySelector('.filter-text'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); })()`);
  return { ...loaded, filter: rounded(filtered), frame: await longestFrame(desk.page) };
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
