import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../scripts/editor/browser';
import { type EditorServer, startServer, workbenchUrl } from '../scripts/editor/server';
import { stageExtension } from '../scripts/editor/stage';
import { earlierCommit, earlierExtension } from './earlier';
import { type Figure, median } from './figure';

interface Sample { readonly ms: number; readonly cpu: number; readonly bytes: number }

const rounds = 7;
const mark = '##activation';

/**
 * Activation in a real extension host: the time to load the code and run `activate`, and the heap used. Measured in fresh hosts
 * of one server in turn: this extension, the one of an earlier commit, and an empty one. The figures of the empty one are
 * subtracted from the other two. On a busy machine, processor time is more reliable than elapsed time.
 */
export async function activationFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bench-'));
  const ours = await stageExtension({ folder: path.join(folder, 'ours') });
  const earlier = path.join(folder, 'earlier');
  cpSync(await earlierExtension(), earlier, { recursive: true });
  const empty = emptyExtension(path.join(folder, 'empty'));
  for (const extension of [ours, earlier, empty]) writeFileSync(path.join(extension, 'probe.js'), probe);
  const workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    await sample(browser, server, empty, workspace);
    const samples: { readonly ours: Sample; readonly earlier: Sample; readonly empty: Sample }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [first, second] = round % 2 === 0 ? [ours, earlier] : [earlier, ours];
      const [a, b] = [await sample(browser, server, first, workspace), await sample(browser, server, second, workspace)];
      samples.push({ ours: first === ours ? a : b, earlier: first === ours ? b : a, empty: await sample(browser, server, empty, workspace) });
    }
    const figure = (name: string, unit: string, key: keyof Sample): Figure => {
      const [value, baseline, nothing] = [median(samples.map(each => each.ours[key])), median(samples.map(each => each.earlier[key])), median(samples.map(each => each.empty[key]))];
      return { name: `${name}, over an empty extension; baseline ${earlierCommit}`, unit, value: rounded(value - nothing), baseline: rounded(baseline - nothing) };
    };
    return [figure('activation', 'ms', 'ms'), figure('processor time of activation', 'ms', 'cpu'), figure('heap after activation', 'bytes', 'bytes')];
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function emptyExtension(folder: string): string {
  mkdirSync(folder);
  const manifest = { name: 'response-desk', publisher: 'response-desk', version: '0.0.1', engines: { vscode: '^1.100.0' }, main: './extension.js', activationEvents: ['onCommand:none'] };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => {};');
  return folder;
}

/**
 * Runs in place of tests: once the host has started (no delay for a second), it activates the extension and measures clock and
 * heap before and after, with garbage collected.
 */
const probe = `
const vscode = require('vscode');
const v8 = require('node:v8');
const vm = require('node:vm');
exports.run = async () => {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.response-desk'));
  if (extension.isActive) throw new Error('active too early to be measured');
  for (let calm = 0; calm < 20;) {
    const asked = performance.now();
    await new Promise(resolve => setTimeout(resolve, 50));
    calm = performance.now() - asked < 60 ? calm + 1 : 0;
  }
  gc();
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  const start = performance.now();
  await extension.activate();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  gc();
  console.log('${mark} ' + ms + ' ' + (user + system) / 1000 + ' ' + (process.memoryUsage().heapUsed - heap));
};
`;

async function sample(browser: Browser, server: EditorServer, extension: string, folder: string): Promise<Sample> {
  const page = await (await browser.newContext()).newPage();
  try {
    const line = await new Promise<RegExpExecArray>((resolve, reject) => {
      const said: string[] = [];
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        said.push(args.join(' '));
        const found = new RegExp(`${mark} ([\\d.]+) ([\\d.]+) (-?\\d+)`).exec(args.join(' '));
        if (found !== null) resolve(found);
      });
      void page.exposeFunction('codeAutomationExit', (code: number) => { if (code !== 0) reject(new Error(`The probe failed:\n${said.filter(text => text.includes('probe.js')).join('\n')}`)); });
      setTimeout(() => { reject(new Error('The probe did not answer within three minutes.')); }, 180_000).unref();
      void page.goto(workbenchUrl(server.port, { folder, extension, tests: path.join(extension, 'probe.js') }));
    });
    return { ms: Number(line[1]), cpu: Number(line[2]), bytes: Number(line[3]) };
  } finally {
    await page.context().close();
  }
}
