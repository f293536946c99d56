import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from '../scripts/editor/cache';
import { type Figure, median } from './figure';

/** Number of rounds before measuring, so that the code is compiled. */
const warmUp = 100;
const rounds = 200;

interface Readers { readonly ours: (text: string) => void; readonly theirs: (text: string) => void }

/** The time to parse all sample runbooks, compared with markdown-it creating tokens from the same text; and how the time grows with size. */
export async function parsingFigures(): Promise<readonly Figure[]> {
  const { ours, theirs } = await bundledReaders();
  const folder = path.join(root, 'runbooks');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'));
  const texts = files.map(file => readFileSync(path.join(folder, file), 'utf8'));
  const figures = Array.from({ length: warmUp + rounds }, () => ({ ours: time(() => { texts.forEach(ours); }), theirs: time(() => { texts.forEach(theirs); }) })).slice(warmUp);
  return [
    {
      name: `parsing ${texts.length} sample runbooks`, unit: 'ms',
      value: Number(median(figures.map(each => each.ours)).toFixed(2)),
      baseline: Number(median(figures.map(each => each.theirs)).toFixed(2)),
    },
    ...Object.entries(shapes).flatMap(([name, shape]) => growth(name, shape, ours)),
  ];
}

/** Both parsers in one bundle like a release: the loader that runs these sources adds code to every function. */
async function bundledReaders(): Promise<Readers> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bench-'));
  try {
    const outfile = path.join(folder, 'readers.mjs');
    const contents = `
      import MarkdownIt from 'markdown-it';
      import { readRunbook } from './src/markdown/readMarkdown';
      const bare = new MarkdownIt({ html: true });
      const context = { kinds: ['incident', 'request'], roles: ['responder'], priorities: ['P1', 'P2'] };
      export const ours = text => readRunbook('a.md', text, context).problems;
      export const theirs = text => { bare.parse(text, {}); };
    `;
    await esbuild.build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, platform: 'browser', format: 'esm', logLevel: 'warning' });
    const readers: Readers = await import(pathToFileURL(outfile).href);
    return readers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Texts with a number of lines: one realistic, the others as expensive as possible. */
const shapes: Readonly<Record<string, (lines: number) => string>> = {
  'sections of words, steps and commands': lines => repeated(lines / 10, index => `## Part ${index}\n\nWords with \`code\` and a [link](other.md#part).\n\n1. Look at it ${index}\n\n   \`\`\`sh\n   ls\n   \`\`\`\n\n`),
  'one list': lines => repeated(lines, () => '- [ ] Do the same again\n'),
  'stairs of lists': lines => repeated(lines, index => `${'  '.repeat(index % 50)}- [ ] Step ${index}\n`),
  'gates': lines => repeated(lines / 2, () => '# Gate\n- [ ] Ready\n'),
  'lists within lists, and nothing below': lines => `${repeated(100, index => `${'  '.repeat(index)}- [ ] Step\n`)}${'\n'.repeat(lines - 100)}`,
};

/** The time for 1,000, 10,000 and 100,000 lines, compared with the proportional part of the time for 100,000. Linear growth gives ratios near 1. */
function growth(name: string, shape: (lines: number) => string, read: (text: string) => void): readonly Figure[] {
  const sizes = [1_000, 10_000, 100_000];
  const times = sizes.map((lines, index) => {
    const text = shape(lines);
    return median(Array.from({ length: [41, 11, 5][index] ?? 5 }, () => time(() => { read(text); })));
  });
  const last = times.at(-1) ?? 0;
  return sizes.map((lines, index) => ({ name: `parsing ${lines} lines: ${name}`, unit: 'ms', value: Number((times[index] ?? 0).toFixed(2)), baseline: Number((last * lines / 100_000).toFixed(2)) }));
}

function repeated(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join('');
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
