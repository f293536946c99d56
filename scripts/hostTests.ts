// Runs test/host inside a real extension host: Node's, or with --web the web worker's. Exit code: that of the run.
// Further words narrow the run to tests whose title contains them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './editor/browser';
import { Advice, root, runMain } from './editor/cache';
import { quietSettings, startServer, workbenchUrl } from './editor/server';
import { copySample, stageExtension } from './editor/stage';
import { bundleHostTests } from './hostBundle';
import { countLine, recordTotals } from './totals';

const results = path.join(root, 'test-results');

runMain(async () => {
  const { values, positionals } = parseArgs({ options: { web: { type: 'boolean', default: false }, seconds: { type: 'string', default: '180' } }, allowPositionals: true });
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'desk-host-'));
  const workspace = path.join(scratch, 'workspace');
  mkdirSync(workspace);
  copySample('customer-response', workspace);
  const extension = await stageExtension({ web: values.web, folder: path.join(scratch, 'extension') });
  // Tests inside the extension's folder run in the same host as the extension.
  const tests = await bundleHostTests(path.join(extension, 'tests'), positionals.join(' '));
  const server = await startServer({ settings: quietSettings });
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    let totals: ReturnType<typeof countLine>;
    const log: string[] = [];
    const finished = new Promise<number>((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', (code: number) => { resolve(code); });
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        const line = args.map(arg => typeof arg === 'string' ? arg : JSON.stringify(arg)).join(' ');
        log.push(line);
        totals ??= countLine(line);
        const ours = /##test ([^]*)/.exec(line)?.[1];
        if (ours !== undefined) console.log(ours);
      });
      page.once('crash', () => { reject(new Error('The browser page crashed.')); });
      setTimeout(() => { reject(new Advice(`The host tests did not end within ${values.seconds} seconds.`)); }, Number(values.seconds) * 1000).unref();
    });
    await page.goto(workbenchUrl(server.port, { folder: workspace, extension, tests, web: values.web }));
    const code = await finished.finally(async () => {
      if (totals !== undefined) return;
      // The run itself broke: what the editor said and showed is the only trace.
      mkdirSync(results, { recursive: true });
      writeFileSync(path.join(results, `host-tests${values.web ? '-web' : ''}.log`), log.join('\n'));
      await page.screenshot({ path: path.join(results, `host-tests${values.web ? '-web' : ''}.png`) }).catch(() => undefined);
    });
    if (totals === undefined) throw new Advice(`The host tests broke off; the editor's log and a picture are in test-results/.\n${log.filter(line => line.includes('tests/index.js')).slice(0, 5).join('\n')}`);
    if (totals.passed + totals.failed === 0) throw new Advice('No host test ran.');
    recordTotals(totals);
    return code === 0 && totals.failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
});
