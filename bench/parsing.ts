import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { root } from '../scripts/editor/cache';
import { readRunbook } from '../src/markdown/readRunbook';
import { type Figure, median } from './figure';

const rounds = 21;

/** Reading all sample runbooks, beside markdown-it alone turning the same text into tokens; best compared by the ratio. */
export async function parsingFigures(): Promise<readonly Figure[]> {
  const folder = path.join(root, 'runbooks');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'));
  const texts = files.map(file => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
  const context = { kinds: ['incident', 'request'], roles: ['responder'], priorities: ['P1', 'P2'] };
  const bare = new MarkdownIt({ html: true });
  const ours = () => { for (const { file, text } of texts) readRunbook(file, text, context); };
  const theirs = () => { for (const { text } of texts) bare.parse(text, {}); };
  const figures: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push({ ours: time(ours), theirs: time(theirs) });
  const warm = figures.slice(3);
  return [{
    name: `parsing ${texts.length} sample runbooks`, unit: 'ms',
    value: Number(median(warm.map(each => each.ours)).toFixed(2)),
    baseline: Number(median(warm.map(each => each.theirs)).toFixed(2)),
  }];
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
