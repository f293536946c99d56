// Runs test/host inside a desktop VS Code, fetched by @vscode/test-electron where its update server can be reached.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { Advice, cacheFolder, runMain } from './editor/cache';
import { copySample, stageExtension } from './editor/stage';
import { bundleHostTests } from './hostBundle';

runMain(async () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'desk-desktop-'));
  try {
    const workspace = path.join(scratch, 'workspace');
    mkdirSync(workspace);
    copySample('customer-response', workspace);
    const extension = await stageExtension({ folder: path.join(scratch, 'extension') });
    const tests = await bundleHostTests(path.join(extension, 'tests'), process.argv.slice(2).join(' '));
    const vscode = await downloadAndUnzipVSCode({ version: process.env['VSCODE_VERSION'] ?? 'stable', cachePath: cacheFolder }).catch((error: unknown) => {
      throw new Advice(`VS Code could not be fetched (${error instanceof Error ? error.message : String(error)}). npm run test:host runs the same tests without it.`);
    });
    return await runTests({
      vscodeExecutablePath: vscode,
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${path.join(scratch, 'data')}`],
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
});
