import type { TimelineEvent } from '../src/core/model/timelineEvent';
import { openPostmortem } from '../test/panels/support/postmortem';
import { endRun, startRun } from '../test/panels/support/run';
import { until } from '../test/panels/support/until';
import { closeWebviews } from '../test/panels/support/webview';
import type { Figure } from './figure';
import { loadTimes, longestFrame, numberOf, rounded } from './pageTimes';

const rounds = 5;

const many = 1000;

const few = 10;

/** The page of a post-mortem with 1,000 rows in a browser: from loading it to the screen, keystrokes, and the answer of the host, each compared with 10 rows. */
export async function postmortemPageFigures(): Promise<readonly Figure[]> {
  await startRun();
  try {
    const [large, small] = [await measure(many), await measure(few)];
    const figure = (name: string, part: keyof Measured, unit = 'ms'): Figure => ({ name: `${name}, post-mortem with ${many} rows`, unit, value: large[part], baseline: small[part] });
    return [
      figure('first paint', 'paint'), { ...figure('show all rows', 'all'), baseline: 1000 }, figure('keystroke in a row', 'row'), figure('keystroke in the summary', 'text'), figure('move a row', 'move'),
      figure('show the answer of the host', 'answer'), figure('scroll frame', 'frame'), figure('memory of the page', 'memory', 'MB'),
    ];
  } finally {
    await closeWebviews(undefined);
    await endRun();
  }
}

interface Measured {
  readonly paint: number;
  readonly all: number;
  readonly row: number;
  readonly text: number;
  readonly move: number;
  readonly answer: number;
  /** The longest frame while the page scrolls through the timeline. */
  readonly frame: number;
  /** What scripts use after garbage collection. */
  readonly memory: number;
}

async function measure(count: number): Promise<Measured> {
  const desk = await openPostmortem({ events: Array.from({ length: count }, (_, index) => event(index)), viewport: { width: 1100, height: 800 } });
  const { page } = desk;
  await page.addInitScript(`window.addEventListener('message', () => { window.answerStart = performance.now(); })`);
  const loaded = await loadTimes(desk, count, rounds);
  await page.evaluate('window.answers = []; window.addEventListener("message", () => { document.body.getBoundingClientRect(); window.answers.push(performance.now() - window.answerStart); })');
  const typed = async (field: string): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await numberOf(page, 'window.answers.length');
      times.push(await numberOf(page, `(() => { const field = ${field}; field.focus(); field.value += 'x'; const start = performance.now(); field.dispatchEvent(new Event('input', { bubbles: true })); document.body.getBoundingClientRect(); return performance.now() - start; })()`));
      await until('an answer', async () => await numberOf(page, 'window.answers.length') > before);
    }
    return rounded(times);
  };
  const row = await typed(`document.querySelectorAll('.entry textarea')[${Math.floor(count / 2)}]`);
  const text = await typed('document.getElementById("text-summary")');
  const move = rounded([await numberOf(page, `(() => { const start = performance.now(); document.querySelectorAll('.entry textarea')[${Math.floor(count / 2)}].dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true })); document.body.getBoundingClientRect(); return performance.now() - start; })()`)]);
  const answer = rounded((await page.evaluate<readonly number[]>('window.answers')).slice(1));
  const frame = await longestFrame(page);
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return { ...loaded, row, text, move, answer, frame, memory: rounded([usedSize / 1e6]) };
}

function event(index: number): TimelineEvent {
  const stamp = { at: new Date(Date.UTC(2026, 10, 20, 16) + index * 60_000).toISOString().replace(/\.\d+Z$/, 'Z'), by: ['ana', 'ben', 'cleo'][index % 3] ?? 'ana' };
  if (index % 5 === 4) return { ...stamp, kind: 'referenced', sha: index.toString(16).padStart(40, '0'), subject: 'Restart less' };
  return index % 5 === 3 ? { ...stamp, kind: 'labeled', label: `label ${index}` } : { ...stamp, kind: 'commented', markdown: `Comment number ${index} about the host ${index % 7}, which was slow at that time.` };
}
