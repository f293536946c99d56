import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packExtension } from '../scripts/vsix';
import type { Figure } from './figure';

/** The size of the package, compared with its limit. */
export async function bundleFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-bench-'));
  try {
    const packed = await packExtension(path.join(folder, 'response-desk.vsix'));
    return [{ name: 'package', value: statSync(packed).size, unit: 'bytes', baseline: 1_500_000 }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
