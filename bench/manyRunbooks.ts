import MarkdownIt from 'markdown-it';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { root } from '../scripts/editor/cache';
import { defaultDesk } from '../src/core/desk/defaultDesk';
import { searchRunbooks } from '../src/core/runbook/searchRunbooks';
import { type RunbookCache, runbookCache } from '../src/host/app/runbookCache';
import { runbookNodes } from '../src/host/views/runbookNodes';
import { memoryLog } from '../test/support/memoryLog';
import { memoryFiles } from '../test/support/memoryFiles';
import { type Figure, median } from './figure';

const count = 2000;

const rounds = 7;

/**
 * The time to index 2,000 runbooks, to search them, and to update after an edit, compared with markdown-it; and the memory
 * used, compared with the size of their text.
 */
export async function indexFigures(): Promise<readonly Figure[]> {
  const texts = manyTexts();
  const bare = new MarkdownIt({ html: true });
  const samples: { readonly rows: number; readonly edit: number; readonly find: number; readonly bare: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cache = cacheOf(texts);
    const rows = await time(async () => runbookNodes(await cache.all(), "runbooks"));
    const search = searchRunbooks(await cache.all());
    samples.push({
      rows,
      edit: await time(async () => {
        cache.forget("runbooks/runbook-7.md");
        runbookNodes(await cache.all(), "runbooks");
      }),
      find: await time(() => search.find("check the log", 100)),
      bare: await time(() => texts.forEach((text) => bare.parse(text, {}))),
    });
  }
  const warm = samples.slice(2);
  const baseline = rounded(median(warm.map((each) => each.bare)));
  const of = (name: string, pick: (sample: (typeof samples)[number]) => number): Figure => ({ name, unit: "ms", value: rounded(median(warm.map(pick))), baseline });
  return [of(`${count} runbooks to rows`, ({ rows }) => rows), of(`one edited runbook of ${count} to rows`, ({ edit }) => edit), of(`a search in ${count} runbooks`, ({ find }) => find), await memory(texts)];
}

/** The sample runbooks repeated, each with unique words. */
function manyTexts(): readonly string[] {
  const folder = path.join(root, "runbooks");
  const samples = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md")).map((file) => readFileSync(path.join(folder, file), "utf8"));
  return Array.from({ length: count }, (_, index) => `${samples[index % samples.length] ?? ""}\n\nThe one of number ${index}.\n`);
}

function cacheOf(texts: readonly string[]): RunbookCache {
  const { files } = memoryFiles(Object.fromEntries(texts.map((text, index) => [`runbooks/runbook-${index}.md`, text])));
  return runbookCache({ files, unsaved: () => undefined, log: memoryLog(), desk: () => defaultDesk("acme/desk"), deskFolder: () => "", folders: () => ["runbooks"] });
}

async function memory(texts: readonly string[]): Promise<Figure> {
  v8.setFlagsFromString("--expose-gc");
  const collect: unknown = vm.runInNewContext("gc");
  const used = (): number => {
    // Objects behind weak references are collected in a later round.
    for (let round = 0; round < 5; round += 1) if (typeof collect === "function") collect();
    return process.memoryUsage().heapUsed;
  };
  const cache = cacheOf(texts);
  await cache.one("runbooks/runbook-0.md");
  // Garbage of earlier rounds is collected while nothing runs.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = used();
  const kept = await cache.all();
  const value = Math.round((used() - before) / (count / 1000));
  if (kept.length !== count) throw new Error("Runbooks are missing");
  return { name: "memory for 1000 runbooks, beside their text", unit: "bytes", value, baseline: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / (count / 1000)) };
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
