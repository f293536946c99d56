// Prints figures as JSON lines {"name","value","unit","baseline","ratio"}; nothing here passes or fails.
import { runMain } from '../scripts/editor/cache';
import { activationFigures } from './activation';
import { bundleFigures } from './bundle';
import { clockFigures } from './clocks';
import { drawingFigures } from './drawing';
import type { Figure } from './figure';
import { flowchartFigures } from './flowcharts';
import { frontMatterFigures } from './frontMatter';
import { historyFigures } from './github/histories';
import { linkedIssueFigures } from './github/linkedIssue';
import { requestFigures } from './github/requests';
import { treeFigures } from './github/tree';
import { issuePageFigures } from './issuePage';
import { indexFigures } from './manyRunbooks';
import { metricsFigures } from './metrics';
import { parsingFigures } from './parsing';
import { plainFileFigures } from './plainFiles';
import { postmortemFigures } from './postmortem';
import { postmortemPageFigures } from './postmortemPage';
import { scheduleFigures } from './schedule';
import { searchFigures } from './search';

runMain(async () => {
  const names = process.argv.slice(2);
  const benches: readonly (readonly [string, () => Promise<readonly Figure[]>])[] = [
    ['bundle', bundleFigures],
    ['parsing', parsingFigures],
    ['flowcharts', flowchartFigures],
    ['frontMatter', frontMatterFigures],
    ['index', indexFigures],
    ['files', plainFileFigures],
    ['schedule', scheduleFigures],
    ['search', searchFigures],
    ['clocks', clockFigures],
    ['metrics', async () => [...await metricsFigures(), ...await historyFigures()]],
    ['issuePage', issuePageFigures],
    ['drawing', drawingFigures],
    ['postmortem', async () => [...await postmortemFigures(), ...await postmortemPageFigures()]],
    ['github', async () => [...await treeFigures(), ...await requestFigures(), ...await linkedIssueFigures()]],
    ['activation', activationFigures],
  ];
  for (const [name, measure] of benches) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const figure of await measure()) console.log(JSON.stringify({ ...figure, ratio: Number((figure.value / figure.baseline).toFixed(3)) }));
  }
});
