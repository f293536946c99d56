import { openChecklist } from '../test/panels/support/issue';
import { endRun, startRun } from '../test/panels/support/run';
import { until } from '../test/panels/support/until';
import { closeWebviews } from '../test/panels/support/webview';
import { type Figure, median } from './figure';

const rounds = 5;

/**
 * The page of an issue whose checklist comes from a flowchart, in a browser: the first paint and the longest task until everything
 * is shown, with the drawing, and with the same steps as a list without one. A chart of 500 nodes is not drawn.
 */
export async function drawingFigures(): Promise<readonly Figure[]> {
  await startRun();
  try {
    const figures: Figure[] = [];
    for (const count of [20, 100, 150, 500]) {
      const [chart, list] = [await measure(flowchart(count), count <= 150), await measure(checklist(count), false)];
      figures.push({ name: `first paint of a checklist with a flowchart of ${count} nodes`, unit: 'ms', value: chart.paint, baseline: list.paint });
      figures.push({ name: `longest task of a checklist with a flowchart of ${count} nodes`, unit: 'ms', value: chart.task, baseline: list.task });
    }
    return figures;
  } finally {
    await closeWebviews(undefined);
    await endRun();
  }
}

async function measure(runbook: string, isDrawn: boolean): Promise<{ readonly paint: number; readonly task: number }> {
  const { page, panel } = await openChecklist({ runbook, viewport: { width: 1100, height: 800 } });
  await page.addInitScript('window.tasks = []; new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true })');
  const paints: number[] = [];
  const tasks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await panel.reload();
    await until('the steps', async () => await page.locator('.step').count() > 1);
    if (isDrawn) await page.locator('.drawing-frame svg').waitFor();
    await until('a paint', () => page.evaluate('performance.getEntriesByName("first-contentful-paint").length > 0'));
    paints.push(Number(await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime')));
    tasks.push(Number(await page.evaluate('Math.max(50, ...window.tasks)')));
  }
  return { paint: Number(median(paints).toFixed(1)), task: Number(median(tasks).toFixed(1)) };
}

/** A chart as teams draw them: mostly a chain, with a decision every fifth node and a way back from every third of these. */
function flowchart(nodes: number): string {
  const count = nodes - 2;
  const lines = ['  begin([Begin]) --> n0'];
  for (let index = 0; index < count - 1; index++) {
    const isDecision = index % 5 === 4 && index + 3 < count;
    if (isDecision) lines.push(`  n${index}{Is part ${index} good?}`, `  n${index} -->|Yes| n${index + 1}`, `  n${index} -->|No| n${index % 3 === 0 ? index - 4 : index + 3}`);
    else lines.push(`  n${index}[Do part ${index} of the work] --> n${index + 1}`);
  }
  return `# Chart\n\n\`\`\`mermaid\nflowchart TB\n${lines.join('\n')}\n  n${count - 1}[Finish] --> over([Done])\n\`\`\`\n`;
}

function checklist(count: number): string {
  return `# List\n\n${Array.from({ length: count }, (_, index) => `- [ ] Do part ${index} of the work`).join('\n')}\n`;
}
