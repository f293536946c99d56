import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packExtension } from '../scripts/vsix';
import { stageExtension } from '../scripts/editor/stage';
import type { Figure } from './figure';

/** Sizes beside the limits this project sets itself: 600 kB for the host bundle (450 for what works on plain files, and 150 for GitHub), 1 MB for the package. */
export async function bundleFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bench-'));
  try {
    const staged = await stageExtension({ folder: path.join(folder, 'extension') });
    const packed = await packExtension(path.join(folder, 'response-desk.vsix'));
    return [
      { name: 'host bundle', value: statSync(path.join(staged, 'dist/extension.js')).size, unit: 'bytes', baseline: 800_000 },
      { name: 'package', value: statSync(packed).size, unit: 'bytes', baseline: 1_000_000 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
