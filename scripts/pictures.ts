// Takes the pictures of the README from the real workbench: npm run pictures [-- name …]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, run, runMain } from './editor/cache';
import { endRun } from '../test/ui/support/session';
import { openWorkbench, type Workbench } from '../test/ui/support/workbench';

const folder = path.join(root, 'media/pictures');

/** Each scene opens what it shows; the picture bears its name. */
const scenes: Readonly<Record<string, () => Promise<Workbench>>> = {
  async views() {
    const workbench = await openWorkbench({ desk: 'customer-response', theme: 'light', viewport });
    await workbench.openView('Incidents');
    await workbench.openView('Runbooks');
    await workbench.waitForRow('Runbooks', '');
    return workbench;
  },
};

const viewport = { width: 1100, height: 680 };

runMain(async () => {
  const names = process.argv.slice(2);
  const hasEmoji = /emoji/i.test((await run('fc-list', [])).output);
  if (!hasEmoji) console.error('This machine has no emoji font (Debian: fonts-noto-color-emoji); emoji in pictures will be boxes.');
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'desk-pictures-'));
  try {
    for (const [name, open] of Object.entries(scenes).filter(([each]) => names.length === 0 || names.includes(each))) {
      const workbench = await open();
      await workbench.page.mouse.move(viewport.width - 5, viewport.height / 2);
      await workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });
      await workbench.close();
      console.log(`media/pictures/${name}.png`);
    }
  } finally {
    await endRun();
    rmSync(scratch, { recursive: true, force: true });
  }
});
