// Runs the checks, two at a time, and ends with how many tests passed. Words name the parts to run: npm test -- unit repo
// --all runs every test and tries every example of property tests. --rest runs what --all adds to a run without options.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Advice, cacheFolder, npmRun, root, runMain } from './editor/cache';
import { launchBrowser } from './editor/browser';
import { fetchServer } from './editor/server';
import { type Part, parts } from './parts';
import type { FlakyTest, Totals } from './totals';

interface Job { readonly part: Part; readonly script: string }

interface Outcome { readonly part: Part; readonly ok: boolean; readonly seconds: number; readonly totals: Totals; readonly output: string }

runMain(async () => {
  const { values: options, positionals: words } = parseArgs({ options: { all: { type: 'boolean', default: false }, rest: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = words.filter(word => !parts.some(part => part.name === word));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}. Parts: ${parts.map(part => part.name).join(', ')}.`);
    return 1;
  }
  const named = (part: Part): boolean => words.includes(part.name);
  const jobs = parts.filter(part => words.length === 0 || named(part)).flatMap(part => {
    const script = options.rest ? part.rest : (options.all ? part.all : undefined) ?? part.script ?? (named(part) ? part.rest : undefined);
    return script === undefined ? [] : [{ part, script }];
  });
  if (jobs.length === 0) throw new Advice('There is nothing to run.');
  const env = options.all || options.rest ? { RESPONSE_DESK_RUNS: 'all' } : {};
  rmSync(path.join(root, 'test-results'), { recursive: true, force: true });
  mkdirSync(path.join(cacheFolder, 'totals'), { recursive: true });

  const outcomes: Outcome[] = [];
  const work = async ({ part, script }: Job) => {
    const outcome = await runPart(part, script, env);
    outcomes.push(outcome);
    const { passed, failed } = outcome.totals;
    console.log(`${outcome.ok ? '✔' : '✘'} ${part.name.padEnd(10)} ${`${outcome.seconds.toFixed(1)} s`.padStart(8)}${part.tests === undefined ? '' : `  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`}`);
    if (!outcome.ok) console.log(outcome.output.replace(/^/gm, '    '));
  };
  const fast = (async () => {
    for (const job of jobs.filter(({ part }) => part.editor !== true)) await work(job);
  })();
  const slow = (async () => {
    const needy = jobs.filter(({ part }) => part.editor === true);
    if (needy.length > 0) await fetchServer().then(async () => { await (await launchBrowser()).close(); });
    for (const job of needy) await work(job);
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
  const ranNothing = jobs.some(({ part }) => part.tests !== undefined) && sum('passed') === 0;
  return failed > 0 || outcomes.some(({ ok }) => !ok) || ranNothing ? 1 : 0;
});

function describeFlaky({ name }: Part, { title, reason }: FlakyTest): string {
  return `  ${name}: ${title}\n    first: ${reason}`;
}

async function runPart(part: Part, script: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const start = performance.now();
  const done = (ok: boolean, totals: Totals, output: string): Outcome => ({ part, ok, seconds: (performance.now() - start) / 1000, totals, output });
  if (part.tests !== undefined && !hasTests(path.join(root, part.tests))) {
    return done(false, { passed: 0, failed: 1, skipped: 0 }, `There are no tests in ${part.tests}.`);
  }
  const file = path.join(cacheFolder, 'totals', `${process.pid}-${part.name.replace(':', '-')}.json`);
  const { code, output } = await npmRun(script, { ...env, RESPONSE_DESK_TOTALS: file });
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
