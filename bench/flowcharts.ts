import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from '../scripts/editor/cache';
import { type Figure, median } from './figure';

/** Number of rounds before measuring, so that the code is compiled. It takes as many texts as for all sample runbooks, of which few have flowcharts. */
const warmUp = 1_000;

interface Readers {
  /** Tokens of markdown-it, and the charts in them. */
  readonly charts: (text: string) => void;
  /** The runbook: sections, steps, flowcharts, templates. */
  readonly runbook: (text: string) => void;
  /** The runbook and its problems. */
  readonly checked: (text: string) => void;
  readonly bare: (text: string) => void;
  readonly chart: (text: string) => void;
}

/** The time to read the flowcharts of the sample runbooks, the whole runbooks, and their problems, besides markdown-it creating tokens from the same text; and how the time grows with size. */
export async function flowchartFigures(): Promise<readonly Figure[]> {
  const { charts, runbook, checked, bare, chart } = await bundledReaders();
  const folder = path.join(root, 'runbooks');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
    .map(file => readFileSync(path.join(folder, file), 'utf8')).filter(text => text.includes('```mermaid'));
  const rounds = Array.from({ length: warmUp + 300 }, () => ({ charts: time(() => { texts.forEach(charts); }), runbook: time(() => { texts.forEach(runbook); }), checked: time(() => { texts.forEach(checked); }), bare: time(() => { texts.forEach(bare); }) })).slice(warmUp);
  return [
    { name: `reading ${texts.length} sample runbooks with flowcharts`, unit: 'ms', value: rounded(rounds.map(each => each.charts)), baseline: rounded(rounds.map(each => each.bare)) },
    { name: `reading ${texts.length} sample runbooks with flowcharts, with their steps`, unit: 'ms', value: rounded(rounds.map(each => each.runbook)), baseline: rounded(rounds.map(each => each.bare)) },
    { name: `reading ${texts.length} sample runbooks with flowcharts, with their steps and problems`, unit: 'ms', value: rounded(rounds.map(each => each.checked)), baseline: rounded(rounds.map(each => each.bare)) },
    ...Object.entries(shapes).flatMap(([name, shape]) => growth(name, shape, chart)),
  ];
}

/** In one bundle like a release: the loader that runs these sources adds code to every function. */
async function bundledReaders(): Promise<Readers> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bench-'));
  try {
    const outfile = path.join(folder, 'readers.mjs');
    const contents = `
      import MarkdownIt from 'markdown-it';
      import { readFlowchart } from './src/core/flowchart/readFlowchart';
      import { readRunbook } from './src/markdown/readMarkdown';
      const parser = new MarkdownIt({ html: true });
      const context = { kinds: ['incident', 'request'], roles: ['responder'], priorities: ['P1', 'P2'] };
      export const runbook = text => { readRunbook('a.md', text, context); };
      export const checked = text => readRunbook('a.md', text, context).problems;
      export const bare = text => { parser.parse(text, {}); };
      export const charts = text => { for (const token of parser.parse(text, {})) if (token.type === 'fence' && token.info === 'mermaid') readFlowchart(token.content); };
      export const chart = text => { readFlowchart(text); };
    `;
    await esbuild.build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, platform: 'browser', format: 'esm', logLevel: 'warning' });
    const readers: Readers = await import(pathToFileURL(outfile).href);
    return readers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Charts with a number of nodes: one realistic, the others as expensive as possible. */
const shapes: Readonly<Record<string, (nodes: number) => string>> = {
  'steps, decisions and labels': nodes => repeated(nodes / 2, index => `  s${index}["Step ${index}"] --> d${index}{Done?}\n  d${index} -- No --> s${index}\n  d${index} -->|Yes| s${index + 1}\n`),
  'one chain': nodes => repeated(nodes, index => `n${index} --> `) + 'end1',
  'subgraphs in each other': nodes => `${repeated(nodes, index => `subgraph s${index}\nn${index}\n`)}${repeated(nodes, () => 'end\n')}`,
  'one subgraph': nodes => `subgraph s\n${repeated(nodes, index => `n${index}\n`)}end`,
  'texts that do not end': nodes => repeated(nodes, index => `n${index}[No end\nm${index}>Nor here\nk${index} -- nor here\n`),
  'quotation marks that do not end': nodes => repeated(nodes, index => `n${index}["No end\n\naccDescr {\nm${index}@{ label: "x\n`),
  'blank lines': nodes => `A\n${repeated(nodes * 4, () => ' \n')}B`,
  'one line of marks': nodes => repeated(nodes, () => '-.=~@<o[(') + repeated(nodes, () => 'direction '),
};

/** The time for 50, 500 and 5,000 nodes, compared with the proportional part of the time for 5,000. Linear growth gives ratios near 1. */
function growth(name: string, shape: (nodes: number) => string, read: (text: string) => void): readonly Figure[] {
  const sizes = [50, 500, 5_000];
  const times = sizes.map((nodes, index) => {
    const text = `flowchart TD\n${shape(nodes)}`;
    return median(Array.from({ length: [201, 41, 11][index] ?? 5 }, () => time(() => { read(text); })));
  });
  const last = times.at(-1) ?? 0;
  return sizes.map((nodes, index) => ({ name: `reading a flowchart of ${nodes} nodes: ${name}`, unit: 'ms', value: rounded([times[index] ?? 0]), baseline: rounded([last * nodes / 5_000]) }));
}

function repeated(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join('');
}

function rounded(times: readonly number[]): number {
  return Number(median(times).toFixed(3));
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
