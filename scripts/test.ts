// Runs the checks, two at a time, and ends with how many tests passed. Words name the parts to run: npm test -- unit repo
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, npmRun, root, runMain } from './editor/cache';
import { launchBrowser } from './editor/browser';
import { fetchServer } from './editor/server';
import type { FlakyTest, Totals } from './totals';

interface Part {
  readonly name: string;
  readonly script: string;
  /** Where its tests lie; none there means there is nothing to run. A part without tests is a check: it counts only when it fails. */
  readonly tests?: string;
  readonly editor?: boolean;
  /** Runs only where it is named: CI runs it after all others, so that the command a newcomer types ends within a quarter of an hour. */
  readonly onlyNamed?: boolean;
}

const parts: readonly Part[] = [
  { name: 'build', script: 'build' },
  { name: 'types', script: 'test:types' },
  { name: 'lint', script: 'test:lint' },
  { name: 'unit', script: 'test:unit', tests: 'test/unit' },
  { name: 'contract', script: 'test:contract', tests: 'test/contract' },
  { name: 'panels', script: 'test:panels', tests: 'test/panels' },
  { name: 'repo', script: 'test:repo', tests: 'test/repo' },
  { name: 'package', script: 'package' },
  { name: 'host', script: 'test:host', tests: 'test/host', editor: true },
  { name: 'host:web', script: 'test:host:web', tests: 'test/host', editor: true },
  { name: 'ui', script: 'test:ui:main', tests: 'test/ui', editor: true },
  { name: 'thorough', script: 'test:ui:thorough', tests: 'test/ui', editor: true, onlyNamed: true },
];

interface Outcome { readonly part: Part; readonly ok: boolean; readonly seconds: number; readonly totals: Totals; readonly output: string }

runMain(async () => {
  const words = process.argv.slice(2);
  const unknown = words.filter(word => !parts.some(part => part.name === word));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}. Parts: ${parts.map(part => part.name).join(', ')}.`);
    return 1;
  }
  const chosen = parts.filter(part => words.length === 0 ? part.onlyNamed !== true : words.includes(part.name));
  rmSync(path.join(root, 'test-results'), { recursive: true, force: true });
  mkdirSync(path.join(cacheFolder, 'totals'), { recursive: true });

  const outcomes: Outcome[] = [];
  const work = async (part: Part) => {
    const outcome = await runPart(part);
    outcomes.push(outcome);
    const { passed, failed } = outcome.totals;
    console.log(`${outcome.ok ? '✔' : '✘'} ${part.name.padEnd(9)} ${`${outcome.seconds.toFixed(1)} s`.padStart(8)}${part.tests === undefined ? '' : `  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`}`);
    if (!outcome.ok) console.log(outcome.output.replace(/^/gm, '    '));
  };
  const fast = (async () => {
    for (const part of chosen.filter(each => each.editor !== true)) await work(part);
  })();
  const slow = (async () => {
    const needy = chosen.filter(each => each.editor === true);
    if (needy.length > 0) await fetchServer().then(async () => { await (await launchBrowser()).close(); });
    for (const part of needy) await work(part);
  })();
  const ends = await Promise.allSettled([fast, slow]);
  const broken = ends.flatMap(end => end.status === 'rejected' ? [end.reason instanceof Error ? end.reason.message : String(end.reason)] : []);
  for (const reason of broken) console.error(reason);

  const flaky = outcomes.flatMap(({ part, totals }) => (totals.flaky ?? []).map(test => describeFlaky(part, test)));
  if (flaky.length > 0) console.log(`\nFlaky: ${flaky.length} passed only when tried again. Find the cause; a retry is no cure.\n${flaky.join('\n')}`);
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, { totals }) => total + totals[key], 0);
  const failed = sum('failed') + broken.length;
  if (existsSync(path.join(root, 'test-results'))) console.log('Pictures and logs of failures: test-results/');
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}${flaky.length > 0 ? `, ${flaky.length} flaky` : ''}`);
  const ranNothing = chosen.some(part => part.tests !== undefined) && sum('passed') === 0;
  return failed > 0 || outcomes.some(({ ok }) => !ok) || ranNothing ? 1 : 0;
});

function describeFlaky({ name }: Part, { title, reason }: FlakyTest): string {
  return `  ${name}: ${title}\n    first: ${reason.split('\n')[0] ?? ''}`;
}

async function runPart(part: Part): Promise<Outcome> {
  const start = performance.now();
  const done = (ok: boolean, totals: Totals, output: string): Outcome => ({ part, ok, seconds: (performance.now() - start) / 1000, totals, output });
  if (part.tests !== undefined && !hasTests(path.join(root, part.tests))) {
    return done(false, { passed: 0, failed: 1, skipped: 0 }, `There are no tests in ${part.tests}.`);
  }
  const file = path.join(cacheFolder, 'totals', `${process.pid}-${part.name.replace(':', '-')}.json`);
  const { code, output } = await npmRun(part.script, { RESPONSE_DESK_TOTALS: file });
  if (part.tests === undefined) return done(code === 0, { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }, output);
  const totals: Totals = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  rmSync(file, { force: true });
  // A run that fails without a failing test (it broke off, or ran nothing) is a failure too.
  const ok = code === 0 && totals.failed === 0 && totals.passed > 0;
  return done(ok, ok || totals.failed > 0 ? totals : { ...totals, failed: 1 }, output);
}

function hasTests(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(file => file.endsWith('.test.ts'));
}
