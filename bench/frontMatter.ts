import { maxFrontMatterLength } from '../src/core/markup/frontMatter';
import { readIssueFile } from '../src/core/markup/issueFile';
import { readFields } from '../src/core/runbook/details';
import { type Figure, median } from './figure';

const rounds = 15;

/** Front matter of the maximum size in its most expensive form, compared with plain fields of the same size; and 90 kB, which is rejected. */
export async function frontMatterFigures(): Promise<readonly Figure[]> {
  const plain = filled(maxFrontMatterLength, index => `field${index}: A few plain words, as people write them\n`);
  const shapes: Readonly<Record<string, string>> = {
    'one key per line': filled(maxFrontMatterLength, index => `k${index}: 1\n`),
    'one list': `k: [${filled(maxFrontMatterLength - 10, () => 'a, ')}]\n`,
    'aliases': `a: &a 1\nb: [${filled(maxFrontMatterLength - 20, () => '*a, ')}]\n`,
    'empty lines': `${filled(maxFrontMatterLength - 10, () => '\n')}a: 1\n`,
    'errors': filled(maxFrontMatterLength, () => ']\n'),
    'properties': filled(maxFrontMatterLength, () => '&a\n'),
    'spaces within a line': `a: x${filled(maxFrontMatterLength - 10, () => ' ')}y\n`,
    '90 kB of keys': filled(90_000, index => `k${index}: 1\n`),
  };
  const readers: Readonly<Record<string, (head: string) => void>> = {
    'issue file': head => { readIssueFile('.desk/incident/7.md', 7, `---\n${head}---\nBody\n`); },
    'runbook': head => { readFields(head); },
  };
  return Object.entries(readers).flatMap(([reader, read]) => {
    const baseline = timeOf(() => { read(plain); });
    return Object.entries(shapes).map(([shape, text]) => ({ name: `front matter of an ${reader}: ${shape}`.replace('an runbook', 'a runbook'), unit: 'ms', value: timeOf(() => { read(text); }), baseline }));
  });
}

function filled(characters: number, part: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length + part(index).length <= characters; index++) text += part(index);
  return text;
}

function timeOf(work: () => void): number {
  return Number(median(Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  })).toFixed(2));
}
